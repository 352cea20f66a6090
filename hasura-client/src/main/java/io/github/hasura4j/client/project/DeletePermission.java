package io.github.hasura4j.client.project;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a role may delete from a table.
 *
 * @param role the role
 * @param filter the boolean expression that its rows fulfil
 * @param backendOnly whether only trusted backends may do it
 * @param validateInput the webhook asked before; null for none
 */
public record DeletePermission(
        String role,
        JsonNode filter,
        boolean backendOnly,
        @Nullable JsonNode validateInput) {

    static DeletePermission from(JsonNode json) {
        JsonNode permission = json.path("permission");
        return new DeletePermission(
                Json.text(json, "role"),
                permission.path("filter"),
                Json.flag(permission, "backend_only"),
                Json.objectOrNull(permission, "validate_input"));
    }
}
