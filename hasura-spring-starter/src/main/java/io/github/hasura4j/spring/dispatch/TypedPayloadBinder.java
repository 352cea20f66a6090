package io.github.hasura4j.spring.dispatch;

import java.lang.reflect.WildcardType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

import io.github.hasura4j.payload.ScheduledPayload;
import io.github.hasura4j.payload.ValidationPayload;
import io.github.hasura4j.spring.HandlerArgumentResolver.Argument;
import io.github.hasura4j.spring.HandlerParameter;
import io.github.hasura4j.spring.WebhookCall;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;
import tools.jackson.databind.JavaType;

/**
 * For payloads of one type variable: decides it from the payload itself, such as {@code ScheduledPayload<P>}, or from one parameter
 * that nothing else claims.
 */
final class TypedPayloadBinder implements PayloadBinder {

    private final WebhookJson json;
    private final Class<?> payload;
    private final boolean list;
    private final String path;
    private final Function<WebhookCall, @Nullable Object> value;

    private TypedPayloadBinder(
            WebhookJson json,
            Class<?> payload,
            boolean list,
            String path,
            Function<WebhookCall, @Nullable Object> value) {
        this.json = json;
        this.payload = payload;
        this.list = list;
        this.path = path;
        this.value = value;
    }

    static TypedPayloadBinder ofSchedules(WebhookJson json) {
        return new TypedPayloadBinder(
                json,
                ScheduledPayload.class,
                false,
                "payload",
                call -> ((ScheduledPayload<?>) call.payload()).payload());
    }

    static TypedPayloadBinder ofValidations(WebhookJson json) {
        return new TypedPayloadBinder(
                json, ValidationPayload.class, true, "input", call -> ((ValidationPayload<?>) call.payload()).input());
    }

    @Override
    public PayloadBinding bind(
            HandlerMethod handler, List<HandlerParameter> parameters, @Nullable Argument[] arguments) {
        JavaType type = declared(handler, parameters);
        List<PayloadBinding.Part> parts = new ArrayList<>();
        boolean taken = false;
        for (int i = 0; i < arguments.length; i++) {
            if (arguments[i] == null) {
                HandlerParameter parameter = parameters.get(i);
                ParameterTypes.requireBindable(handler, parameter, null);
                if (taken) {
                    throw ParameterTypes.unresolvable(handler, parameter);
                }
                taken = true;
                JavaType own = list ? element(handler, parameter) : json.type(parameter.type());
                if (type != null && !type.hasRawClass(Object.class) && !type.equals(own)) {
                    throw new InvalidHandlerException("""
                            %s wants what was sent as %s and as %s; it is read once, into one type. Use the same type for both, \
                            or remove one of the parameters""".formatted(handler, name(type), name(own)));
                }
                type = own;
                arguments[i] = value::apply;
                parts.add(part(i, true, own));
            }
        }
        JavaType known = type == null ? json.type(Void.class) : type;
        for (HandlerParameter parameter : parameters) {
            if (parameter.rawType() == payload) {
                parts.add(part(parameter.parameter().getParameterIndex(), false, known));
            }
        }
        JavaType whole = json.parametricType(payload, known);
        return new PayloadBinding(new DocumentDecoder(json.valueReader(whole)), parts);
    }

    private PayloadBinding.Part part(int index, boolean itself, JavaType type) {
        JavaType ofValue = list ? json.parametricType(List.class, type) : type;
        return new PayloadBinding.Part(index, itself, call -> path, ofValue, value);
    }

    /** The type argument of payload parameters: {@code Object} for {@code <?>}, null without such a parameter. */
    private @Nullable JavaType declared(HandlerMethod handler, List<HandlerParameter> parameters) {
        JavaType declared = null;
        String name = payload.getSimpleName();
        for (HandlerParameter parameter : parameters) {
            if (parameter.rawType() == payload) {
                ResolvableType argument = parameter.type().getGeneric(0);
                if (argument.resolve() == null && !(argument.getType() instanceof WildcardType)) {
                    throw new InvalidHandlerException("""
                            %s takes a %s without saying its type. Write %s<YourType>, %s<Void> if you do not want what was \
                            sent, or %s<?>""".formatted(handler, name, name, name, name));
                }
                JavaType type = json.type(argument);
                if (declared != null && !declared.equals(type)) {
                    throw new InvalidHandlerException(
                            "%s takes two %ss of different types; they are read once. Remove one of them"
                                    .formatted(handler, name));
                }
                declared = type;
            }
        }
        return declared;
    }

    private JavaType element(HandlerMethod handler, HandlerParameter parameter) {
        Class<?> raw = parameter.rawType();
        ResolvableType element = parameter.type().getGeneric(0);
        if (!raw.isAssignableFrom(List.class) || raw == Object.class) {
            throw new InvalidHandlerException(
                    """
                    %s takes parameter %s, but what is to be validated is a list: the rows of an insert, or the arguments of an \
                    update or delete. Write List<%s>""".formatted(handler, ParameterTypes.describe(parameter), raw.getSimpleName()));
        }
        return element.resolve() == null ? json.type(Object.class) : json.type(element);
    }

    private static String name(JavaType type) {
        return type.getRawClass().getSimpleName();
    }
}
