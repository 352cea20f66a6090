package io.github.hasura4j.spring.dispatch;

import java.util.List;

import io.github.hasura4j.spring.HandlerArgumentResolver.Argument;
import io.github.hasura4j.spring.HandlerParameter;
import org.jspecify.annotations.Nullable;

/** Decides how the payload of one kind of call meets the parameters that nothing else claims. */
@FunctionalInterface
interface PayloadBinder {

    /**
     * Fills the gaps in {@code arguments}.
     *
     * @throws InvalidHandlerException if one cannot be filled
     */
    PayloadBinding bind(HandlerMethod handler, List<HandlerParameter> parameters, @Nullable Argument[] arguments);

    static PayloadBinder of(HandlerMethod handler, WebhookJson json) {
        return switch (handler.kind()) {
            case ACTION -> new ActionBinder(json);
            case EVENT -> new EventBinder(json);
            case SCHEDULED -> TypedPayloadBinder.ofSchedules(json);
            case VALIDATION -> TypedPayloadBinder.ofValidations(json);
            case AUTH_HOOK -> new AuthHookBinder(json);
        };
    }
}
