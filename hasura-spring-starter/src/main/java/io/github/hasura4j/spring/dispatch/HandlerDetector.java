package io.github.hasura4j.spring.dispatch;

import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.hasura4j.spring.HasuraAction;
import io.github.hasura4j.spring.HasuraAuthHook;
import io.github.hasura4j.spring.HasuraEvent;
import io.github.hasura4j.spring.HasuraExceptionHandler;
import io.github.hasura4j.spring.HasuraScheduled;
import io.github.hasura4j.spring.HasuraValidation;
import io.github.hasura4j.spring.WebhookKind;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.aop.framework.autoproxy.AutoProxyUtils;
import org.springframework.aop.scope.ScopedObject;
import org.springframework.aop.scope.ScopedProxyUtils;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.annotation.AnnotatedBeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.annotation.MergedAnnotations.SearchStrategy;
import org.springframework.core.type.MethodMetadata;
import org.springframework.stereotype.Component;
import org.springframework.util.ClassUtils;

/** Finds annotated methods on beans, looking behind proxies and without creating any bean. */
final class HandlerDetector {

    private static final Logger log = LoggerFactory.getLogger(HandlerDetector.class);

    private static final Map<Class<? extends Annotation>, WebhookKind> KINDS = Map.of(
            HasuraAction.class, WebhookKind.ACTION,
            HasuraEvent.class, WebhookKind.EVENT,
            HasuraScheduled.class, WebhookKind.SCHEDULED,
            HasuraValidation.class, WebhookKind.VALIDATION,
            HasuraAuthHook.class, WebhookKind.AUTH_HOOK);

    private static final List<String> LIBRARIES = List.of(
            "java.",
            "javax.",
            "jakarta.",
            "org.springframework.",
            "io.micrometer.",
            "reactor.",
            "org.slf4j.",
            "kotlin.");

    private final ConfigurableListableBeanFactory beans;

    HandlerDetector(ConfigurableListableBeanFactory beans) {
        this.beans = beans;
    }

    /** What was found: handlers, and what handles their exceptions. */
    record Detected(List<HandlerMethod> handlers, List<ExceptionHandlerMethod> exceptionHandlers) {

        Detected() {
            this(new ArrayList<>(), new ArrayList<>());
        }

        int size() {
            return handlers.size() + exceptionHandlers.size();
        }
    }

    Detected detect() {
        Detected found = new Detected();
        for (String beanName : beans.getBeanNamesForType(Object.class, true, false)) {
            Class<?> type = ScopedProxyUtils.isScopedTarget(beanName) ? null : userClass(beanName);
            if (type != null) {
                detect(beanName, type, found);
            }
        }
        refuseClashes(found.handlers());
        return found;
    }

    private void detect(String beanName, Class<?> type, Detected found) {
        int before = found.size();
        Map<Method, MergedAnnotations> methods;
        try {
            methods = MethodIntrospector.selectMethods(type, HandlerDetector::annotationsOfOurs);
        } catch (IllegalStateException | LinkageError e) {
            // The former is Spring's word for classes that cannot be loaded. A bean whose signatures name such
            // classes cannot have handlers that work.
            log.debug("Bean '{}' not searched for handlers", beanName, e);
            return;
        }
        methods.forEach((method, annotations) -> {
            KINDS.forEach((annotation, kind) -> {
                if (annotations.isPresent(annotation)) {
                    found.handlers().add(handler(kind, annotations.get(annotation), beanName, type, method));
                }
            });
            MergedAnnotation<HasuraExceptionHandler> ofExceptions = annotations.get(HasuraExceptionHandler.class);
            if (ofExceptions.isPresent()) {
                ExceptionHandlerMethod handler = ExceptionHandlerMethod.of(
                        beanName, type, method, ofExceptions.synthesize().value());
                requireCallable(handler, beanName, type, method);
                found.exceptionHandlers().add(handler);
            }
        });
        if (type.isInterface() && found.size() == before && isMadeByTheApplication(beanName)) {
            log.warn(
                    "Bean '{}' is not created yet, and its @Bean method says no more than that it is a {}: handlers of its class cannot be seen. If it has any, declare the class as the return type",
                    beanName,
                    type.getName());
        }
    }

    /** A method's annotations if one of ours is among them, else null. */
    private static @Nullable MergedAnnotations annotationsOfOurs(Method method) {
        MergedAnnotations annotations = MergedAnnotations.from(method, SearchStrategy.TYPE_HIERARCHY);
        return annotations.isPresent(HasuraExceptionHandler.class)
                        || KINDS.keySet().stream().anyMatch(annotations::isPresent)
                ? annotations
                : null;
    }

    private HandlerMethod handler(
            WebhookKind kind, MergedAnnotation<?> annotation, String beanName, Class<?> type, Method method) {
        String given = kind == WebhookKind.AUTH_HOOK ? AuthHookDialect.NAME : annotation.getString("value");
        String name = given.isEmpty() ? method.getName() : resolved(given);
        HandlerMethod handler = new HandlerMethod(kind, name, beanName, type, method);
        if (name.isBlank()) {
            throw new InvalidHandlerException(
                    "%s is for %s without a name. Give it one, or leave the name out to use '%s'"
                            .formatted(handler, ParameterTypes.withArticle(kind), method.getName()));
        }
        requireCallable(handler, beanName, type, method);
        if (kind == WebhookKind.SCHEDULED) {
            CronText.require(handler, resolved(annotation.getString("cron")));
        }
        return handler;
    }

