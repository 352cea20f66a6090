package io.github.hasura4j.spring.security;

import java.security.Principal;

import io.github.hasura4j.spring.HandlerArgumentResolver;
import io.github.hasura4j.spring.HandlerParameter;
import org.jspecify.annotations.Nullable;
import org.springframework.expression.BeanResolver;
import org.springframework.expression.Expression;
import org.springframework.expression.spel.standard.SpelExpressionParser;
import org.springframework.expression.spel.support.StandardEvaluationContext;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.core.context.SecurityContextHolderStrategy;
import org.springframework.util.ClassUtils;

/**
 * Fills {@code @AuthenticationPrincipal}, {@code Authentication} and {@code Principal} parameters from the security context, as
 * controllers have them; an interceptor of yours may have put somebody else there.
 */
public final class SecurityArgumentResolver implements HandlerArgumentResolver {

    private final SecurityContextHolderStrategy contexts;
    private final BeanResolver beans;

    /**
     * For a bean.
     *
     * @param beans what {@code @name} means in an annotation's {@code expression}
     */
    public SecurityArgumentResolver(SecurityContextHolderStrategy contexts, BeanResolver beans) {
        this.contexts = contexts;
        this.beans = beans;
    }

    @Override
    public @Nullable Argument resolve(HandlerParameter parameter) {
        AuthenticationPrincipal annotation = parameter.annotation(AuthenticationPrincipal.class);
        Class<?> type = parameter.rawType();
        if (annotation != null) {
            return principal(annotation, type);
        }
        return type == Principal.class || Authentication.class.isAssignableFrom(type) ? authentication(type) : null;
    }

    private Argument authentication(Class<?> type) {
        return call -> {
            Authentication found = contexts.getContext().getAuthentication();
            if (found != null && !type.isInstance(found)) {
                throw new IllegalStateException(
                        "The authentication is a %s, but the parameter a %s. Take an Authentication"
                                .formatted(found.getClass().getSimpleName(), type.getSimpleName()));
            }
            return found;
        };
    }

    private Argument principal(AuthenticationPrincipal annotation, Class<?> type) {
        Expression expression = annotation.expression().isEmpty()
                ? null
                : new SpelExpressionParser().parseExpression(annotation.expression());
        return call -> {
            Authentication authentication = contexts.getContext().getAuthentication();
            Object principal = authentication == null ? null : authentication.getPrincipal();
            Object value = expression == null || principal == null ? principal : evaluate(expression, principal);
            if (value == null || ClassUtils.isAssignableValue(type, value)) {
                return value;
            }
            if (annotation.errorOnInvalidType()) {
                throw new ClassCastException("The principal is a %s, but the parameter a %s"
                        .formatted(value.getClass().getSimpleName(), type.getSimpleName()));
            }
            return null;
        };
    }

    private @Nullable Object evaluate(Expression expression, Object principal) {
        StandardEvaluationContext context = new StandardEvaluationContext(principal);
        context.setVariable("this", principal);
        context.setBeanResolver(beans);
        return expression.getValue(context);
    }
}
