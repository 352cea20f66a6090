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
 * @param payload what is sent each time, any JSON; null for none
 * @param headers the headers sent along
 * @param comment the comment; null for none
 * @param retryConf how often and how long it is tried
 * @param requestTransform changes the request; null for none
 * @param responseTransform changes the logged answer; null for none
 */
public record CronTriggerMetadata(
        String name,
        String webhook,
        String schedule,
        @Nullable JsonNode payload,
        List<HeaderMetadata> headers,
        @Nullable String comment,
        RetryConf retryConf,
        @Nullable JsonNode requestTransform,
        @Nullable JsonNode responseTransform) {

    /**
     * How often and how long a cron trigger, or a one-off event, is tried.
     *
     * @param numRetries how often a failed delivery is tried again
     * @param intervalSeconds the pause between tries
     * @param timeoutSeconds how long the handler may take
     * @param toleranceSeconds how late it may be delivered at all
     */
    public record RetryConf(int numRetries, int intervalSeconds, int timeoutSeconds, int toleranceSeconds) {

        /** Reads {@code retry_conf}; what it leaves out is as in the engine. */
        public static RetryConf from(JsonNode json) {
            return new RetryConf(
                    json.path("num_retries").asInt(0),
                    json.path("retry_interval_seconds").asInt(10),
                    json.path("timeout_seconds").asInt(60),
                    json.path("tolerance_seconds").asInt(21_600));
        }
    }

    static CronTriggerMetadata from(JsonNode json) {
        return new CronTriggerMetadata(
                Json.text(json, "name"),
                Json.text(json, "webhook"),
                Json.text(json, "schedule"),
                Json.objectOrNull(json, "payload"),
                HeaderMetadata.listFrom(json.path("headers")),
                Json.textOrNull(json, "comment"),
                RetryConf.from(json.path("retry_conf")),
                Json.objectOrNull(json, "request_transform"),
                Json.objectOrNull(json, "response_transform"));
    }
}
