package io.github.hasura4j.spring.dispatch;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;

import io.github.hasura4j.spring.HandlerArgumentResolver;
import io.github.hasura4j.spring.HandlerArgumentResolver.Argument;
import io.github.hasura4j.spring.HandlerParameter;
import io.github.hasura4j.spring.WebhookKind;
import jakarta.validation.Validator;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.DefaultParameterNameDiscoverer;
import org.springframework.core.MethodParameter;
import org.springframework.core.ParameterNameDiscoverer;
import org.springframework.core.ResolvableType;
import org.springframework.util.ClassUtils;

/** Decides, once for each handler, how its payload is read, its arguments are made and its input is validated. */
final class HandlerFactory {

    private final ConfigurableListableBeanFactory beans;
    private final WebhookJson json;
    private final @Nullable Validator validator;
    private final List<HandlerArgumentResolver> resolvers;
    private final ParameterNameDiscoverer names = new DefaultParameterNameDiscoverer();

    HandlerFactory(
            ConfigurableListableBeanFactory beans,
            WebhookJson json,
            @Nullable Validator validator,
            List<HandlerArgumentResolver> added) {
        this.beans = beans;
        this.json = json;
        this.validator = validator;
        this.resolvers = new ArrayList<>(added);
        this.resolvers.add(new HeaderArgumentResolver());
        this.resolvers.add(new ClientArgumentResolver(beans));
        this.resolvers.addAll(TypedArgumentResolver.all());
    }

    Handler create(HandlerMethod handler) {
        refuseAsynchronous(handler);
        List<HandlerParameter> parameters = parameters(handler);
        @Nullable Argument[] arguments = new @Nullable Argument[parameters.size()];
        for (int i = 0; i < arguments.length; i++) {
            arguments[i] = claim(handler, parameters.get(i));
        }
        PayloadBinding binding = handler.kind() == WebhookKind.ACTION
                ? new ActionBinder(json).bind(handler, parameters, arguments)
                : new EventBinder(json).bind(handler, parameters, arguments);
        Argument[] complete = new Argument[arguments.length];
        for (int i = 0; i < complete.length; i++) {
            complete[i] = Objects.requireNonNull(arguments[i]);
        }
        InputValidation validation =
                validator == null ? null : InputValidation.of(validator, handler, parameters, binding.parts(), json);
        return new Handler(handler, binding.decoder(), complete, validation, new BeanInvoker(beans, handler));
    }

    private List<HandlerParameter> parameters(HandlerMethod handler) {
        Method method = handler.method();
        List<HandlerParameter> parameters = new ArrayList<>(method.getParameterCount());
        for (int i = 0; i < method.getParameterCount(); i++) {
            MethodParameter parameter = new MethodParameter(method, i).withContainingClass(handler.beanType());
            parameter.initParameterNameDiscovery(names);
            parameters.add(new HandlerParameter(handler.kind(), parameter));
        }
        return parameters;
    }

    private @Nullable Argument claim(HandlerMethod handler, HandlerParameter parameter) {
        try {
            for (HandlerArgumentResolver resolver : resolvers) {
                Argument argument = resolver.resolve(parameter);
                if (argument != null) {
                    return argument;
                }
            }
            return null;
        } catch (InvalidHandlerException e) {
            throw new InvalidHandlerException("%s: %s".formatted(handler, e.getMessage()), e);
        }
    }

    private static void refuseAsynchronous(HandlerMethod handler) {
        Class<?> type = ResolvableType.forMethodReturnType(handler.method(), handler.beanType())
                .resolve(Object.class);
        boolean publisher = ClassUtils.getAllInterfacesForClassAsSet(type).stream()
                .anyMatch(one -> one.getName().equals("org.reactivestreams.Publisher")
                        || one.getName().equals("java.util.concurrent.Flow$Publisher"));
        if (publisher || CompletionStage.class.isAssignableFrom(type) || Future.class.isAssignableFrom(type)) {
            throw new InvalidHandlerException(
                    "%s returns a %s, but asynchronous handlers are not supported yet. Return the value itself, or nothing"
                            .formatted(handler, type.getSimpleName()));
        }
    }
}
