package io.github.hasura4j.client.metadata;

import java.time.Instant;
import java.util.List;
import java.util.Locale;

import io.github.hasura4j.client.project.HeaderMetadata;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A scheduled event, as the engine keeps it. What the events of a cron trigger have in common, payload and handler, is in the
 * {@link CronTrigger}.
 *
 * @param id the event's id, which the handler gets too
 * @param cronTrigger the cron trigger's name; {@code null} for a one-off event
 * @param scheduledTime when it is or was to be sent
 * @param status what became of it
 * @param tries how often it was sent
 * @param createdAt when it was created
 * @param nextRetryAt when it is sent again; {@code null} if nothing failed or it was given up
 * @param webhook the handler's URL, a template; {@code null} for one of a cron trigger
 * @param payload what is sent; {@code null} for none, and for one of a cron trigger; {@code toString()} leaves it out
 * @param headers the headers sent along; empty for one of a cron trigger
 * @param comment the comment; {@code null} for none, and for one of a cron trigger
 */
public record ScheduledEvent(
        String id,
        @Nullable String cronTrigger,
        Instant scheduledTime,
        Status status,
        int tries,
        Instant createdAt,
        @Nullable Instant nextRetryAt,
        @Nullable String webhook,
        @Nullable JsonNode payload,
        List<HeaderMetadata> headers,
        @Nullable String comment) {

    public ScheduledEvent {
        headers = List.copyOf(headers);
    }

    /** What became of it. */
    public enum Status {
        /** Its time has not come, or it waits for another try. */
        SCHEDULED,
        /** It is being sent. */
        LOCKED,
        /** A handler answered with 2xx. */
        DELIVERED,
        /** The engine has given up. */
        ERROR,
        /** It was too late to send it. */
        DEAD,
        /** Something that this version of hasura4j does not know. */
        UNKNOWN;

        static Status from(String text) {
            for (Status status : values()) {
                if (status.wire().equals(text)) {
                    return status;
                }
            }
            return UNKNOWN;
        }

        String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static ScheduledEvent from(JsonNode json) {
        return new ScheduledEvent(
                Commands.text(json, "id"),
                Json.textOrNull(json, "trigger_name"),
                Json.time(json, "scheduled_time"),
                Status.from(Json.text(json, "status")),
                json.path("tries").asInt(0),
                Json.time(json, "created_at"),
                Json.timeOrNull(json, "next_retry_at"),
                Json.textOrNull(json, "webhook_conf"),
                Json.orNull(json, "payload"),
                Headers.from(json.path("header_conf")),
                Json.textOrNull(json, "comment"));
    }

    @Override
    public String toString() {
        return "ScheduledEvent[id=%s, cronTrigger=%s, scheduledTime=%s, status=%s, tries=%d]"
                .formatted(id, cronTrigger, scheduledTime, status, tries);
    }
}
