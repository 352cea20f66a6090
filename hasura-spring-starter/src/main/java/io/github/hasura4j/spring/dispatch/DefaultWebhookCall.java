package io.github.hasura4j.spring.dispatch;

import java.lang.reflect.Method;

import io.github.hasura4j.payload.ActionPayload;
import io.github.hasura4j.payload.EventPayload;
import io.github.hasura4j.payload.SessionVariables;
import io.github.hasura4j.payload.ValidationPayload;
import io.github.hasura4j.spring.WebhookCall;
import io.github.hasura4j.spring.WebhookHeaders;
import io.github.hasura4j.spring.WebhookKind;

/**
 * A call that has been decoded.
 *
 * @param handler whom it is for
 * @param headers the request's headers; those of the client for an auth hook
 * @param payload what the engine sent
 * @param inputPath where the action's input stands among the arguments, as {@link PayloadDecoder.Decoded} has it
 * @param body what the engine sent, for fetches and for advisors; empty if the handler has neither
 */
record DefaultWebhookCall(HandlerMethod handler, WebhookHeaders headers, Object payload, String inputPath, byte[] body)
        implements WebhookCall {

    @Override
    public WebhookKind kind() {
        return handler.kind();
    }

    @Override
    public String name() {
        return handler.name();
    }

    @Override
    public Method handlerMethod() {
        return handler.method();
    }

    @Override
    public SessionVariables sessionVariables() {
        SessionVariables variables = null;
        if (payload instanceof ActionPayload<?> action) {
            variables = action.sessionVariables();
        } else if (payload instanceof EventPayload<?, ?> event) {
            variables = event.sessionVariables();
        } else if (payload instanceof ValidationPayload<?> validation) {
            variables = validation.sessionVariables();
        }
        return variables == null ? SessionVariables.empty() : variables;
    }

    @Override
    public String toString() {
        return "WebhookCall[" + kind() + " '" + name() + "']";
    }
}
