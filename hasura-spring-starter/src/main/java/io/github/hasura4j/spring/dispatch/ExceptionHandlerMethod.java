package io.github.hasura4j.spring.dispatch;

import java.lang.reflect.Method;
import java.util.List;
import java.util.stream.Stream;

import io.github.hasura4j.payload.ActionError;
import io.github.hasura4j.payload.SessionVariables;
import io.github.hasura4j.spring.HasuraActionException;
import io.github.hasura4j.spring.WebhookCall;
import org.springframework.core.ResolvableType;

/**
 * A method with {@code @HasuraExceptionHandler} that was found.
 *
 * @param beanName the bean it is called on
 * @param beanType the bean's own class, without proxies
 * @param method the method, as the bean's own class has it
 * @param types the exceptions it handles
 */
record ExceptionHandlerMethod(
        String beanName, Class<?> beanType, Method method, List<Class<? extends Throwable>> types) {

    /** @throws InvalidHandlerException if it cannot work */
    static ExceptionHandlerMethod of(
            String beanName, Class<?> beanType, Method method, Class<? extends Throwable>[] declared) {
        List<Class<? extends Throwable>> types = declared.length > 0 ? List.of(declared) : ofParameters(method);
        ExceptionHandlerMethod handler = new ExceptionHandlerMethod(beanName, beanType, method, types);
        if (types.isEmpty()) {
            throw new InvalidHandlerException("""
                    %s does not say which exceptions it handles. Give it the exception as a parameter, or name the types in \
                    @HasuraExceptionHandler""".formatted(handler));
        }
        handler.requireParameters();
        handler.requireResult();
        return handler;
    }

    private static List<Class<? extends Throwable>> ofParameters(Method method) {
        return Stream.of(method.getParameterTypes())
                .filter(Throwable.class::isAssignableFrom)
                .<Class<? extends Throwable>>map(type -> type.asSubclass(Throwable.class))
                .toList();
    }

    private void requireParameters() {
        for (Class<?> parameter : method.getParameterTypes()) {
            boolean exception = Throwable.class.isAssignableFrom(parameter);
            if (exception && !types.stream().allMatch(parameter::isAssignableFrom)) {
                throw new InvalidHandlerException(
                        "%s handles exceptions that its parameter %s cannot take. Give the parameter a type they have in common"
                                .formatted(this, parameter.getSimpleName()));
            }
            if (!exception && parameter != WebhookCall.class && parameter != SessionVariables.class) {
                throw new InvalidHandlerException(
                        "%s: nothing can fill parameter %s. An exception handler takes, in any order: the exception, the WebhookCall, SessionVariables"
                                .formatted(this, parameter.getSimpleName()));
            }
        }
    }

    private void requireResult() {
        Class<?> result = ResolvableType.forMethodReturnType(method, beanType).resolve(Object.class);
        if (result != HasuraActionException.class && result != ActionError.class) {
            throw new InvalidHandlerException(
                    "%s returns %s. An exception handler returns the HasuraActionException to answer, or an ActionError, or null for what it leaves to others"
                            .formatted(this, result.getSimpleName()));
        }
    }

    @Override
    public String toString() {
        return HandlerMethod.describe(beanType, method);
    }
}
