package io.github.hasura4j.spring.dispatch;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.github.hasura4j.spring.ActionArgument;
import io.github.hasura4j.spring.AdvisedHandler;
import io.github.hasura4j.spring.FailurePolicy;
import io.github.hasura4j.spring.HandlerAdvisor;
import io.github.hasura4j.spring.HandlerArgumentResolver;
import io.github.hasura4j.spring.HandlerArgumentResolver.Argument;
import io.github.hasura4j.spring.HandlerParameter;
import io.github.hasura4j.spring.WebhookFilter;
import io.github.hasura4j.spring.WebhookInterceptor;
import io.github.hasura4j.spring.WebhookKind;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.DefaultParameterNameDiscoverer;
import org.springframework.core.MethodParameter;
import org.springframework.core.ParameterNameDiscoverer;
import org.springframework.util.ClassUtils;
import tools.jackson.core.JacksonException;

/** Decides, once for each handler, how its payload is read, its arguments are made and its input is validated. */
final class HandlerFactory {

    static final ParameterNameDiscoverer NAMES = new DefaultParameterNameDiscoverer();

    /** The JVM leaves annotations out whose classes are missing. */
    private static final boolean CONSTRAINTS_ARE_THERE =
            ClassUtils.isPresent("jakarta.validation.Constraint", HandlerFactory.class.getClassLoader());

    private final ConfigurableListableBeanFactory beans;
    private final WebhookJson json;
    private final @Nullable BeanValidation validation;
    private final List<HandlerArgumentResolver> resolvers;
    private final List<HandlerAdvisor> advisors;

    HandlerFactory(
            ConfigurableListableBeanFactory beans,
            WebhookJson json,
            @Nullable BeanValidation validation,
            List<HandlerArgumentResolver> added,
            List<HandlerAdvisor> advisors) {
        this.beans = beans;
        this.json = json;
        this.validation = validation;
        this.advisors = advisors;
        this.resolvers = new ArrayList<>(added);
        this.resolvers.add(new HeaderArgumentResolver());
        this.resolvers.add(new CookieArgumentResolver());
        this.resolvers.add(new SessionVariableArgumentResolver(json));
        this.resolvers.add(new FetchArgumentResolver(beans, json));
        this.resolvers.add(new ClientArgumentResolver(beans));
        this.resolvers.addAll(TypedArgumentResolver.all());
    }

    Handler create(HandlerMethod handler, ExceptionHandlers exceptionHandlers) {
        HandlerResult result = HandlerResult.of(handler);
        List<HandlerParameter> parameters = parameters(handler);
        @Nullable Argument[] arguments = new @Nullable Argument[parameters.size()];
        for (int i = 0; i < arguments.length; i++) {
            arguments[i] = claim(handler, parameters.get(i));
            if (arguments[i] == null) {
                refuseBean(handler, parameters.get(i));
            }
        }
        PayloadBinding binding = bind(handler, parameters, arguments);
        Argument[] complete = new Argument[arguments.length];
        for (int i = 0; i < complete.length; i++) {
            complete[i] = Objects.requireNonNull(arguments[i]);
        }
        requireVariables(handler, parameters, complete, binding.parts());
        InputValidation validation = validation(handler, parameters, binding.parts());
        return new Handler(
                HandlerSignature.of(handler, binding.parts(), json),
                binding.decoder(),
                complete,
                validation,
                new BeanInvoker(beans, handler.beanName(), handler.method()),
                result,
                exceptionHandlers,
                advice(handler, result, parameters, complete));
    }

    /** What can be known: the row's type, and an action's if it is read as a whole. */
    private static void requireVariables(
            HandlerMethod handler,
            List<HandlerParameter> parameters,
            Argument[] arguments,
            List<PayloadBinding.Part> parts) {
        boolean singly = handler.kind() == WebhookKind.ACTION
                && (parts.stream().filter(PayloadBinding.Part::itself).count() > 1
                        || parameters.stream().anyMatch(each -> each.annotation(ActionArgument.class) != null));
        if (singly) {
            return;
        }
        for (Argument argument : arguments) {
            if (argument instanceof FetchArgument fetch) {
                fetch.requireVariables(handler, parts);
            }
        }
    }

