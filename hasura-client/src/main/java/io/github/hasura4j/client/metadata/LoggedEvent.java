package io.github.hasura4j.client.metadata;

import java.time.Instant;

import io.github.hasura4j.payload.TableName;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * An event of an event trigger, as the engine keeps it.
 *
 * @param id the event's id, which the handler gets too
 * @param trigger the trigger's name
 * @param table the table
 * @param payload what happened: {@code op} and {@code data}, with the rows; {@code toString()} leaves it out
 * @param delivered whether a handler answered with 2xx
 * @param failed whether the engine has given up
 * @param tries how often it was sent
 * @param createdAt when it happened
 * @param lockedAt since when it is being sent; {@code null} if it is not
 * @param nextRetryAt when it is sent again; {@code null} if nothing failed or it was given up
 * @param archived whether its trigger is gone
 */
public record LoggedEvent(
        String id,
        String trigger,
        TableName table,
        JsonNode payload,
        boolean delivered,
        boolean failed,
        int tries,
        Instant createdAt,
        @Nullable Instant lockedAt,
        @Nullable Instant nextRetryAt,
        boolean archived) {

    static LoggedEvent from(JsonNode json) {
        JsonNode payload = Json.orNull(json, "payload");
        return new LoggedEvent(
                Commands.text(json, "id"),
                Commands.text(json, "trigger_name"),
                new TableName(Commands.text(json, "schema_name"), Commands.text(json, "table_name")),
                payload == null ? JsonNodeFactory.instance.nullNode() : payload,
                json.path("delivered").asBoolean(false),
                json.path("error").asBoolean(false),
                json.path("tries").asInt(0),
                Json.time(json, "created_at"),
                Json.timeOrNull(json, "locked"),
                Json.timeOrNull(json, "next_retry_at"),
                json.path("archived").asBoolean(false));
    }

    @Override
    public String toString() {
        return "LoggedEvent[id=%s, trigger=%s, delivered=%s, failed=%s, tries=%d, createdAt=%s]"
                .formatted(id, trigger, delivered, failed, tries, createdAt);
    }
}
