package io.github.hasura4j.test.spring;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * One try of one event.
 *
 * @param eventId the event
 * @param at when, counted from the first delivery on the simulated clock
 * @param currentRetry the tries that the engine knew of, as {@code delivery_info.current_retry} said
 * @param status the status of the answer; null for no answer
 * @param outcome what came of it, without bodies
 * @param delivered whether the engine takes the event for delivered
 * @param last whether the engine will not try again
 */
public record DeliveryAttempt(
        String eventId,
        Duration at,
        int currentRetry,
        @Nullable Integer status,
        String outcome,
        boolean delivered,
        boolean last) {

    @Override
    public String toString() {
        return "at %d s, retry %d of event %s: %s".formatted(at.toSeconds(), currentRetry, eventId, outcome);
    }
}
