package io.github.hasura4j.client.project;

import java.util.List;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * An event trigger of a table.
 *
 * @param name the trigger's name, unique within its source
 * @param insert fires on insert; null if not
 * @param update fires on update; null if not
 * @param delete fires on delete; null if not
 * @param enableManual whether it may be invoked by hand
 * @param numRetries how often a failed delivery is tried again
 * @param intervalSeconds the pause between tries
 * @param timeoutSeconds how long the handler may take
 * @param webhook the handler's URL, a template; null if it comes from the environment
 * @param webhookFromEnv the environment variable that holds the handler's URL; null if the URL is given
 * @param headers the headers sent along
 * @param requestTransform changes the request; null for none
 * @param responseTransform changes the logged answer; null for none
 */
public record EventTriggerMetadata(
        String name,
        @Nullable OperationSpec insert,
        @Nullable OperationSpec update,
        @Nullable OperationSpec delete,
        boolean enableManual,
        int numRetries,
        int intervalSeconds,
        int timeoutSeconds,
        @Nullable String webhook,
        @Nullable String webhookFromEnv,
        List<HeaderMetadata> headers,
        @Nullable JsonNode requestTransform,
        @Nullable JsonNode responseTransform) {

    /**
     * One operation that fires a trigger.
     *
     * @param columns on update, the columns of which one must change
     * @param payload the columns that are sent
     */
    public record OperationSpec(ColumnSet columns, ColumnSet payload) {}

    static EventTriggerMetadata from(JsonNode json) {
        JsonNode definition = json.path("definition");
        JsonNode retry = json.path("retry_conf");
        return new EventTriggerMetadata(
                Json.text(json, "name"),
                operation(definition.path("insert")),
                operation(definition.path("update")),
                operation(definition.path("delete")),
                Json.flag(definition, "enable_manual"),
                retry.path("num_retries").asInt(0),
                retry.path("interval_sec").asInt(10),
                retry.path("timeout_sec").asInt(60),
                Json.textOrNull(json, "webhook"),
                Json.textOrNull(json, "webhook_from_env"),
                HeaderMetadata.listFrom(json.path("headers")),
                Json.objectOrNull(json, "request_transform"),
                Json.objectOrNull(json, "response_transform"));
    }

    private static @Nullable OperationSpec operation(JsonNode spec) {
        if (!spec.isObject()) {
            return null;
        }
        JsonNode payload = spec.path("payload");
        return new OperationSpec(
                ColumnSet.from(spec.path("columns")),
                payload.isMissingNode() || payload.isNull() ? new ColumnSet(true, List.of()) : ColumnSet.from(payload));
    }
}
