package io.github.hasura4j.client.project;

import java.util.Map;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a role may update in a table.
 *
 * @param role the role
 * @param columns the columns it may change
 * @param filter the boolean expression that its rows fulfil before
 * @param check the boolean expression that a row must fulfil after; null for none
 * @param set columns that are preset, with constants or session variables
 * @param backendOnly whether only trusted backends may do it
 * @param validateInput the webhook asked before; null for none
 */
public record UpdatePermission(
        String role,
        ColumnSet columns,
        JsonNode filter,
        @Nullable JsonNode check,
        Map<String, JsonNode> set,
        boolean backendOnly,
        @Nullable JsonNode validateInput) {

    static UpdatePermission from(JsonNode json) {
        JsonNode permission = json.path("permission");
        return new UpdatePermission(
                Json.text(json, "role"),
                ColumnSet.from(permission.path("columns")),
                permission.path("filter"),
                Json.objectOrNull(permission, "check"),
                InsertPermission.presets(permission),
                Json.flag(permission, "backend_only"),
                Json.objectOrNull(permission, "validate_input"));
    }
}
