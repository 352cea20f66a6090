package io.github.hasura4j.test.engine.remote;

import graphql.language.OperationDefinition;
import graphql.language.VariableDefinition;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A request's variables as its client declared and sent them.
 *
 * @param operation the operation that declares them
 * @param sent the values; anything but an object for none
 */
public record ClientVariables(OperationDefinition operation, JsonNode sent) {

    /** What the client has declared; null if it has not. */
    @Nullable
    VariableDefinition declared(String name) {
        for (VariableDefinition variable : operation.getVariableDefinitions()) {
            if (variable.getName().equals(name)) {
                return variable;
            }
        }
        return null;
    }

    /** What was sent, or else the default; null if there is neither. */
    @Nullable
    JsonNode value(String name) {
        JsonNode value = sent.get(name);
        if (value != null) {
            return value;
        }
        VariableDefinition variable = declared(name);
        return variable == null || variable.getDefaultValue() == null
                ? null
                : Literals.toJson(variable.getDefaultValue());
    }

    /** Leaves the values out. */
    @Override
    public String toString() {
        return "ClientVariables[" + operation.getVariableDefinitions().size() + " declared]";
    }
}
