package io.github.hasura4j.spring.dispatch;

import java.lang.reflect.WildcardType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

import io.github.hasura4j.payload.ActionPayload;
import io.github.hasura4j.payload.Maybe;
import io.github.hasura4j.spring.ActionArgument;
import io.github.hasura4j.spring.HandlerArgumentResolver.Argument;
import io.github.hasura4j.spring.HandlerParameter;
import io.github.hasura4j.spring.WebhookCall;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.BeanUtils;
import org.springframework.core.ResolvableType;
import org.springframework.util.ClassUtils;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.ObjectReader;

/**
 * Decides how an action's input meets the parameters that nothing else claims: one complex type takes all of it; a simple type,
 * a second parameter or {@link ActionArgument} makes every one of them a single argument.
 *
 * <p>The engine sends an object of all arguments, also where there is a single one that is an object itself, as the console drafts
 * actions. A parameter of that argument's name takes the argument, unless its type has a use for such a key.
 */
final class ActionBinder implements PayloadBinder {

    /** What stands for an argument that the client left out, where that is not null. */
    private static final Map<Class<?>, Object> EMPTY = Map.of(
            Optional.class, Optional.empty(),
            OptionalInt.class, OptionalInt.empty(),
            OptionalLong.class, OptionalLong.empty(),
            OptionalDouble.class, OptionalDouble.empty(),
            Maybe.class, Maybe.absent());

    private final WebhookJson json;

    ActionBinder(WebhookJson json) {
        this.json = json;
    }

    @Override
    public PayloadBinding bind(
            HandlerMethod handler, List<HandlerParameter> parameters, @Nullable Argument[] arguments) {
        List<Integer> open = new ArrayList<>();
        for (int i = 0; i < arguments.length; i++) {
            if (arguments[i] == null) {
                ParameterTypes.requireBindable(handler, parameters.get(i), ActionArgument.class);
                open.add(i);
            }
        }
        JavaType declared = declaredInput(handler, parameters);
        if (open.size() == 1 && takesAll(parameters.get(open.get(0)))) {
            return whole(handler, open.get(0), parameters, declared, arguments);
        }
        return open.isEmpty()
                ? payloadOnly(handler, parameters, declared)
                : named(handler, open, parameters, declared, arguments);
    }

    /** The {@code T} of an {@code ActionPayload<T>} parameter: {@code Object} for {@code <?>}, null without such a parameter. */
    private @Nullable JavaType declaredInput(HandlerMethod handler, List<HandlerParameter> parameters) {
        JavaType declared = null;
        for (HandlerParameter parameter : parameters) {
            if (parameter.rawType() == ActionPayload.class) {
                ResolvableType input = parameter.type().getGeneric(0);
                if (input.resolve() == null && !(input.getType() instanceof WildcardType)) {
                    throw new InvalidHandlerException("""
                            %s takes an ActionPayload without saying its input type. Write ActionPayload<YourInput>, \
                            ActionPayload<Void> for an action without arguments, or ActionPayload<?>""".formatted(handler));
                }
                JavaType type = json.type(input);
                if (declared != null && !declared.equals(type)) {
                    throw contradiction(handler, declared, type);
                }
                declared = type;
            }
        }
        return declared;
    }

    private PayloadBinding payloadOnly(
            HandlerMethod handler, List<HandlerParameter> parameters, @Nullable JavaType declared) {
        if (declared == null || declared.hasRawClass(Void.class)) {
            return new PayloadBinding(
                    new ActionDecoder(handler.name(), InputReader.skipping(), false, json), List.of());
        }
        boolean required = !declared.hasRawClass(Object.class);
        return new PayloadBinding(
                new ActionDecoder(handler.name(), InputReader.whole(json.valueReader(declared)), required, json),
                parameters.stream()
                        .filter(parameter -> parameter.rawType() == ActionPayload.class)
                        .map(parameter -> new PayloadBinding.Part(
                                parameter.parameter().getParameterIndex(),
                                false,
                                DefaultWebhookCall::inputPath,
                                declared,
                                ActionBinder::input))
                        .toList());
    }

