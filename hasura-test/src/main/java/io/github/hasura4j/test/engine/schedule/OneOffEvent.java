package io.github.hasura4j.test.engine.schedule;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.List;

import io.github.hasura4j.client.project.CronTriggerMetadata.RetryConf;
import io.github.hasura4j.client.project.HeaderMetadata;
import io.github.hasura4j.test.engine.EngineException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * An event that is to happen once.
 *
 * @param webhook the handler's URL, a template
 * @param scheduleAt when
 * @param payload what is sent, any JSON; null for none
 * @param headers the headers sent along
 * @param retryConf how often and how long it is tried
 * @param comment the comment; null for none
 */
public record OneOffEvent(
        String webhook,
        Instant scheduleAt,
        @Nullable JsonNode payload,
        List<HeaderMetadata> headers,
        RetryConf retryConf,
        @Nullable String comment) {

    /** An event without headers, comment and retries. */
    public static OneOffEvent of(String webhook, Instant scheduleAt, @Nullable JsonNode payload) {
        RetryConf asEver = RetryConf.from(JsonNodeFactory.instance.objectNode());
        return new OneOffEvent(webhook, scheduleAt, payload, List.of(), asEver, null);
    }

    /**
     * Reads the arguments of {@code create_scheduled_event}.
     *
     * @throws EngineException if webhook or time are missing or wrong
     */
    public static OneOffEvent from(JsonNode args) {
        return new OneOffEvent(
                text(args, "webhook"),
                moment(text(args, "schedule_at")),
                args.hasNonNull("payload") ? args.path("payload") : null,
                HeaderMetadata.listFrom(args.path("headers")),
                RetryConf.from(args.path("retry_conf")),
                args.path("comment").asString(null));
    }

    private static String text(JsonNode args, String key) {
        JsonNode value = args.path(key);
        if (!value.isString()) {
            throw EngineException.of("parse-failed", "$.args", "key \"" + key + "\" not found");
        }
        return value.stringValue();
    }

    /** A time without a zone is UTC. */
    private static Instant moment(String text) {
        try {
            TemporalAccessor time = DateTimeFormatter.ISO_DATE_TIME.parseBest(
                    text.replace(' ', 'T'), OffsetDateTime::from, LocalDateTime::from);
            return time instanceof OffsetDateTime zoned
                    ? zoned.toInstant()
                    : ((LocalDateTime) time).toInstant(ZoneOffset.UTC);
        } catch (DateTimeException e) {
            throw EngineException.of("parse-failed", "$.args.schedule_at", "schedule_at is not a time in ISO 8601");
        }
    }

    ArrayNode headerConf() {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        for (HeaderMetadata header : headers) {
            ObjectNode entry = list.addObject().put("name", header.name());
            if (header.valueFromEnv() != null) {
                entry.put("value_from_env", header.valueFromEnv());
            } else {
                entry.put("value", header.value());
            }
        }
        return list;
    }

    ObjectNode retryConfJson() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("num_retries", retryConf.numRetries())
                .put("retry_interval_seconds", retryConf.intervalSeconds())
                .put("timeout_seconds", retryConf.timeoutSeconds())
                .put("tolerance_seconds", retryConf.toleranceSeconds());
    }

    /** Leaves payload and headers out. */
    @Override
    public String toString() {
        return "OneOffEvent[" + webhook + " at " + scheduleAt + "]";
    }
}
