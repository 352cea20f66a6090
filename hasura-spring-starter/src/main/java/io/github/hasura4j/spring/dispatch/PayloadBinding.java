package io.github.hasura4j.spring.dispatch;

import java.util.List;
import java.util.function.Function;

import io.github.hasura4j.spring.WebhookCall;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JavaType;

/**
 * How a handler's payload is read.
 *
 * @param decoder reads it
 * @param parts what of it is to be validated
 */
record PayloadBinding(PayloadDecoder decoder, List<Part> parts) {

    /**
     * A value that the sender is responsible for.
     *
     * @param parameter the index of the parameter that takes it
     * @param itself whether the parameter is the value, and not a payload that has it inside
     * @param path where it stands, as the sender sees it; empty for the whole input
     * @param type its type
     * @param value takes it out of a call
     * @param argument the single argument that it is; empty if it is all of what was sent
     */
    record Part(
            int parameter,
            boolean itself,
            Function<DefaultWebhookCall, String> path,
            JavaType type,
            Function<WebhookCall, @Nullable Object> value,
            String argument) {

        Part(
                int parameter,
                boolean itself,
                Function<DefaultWebhookCall, String> path,
                JavaType type,
                Function<WebhookCall, @Nullable Object> value) {
            this(parameter, itself, path, type, value, "");
        }
    }
}
