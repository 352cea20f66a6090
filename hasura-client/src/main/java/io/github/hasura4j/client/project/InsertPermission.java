package io.github.hasura4j.client.project;

import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a role may insert into a table.
 *
 * @param role the role
 * @param columns the columns it may set
 * @param check the boolean expression that a new row must fulfil
 * @param set columns that are preset, with constants or session variables
 * @param backendOnly whether only trusted backends may do it
 * @param validateInput the webhook asked before; null for none
 */
public record InsertPermission(
        String role,
        ColumnSet columns,
        JsonNode check,
        Map<String, JsonNode> set,
        boolean backendOnly,
        @Nullable JsonNode validateInput) {

    static InsertPermission from(JsonNode json) {
        JsonNode permission = json.path("permission");
        JsonNode columns = permission.path("columns");
        return new InsertPermission(
                Json.text(json, "role"),
                columns.isMissingNode() ? new ColumnSet(true, java.util.List.of()) : ColumnSet.from(columns),
                permission.path("check"),
                presets(permission),
                Json.flag(permission, "backend_only"),
                Json.objectOrNull(permission, "validate_input"));
    }

    static Map<String, JsonNode> presets(JsonNode permission) {
        Map<String, JsonNode> presets = new LinkedHashMap<>();
        permission.path("set").properties().forEach(entry -> presets.put(entry.getKey(), entry.getValue()));
        return presets;
    }
}
