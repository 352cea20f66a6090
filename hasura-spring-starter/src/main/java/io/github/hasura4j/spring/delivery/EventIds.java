package io.github.hasura4j.spring.delivery;

import io.github.hasura4j.payload.EventPayload;
import io.github.hasura4j.payload.ScheduledPayload;
import io.github.hasura4j.spring.WebhookCall;

/** The engine's ids. */
final class EventIds {

    private EventIds() {}

    static String of(WebhookCall call) {
        if (call.payload() instanceof EventPayload<?, ?> event) {
            return event.id();
        }
        if (call.payload() instanceof ScheduledPayload<?> scheduled) {
            return scheduled.id();
        }
        throw new IllegalStateException("There is no id in a call of kind " + call.kind());
    }
}
