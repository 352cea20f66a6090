package io.github.hasura4j.spring;

import org.jspecify.annotations.Nullable;

/**
 * Goes around every call of a handler: beans of this type are found and ordered as by {@code @Order}.
 *
 * <p>An interceptor runs after the secret was checked and the body decoded, and before arguments are made and validated, on the
 * thread that calls the handler. It may answer in the handler's place, look at the result, or throw: its exceptions are
 * answered like the handler's. Calls that a {@link WebhookFilter} turns away do not get here. Beans of this type are shared by all calls.
 */
@FunctionalInterface
public interface WebhookInterceptor {

    /**
     * Calls {@link Chain#proceed()} once, or answers by itself.
     *
     * @return the answer before it becomes JSON; null is an answer too
     */
    @Nullable
    Object intercept(WebhookCall call, Chain chain) throws Exception;

    /** The rest of the way to the handler. */
    @FunctionalInterface
    interface Chain {

        /** Runs the next interceptor or the handler, and gives its result. */
        @Nullable
        Object proceed() throws Exception;
    }
}
