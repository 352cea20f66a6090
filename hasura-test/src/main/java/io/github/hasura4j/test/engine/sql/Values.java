package io.github.hasura4j.test.engine.sql;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

import io.github.hasura4j.test.engine.catalog.Column;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Puts GraphQL values into the text form that Postgres reads for a type. */
final class Values {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private Values() {}

    /** The text of a value of a column's type; null for null. */
    static @Nullable String text(Column column, @Nullable Object value) {
        if (value == null) {
            return null;
        }
        if (column.array()) {
            return value instanceof List<?> list ? array(list, column.json(), column.type()) : plain(value);
        }
        return column.json() ? JSON.writeValueAsString(value) : plain(value);
    }

    /** An array literal whose elements are of the column's type. */
    static String arrayOf(Column column, List<?> values) {
        return array(values, column.json(), column.type());
    }

    /** A literal of an array of texts. */
    static String textArray(List<?> values) {
        return array(values, false, "text");
    }

    private static String array(List<?> values, boolean json, String type) {
        StringBuilder literal = new StringBuilder("{");
        for (Object value : values) {
            if (literal.length() > 1) {
                literal.append(',');
            }
            if (value == null) {
                literal.append("NULL");
            } else if (value instanceof List<?> nested && !json && !type.startsWith("json")) {
                literal.append(array(nested, false, type));
            } else {
                String text = json || type.startsWith("json") ? JSON.writeValueAsString(value) : plain(value);
                literal.append('"')
                        .append(text.replace("\\", "\\\\").replace("\"", "\\\""))
                        .append('"');
            }
        }
        return literal.append('}').toString();
    }

    static String plain(Object value) {
        if (value instanceof BigDecimal decimal) {
            return decimal.toPlainString();
        }
        return value instanceof Map<?, ?> || value instanceof List<?>
                ? JSON.writeValueAsString(value)
                : value.toString();
    }
}