    private Handler.Advice advice(
            HandlerMethod handler, HandlerResult result, List<HandlerParameter> parameters, Argument[] arguments) {
        Map<String, Argument> byName = new LinkedHashMap<>();
        for (int i = 0; i < arguments.length; i++) {
            String name = parameters.get(i).name();
            // A fetch would run once for a key and once more for the handler.
            if (name != null && !(arguments[i] instanceof FetchArgument)) {
                byName.put(name, arguments[i]);
            }
        }
        AdvisedHandler advised = new DefaultAdvisedHandler(handler, result, json, Map.copyOf(byName));
        List<WebhookFilter> filters = new ArrayList<>();
        List<WebhookInterceptor> interceptors = new ArrayList<>();
        FailurePolicy failurePolicy = null;
        for (HandlerAdvisor advisor : advisors) {
            WebhookFilter filter = advisor.filter(advised);
            if (filter != null) {
                requireThatItMayBeSkipped(handler);
                filters.add(filter);
            }
            WebhookInterceptor interceptor = advisor.interceptor(advised);
            if (interceptor != null) {
                interceptors.add(interceptor);
            }
            if (failurePolicy == null) {
                failurePolicy = advisor.failurePolicy(advised);
            }
        }
        return new Handler.Advice(List.copyOf(filters), List.copyOf(interceptors), failurePolicy);
    }

    /** A validation that is acknowledged lets the mutation through. */
    private static void requireThatItMayBeSkipped(HandlerMethod handler) {
        if (handler.kind() != WebhookKind.EVENT && handler.kind() != WebhookKind.SCHEDULED) {
            throw new InvalidHandlerException("""
                    %s is given a filter, but only events and scheduled triggers may go unhandled. Have the HandlerAdvisor return \
                    null for others""".formatted(handler));
        }
    }

    private @Nullable InputValidation validation(
            HandlerMethod handler, List<HandlerParameter> parameters, List<PayloadBinding.Part> parts) {
        if (validation != null) {
            return validation.of(handler, parameters, parts, json);
        }
        if (!CONSTRAINTS_ARE_THERE) {
            return null;
        }
        String constraint = ConstraintSearch.find(handler, parts);
        if (constraint != null) {
            throw new InvalidHandlerException("""
                    %s relies on %s, which nobody checks: there is no Bean Validation provider. Add \
                    spring-boot-starter-validation""".formatted(handler, constraint));
        }
        return null;
    }

    private List<HandlerParameter> parameters(HandlerMethod handler) {
        Method method = handler.method();
        List<HandlerParameter> parameters = new ArrayList<>(method.getParameterCount());
        for (int i = 0; i < method.getParameterCount(); i++) {
            MethodParameter parameter = new MethodParameter(method, i).withContainingClass(handler.beanType());
            parameter.initParameterNameDiscovery(NAMES);
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

    /** Somebody who expects a bean there would get a value made from the input, without a word. */
    private void refuseBean(HandlerMethod handler, HandlerParameter parameter) {
        Class<?> type = parameter.rawType();
        // The container has maps and other things of the JDK that nobody takes for a service.
        if (parameter.annotation(ActionArgument.class) != null
                || type.isPrimitive()
                || type.isArray()
                || type.getName().startsWith("java.")) {
            return;
        }
        if (beans.getBeanNamesForType(type, true, false).length > 0) {
            throw new InvalidHandlerException("""
                    %s: parameter %s is a bean of this application, and handlers take what the engine sends. Inject it into \
                    the constructor of the class%s""".formatted(
                            handler,
                            ParameterTypes.describe(parameter),
                            handler.kind() == WebhookKind.ACTION
                                    ? ", or say @ActionArgument if it is an argument all the same"
                                    : ""));
        }
    }

    private PayloadBinding bind(
            HandlerMethod handler, List<HandlerParameter> parameters, @Nullable Argument[] arguments) {
        try {
            PayloadBinding binding = PayloadBinder.of(handler, json).bind(handler, parameters, arguments);
            for (PayloadBinding.Part part : binding.parts()) {
                if (!json.knowsImplementationOf(part.type())) {
                    throw new InvalidHandlerException(
                            """
                            %s takes a %s, which is an interface or an abstract class that Jackson knows no \
                            implementation of. Take a record or a class, or name the implementations with @JsonTypeInfo and \
                            @JsonSubTypes""".formatted(handler, part.type().getRawClass().getSimpleName()));
                }
            }
            return binding;
        } catch (JacksonException e) {
            throw new InvalidHandlerException(
                    "%s takes something that Jackson cannot read: %s".formatted(handler, e.getOriginalMessage()), e);
        }
    }
}
