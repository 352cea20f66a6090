package io.github.hasura4j.client.project;

import java.util.List;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A cron trigger.
 *
 * @param name its name, which may hold spaces
 * @param webhook the handler's URL, a template
 * @param schedule the cron expression, five fields in UTC
 * @param payload what is sent each time; null for none
 * @param headers the headers sent along
 * @param comment the comment; null for none
 */
public record CronTriggerMetadata(
        String name,
        String webhook,
        String schedule,
        @Nullable JsonNode payload,
        List<HeaderMetadata> headers,
        @Nullable String comment) {

    static CronTriggerMetadata from(JsonNode json) {
        return new CronTriggerMetadata(
                Json.text(json, "name"),
                Json.text(json, "webhook"),
                Json.text(json, "schedule"),
                Json.objectOrNull(json, "payload"),
                HeaderMetadata.listFrom(json.path("headers")),
                Json.textOrNull(json, "comment"));
    }
}
