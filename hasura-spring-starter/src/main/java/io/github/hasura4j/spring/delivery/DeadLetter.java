package io.github.hasura4j.spring.delivery;

import java.time.Instant;

import io.github.hasura4j.spring.WebhookKind;
import org.jspecify.annotations.Nullable;

/**
 * A delivery that was given up. {@code toString()} leaves out the payload and the cause's message.
 *
 * @param kind an event or a scheduled trigger
 * @param handler the trigger's name
 * @param eventId the engine's id of the event
 * @param payload what the engine sent, word for word: rows and session variables among it
 * @param cause the exception's class
 * @param message the exception's message, shortened; null if it has none
 * @param at when it was given up
 */
public record DeadLetter(
        WebhookKind kind,
        String handler,
        String eventId,
        String payload,
        String cause,
        @Nullable String message,
        Instant at) {

    @Override
    public String toString() {
        return "DeadLetter[" + kind + " '" + handler + "', eventId=" + eventId + ", cause=" + cause + ", at=" + at
                + "]";
    }
}
