package io.github.hasura4j.test;

import java.util.List;

import io.github.hasura4j.test.engine.EngineJson;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What the engine has delivered to a handler, or tried to: an event, an occurrence of a cron trigger, a one-off event, or the call
 * of an asynchronous action.
 *
 * @param id the engine's id of it, the same for every attempt
 * @param state how it stands
 * @param payload what the handler is sent; of an asynchronous action only the input
 * @param attempts how often it was tried, oldest first; empty if never
 */
public record Delivery(String id, State state, JsonNode payload, List<Attempt> attempts) {

    public Delivery {
        attempts = List.copyOf(attempts);
    }

    /** How a delivery stands. */
    public enum State {

        /** The handler has it. */
        DELIVERED,

        /** The engine will try, or try again, when it is due. */
        WAITING,

        /** The engine has given up. */
        FAILED,

        /** It was too late to be tried at all. */
        DEAD
    }

    /**
     * One call of the handler.
     *
     * @param status the answer's HTTP status; null if there was no answer, or it is not logged
     * @param answer the answer's body; null if there was no answer
     * @param error why there was no answer; null if there was one
     */
    public record Attempt(
            @Nullable Integer status,
            @Nullable String answer,
            @Nullable String error) {

        /** Leaves the answer out. */
        @Override
        public String toString() {
            return status == null ? String.valueOf(error == null ? "answered" : error) : "status " + status;
        }
    }

    /** The payload as another type, such as {@code EventPayload}'s shape of your own. */
    public <T> T payload(Class<T> type) {
        return EngineJson.mapper().convertValue(payload, type);
    }

    /**
     * The row of an event as it is now: {@code data.new}, or {@code data.old} of a row that was deleted.
     *
     * @throws IllegalStateException if this is no event of a table
     */
    public <T> T row(Class<T> type) {
        JsonNode data = payload.path("event").path("data");
        JsonNode row = data.hasNonNull("new") ? data.path("new") : data.path("old");
        if (row.isMissingNode() || row.isNull()) {
            throw new IllegalStateException("Delivery " + id + " has no row: it is not the event of a table");
        }
        return EngineJson.mapper().convertValue(row, type);
    }

    /** Leaves payload and answers out. */
    @Override
    public String toString() {
        return id + " " + state + " " + attempts;
    }
}
