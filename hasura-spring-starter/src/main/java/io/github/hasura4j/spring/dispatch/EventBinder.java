package io.github.hasura4j.spring.dispatch;

import java.lang.reflect.WildcardType;
import java.util.ArrayList;
import java.util.List;

import io.github.hasura4j.payload.EventPayload;
import io.github.hasura4j.spring.HandlerArgumentResolver.Argument;
import io.github.hasura4j.spring.HandlerParameter;
import io.github.hasura4j.spring.WebhookCall;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.BeanUtils;
import org.springframework.core.ResolvableType;
import tools.jackson.databind.JavaType;

/** Decides the types of an event's rows: from {@code EventPayload<N, O>}, or from a parameter that nothing else claims. */
final class EventBinder {

    private static final String NEW_ROW = "event.data.new";
    private static final String OLD_ROW = "event.data.old";

    private final WebhookJson json;

    EventBinder(WebhookJson json) {
        this.json = json;
    }

    /** Fills the gap in {@code arguments}, if there is one. */
    PayloadBinding bind(HandlerMethod handler, List<HandlerParameter> parameters, @Nullable Argument[] arguments) {
        JavaType payload = declaredPayload(handler, parameters);
        JavaType row = null;
        List<PayloadBinding.Part> parts = new ArrayList<>(payloadRows(parameters));
        for (int i = 0; i < arguments.length; i++) {
            if (arguments[i] == null) {
                HandlerParameter parameter = parameters.get(i);
                ParameterTypes.requireBindable(handler, parameter, null);
                if (row != null || BeanUtils.isSimpleValueType(parameter.rawType())) {
                    throw ParameterTypes.unresolvable(handler, parameter);
                }
                row = json.type(parameter.type());
                arguments[i] = EventBinder::row;
                parts.add(new PayloadBinding.Part(
                        i, true, call -> newRow(call) == null ? OLD_ROW : NEW_ROW, row, EventBinder::row));
            }
        }
        if (row != null) {
            JavaType both = json.parametricType(EventPayload.class, row, row);
            if (payload != null && !payload.equals(both)) {
                throw new InvalidHandlerException("""
                        %s takes a row as %s and an EventPayload of other rows; they are read once. Write EventPayload<%s, \
                        %s>, or take the row from its newRow() and oldRow()""".formatted(handler, name(row), name(row), name(row)));
            }
            payload = both;
        }
        if (payload == null) {
            JavaType nothing = json.type(Void.class);
            payload = json.parametricType(EventPayload.class, nothing, nothing);
        }
        return new PayloadBinding(new EventDecoder(json.valueReader(payload)), parts);
    }

    private @Nullable JavaType declaredPayload(HandlerMethod handler, List<HandlerParameter> parameters) {
        JavaType declared = null;
        for (HandlerParameter parameter : parameters) {
            if (parameter.rawType() == EventPayload.class) {
                for (int i = 0; i < 2; i++) {
                    ResolvableType row = parameter.type().getGeneric(i);
                    if (row.resolve() == null && !(row.getType() instanceof WildcardType)) {
                        throw new InvalidHandlerException("""
                                %s takes an EventPayload without saying its row types. Write EventPayload<NewRow, OldRow>, \
                                with Void for a row you do not want""".formatted(handler));
                    }
                }
                JavaType type = json.type(parameter.type());
                if (declared != null && !declared.equals(type)) {
                    throw new InvalidHandlerException(
                            "%s takes two EventPayloads of different rows; they are read once. Remove one of them"
                                    .formatted(handler));
                }
                declared = type;
            }
        }
        return declared;
    }

    /** The rows inside of {@code EventPayload<N, O>} parameters. */
    private List<PayloadBinding.Part> payloadRows(List<HandlerParameter> parameters) {
        List<PayloadBinding.Part> rows = new ArrayList<>();
        for (HandlerParameter parameter : parameters) {
            if (parameter.rawType() == EventPayload.class) {
                int index = parameter.parameter().getParameterIndex();
                JavaType newRow = json.type(parameter.type().getGeneric(0));
                JavaType oldRow = json.type(parameter.type().getGeneric(1));
                rows.add(new PayloadBinding.Part(index, false, call -> NEW_ROW, newRow, EventBinder::newRow));
                rows.add(new PayloadBinding.Part(index, false, call -> OLD_ROW, oldRow, EventBinder::oldRow));
            }
        }
        return rows;
    }

    private static @Nullable Object row(WebhookCall call) {
        Object row = newRow(call);
        return row == null ? oldRow(call) : row;
    }

    private static @Nullable Object newRow(WebhookCall call) {
        return ((EventPayload<?, ?>) call.payload()).newRow();
    }

    private static @Nullable Object oldRow(WebhookCall call) {
        return ((EventPayload<?, ?>) call.payload()).oldRow();
    }

    private static String name(JavaType type) {
        return type.getRawClass().getSimpleName();
    }
}
