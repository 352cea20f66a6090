package io.github.hasura4j.client.metadata;

import java.time.Instant;
import java.util.OptionalInt;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One attempt of the engine to deliver an event.
 *
 * @param id the attempt's id
 * @param eventId the event's id
 * @param httpStatus what the handler answered; {@code null} if it did not, see {@link #status()}
 * @param request what was sent, headers included; {@code toString()} leaves it out; {@code null} if it was not kept
 * @param response what came back, or what went wrong; {@code toString()} leaves it out; {@code null} if it was not kept
 * @param createdAt when
 */
public record Invocation(
        String id,
        String eventId,
        @Nullable Integer httpStatus,
        @Nullable JsonNode request,
        @Nullable JsonNode response,
        Instant createdAt) {

    /** @param status the field that holds the status: schedules and event triggers name it differently */
    static Invocation from(JsonNode json, String status) {
        return new Invocation(
                Commands.text(json, "id"),
                Commands.text(json, "event_id"),
                json.path(status).isInt() ? json.path(status).intValue() : null,
                Json.orNull(json, "request"),
                Json.orNull(json, "response"),
                Json.time(json, "created_at"));
    }

    /** What the handler answered; empty if it did not, for example because nobody listened. */
    public OptionalInt status() {
        return httpStatus == null ? OptionalInt.empty() : OptionalInt.of(httpStatus);
    }

    @Override
    public String toString() {
        return "Invocation[id=%s, eventId=%s, httpStatus=%s, createdAt=%s]"
                .formatted(id, eventId, httpStatus, createdAt);
    }
}
