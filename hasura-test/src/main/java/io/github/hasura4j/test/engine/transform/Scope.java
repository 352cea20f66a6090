package io.github.hasura4j.test.engine.transform;

import java.util.HashMap;
import java.util.Map;

import tools.jackson.databind.JsonNode;

/**
 * What the names in a template stand for.
 *
 * @param values the values by name, {@code $body} for one
 */
record Scope(Map<String, JsonNode> values) {

    Scope {
        values = Map.copyOf(values);
    }

    JsonNode get(String name) {
        JsonNode value = values.get(name);
        if (value == null) {
            throw new TransformException("Variable \"" + name + "\" not in scope");
        }
        return value;
    }

    Scope with(String name, JsonNode value) {
        Map<String, JsonNode> more = new HashMap<>(values);
        more.put(name, value);
        return new Scope(more);
    }

    /** Leaves values out. */
    @Override
    public String toString() {
        return "Scope" + values.keySet();
    }
}
