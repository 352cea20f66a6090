package io.github.hasura4j.test.engine.transform;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiFunction;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.IntNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.StringNode;

/** The functions of Kriti that this engine has; all take one argument. */
final class Functions {

    private static final Map<String, BiFunction<JsonNode, Scope, JsonNode>> KNOWN = Map.ofEntries(
            Map.entry("not", (value, scope) -> BooleanNode.valueOf(!truth(value))),
            Map.entry("empty", (value, scope) -> BooleanNode.valueOf(size(value) == 0)),
            Map.entry("size", (value, scope) -> IntNode.valueOf(size(value))),
            Map.entry("head", (value, scope) -> head(value)),
            Map.entry("tail", (value, scope) -> tail(value)),
            Map.entry(
                    "toLower", (value, scope) -> StringNode.valueOf(text(value).toLowerCase(Locale.ROOT))),
            Map.entry(
                    "toUpper", (value, scope) -> StringNode.valueOf(text(value).toUpperCase(Locale.ROOT))),
            Map.entry("concat", (value, scope) -> concat(value)),
            Map.entry("removeNulls", (value, scope) -> removeNulls(value)),
            Map.entry("escapeUri", (value, scope) -> StringNode.valueOf(escapeUri(text(value)))),
            Map.entry("getSessionVariable", Functions::sessionVariable));

    private Functions() {}

    /** The function of a name; null if there is none. */
    static @Nullable BiFunction<JsonNode, Scope, JsonNode> named(String name) {
        return KNOWN.get(name);
    }

    static boolean truth(JsonNode value) {
        if (!value.isBoolean()) {
            throw new TransformException("Expected a boolean, but found " + kind(value));
        }
        return value.booleanValue();
    }

    /** Whether a comparison of two numbers or two texts holds; equality goes for everything. */
    static boolean compare(String operator, JsonNode left, JsonNode right) {
        boolean numbers = left.isNumber() && right.isNumber();
        if (operator.equals("==") || operator.equals("!=")) {
            boolean equal = numbers ? left.decimalValue().compareTo(right.decimalValue()) == 0 : left.equals(right);
            return equal == operator.equals("==");
        }
        if (!numbers && !(left.isString() && right.isString())) {
            throw new TransformException("Cannot compare " + kind(left) + " with " + kind(right));
        }
        int order = numbers
                ? left.decimalValue().compareTo(right.decimalValue())
                : left.stringValue().compareTo(right.stringValue());
        return switch (operator) {
            case "<" -> order < 0;
            case "<=" -> order <= 0;
            case ">" -> order > 0;
            default -> order >= 0;
        };
    }

    static String kind(JsonNode value) {
        return value.getNodeType().name().toLowerCase(Locale.ROOT);
    }

    static String escapeUri(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static String text(JsonNode value) {
        if (!value.isString()) {
            throw new TransformException("Expected a string, but found " + kind(value));
        }
        return value.stringValue();
    }

    private static int size(JsonNode value) {
        if (value.isString()) {
            return value.stringValue().length();
        }
        return value.isNull() ? 0 : value.size();
    }

    private static JsonNode head(JsonNode value) {
        if (value.isString()) {
            String text = value.stringValue();
            return StringNode.valueOf(text.isEmpty() ? "" : text.substring(0, 1));
        }
        if (!value.isArray() || value.isEmpty()) {
            throw new TransformException("Expected a list with an element, but found " + kind(value));
        }
        return value.path(0);
    }

    private static JsonNode tail(JsonNode value) {
        if (value.isString()) {
            String text = value.stringValue();
            return StringNode.valueOf(text.isEmpty() ? "" : text.substring(1));
        }
        ArrayNode rest = JsonNodeFactory.instance.arrayNode();
        for (int i = 1; i < value.size(); i++) {
            rest.add(value.path(i));
        }
        return rest;
    }

    private static JsonNode concat(JsonNode parts) {
        boolean texts = true;
        StringBuilder text = new StringBuilder();
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        for (JsonNode part : parts) {
            texts &= part.isString();
            text.append(part.asString(""));
            part.forEach(list::add);
        }
        return texts ? StringNode.valueOf(text.toString()) : list;
    }

    private static JsonNode removeNulls(JsonNode list) {
        ArrayNode rest = JsonNodeFactory.instance.arrayNode();
        list.forEach(element -> {
            if (!element.isNull()) {
                rest.add(element);
            }
        });
        return rest;
    }

    /** Null for a variable that the session does not have; names count whatever their case. */
    private static JsonNode sessionVariable(JsonNode name, Scope scope) {
        JsonNode value = scope.get("$session_variables").path(text(name).toLowerCase(Locale.ROOT));
        return value.isMissingNode() ? NullNode.instance : value;
    }
}
