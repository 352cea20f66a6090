package io.github.hasura4j.client.metadata;

import java.util.List;

import io.github.hasura4j.client.project.HeaderMetadata;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A cron trigger, to create or as the engine has it. Begin with {@link #of}; each {@code with…} gives another one.
 *
 * @param name its name
 * @param webhook the handler's URL, a template with <code>{{VARIABLE}}</code>
 * @param schedule the cron expression, five fields in UTC
 * @param payload what is sent each time: anything that is written as JSON, a {@link JsonNode} where it comes from the engine;
 *     {@code null} for none; {@code toString()} leaves it out
 * @param headers the headers sent along
 * @param retry what happens when it cannot be delivered
 * @param includeInMetadata whether an export of the metadata holds it, and a replacement touches it
 * @param comment a comment; {@code null} for none
 * @param requestTransform changes the request; {@code null} for none
 * @param responseTransform changes the logged answer; {@code null} for none
 */
public record CronTrigger(
        String name,
        String webhook,
        String schedule,
        @Nullable Object payload,
        List<HeaderMetadata> headers,
        ScheduleRetry retry,
        boolean includeInMetadata,
        @Nullable String comment,
        @Nullable JsonNode requestTransform,
        @Nullable JsonNode responseTransform) {

    public CronTrigger {
        headers = List.copyOf(headers);
    }

    /** One without payload, headers and retries, that is part of the metadata. */
    public static CronTrigger of(String name, String webhook, String schedule) {
        return new CronTrigger(
                name, webhook, schedule, null, List.of(), ScheduleRetry.defaults(), true, null, null, null);
    }

    /** The same with another payload. */
    public CronTrigger withPayload(@Nullable Object other) {
        return new CronTrigger(
                name,
                webhook,
                schedule,
                other,
                headers,
                retry,
                includeInMetadata,
                comment,
                requestTransform,
                responseTransform);
    }

    /** The same with one more header. */
    public CronTrigger withHeader(String headerName, String value) {
        return with(new HeaderMetadata(headerName, value, null));
    }

    /** The same with one more header, whose value the engine has in its environment: the place for a secret. */
    public CronTrigger withHeaderFromEnv(String headerName, String variable) {
        return with(new HeaderMetadata(headerName, null, variable));
    }

    private CronTrigger with(HeaderMetadata header) {
        return new CronTrigger(
                name,
                webhook,
                schedule,
                payload,
                Headers.plus(headers, header),
                retry,
                includeInMetadata,
                comment,
                requestTransform,
                responseTransform);
    }

    /** The same with other retries. */
    public CronTrigger withRetry(ScheduleRetry other) {
        return new CronTrigger(
                name,
                webhook,
                schedule,
                payload,
                headers,
                other,
                includeInMetadata,
                comment,
                requestTransform,
                responseTransform);
    }

    /** The same with a comment. */
    public CronTrigger withComment(@Nullable String other) {
        return new CronTrigger(
                name,
                webhook,
                schedule,
                payload,
                headers,
                retry,
                includeInMetadata,
                other,
                requestTransform,
                responseTransform);
    }

    /** The same, but neither exported with the metadata nor touched by a replacement. */
    public CronTrigger outsideOfMetadata() {
        return new CronTrigger(
                name, webhook, schedule, payload, headers, retry, false, comment, requestTransform, responseTransform);
    }

    static CronTrigger from(JsonNode json) {
        return new CronTrigger(
                Commands.text(json, "name"),
                Json.text(json, "webhook"),
                Json.text(json, "schedule"),
                Json.orNull(json, "payload"),
                Headers.from(json.path("headers")),
                ScheduleRetry.from(json.path("retry_conf")),
                json.path("include_in_metadata").asBoolean(false),
                Json.textOrNull(json, "comment"),
                Json.orNull(json, "request_transform"),
                Json.orNull(json, "response_transform"));
    }

    ObjectNode json(JsonNode payloadTree) {
        ObjectNode json =
                Json.object().put("name", name).put("webhook", webhook).put("schedule", schedule);
        json.put("include_in_metadata", includeInMetadata);
        if (!payloadTree.isNull()) {
            json.set("payload", payloadTree);
        }
        json.set("retry_conf", retry.json());
        json.set("headers", Headers.json(headers));
        if (comment != null) {
            json.put("comment", comment);
        }
        if (requestTransform != null) {
            json.set("request_transform", requestTransform);
        }
        if (responseTransform != null) {
            json.set("response_transform", responseTransform);
        }
        return json;
    }

    @Override
    public String toString() {
        return "CronTrigger[name=%s, schedule=%s, webhook=%s]".formatted(name, schedule, webhook);
    }
}
