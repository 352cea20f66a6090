package io.github.hasura4j.client.project;

import java.util.List;
import java.util.Map;

import io.github.hasura4j.payload.TableName;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A tracked function, which is a root field.
 *
 * @param function the function by its database name
 * @param customName the name its fields derive from instead of its own; null for none
 * @param customRootFields GraphQL names of its fields, by {@code function} and {@code function_aggregate}
 * @param sessionArgument the argument that gets the session variables; null for none
 * @param exposedAs {@code query} or {@code mutation}; null to go by the function's volatility
 * @param permissions the roles that may call it, where that is not inferred from its table
 * @param comment the comment; null for none
 */
public record FunctionMetadata(
        TableName function,
        @Nullable String customName,
        Map<String, String> customRootFields,
        @Nullable String sessionArgument,
        @Nullable String exposedAs,
        List<String> permissions,
        @Nullable String comment) {

    static FunctionMetadata from(JsonNode json) {
        JsonNode configuration = json.path("configuration");
        return new FunctionMetadata(
                Json.table(json.path("function")),
                Json.textOrNull(configuration, "custom_name"),
                Json.names(configuration.path("custom_root_fields")),
                Json.textOrNull(configuration, "session_argument"),
                Json.textOrNull(configuration, "exposed_as"),
                Json.list(json.path("permissions"), permission -> Json.text(permission, "role")),
                Json.textOrNull(json, "comment"));
    }

    /** The function's name, as {@code schema.name}. */
    @Override
    public String toString() {
        return function.toString();
    }
}
