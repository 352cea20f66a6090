package io.github.hasura4j.spring.dispatch;

import java.util.List;

import io.github.hasura4j.payload.AuthHookPayload;
import io.github.hasura4j.spring.HandlerArgumentResolver.Argument;
import io.github.hasura4j.spring.HandlerParameter;
import org.jspecify.annotations.Nullable;

/** An auth hook has no input of its own: what nothing else claims, nothing can fill. */
final class AuthHookBinder implements PayloadBinder {

    private final WebhookJson json;

    AuthHookBinder(WebhookJson json) {
        this.json = json;
    }

    @Override
    public PayloadBinding bind(
            HandlerMethod handler, List<HandlerParameter> parameters, @Nullable Argument[] arguments) {
        for (int i = 0; i < arguments.length; i++) {
            if (arguments[i] == null) {
                throw ParameterTypes.unresolvable(handler, parameters.get(i));
            }
        }
        PayloadDecoder posted = new DocumentDecoder(json.valueReader(json.type(AuthHookPayload.class)));
        return new PayloadBinding(new AuthHookDecoder(posted), List.of());
    }
}
