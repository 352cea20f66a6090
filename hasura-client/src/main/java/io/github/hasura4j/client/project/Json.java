package io.github.hasura4j.client.project;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

import io.github.hasura4j.payload.TableName;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Small readings of the metadata document. */
final class Json {

    private Json() {}

    static String text(JsonNode node, String field) {
        return node.path(field).asString("");
    }

    static @Nullable String textOrNull(JsonNode node, String field) {
        JsonNode value = node.get(field);
        return value == null || value.isNull() ? null : value.asString();
    }

    static boolean flag(JsonNode node, String field) {
        return node.path(field).asBoolean(false);
    }

    static @Nullable JsonNode objectOrNull(JsonNode node, String field) {
        JsonNode value = node.get(field);
        return value == null || value.isNull() ? null : value;
    }

    static <T> List<T> list(JsonNode list, Function<JsonNode, T> reader) {
        List<T> elements = new ArrayList<>();
        list.forEach(element -> elements.add(reader.apply(element)));
        return List.copyOf(elements);
    }

    static List<String> texts(JsonNode list) {
        return list(list, JsonNode::asString);
    }

    static Map<String, String> textMap(JsonNode map) {
        Map<String, String> texts = new LinkedHashMap<>();
        map.properties()
                .forEach(entry -> texts.put(entry.getKey(), entry.getValue().asString("")));
        return texts;
    }

    /** GraphQL names by what they name; each a text, or an object with {@code name}. */
    static Map<String, String> names(JsonNode map) {
        Map<String, String> names = new LinkedHashMap<>();
        map.properties().forEach(entry -> {
            JsonNode value = entry.getValue();
            String name = value.isObject() ? textOrNull(value, "name") : value.asString("");
            if (name != null && !name.isEmpty()) {
                names.put(entry.getKey(), name);
            }
        });
        return Map.copyOf(names);
    }

    /** The comments in objects, by what they are about. */
    static Map<String, String> comments(JsonNode map) {
        Map<String, String> comments = new LinkedHashMap<>();
        map.properties().forEach(entry -> {
            String comment = textOrNull(entry.getValue(), "comment");
            if (comment != null) {
                comments.put(entry.getKey(), comment);
            }
        });
        return Map.copyOf(comments);
    }

    /** A table's name, given as {@code {schema, name}} or as the bare name of a table in {@code public}. */
    static TableName table(JsonNode node) {
        return node.isString()
                ? TableName.of(node.stringValue())
                : new TableName(node.path("schema").asString("public"), text(node, "name"));
    }

    /** The elements of a list by their {@code name}, in the list's order. */
    static Map<String, JsonNode> byName(JsonNode list) {
        Map<String, JsonNode> byName = new LinkedHashMap<>();
        list.forEach(each -> byName.put(each.path("name").asString(""), each));
        return byName;
    }

    /** Whether both say the same where null, an empty list and an empty map are as good as nothing. */
    static boolean same(@Nullable JsonNode a, @Nullable JsonNode b) {
        if (a == null || b == null || isNothing(a) || isNothing(b)) {
            return (a == null || isNothing(a)) && (b == null || isNothing(b));
        }
        if (a.isObject() && b.isObject()) {
            Set<String> keys = new HashSet<>(a.propertyNames());
            keys.addAll(b.propertyNames());
            return keys.stream().allMatch(key -> same(a.get(key), b.get(key)));
        }
        if (a.isArray() && b.isArray() && a.size() == b.size()) {
            for (int i = 0; i < a.size(); i++) {
                if (!same(a.get(i), b.get(i))) {
                    return false;
                }
            }
            return true;
        }
        return a.equals(b);
    }

    private static boolean isNothing(JsonNode value) {
        return value.isNull() || value.isMissingNode() || value.isContainer() && value.isEmpty();
    }
}
