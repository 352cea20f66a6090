package io.github.hasura4j.spring.dispatch;

import java.util.List;

import org.springframework.core.MethodParameter;
import tools.jackson.databind.JavaType;

/**
 * What a handler reads of a payload, and what it answers, as it was decided at start-up.
 *
 * @param handler the handler
 * @param inputs what is read; empty for a handler that reads nothing of it
 * @param returns what the method returns, type variables resolved
 */
public record HandlerSignature(HandlerMethod handler, List<Input> inputs, JavaType returns) {

    /**
     * A value made from the payload.
     *
     * @param argument the action's argument that it is; empty if it is all of what was sent
     * @param alternative the action's argument that it also may be, if that is all that was sent; empty for none
     * @param itself whether the parameter is the value, and not a payload that has it inside
     * @param type the value's type
     * @param parameter the parameter
     */
    public record Input(
            String argument, String alternative, boolean itself, JavaType type, MethodParameter parameter) {}

    static HandlerSignature of(HandlerMethod handler, List<PayloadBinding.Part> parts, WebhookJson json) {
        return new HandlerSignature(
                handler, parts.stream().map(part -> input(handler, part, json)).toList(), json.returned(handler));
    }

    private static Input input(HandlerMethod handler, PayloadBinding.Part part, WebhookJson json) {
        MethodParameter parameter =
                new MethodParameter(handler.method(), part.parameter()).withContainingClass(handler.beanType());
        parameter.initParameterNameDiscovery(HandlerFactory.NAMES);
        String name = parameter.getParameterName();
        boolean either =
                part.itself() && part.argument().isEmpty() && name != null && json.isObjectWithout(part.type(), name);
        return new Input(part.argument(), either && name != null ? name : "", part.itself(), part.type(), parameter);
    }
}
