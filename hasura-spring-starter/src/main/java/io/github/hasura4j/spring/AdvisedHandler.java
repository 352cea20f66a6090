package io.github.hasura4j.spring;

import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.concurrent.CompletionStage;

import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;

/** A handler as a {@link HandlerAdvisor} sees it. Immutable. */
public interface AdvisedHandler {

    /** What the engine calls it for. */
    WebhookKind kind();

    /** The action, trigger or validation it handles. */
    String name();

    /** The bean's own class, without proxies. */
    Class<?> beanType();

    /** The method, as the bean's own class has it. */
    Method method();

    /** An annotation of the method, also of one it overrides or as a meta-annotation; null if it has none. */
    <A extends Annotation> @Nullable A annotation(Class<A> type);

    /** What the method returns, with the type variables of its bean resolved. */
    ResolvableType returnType();

    /** Whether the method answers with a future, a {@code Mono} or the like. */
    boolean isAsynchronous();

    /** The stage of an answer that comes later, or null if the answer is there. Subscribes, so ask once for each answer. */
    @Nullable
    CompletionStage<?> later(@Nullable Object answer);

    /** An answer as JSON, just as the engine would get it. */
    String toJson(@Nullable Object answer);

    /** How the method's arguments are made out of a call, by the names of its parameters as far as these are known. */
    Map<String, HandlerArgumentResolver.Argument> arguments();

    /** The method as people look for it: {@code com.acme.Login.login(LoginInput)}. */
    @Override
    String toString();
}
