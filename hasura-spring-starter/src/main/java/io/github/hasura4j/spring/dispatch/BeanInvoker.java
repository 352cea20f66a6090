package io.github.hasura4j.spring.dispatch;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;

import org.jspecify.annotations.Nullable;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.util.ReflectionUtils;

/** Calls a handler on its bean, which is fetched when a call comes and not before. */
final class BeanInvoker {

    private final BeanFactory beans;
    private final String beanName;
    private final Method method;
    private final boolean singleton;
    private volatile @Nullable Object bean;
    private volatile @Nullable Method behindInterface;

    BeanInvoker(BeanFactory beans, String beanName, Method method) {
        this.beans = beans;
        this.beanName = beanName;
        this.method = method;
        this.singleton = beans.isSingleton(beanName);
        ReflectionUtils.makeAccessible(method);
    }

    Object bean() {
        Object known = bean;
        if (known == null) {
            known = beans.getBean(beanName);
            if (singleton) {
                bean = known;
            }
        }
        return known;
    }

    @Nullable
    Object invoke(Object target, @Nullable Object[] arguments) throws Exception {
        Method invocable = method.getDeclaringClass().isInstance(target) ? method : behindInterface(target);
        try {
            return invocable.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            Throwable thrown = e.getTargetException();
            if (thrown instanceof Exception exception) {
                throw exception;
            }
            if (thrown instanceof Error error) {
                throw error;
            }
            throw e;
        }
    }

    /** The method as a JDK proxy has it. */
    private Method behindInterface(Object target) {
        Method known = behindInterface;
        if (known == null || !known.getDeclaringClass().isInstance(target)) {
            known = AopUtils.selectInvocableMethod(method, target.getClass());
            ReflectionUtils.makeAccessible(known);
            behindInterface = known;
        }
        return known;
    }
}
