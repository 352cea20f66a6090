package io.github.hasura4j.spring.delivery;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

import io.github.hasura4j.spring.WebhookCall;

/**
 * Remembers which deliveries were sent away without having run, for the engine counts those as tries. Bounded, and of this
 * instance alone: what it forgot counts as a failed attempt. Safe for many threads.
 */
final class PushBacks {

    private static final SoFar NONE = new SoFar(0, Duration.ZERO);

    private final int limit;
    private final Map<Key, SoFar> events = new LinkedHashMap<>(16, 0.75f, true);

    PushBacks(int limit) {
        this.limit = limit;
    }

    synchronized void add(WebhookCall call, Duration after) {
        events.merge(
                Key.of(call),
                new SoFar(1, after),
                (before, one) -> new SoFar(before.count() + 1, before.time().plus(after)));
        if (events.size() > limit) {
            events.remove(events.keySet().iterator().next());
        }
    }

    synchronized SoFar of(WebhookCall call) {
        return events.isEmpty() ? NONE : events.getOrDefault(Key.of(call), NONE);
    }

    /**
     * What was not the handler's fault.
     *
     * @param count how often the event was sent away
     * @param time for how long in all
     */
    record SoFar(int count, Duration time) {}

    private record Key(String handler, String event) {
        static Key of(WebhookCall call) {
            return new Key(call.name(), EventIds.of(call));
        }
    }
}
