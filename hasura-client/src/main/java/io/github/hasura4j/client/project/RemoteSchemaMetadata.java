package io.github.hasura4j.client.project;

import java.util.List;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A GraphQL server that is merged into the engine's schema.
 *
 * @param name the remote schema's name
 * @param url its URL, a template; null if it comes from the environment
 * @param urlFromEnv the environment variable that holds the URL; null if the URL is given
 * @param headers the headers sent along
 * @param forwardClientHeaders whether the client's own headers are sent along too
 * @param timeoutSeconds how long it may take
 * @param customization prefixes and namespaces; null or empty for none
 * @param permissions what roles may use of it
 * @param relationships names of the relationships from its types into tables
 */
public record RemoteSchemaMetadata(
        String name,
        @Nullable String url,
        @Nullable String urlFromEnv,
        List<HeaderMetadata> headers,
        boolean forwardClientHeaders,
        int timeoutSeconds,
        @Nullable JsonNode customization,
        List<RemoteSchemaPermission> permissions,
        List<String> relationships) {

    static RemoteSchemaMetadata from(JsonNode json) {
        JsonNode definition = json.path("definition");
        List<String> relationships = new java.util.ArrayList<>();
        for (JsonNode ofType : json.path("remote_relationships")) {
            ofType.path("relationships")
                    .forEach(field ->
                            relationships.add(Json.text(ofType, "type_name") + "." + Json.text(field, "name")));
        }
        return new RemoteSchemaMetadata(
                Json.text(json, "name"),
                Json.textOrNull(definition, "url"),
                Json.textOrNull(definition, "url_from_env"),
                HeaderMetadata.listFrom(definition.path("headers")),
                Json.flag(definition, "forward_client_headers"),
                definition.path("timeout_seconds").asInt(60),
                Json.objectOrNull(definition, "customization"),
                Json.list(json.path("permissions"), RemoteSchemaPermission::from),
                List.copyOf(relationships));
    }
}
