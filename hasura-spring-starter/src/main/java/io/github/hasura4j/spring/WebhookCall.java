package io.github.hasura4j.spring;

import java.lang.reflect.Method;

import io.github.hasura4j.payload.SessionVariables;

/** One call of the engine, decoded, while its handler runs. Not modifiable. */
public interface WebhookCall {

    /** What the engine calls for. */
    WebhookKind kind();

    /** The name of the action, trigger or validation under which the handler was found; for the auth hook just that. */
    String name();

    /** The handler's method, of the bean's own class. */
    Method handlerMethod();

    /** The request's headers; for the auth hook those of the client it is asked about. */
    WebhookHeaders headers();

    /**
     * What the engine sent: an {@code ActionPayload}, {@code EventPayload}, {@code ScheduledPayload}, {@code ValidationPayload} or
     * {@code AuthHookPayload}. The input and rows have the types the handler declares; single arguments are a {@code Map} of those the client gave, and what no parameter asks for is left out.
     */
    Object payload();

    /**
     * The request's body as the engine sent it: whatever types the handler takes, nothing is left out. Kept only for handlers that
     * a {@link HandlerAdvisor} is interested in, else empty. Do not change it.
     */
    byte[] body();

    /** Who asks, or whose mutation it was; empty, never null, where the engine sent none. */
    SessionVariables sessionVariables();
}
