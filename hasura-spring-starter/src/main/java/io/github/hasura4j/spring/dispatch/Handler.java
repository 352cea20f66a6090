package io.github.hasura4j.spring.dispatch;

import java.util.concurrent.CompletionStage;

import io.github.hasura4j.spring.HandlerArgumentResolver.Argument;
import org.jspecify.annotations.Nullable;

/** A handler with everything decided that can be decided before a call. */
final class Handler {

    private final HandlerMethod method;
    private final PayloadDecoder decoder;
    private final Argument[] arguments;
    private final @Nullable InputValidation validation;
    private final BeanInvoker invoker;
    private final HandlerResult result;

    Handler(
            HandlerMethod method,
            PayloadDecoder decoder,
            Argument[] arguments,
            @Nullable InputValidation validation,
            BeanInvoker invoker,
            HandlerResult result) {
        this.method = method;
        this.decoder = decoder;
        this.arguments = arguments;
        this.validation = validation;
        this.invoker = invoker;
        this.result = result;
    }

    HandlerMethod method() {
        return method;
    }

    PayloadDecoder.Decoded decode(byte[] body) {
        return decoder.decode(body);
    }

    /** The stage of an answer that comes later, or null if the answer is there. */
    @Nullable
    CompletionStage<?> later(@Nullable Object answer) {
        return result.later(answer);
    }

    @Nullable
    Object call(DefaultWebhookCall call) throws Exception {
        @Nullable Object[] values = new @Nullable Object[arguments.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = arguments[i].value(call);
        }
        Object bean = invoker.bean();
        if (validation != null) {
            validation.check(call, bean, values);
        }
        return invoker.invoke(bean, values);
    }
}