    private PayloadBinding whole(
            HandlerMethod handler,
            int index,
            List<HandlerParameter> parameters,
            @Nullable JavaType declared,
            @Nullable Argument[] arguments) {
        HandlerParameter parameter = parameters.get(index);
        JavaType type = json.type(parameter.type());
        if (declared != null && !declared.hasRawClass(Object.class) && !declared.equals(type)) {
            throw contradiction(handler, declared, type);
        }
        arguments[index] = ActionBinder::input;
        ObjectReader reader = json.valueReader(type);
        String name = parameter.name();
        InputReader input = name != null && json.isObjectWithout(type, name)
                ? InputReader.wholeOr(name, reader)
                : InputReader.whole(reader);
        return new PayloadBinding(
                new ActionDecoder(handler.name(), input, true, json),
                List.of(new PayloadBinding.Part(
                        index, true, DefaultWebhookCall::inputPath, type, ActionBinder::input)));
    }

    private PayloadBinding named(
            HandlerMethod handler,
            List<Integer> open,
            List<HandlerParameter> parameters,
            @Nullable JavaType declared,
            @Nullable Argument[] arguments) {
        if (declared != null && !declared.hasRawClass(Object.class)) {
            throw new InvalidHandlerException("""
                    %s takes single arguments and an ActionPayload with an input type of its own; the input is read \
                    once, so it can be one of them only. Write ActionPayload<?>, or take the arguments from its input()""".formatted(handler));
        }
        Map<String, ObjectReader> readers = new LinkedHashMap<>();
        List<PayloadBinding.Part> parts = new ArrayList<>();
        for (int index : open) {
            HandlerParameter parameter = parameters.get(index);
            String name = argumentName(handler, parameter);
            Class<?> raw = parameter.rawType();
            JavaType type = raw.isPrimitive()
                    ? json.type(ClassUtils.resolvePrimitiveIfNecessary(raw))
                    : json.type(parameter.type());
            if (readers.put(name, json.valueReader(type)) != null) {
                throw new InvalidHandlerException(
                        "%s takes the argument '%s' twice. Remove one, or give it the right name with @ActionArgument"
                                .formatted(handler, name));
            }
            Argument value = call -> input(call) instanceof Map<?, ?> values ? values.get(name) : null;
            if (raw.isPrimitive()) {
                arguments[index] = call -> {
                    Object given = value.value(call);
                    if (given == null) {
                        throw Refusal.missing(name);
                    }
                    return given;
                };
            } else if (EMPTY.containsKey(raw)) {
                Object empty = EMPTY.get(raw);
                arguments[index] = call -> {
                    Object given = value.value(call);
                    return given == null ? empty : given;
                };
            } else {
                arguments[index] = value;
            }
            parts.add(new PayloadBinding.Part(index, true, call -> name, type, value::value, name));
        }
        return new PayloadBinding(
                new ActionDecoder(handler.name(), InputReader.named(Map.copyOf(readers)), false, json), parts);
    }

    private static boolean takesAll(HandlerParameter parameter) {
        return parameter.annotation(ActionArgument.class) == null && !isSimple(parameter.rawType());
    }

    private static boolean isSimple(Class<?> type) {
        return BeanUtils.isSimpleValueType(type)
                || type.isArray()
                || Collection.class.isAssignableFrom(type)
                || type.getName().startsWith("java.time.")
                || type.getName().startsWith("java.util.Optional")
                || type == Maybe.class;
    }

    private static String argumentName(HandlerMethod handler, HandlerParameter parameter) {
        ActionArgument argument = parameter.annotation(ActionArgument.class);
        String name = argument == null || argument.value().isEmpty() ? parameter.name() : argument.value();
        if (name == null) {
            throw new InvalidHandlerException("""
                    %s takes single arguments, but the names of its parameters are not in the class file. Compile with \
                    -parameters, or name each with @ActionArgument("…")""".formatted(handler));
        }
        return name;
    }

    private static @Nullable Object input(WebhookCall call) {
        return ((ActionPayload<?>) call.payload()).input();
    }

    private static InvalidHandlerException contradiction(HandlerMethod handler, JavaType one, JavaType other) {
        return new InvalidHandlerException("""
                %s wants the input as %s and as %s; it is read once, into one type. Use the same type for both, or remove \
                one of the parameters""".formatted(
                handler, one.getRawClass().getSimpleName(), other.getRawClass().getSimpleName()));
    }
}
