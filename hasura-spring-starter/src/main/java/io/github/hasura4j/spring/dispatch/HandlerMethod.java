package io.github.hasura4j.spring.dispatch;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.stream.Collectors;

import io.github.hasura4j.spring.WebhookKind;

/**
 * An annotated method that was found.
 *
 * @param kind what it is for
 * @param name the action, trigger or validation it is for, placeholders resolved
 * @param beanName the bean it is called on
 * @param beanType the bean's own class, without proxies; generic types resolve against it
 * @param method the method, as the bean's own class has it
 */
public record HandlerMethod(WebhookKind kind, String name, String beanName, Class<?> beanType, Method method) {

    /** What it is for, in words: "action 'login'". */
    String subject() {
        return kind == WebhookKind.AUTH_HOOK ? kind.toString() : kind + " '" + name + "'";
    }

    /** The method as people look for it: {@code com.acme.Login.login(LoginInput)}. */
    @Override
    public String toString() {
        return describe(beanType, method);
    }

    static String describe(Class<?> beanType, Method method) {
        return beanType.getName() + "." + method.getName()
                + Arrays.stream(method.getParameterTypes())
                        .map(Class::getSimpleName)
                        .collect(Collectors.joining(", ", "(", ")"));
    }
}
