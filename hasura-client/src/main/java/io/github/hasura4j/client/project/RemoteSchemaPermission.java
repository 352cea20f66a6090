package io.github.hasura4j.client.project;

import tools.jackson.databind.JsonNode;

/**
 * What a role may use of a remote schema.
 *
 * @param role the role
 * @param schema the part of the remote schema that it sees, in GraphQL's schema language
 */
public record RemoteSchemaPermission(String role, String schema) {

    static RemoteSchemaPermission from(JsonNode json) {
        return new RemoteSchemaPermission(Json.text(json, "role"), Json.text(json.path("definition"), "schema"));
    }
}
