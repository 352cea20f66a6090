package io.github.hasura4j.spring.dispatch;

import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

import io.github.hasura4j.spring.AdvisedHandler;
import io.github.hasura4j.spring.HandlerArgumentResolver.Argument;
import io.github.hasura4j.spring.WebhookKind;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.AnnotatedElementUtils;

/**
 * A handler while it is being put together.
 *
 * @param handler the method
 * @param result what it returns
 * @param json writes answers
 * @param arguments how its arguments are made
 */
record DefaultAdvisedHandler(
        HandlerMethod handler, HandlerResult result, WebhookJson json, Map<String, Argument> arguments)
        implements AdvisedHandler {

    @Override
    public WebhookKind kind() {
        return handler.kind();
    }

    @Override
    public String name() {
        return handler.name();
    }

    @Override
    public Class<?> beanType() {
        return handler.beanType();
    }

    @Override
    public Method method() {
        return handler.method();
    }

    @Override
    public <A extends Annotation> @Nullable A annotation(Class<A> type) {
        return AnnotatedElementUtils.findMergedAnnotation(handler.method(), type);
    }

    @Override
    public ResolvableType returnType() {
        return ResolvableType.forMethodReturnType(handler.method(), handler.beanType());
    }

    @Override
    public boolean isAsynchronous() {
        return result.isAsynchronous();
    }

    @Override
    public @Nullable CompletionStage<?> later(@Nullable Object answer) {
        return result.later(answer);
    }

    @Override
    public String toJson(@Nullable Object answer) {
        Object value = answer instanceof Optional<?> optional ? optional.orElse(null) : answer;
        return new String(json.write(value), StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return handler.toString();
    }
}
