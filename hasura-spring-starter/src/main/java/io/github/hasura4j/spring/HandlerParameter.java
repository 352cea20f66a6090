package io.github.hasura4j.spring;

import java.lang.annotation.Annotation;

import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.AnnotatedElementUtils;

/**
 * A parameter of a handler's method, as seen at start-up.
 *
 * @param kind what the handler is for
 * @param parameter the parameter; its containing class is the bean's own class, so that generic base types resolve
 */
public record HandlerParameter(WebhookKind kind, MethodParameter parameter) {

    /** The parameter's type, with the type variables of base classes resolved against the bean's class. */
    public ResolvableType type() {
        return ResolvableType.forMethodParameter(parameter);
    }

    /** The parameter's erased type. */
    public Class<?> rawType() {
        return type().resolve(Object.class);
    }

    /** The parameter's name, or null if the class was compiled without {@code -parameters}. */
    public @Nullable String name() {
        return parameter.getParameterName();
    }

    /** The annotation of this type on the parameter, meta-annotations included, or null. */
    public <A extends Annotation> @Nullable A annotation(Class<A> type) {
        return AnnotatedElementUtils.findMergedAnnotation(
                AnnotatedElementUtils.forAnnotations(parameter.getParameterAnnotations()), type);
    }
}
