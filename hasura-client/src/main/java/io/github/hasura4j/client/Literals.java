package io.github.hasura4j.client;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.github.hasura4j.payload.Maybe;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Writes values down as GraphQL has them, for documents without variables. For one call only. */
final class Literals {

    private static final int DEEPEST = 200;

    private final JsonMapper mapper;
    private final StringBuilder text;
    private int depth;

    Literals(JsonMapper mapper, StringBuilder text) {
        this.mapper = mapper;
        this.text = text;
    }

    void write(@Nullable Object value) {
        if (++depth > DEEPEST) {
            throw new HasuraRequestException("An argument is nested too deeply, or holds itself. Nothing was sent.");
        }
        if (value == null) {
            text.append("null");
        } else if (value instanceof JsonNode node) {
            tree(node, true);
        } else if (value instanceof Maybe<?> maybe) {
            write(maybe.orElse(null));
        } else if (value instanceof Map<?, ?> map) {
            object(map);
        } else if (value instanceof Iterable<?> elements) {
            list(elements);
        } else if (value instanceof Object[] || isPrimitiveList(value)) {
            list(elements(value));
        } else if (value instanceof EnumValue name) {
            text.append(name.name());
        } else if (value instanceof Enum<?>) {
            enumValue(written(value));
        } else {
            tree(written(value), false);
        }
        depth--;
    }

    private static boolean isPrimitiveList(Object value) {
        return value.getClass().isArray() && !(value instanceof byte[]) && !(value instanceof char[]);
    }

    private static List<@Nullable Object> elements(Object array) {
        List<@Nullable Object> elements = new ArrayList<>();
        for (int i = 0; i < Array.getLength(array); i++) {
            elements.add(Array.get(array, i));
        }
        return elements;
    }

    private JsonNode written(Object value) {
        try {
            return mapper.valueToTree(value);
        } catch (JacksonException e) {
            throw new HasuraRequestException(
                    "An argument holds a %s, which cannot be written as JSON. Give a map, a list, a record or a plain value; nothing was sent."
                            .formatted(value.getClass().getTypeName()),
                    HasuraException.withoutMessage(e));
        }
    }

    private void object(Map<?, ?> map) {
        text.append('{');
        String separator = "";
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            if (entry.getValue() instanceof Maybe<?> maybe && !maybe.isGiven()) {
                continue;
            }
            text.append(separator).append(key(String.valueOf(entry.getKey()))).append(": ");
            write(entry.getValue());
            separator = ", ";
        }
        text.append('}');
    }

    private void list(Iterable<?> elements) {
        text.append('[');
        String separator = "";
        for (Object each : elements) {
            text.append(separator);
            write(each);
            separator = ", ";
        }
        text.append(']');
    }

    /** @param json whether it is JSON that the caller gave as such, rather than a record */
    private void tree(JsonNode node, boolean json) {
        if (node.isObject()) {
            if (json) {
                throw jsonValue();
            }
            text.append('{');
            String separator = "";
            for (Map.Entry<String, JsonNode> property : node.properties()) {
                text.append(separator).append(key(property.getKey())).append(": ");
                tree(property.getValue(), false);
                separator = ", ";
            }
            text.append('}');
        } else if (node.isArray()) {
            text.append('[');
            String separator = "";
            for (JsonNode each : node) {
                text.append(separator);
                tree(each, json);
                separator = ", ";
            }
            text.append(']');
        } else if (node.isString()) {
            string(node.stringValue());
        } else {
            text.append(node); // A number, a boolean or null is the same in both.
        }
    }

    private void enumValue(JsonNode written) {
        if (written.isString() && Names.isName(written.stringValue())) {
            text.append(written.stringValue());
        } else {
            tree(written, false);
        }
    }

    private static String key(String key) {
        if (!Names.isName(key)) {
            throw jsonValue();
        }
        return key;
    }

    private static HasuraRequestException jsonValue() {
        return new HasuraRequestException(
                "An argument holds a JSON object for a json or jsonb column, which a document cannot express: its keys are no GraphQL names. "
                        + "It has to travel as a variable, whose type the client looks up in a schema: give it one with schema(SchemaSource.introspect()) or schema(SchemaSource.sdl(…)), or write a document(…) with a variable. Nothing was sent.");
    }

    private void string(String value) {
        text.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                text.append('\\').append(c);
            } else if (c < ' ' || c == 0x7f || Character.isSurrogate(c) && !isPaired(value, i)) {
                text.append("\\u").append("%04x".formatted((int) c));
            } else {
                text.append(c);
            }
        }
        text.append('"');
    }

    private static boolean isPaired(String value, int i) {
        return Character.isHighSurrogate(value.charAt(i))
                ? i + 1 < value.length() && Character.isLowSurrogate(value.charAt(i + 1))
                : i > 0 && Character.isHighSurrogate(value.charAt(i - 1));
    }
}
