package io.github.hasura4j.test.engine.rest;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

import graphql.language.ListType;
import graphql.language.NonNullType;
import graphql.language.OperationDefinition;
import graphql.language.Type;
import graphql.language.TypeName;
import io.github.hasura4j.test.engine.EngineException;
import io.github.hasura4j.test.engine.EngineJson;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** The variables of one REST request; what comes later wins. Texts become what the variable's type asks for, as far as the engine goes. */
final class RestVariables {

    private static final Set<String> BOOLEANS = Set.of("Boolean", "Bool");
    private static final Set<String> NUMBERS = Set.of("Int", "Float", "Number", "Double", "float8", "numeric");
    private static final Pattern NAME = Pattern.compile("[_A-Za-z][_0-9A-Za-z]*");
    private static final Pattern NUMBER =
            Pattern.compile("-?(0|[1-9][0-9]{0,400})(\\.[0-9]{1,400})?([eE][+-]?[0-9]{1,3})?");

    private final Map<String, Type<?>> types = new HashMap<>();
    private final Map<String, Given> given = new LinkedHashMap<>();

    RestVariables(OperationDefinition operation) {
        operation.getVariableDefinitions().forEach(variable -> types.put(variable.getName(), variable.getType()));
    }

    /**
     * A value.
     *
     * @param text what stands in the URL; null for a value of the body
     * @param json the body's value; null for a text
     */
    private record Given(@Nullable String text, @Nullable JsonNode json) {}

    /** A text of the URL. Names that GraphQL does not have are not minded. */
    void add(String name, String text) {
        put(name, new Given(text, null));
    }

    void addQueryString(String queryString) {
        for (String pair : queryString.split("[&;]")) {
            int equals = pair.indexOf('=');
            if (!pair.isEmpty()) {
                add(
                        decoded(equals < 0 ? pair : pair.substring(0, equals)),
                        equals < 0 ? "" : decoded(pair.substring(equals + 1)));
            }
        }
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            // A percent sign that escapes nothing stands for itself.
            return text;
        }
    }

    void addBody(JsonNode body) {
        body.properties().forEach(property -> put(property.getKey(), new Given(null, property.getValue())));
    }

    private void put(String name, Given value) {
        if (NAME.matcher(name).matches()) {
            given.put(name, value);
        }
    }

    /**
     * The variables for the GraphQL request.
     *
     * @throws EngineException if the query does not have such a variable, or it is a list and stands in the URL
     */
    ObjectNode resolved() {
        ObjectNode resolved = JsonNodeFactory.instance.objectNode();
        given.forEach((name, value) -> {
            Type<?> type = types.get(name);
            if (type == null) {
                throw EngineException.of("bad-request", "$", "Unexpected variable " + name);
            }
            JsonNode json = value.text() == null ? value.json() : converted(name, value.text(), type);
            if (json != null) {
                resolved.set(name, json);
            }
        });
        return resolved;
    }

    /** The value that a text stands for; null for an absent one. */
    private static @Nullable JsonNode converted(String name, String text, Type<?> type) {
        boolean nullable = !(type instanceof NonNullType);
        Type<?> bare = type instanceof NonNullType required ? required.getType() : type;
        if (bare instanceof ListType) {
            throw EngineException.of(
                    "bad-request",
                    "$",
                    "List variables are not currently supported in URL or Query parameters. (Variable " + name
                            + ", with value " + EngineJson.tree(text) + ")");
        }
        String typeName = ((TypeName) bare).getName();
        if (text.isEmpty() && typeName.equals("Boolean")) {
            return BooleanNode.TRUE;
        }
        if (text.isEmpty() && nullable) {
            return null;
        }
        if (BOOLEANS.contains(typeName) && (text.equals("true") || text.equals("false"))) {
            return BooleanNode.valueOf(text.equals("true"));
        }
        if (NUMBERS.contains(typeName) && NUMBER.matcher(text).matches()) {
            return EngineJson.parse(text);
        }
        return StringNode.valueOf(text);
    }
}
