package io.github.hasura4j.spring.dispatch;

import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

import io.github.hasura4j.spring.FailurePolicy;
import io.github.hasura4j.spring.HandlerArgumentResolver.Argument;
import io.github.hasura4j.spring.HasuraActionException;
import io.github.hasura4j.spring.WebhookCall;
import io.github.hasura4j.spring.WebhookFilter;
import io.github.hasura4j.spring.WebhookInterceptor;
import org.jspecify.annotations.Nullable;

/** A handler with everything decided that can be decided before a call. */
final class Handler {

    private final HandlerSignature signature;
    private final PayloadDecoder decoder;
    private final Argument[] arguments;
    private final @Nullable InputValidation validation;
    private final BeanInvoker invoker;
    private final HandlerResult result;
    private final ExceptionHandlers exceptionHandlers;
    private final Advice advice;
    private final boolean fetchesSeveral;
    private final boolean keepsBody;

    Handler(
            HandlerSignature signature,
            PayloadDecoder decoder,
            Argument[] arguments,
            @Nullable InputValidation validation,
            BeanInvoker invoker,
            HandlerResult result,
            ExceptionHandlers exceptionHandlers,
            Advice advice) {
        this.signature = signature;
        this.decoder = decoder;
        this.arguments = arguments;
        this.validation = validation;
        this.invoker = invoker;
        this.result = result;
        this.exceptionHandlers = exceptionHandlers;
        this.advice = advice;
        long fetches =
                Stream.of(arguments).filter(FetchArgument.class::isInstance).count();
        this.fetchesSeveral = fetches > 1;
        this.keepsBody = fetches > 0
                || advice.failurePolicy() != null
                || !advice.interceptors().isEmpty();
    }

    HandlerMethod method() {
        return signature.handler();
    }

    HandlerSignature signature() {
        return signature;
    }

    /** Whether the handler is to run for what the engine sent. */
    boolean accepts(byte[] body) {
        for (WebhookFilter filter : advice.filters()) {
            if (!filter.accepts(body)) {
                return false;
            }
        }
        return true;
    }

    PayloadDecoder.Decoded decode(WebhookRequest request, byte[] body) {
        return decoder.decode(request, body);
    }

    /** The stage of an answer that comes later, or null if the answer is there. */
    @Nullable
    CompletionStage<?> later(@Nullable Object answer) {
        return result.later(answer);
    }

    /**
     * What the application makes of an exception of this handler, or null if nothing.
     *
     * @throws Exception what the application's own handling throws
     */
    @Nullable
    HasuraActionException translate(WebhookCall call, Throwable thrown) throws Exception {
        return exceptionHandlers.translate(method().beanName(), call, thrown);
    }

    /** Whether somebody looks at what the engine sent after it was decoded. */
    boolean keepsBody() {
        return keepsBody;
    }

    Advice advice() {
        return advice;
    }

    @Nullable
    Object call(DefaultWebhookCall call) throws Exception {
        return advice.interceptors().isEmpty() ? invoke(call) : proceed(call, 0);
    }

    private @Nullable Object proceed(DefaultWebhookCall call, int next) throws Exception {
        return next == advice.interceptors().size()
                ? invoke(call)
                : advice.interceptors().get(next).intercept(call, () -> proceed(call, next + 1));
    }

    private @Nullable Object invoke(DefaultWebhookCall call) throws Exception {
        @Nullable Object[] values = new @Nullable Object[arguments.length];
        Argument[] now = fetchesSeveral ? begun(call) : arguments;
        for (int i = 0; i < values.length; i++) {
            values[i] = now[i].value(call);
        }
        Object bean = invoker.bean();
        if (validation != null) {
            validation.check(call, bean, values);
        }
        return invoker.invoke(bean, values);
    }

    /** The arguments with all fetches under way, so that none waits for another; this thread does the last one itself. */
    private Argument[] begun(DefaultWebhookCall call) {
        Argument[] begun = arguments.clone();
        int last = -1;
        for (int i = 0; i < begun.length; i++) {
            if (begun[i] instanceof FetchArgument) {
                if (last >= 0) {
                    begun[last] = ((FetchArgument) begun[last]).begin(call);
                }
                last = i;
            }
        }
        Object value = begun[last].value(call);
        begun[last] = any -> value;
        return begun;
    }

    /**
     * What advisors made of this handler.
     *
     * @param filters decide whether it runs
     * @param interceptors go around its calls, the first one outermost
     * @param failurePolicy decides about failed calls, or null if nothing does
     */
    record Advice(
            List<WebhookFilter> filters,
            List<WebhookInterceptor> interceptors,
            @Nullable FailurePolicy failurePolicy) {}
}
