package io.github.hasura4j.client.project;

import io.github.hasura4j.payload.TableName;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A field of a table whose value a function makes of the row.
 *
 * @param name the field's name
 * @param function the function by its database name
 * @param tableArgument the argument that gets the row; null for the first
 * @param sessionArgument the argument that gets the session variables; null for none
 * @param comment the comment; null for none
 */
public record ComputedFieldMetadata(
        String name,
        TableName function,
        @Nullable String tableArgument,
        @Nullable String sessionArgument,
        @Nullable String comment) {

    static ComputedFieldMetadata from(JsonNode json) {
        JsonNode definition = json.path("definition");
        return new ComputedFieldMetadata(
                Json.text(json, "name"),
                Json.table(definition.path("function")),
                Json.textOrNull(definition, "table_argument"),
                Json.textOrNull(definition, "session_argument"),
                Json.textOrNull(json, "comment"));
    }
}
