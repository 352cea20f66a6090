package io.github.hasura4j.spring.dispatch;

import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.github.hasura4j.payload.SessionVariables;
import io.github.hasura4j.spring.ActionResult;
import io.github.hasura4j.spring.AuthHookResult;
import io.github.hasura4j.spring.WebhookKind;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import org.springframework.core.ReactiveAdapter;
import org.springframework.core.ReactiveAdapterRegistry;
import org.springframework.core.ResolvableType;

/** What a handler returns: now, or later as a {@code CompletionStage} or any reactive type of one value, such as {@code Mono}. */
final class HandlerResult {

    private static final Set<String> BLOCKING_OR_MANY = Set.of(
            "java.util.concurrent.Callable",
            "java.util.concurrent.Flow$Publisher",
            "java.util.concurrent.Future",
            "org.reactivestreams.Publisher",
            "org.springframework.web.context.request.async.DeferredResult",
            "org.springframework.web.context.request.async.WebAsyncTask");

    private static final Set<String> OF_CONTROLLERS = Set.of(
            "org.springframework.http.HttpEntity",
            "org.springframework.web.reactive.function.server.ServerResponse",
            "org.springframework.web.reactive.result.view.Rendering",
            "org.springframework.web.servlet.ModelAndView",
            "org.springframework.web.servlet.View",
            "org.springframework.web.servlet.function.ServerResponse",
            "org.springframework.web.servlet.mvc.method.annotation.ResponseBodyEmitter",
            "org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody");

    private final boolean asynchronous;
    private final @Nullable ReactiveAdapter reactive;

    private HandlerResult(boolean asynchronous, @Nullable ReactiveAdapter reactive) {
        this.asynchronous = asynchronous;
        this.reactive = reactive;
    }

    /** @throws InvalidHandlerException if nobody can wait for what the handler returns, or it is no answer for the engine */
    static HandlerResult of(HandlerMethod handler) {
        Class<?> type = ResolvableType.forMethodReturnType(handler.method(), handler.beanType())
                .resolve(Object.class);
        if (isA(type, OF_CONTROLLERS)) {
            throw new InvalidHandlerException("""
                    %s returns a %s, which is for controllers; the engine takes the action's value alone. Return the value \
                    itself, and refuse by throwing a HasuraActionException""".formatted(handler, type.getSimpleName()));
        }
        requireFitting(handler);
        if (CompletionStage.class.isAssignableFrom(type)) {
            return new HandlerResult(true, null);
        }
        ReactiveAdapter adapter = ReactiveAdapterRegistry.getSharedInstance().getAdapter(type);
        boolean one = adapter != null && !adapter.isMultiValue();
        if (!one && isA(type, BLOCKING_OR_MANY)) {
            throw new InvalidHandlerException("""
                    %s returns a %s, but the answer is one value, now or later. Return the value itself, a \
                    CompletableFuture, or a Mono""".formatted(handler, type.getSimpleName()));
        }
        return new HandlerResult(one, one ? adapter : null);
    }

    boolean isAsynchronous() {
        return asynchronous;
    }

    /** Looks at the value itself, be it promised or optional. */
    private static void requireFitting(HandlerMethod handler) {
        ResolvableType value = ResolvableType.forMethodReturnType(handler.method(), handler.beanType());
        Class<?> type = value.resolve(Object.class);
        while (value.hasGenerics() && !Map.class.isAssignableFrom(type) && type != ActionResult.class) {
            value = value.getGeneric(0);
            type = value.resolve(Object.class);
        }
        if (type == ActionResult.class && handler.kind() != WebhookKind.ACTION) {
            throw new InvalidHandlerException(
                    "%s returns an ActionResult, but the engine passes nothing on for %s. Return nothing, or the plain value"
                            .formatted(handler, ParameterTypes.withArticle(handler.kind())));
        }
        boolean session = type == AuthHookResult.class
                || type == SessionVariables.class
                || Map.class.isAssignableFrom(type)
                || type == Object.class;
        if (handler.kind() == WebhookKind.AUTH_HOOK && !session) {
            throw new InvalidHandlerException("""
                    %s returns %s, but an auth hook says who the client is. Return an AuthHookResult, SessionVariables or a Map \
                    of session variables, and null to refuse""".formatted(handler, type.getSimpleName()));
        }
    }

    /** The stage of a value that comes later, or null if the value is there. */
    @Nullable
    CompletionStage<?> later(@Nullable Object result) {
        if (result instanceof CompletionStage<?> stage) {
            return stage;
        }
        Class<?> type = reactive == null ? null : reactive.getReactiveType();
        return reactive != null && type != null && type.isInstance(result)
                ? FirstValue.of(reactive.toPublisher(result))
                : null;
    }

    /** By names, since the classes may not be there. */
    private static boolean isA(@Nullable Class<?> type, Set<String> names) {
        return type != null
                && (names.contains(type.getName())
                        || isA(type.getSuperclass(), names)
                        || Arrays.stream(type.getInterfaces()).anyMatch(each -> isA(each, names)));
    }

    /** Takes the one value of a publisher, or null if it ends without; cancelling this cancels the subscription. */
    private static final class FirstValue extends CompletableFuture<@Nullable Object> implements Subscriber<Object> {

        private volatile @Nullable Subscription subscription;

        static CompletableFuture<@Nullable Object> of(Publisher<Object> publisher) {
            FirstValue value = new FirstValue();
            publisher.subscribe(value);
            return value;
        }

        @Override
        public void onSubscribe(Subscription given) {
            subscription = given;
            if (isDone()) {
                given.cancel();
            } else {
                given.request(Long.MAX_VALUE);
            }
        }

        @Override
        public void onNext(Object value) {
            complete(value);
        }

        @Override
        public void onError(Throwable thrown) {
            completeExceptionally(thrown);
        }

        @Override
        public void onComplete() {
            complete(null);
        }

        @Override
        public boolean cancel(boolean mayInterrupt) {
            Subscription running = subscription;
            if (running != null) {
                running.cancel();
            }
            return super.cancel(mayInterrupt);
        }
    }
}
