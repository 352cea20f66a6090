package io.github.hasura4j.client.project;

import java.util.List;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * An action.
 *
 * @param name the field's name
 * @param operation what it is a field of
 * @param asynchronous whether the client gets an id at once and the output later
 * @param handler the handler's URL, a template; null if {@code actions.yaml} does not know the action
 * @param arguments the arguments, in the order of the SDL
 * @param outputType the output's GraphQL type, such as {@code [User!]!}
 * @param headers the headers sent along
 * @param forwardClientHeaders whether the client's own headers are sent along too
 * @param timeoutSeconds how long the handler may take
 * @param permissions the roles, besides admin, that may use it
 * @param requestTransform changes the request; null for none
 * @param responseTransform changes the answer; null for none
 * @param comment the comment; null for none
 * @param ignoredClientHeaders the client's headers that are not sent along; null for those that the engine leaves out by itself
 */
public record ActionMetadata(
        String name,
        Operation operation,
        boolean asynchronous,
        @Nullable String handler,
        List<Argument> arguments,
        String outputType,
        List<HeaderMetadata> headers,
        boolean forwardClientHeaders,
        int timeoutSeconds,
        List<String> permissions,
        @Nullable JsonNode requestTransform,
        @Nullable JsonNode responseTransform,
        @Nullable String comment,
        @Nullable List<String> ignoredClientHeaders) {

    /** What an action is a field of. */
    public enum Operation {
        QUERY,
        MUTATION
    }

    /**
     * An argument of an action, or a field of an input object.
     *
     * @param name its name
     * @param type its GraphQL type
     * @param description its description; null for none
     */
    public record Argument(
            String name, String type, @Nullable String description) {

        static Argument from(JsonNode json) {
            return new Argument(Json.text(json, "name"), Json.text(json, "type"), Json.textOrNull(json, "description"));
        }
    }

    static ActionMetadata from(JsonNode json) {
        JsonNode definition = json.path("definition");
        return new ActionMetadata(
                Json.text(json, "name"),
                Json.text(definition, "type").equals("query") ? Operation.QUERY : Operation.MUTATION,
                Json.text(definition, "kind").equals("asynchronous"),
                Json.textOrNull(definition, "handler"),
                Json.list(definition.path("arguments"), Argument::from),
                Json.text(definition, "output_type"),
                HeaderMetadata.listFrom(definition.path("headers")),
                Json.flag(definition, "forward_client_headers"),
                definition.path("timeout").asInt(30),
                Json.list(json.path("permissions"), permission -> Json.text(permission, "role")),
                Json.objectOrNull(definition, "request_transform"),
                Json.objectOrNull(definition, "response_transform"),
                Json.textOrNull(json, "comment"),
                definition.path("ignored_client_headers").isArray()
                        ? Json.texts(definition.path("ignored_client_headers"))
                        : null);
    }
}
