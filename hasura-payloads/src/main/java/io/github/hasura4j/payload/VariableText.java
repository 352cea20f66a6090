package io.github.hasura4j.payload;

import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.time.ZonedDateTime;
import java.time.temporal.TemporalAccessor;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * Writes values as the texts that session variables are; lists become Postgres' array literals, which permissions need.
 * {@link SessionVariables} reads them back.
 */
public final class VariableText {

    private VariableText() {}

    /**
     * The text for a value: a text, number, boolean, UUID, enum, time, or a flat list or array of them.
     *
     * @param what what the value is for, as it stands in the message
     * @param value taken when null only to refuse it
     * @throws IllegalArgumentException if it is anything else; the message does not show the value
     */
    public static String of(String what, @Nullable Object value) {
        if (value == null) {
            throw new IllegalArgumentException("The %s is given null, which is no text. Leave it out".formatted(what));
        }
        Collection<?> elements = null;
        if (value instanceof Collection<?> collection) {
            elements = collection;
        } else if (value.getClass().isArray()) {
            List<@Nullable Object> list = new ArrayList<>();
            for (int i = 0; i < Array.getLength(value); i++) {
                list.add(Array.get(value, i));
            }
            elements = list;
        }
        if (elements == null) {
            return single(what, value);
        }
        List<String> texts = new ArrayList<>();
        for (Object element : elements) {
            texts.add(quoted(single(what, element)));
        }
        return "{" + String.join(",", texts) + "}";
    }

    private static String single(String what, @Nullable Object value) {
        if (value instanceof CharSequence
                || value instanceof Boolean
                || value instanceof Character
                || value instanceof UUID) {
            return value.toString();
        }
        if (value instanceof BigDecimal decimal) {
            return decimal.toPlainString();
        }
        if (value instanceof Number) {
            return value.toString();
        }
        if (value instanceof Enum<?> constant) {
            return constant.name();
        }
        if (value instanceof ZonedDateTime time) {
            return time.toOffsetDateTime().toString();
        }
        if (value instanceof TemporalAccessor) {
            return value.toString();
        }
        throw new IllegalArgumentException(
                "The %s is given %s. Give texts, numbers, booleans, UUIDs, enums, times, or a flat list of them"
                        .formatted(
                                what,
                                value == null
                                        ? "a null among its elements"
                                        : "a " + value.getClass().getTypeName()));
    }

    private static String quoted(String element) {
        boolean bare = !element.isEmpty()
                && !element.equalsIgnoreCase("null")
                && element.chars().noneMatch(c -> "{},\"\\".indexOf(c) >= 0 || c <= ' ' || Character.isWhitespace(c));
        return bare ? element : '"' + element.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
