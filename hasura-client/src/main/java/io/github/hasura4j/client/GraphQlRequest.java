package io.github.hasura4j.client;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * What was sent to the engine. The map cannot be modified; {@code toString()} shows the names of variables only.
 *
 * @param document the GraphQL text; values of arguments given in Java are never in it
 * @param operationName which operation of the document, or {@code null} if it has a single one without a name
 * @param variables the values by variable, null where null was sent
 */
public record GraphQlRequest(String document, @Nullable String operationName, Map<String, @Nullable Object> variables) {

    public GraphQlRequest {
        variables = Collections.unmodifiableMap(new LinkedHashMap<>(variables));
    }

    /** The same with another value for a variable. */
    GraphQlRequest with(String variable, @Nullable Object value) {
        Map<String, @Nullable Object> changed = new LinkedHashMap<>(variables);
        changed.put(variable, value);
        return new GraphQlRequest(document, operationName, changed);
    }

    /** How messages call the operation. */
    String shownName() {
        return operationName == null ? "(unnamed)" : operationName;
    }

    @Override
    public String toString() {
        return "GraphQlRequest[operationName=" + operationName + ", variables=" + variables.keySet() + "]";
    }
}
