package io.github.hasura4j.spring.dispatch;

import java.lang.reflect.WildcardType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

import io.github.hasura4j.payload.EventPayload;
import io.github.hasura4j.spring.HandlerArgumentResolver.Argument;
import io.github.hasura4j.spring.HandlerParameter;
import io.github.hasura4j.spring.NewRow;
import io.github.hasura4j.spring.OldRow;
import io.github.hasura4j.spring.WebhookCall;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.BeanUtils;
import org.springframework.core.ResolvableType;
import tools.jackson.databind.JavaType;

/** Decides the types of an event's rows: from {@code EventPayload<N, O>}, or from a parameter that nothing else claims. */
final class EventBinder implements PayloadBinder {

    private static final String NEW_ROW = "event.data.new";
    private static final String OLD_ROW = "event.data.old";

    private final WebhookJson json;

    EventBinder(WebhookJson json) {
        this.json = json;
    }

    @Override
    public PayloadBinding bind(
            HandlerMethod handler, List<HandlerParameter> parameters, @Nullable Argument[] arguments) {
        JavaType payload = declaredPayload(handler, parameters);
        List<PayloadBinding.Part> parts = new ArrayList<>(payloadRows(parameters));
        Rows rows = new Rows();
        for (int i = 0; i < arguments.length; i++) {
            if (arguments[i] == null) {
                HandlerParameter parameter = parameters.get(i);
                ParameterTypes.requireBindable(handler, parameter, null);
                boolean first = rows.take(parameter);
                if (!first || BeanUtils.isSimpleValueType(parameter.rawType())) {
                    throw ParameterTypes.unresolvable(handler, parameter);
                }
                arguments[i] = argument(parameter);
                parts.add(new PayloadBinding.Part(
                        i, true, path(parameter), json.type(parameter.type()), argument(parameter)::value));
            }
        }
        if (rows.any()) {
            JavaType newRow = json.type(rows.newRow());
            JavaType oldRow = json.type(rows.oldRow());
            JavaType both = json.parametricType(EventPayload.class, newRow, oldRow);
            if (payload != null && !payload.equals(both)) {
                throw new InvalidHandlerException("""
                        %s takes rows of its own and an EventPayload of other rows; they are read once. Write EventPayload<%s, \
                        %s>, or take the rows from its newRow() and oldRow()""".formatted(handler, name(newRow), name(oldRow)));
            }
            payload = both;
        }
        if (payload == null) {
            JavaType nothing = json.type(Void.class);
            payload = json.parametricType(EventPayload.class, nothing, nothing);
        }
        return new PayloadBinding(new DocumentDecoder(json.valueReader(payload)), parts);
    }

    /** What a handler takes of the rows: one parameter for whichever is there, or one for each that is named. */
    private static final class Rows {

        private static final ResolvableType UNWANTED = ResolvableType.forClass(Void.class);

        private @Nullable ResolvableType newRow;
        private @Nullable ResolvableType oldRow;

        /** False if the row is taken already. */
        boolean take(HandlerParameter parameter) {
            boolean isNew = parameter.annotation(NewRow.class) != null;
            boolean isOld = parameter.annotation(OldRow.class) != null;
            boolean either = isNew == isOld;
            if ((isNew || either) && newRow != null || (isOld || either) && oldRow != null) {
                return false;
            }
            newRow = isNew || either ? parameter.type() : newRow;
            oldRow = isOld || either ? parameter.type() : oldRow;
            return true;
        }

        boolean any() {
            return newRow != null || oldRow != null;
        }

        ResolvableType newRow() {
            return newRow == null ? UNWANTED : newRow;
        }

        ResolvableType oldRow() {
            return oldRow == null ? UNWANTED : oldRow;
        }
    }

    private static Argument argument(HandlerParameter parameter) {
        boolean isNew = parameter.annotation(NewRow.class) != null;
        boolean isOld = parameter.annotation(OldRow.class) != null;
        return isNew == isOld ? EventBinder::row : isNew ? EventBinder::newRow : EventBinder::oldRow;
    }

    private static Function<DefaultWebhookCall, String> path(HandlerParameter parameter) {
        boolean isNew = parameter.annotation(NewRow.class) != null;
        boolean isOld = parameter.annotation(OldRow.class) != null;
        return isNew == isOld ? call -> newRow(call) == null ? OLD_ROW : NEW_ROW : call -> isNew ? NEW_ROW : OLD_ROW;
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
