package io.github.hasura4j.client.metadata;

import java.time.Duration;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the engine does when a scheduled event cannot be delivered; all times are whole seconds.
 *
 * @param retries how often it tries again
 * @param interval how long it waits between, unless the handler says {@code Retry-After}
 * @param timeout how long a handler may take
 * @param tolerance how late an event may be sent at all; later it is dead
 */
public record ScheduleRetry(int retries, Duration interval, Duration timeout, Duration tolerance) {

    private static final ScheduleRetry DEFAULTS =
            new ScheduleRetry(0, Duration.ofSeconds(10), Duration.ofSeconds(60), Duration.ofHours(6));

    public ScheduleRetry {
        if (retries < 0) {
            throw new IllegalArgumentException("The number of retries is 0 or more, but is " + retries);
        }
        wholeSeconds("interval", interval);
        wholeSeconds("timeout", timeout);
        wholeSeconds("tolerance", tolerance);
    }

    /** The engine's own: no retry, 10 s between, 60 s for a handler, 6 h of tolerance. */
    public static ScheduleRetry defaults() {
        return DEFAULTS;
    }

    /** The engine's own times with so many retries. */
    public static ScheduleRetry times(int retries) {
        return new ScheduleRetry(retries, DEFAULTS.interval, DEFAULTS.timeout, DEFAULTS.tolerance);
    }

    private static void wholeSeconds(String name, Duration time) {
        if (time.isNegative() || time.getNano() != 0) {
            throw new IllegalArgumentException(
                    "The engine counts seconds: the %s has to be so many whole ones, but is %s".formatted(name, time));
        }
    }

    static ScheduleRetry from(JsonNode json) {
        return new ScheduleRetry(
                Math.max(0, json.path("num_retries").asInt(DEFAULTS.retries)),
                seconds(json, "retry_interval_seconds", DEFAULTS.interval),
                seconds(json, "timeout_seconds", DEFAULTS.timeout),
                seconds(json, "tolerance_seconds", DEFAULTS.tolerance));
    }

    private static Duration seconds(JsonNode json, String field, Duration otherwise) {
        return Duration.ofSeconds(Math.max(0, json.path(field).asLong(otherwise.toSeconds())));
    }

    ObjectNode json() {
        return Json.object()
                .put("num_retries", retries)
                .put("retry_interval_seconds", interval.toSeconds())
                .put("timeout_seconds", timeout.toSeconds())
                .put("tolerance_seconds", tolerance.toSeconds());
    }
}
