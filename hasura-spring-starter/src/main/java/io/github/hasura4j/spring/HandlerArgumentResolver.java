package io.github.hasura4j.spring;

import org.jspecify.annotations.Nullable;

/**
 * Adds a kind of parameter to handlers: beans of this type are asked, ordered as by {@code @Order}, before the built-in kinds.
 *
 * <p>It is asked once for each parameter when the application starts, so it may be slow there; the {@link Argument} it answers
 * runs on every call, on any thread.
 */
@FunctionalInterface
public interface HandlerArgumentResolver {

    /** How to make the argument for each call, or null if the parameter is none of this resolver's. */
    @Nullable
    Argument resolve(HandlerParameter parameter);

    /** Makes the argument for one call. */
    @FunctionalInterface
    interface Argument {

        /** The argument; an exception is answered as if the handler had thrown it. */
        @Nullable
        Object value(WebhookCall call);
    }
}
