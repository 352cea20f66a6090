package io.github.hasura4j.test;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import io.github.hasura4j.payload.ActionPayload;
import io.github.hasura4j.payload.ActionReference;
import io.github.hasura4j.payload.AuthHookPayload;
import io.github.hasura4j.payload.EngineTimestamp;
import io.github.hasura4j.payload.ScheduledPayload;
import io.github.hasura4j.payload.SessionVariables;
import io.github.hasura4j.payload.ValidationPayload;
import io.github.hasura4j.test.engine.EngineJson;
import org.jspecify.annotations.Nullable;

/** Payloads for unit tests that call a handler's method: what the engine would send, without engine and without Spring. */
public final class Payloads {

    private Payloads() {}

    /** A call of an action. */
    public static <T extends @Nullable Object> ActionPayload<T> action(String name, T input, SessionVariables session) {
        return new ActionPayload<>(new ActionReference(name), input, session, "mutation { " + name + " }");
    }

    /** An event, to be completed by what happened. */
    public static EventPayloadBuilder event(String trigger) {
        return new EventPayloadBuilder(trigger);
    }

    /** An occurrence of a cron trigger. */
    public static <P extends @Nullable Object> ScheduledPayload<P> cron(String name, Instant scheduledTime, P payload) {
        return new ScheduledPayload<>(
                UUID.randomUUID().toString(), name, timestamp(scheduledTime), payload, null, null);
    }

    /** A one-off event. */
    public static <P extends @Nullable Object> ScheduledPayload<P> oneOff(Instant scheduledTime, P payload) {
        EngineTimestamp createdAt = timestamp(scheduledTime.minusSeconds(60));
        return new ScheduledPayload<>(
                UUID.randomUUID().toString(), null, timestamp(scheduledTime), payload, null, createdAt);
    }

    /**
     * The input of a mutation, to be validated.
     *
     * @param session who makes it; has a role
     */
    public static <T extends @Nullable Object> ValidationPayload<T> validation(
            SessionVariables session, List<T> input) {
        return new ValidationPayload<>(
                1, session.require(SessionVariables.ROLE), session, new ValidationPayload.Data<>(input));
    }

    /** A request whose sender the auth hook is to tell. */
    public static AuthHookPayload authHook(Map<String, String> headers) {
        return new AuthHookPayload(headers, List.of());
    }

    /** The JSON of a payload, in the engine's spelling of numbers. */
    public static String json(Object payload) {
        return EngineJson.write(EngineJson.tree(payload));
    }

    private static EngineTimestamp timestamp(Instant moment) {
        return new EngineTimestamp(EngineJson.utc(moment));
    }
}
