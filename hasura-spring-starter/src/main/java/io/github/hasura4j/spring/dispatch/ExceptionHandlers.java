package io.github.hasura4j.spring.dispatch;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.github.hasura4j.payload.ActionError;
import io.github.hasura4j.payload.SessionVariables;
import io.github.hasura4j.spring.HasuraActionException;
import io.github.hasura4j.spring.WebhookCall;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;

/**
 * All methods with {@code @HasuraExceptionHandler}: those of a bean with handlers count for its handlers, all others for everybody.
 * The nearest type wins.
 */
final class ExceptionHandlers {

    /** Chains of causes that are longer, or go round in circles, are not followed to their end. */
    private static final int MOST_CAUSES = 20;

    private final Map<String, Scope> ofBeans;
    private final Scope ofAll;

    private ExceptionHandlers(Map<String, Scope> ofBeans, Scope ofAll) {
        this.ofBeans = ofBeans;
        this.ofAll = ofAll;
    }

    /** @throws InvalidHandlerException if two methods of equal reach are for the same exception */
    static ExceptionHandlers of(
            BeanFactory beans, List<ExceptionHandlerMethod> methods, Set<String> beansWithHandlers) {
        Map<String, Scope> ofBeans = new HashMap<>();
        Scope ofAll = new Scope();
        for (ExceptionHandlerMethod method : methods) {
            Scope scope = beansWithHandlers.contains(method.beanName())
                    ? ofBeans.computeIfAbsent(method.beanName(), any -> new Scope())
                    : ofAll;
            scope.add(beans, method);
        }
        return new ExceptionHandlers(ofBeans, ofAll);
    }

    /** What to refuse with, or null if nobody has a word for it. */
    @Nullable
    HasuraActionException translate(String beanName, WebhookCall call, Throwable thrown) throws Exception {
        Scope own = ofBeans.get(beanName);
        HasuraActionException translated = own == null ? null : own.translate(call, thrown);
        return translated == null ? ofAll.translate(call, thrown) : translated;
    }

    /** Exception handlers of equal reach, by the type they are for. */
    private static final class Scope {

        private final Map<Class<?>, Entry> byType = new HashMap<>();

        private record Entry(ExceptionHandlerMethod method, BeanInvoker invoker) {}

        void add(BeanFactory beans, ExceptionHandlerMethod method) {
            Entry entry = new Entry(method, new BeanInvoker(beans, method.beanName(), method.method()));
            for (Class<? extends Throwable> type : method.types()) {
                Entry other = byType.putIfAbsent(type, entry);
                if (other != null) {
                    throw new InvalidHandlerException("""
                            Two exception handlers for %s: %s of bean '%s' and %s of bean '%s'. Remove one of them, or narrow \
                            its type""".formatted(
                                    type.getSimpleName(),
                                    other.method(),
                                    other.method().beanName(),
                                    method,
                                    method.beanName()));
                }
            }
        }

        @Nullable
        HasuraActionException translate(WebhookCall call, Throwable thrown) throws Exception {
            if (byType.isEmpty()) {
                return null;
            }
            Throwable each = thrown;
            for (int i = 0; each != null && i < MOST_CAUSES; i++) {
                Entry entry = nearest(each.getClass());
                if (entry != null) {
                    return invoke(entry, call, each);
                }
                each = each.getCause();
            }
            return null;
        }

        private @Nullable Entry nearest(Class<?> type) {
            for (Class<?> each = type; each != null; each = each.getSuperclass()) {
                Entry entry = byType.get(each);
                if (entry != null) {
                    return entry;
                }
            }
            return null;
        }

        private static @Nullable HasuraActionException invoke(Entry entry, WebhookCall call, Throwable thrown)
                throws Exception {
            Class<?>[] types = entry.method().method().getParameterTypes();
            @Nullable Object[] arguments = new @Nullable Object[types.length];
            for (int i = 0; i < types.length; i++) {
                arguments[i] = types[i] == WebhookCall.class
                        ? call
                        : types[i] == SessionVariables.class ? call.sessionVariables() : thrown;
            }
            Object result = entry.invoker().invoke(entry.invoker().bean(), arguments);
            return result instanceof ActionError error
                    ? HasuraActionException.of(error)
                    : (HasuraActionException) result;
        }
    }
}
