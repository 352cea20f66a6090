package io.github.hasura4j.spring.dispatch;

import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedArrayType;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.List;

import io.github.hasura4j.spring.WebhookKind;
import io.github.hasura4j.spring.dispatch.PayloadBinding.Part;
import jakarta.validation.Constraint;
import jakarta.validation.Valid;
import org.jspecify.annotations.Nullable;
import org.springframework.validation.annotation.Validated;
import tools.jackson.databind.JavaType;

/** Finds out without a validator whether a handler wants one: it would get everything that its constraints should refuse. */
final class ConstraintSearch {

    private ConstraintSearch() {}

    /** A constraint on the handler's parameters, or on input that is validated unasked; null if there is none. */
    static @Nullable String find(HandlerMethod handler, List<Part> parts) {
        for (Parameter parameter : handler.method().getParameters()) {
            String found = on(parameter, parameter.getAnnotatedType());
            if (found != null) {
                return found;
            }
        }
        if (handler.kind() == WebhookKind.ACTION || handler.kind() == WebhookKind.VALIDATION) {
            for (Part part : parts) {
                String found = in(part.type());
                if (found != null) {
                    return found;
                }
            }
        }
        return null;
    }

    /** What is below a property counts only where {@code @Valid} leads there, which is found itself. */
    private static @Nullable String in(JavaType type) {
        if (type.getContentType() != null) {
            return in(type.getContentType());
        }
        for (Class<?> each = type.getRawClass(); isOurs(each); each = each.getSuperclass()) {
            String found = of(each.getAnnotations());
            for (Field field : each.getDeclaredFields()) {
                found = found != null ? found : on(field, field.getAnnotatedType());
            }
            for (Method method : each.getDeclaredMethods()) {
                boolean getter = method.getParameterCount() == 0;
                found = found != null || !getter ? found : on(method, method.getAnnotatedReturnType());
            }
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private static boolean isOurs(@Nullable Class<?> type) {
        return type != null && !type.isPrimitive() && !type.getName().startsWith("java.");
    }

    private static @Nullable String on(AnnotatedElement element, AnnotatedType type) {
        String found = of(element.getAnnotations());
        return found != null ? found : on(type);
    }

    private static @Nullable String on(AnnotatedType type) {
        String found = of(type.getAnnotations());
        if (found == null && type instanceof AnnotatedArrayType array) {
            return on(array.getAnnotatedGenericComponentType());
        }
        if (found == null && type instanceof AnnotatedParameterizedType generic) {
            for (AnnotatedType argument : generic.getAnnotatedActualTypeArguments()) {
                found = found != null ? found : on(argument);
            }
        }
        return found;
    }

    private static @Nullable String of(Annotation[] annotations) {
        for (Annotation annotation : annotations) {
            Class<? extends Annotation> type = annotation.annotationType();
            if (type == Valid.class || type == Validated.class || type.isAnnotationPresent(Constraint.class)) {
                return "@" + type.getSimpleName();
            }
        }
        return null;
    }
}