    private String resolved(String text) {
        String resolved = beans.resolveEmbeddedValue(text);
        return resolved == null ? text : resolved;
    }

    /** Whether a {@code @Bean} method outside of Spring makes it: interfaces that Spring Data and others implement have no handlers. */
    private boolean isMadeByTheApplication(String beanName) {
        if (!beans.containsBeanDefinition(beanName)) {
            return false;
        }
        MethodMetadata method = beans.getBeanDefinition(beanName) instanceof AnnotatedBeanDefinition annotated
                ? annotated.getFactoryMethodMetadata()
                : null;
        return method != null
                && LIBRARIES.stream().noneMatch(method.getDeclaringClassName()::startsWith)
                && LIBRARIES.stream().noneMatch(method.getReturnTypeName()::startsWith);
    }

    /** The class a person wrote for the bean; null if the container cannot tell without creating it. */
    private @Nullable Class<?> userClass(String beanName) {
        Class<?> type = determineTargetClass(beanName);
        if (type != null && ScopedObject.class.isAssignableFrom(type)) {
            type = determineTargetClass(ScopedProxyUtils.getTargetBeanName(beanName));
        }
        if (type == null || isSprings(type)) {
            return null;
        }
        if (type.isInterface() || Proxy.isProxyClass(type)) {
            // A bean method that says no more than an interface: the object itself tells, if it exists already.
            Object bean = beans.containsSingleton(beanName) ? beans.getSingleton(beanName) : null;
            type = bean == null ? type : AopUtils.getTargetClass(bean);
        }
        return ClassUtils.getUserClass(type);
    }

    /** Spring's own machinery is not searched; components and samples in its name space are somebody's application. */
    private static boolean isSprings(Class<?> type) {
        return type.getName().startsWith("org.springframework.")
                && !type.getName().startsWith("org.springframework.samples.")
                && !AnnotatedElementUtils.hasAnnotation(type, Component.class);
    }

    private @Nullable Class<?> determineTargetClass(String beanName) {
        try {
            return AutoProxyUtils.determineTargetClass(beans, beanName);
        } catch (RuntimeException | LinkageError e) {
            log.debug("Type of bean '{}' unknown, not searched for handlers", beanName, e);
            return null;
        }
    }

    private void requireCallable(Object handler, String beanName, Class<?> beanType, Method method) {
        int modifiers = method.getModifiers();
        if (Modifier.isPrivate(modifiers)) {
            throw new InvalidHandlerException(
                    "%s is private, so no proxy of its bean can pass a call on. Remove 'private'".formatted(handler));
        }
        if (Modifier.isStatic(modifiers)) {
            throw new InvalidHandlerException(
                    "%s is static, but handlers are called on a bean. Remove 'static'".formatted(handler));
        }
        Class<?> type = beans.getType(beanName, false);
        if (type == null) {
            return;
        }
        boolean behindSubclass = type != beanType && ClassUtils.getUserClass(type) != type;
        if (behindSubclass && Modifier.isFinal(modifiers)) {
            throw new InvalidHandlerException(
                    "%s is final, so the proxy around its bean cannot pass the call on. Remove 'final'"
                            .formatted(handler));
        }
        boolean packagePrivate = (modifiers & (Modifier.PUBLIC | Modifier.PROTECTED)) == 0;
        String declaredIn = method.getDeclaringClass().getPackageName();
        if (behindSubclass && packagePrivate && !declaredIn.equals(type.getPackageName())) {
            throw new InvalidHandlerException(
                    "%s is package-private in another package than its bean's class, so the proxy around the bean cannot pass the call on. Make it protected or public"
                            .formatted(handler));
        }
        if (Proxy.isProxyClass(type)) {
            try {
                AopUtils.selectInvocableMethod(method, type);
            } catch (IllegalStateException e) {
                throw new InvalidHandlerException("""
                        %s cannot be called: the bean '%s' is a JDK proxy, which shows nothing but interfaces. Declare the \
                        method in an interface of the class, or ask for class-based proxies (proxyTargetClass = true)""".formatted(handler, beanName), e);
            }
        }
    }

    private static void refuseClashes(List<HandlerMethod> handlers) {
        Map<String, HandlerMethod> byName = new LinkedHashMap<>();
        for (HandlerMethod handler : handlers) {
            HandlerMethod other = byName.putIfAbsent(handler.kind() + " " + handler.name(), handler);
            if (other != null) {
                boolean nameless = handler.kind() == WebhookKind.AUTH_HOOK;
                throw new InvalidHandlerException("Two handlers for the %s: %s of bean '%s' and %s of bean '%s'. %s"
                        .formatted(
                                handler.subject(),
                                other,
                                other.beanName(),
                                handler,
                                handler.beanName(),
                                nameless
                                        ? "An engine has one auth hook: remove one of them"
                                        : "Give one of them another name, or remove it"));
            }
        }
    }
}
