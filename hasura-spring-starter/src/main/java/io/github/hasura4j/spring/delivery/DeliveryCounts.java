package io.github.hasura4j.spring.delivery;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

import io.github.hasura4j.spring.AdvisedHandler;
import io.github.hasura4j.spring.WebhookKind;

/** How many calls did not reach their handlers, and why; since the application began. Safe for use by many threads. */
public final class DeliveryCounts {

    private final Map<Key, LongAdder> counts = new ConcurrentHashMap<>();

    /** Why a call did not reach its handler. */
    public enum Reason {
        /** It did not fit the handler's {@link OnlyWhen}. */
        FILTERED,
        /** There was no room: it comes again, or was refused. */
        TOO_BUSY,
        /** The application was ending: it comes again. */
        SHUTDOWN,
        /** It came of handlers that call each other for ever. */
        LOOP;

        /** As in a metric's tag: {@code too-busy}. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /**
     * How many calls of one handler, for one reason.
     *
     * @param kind what the handler is for
     * @param handler the handler's name
     * @param reason why
     * @param count how many
     */
    public record Count(WebhookKind kind, String handler, Reason reason, long count) {}

    /** Everything that may be counted; not modifiable, and not changing. */
    public List<Count> all() {
        return counts.entrySet().stream()
                .map(entry -> new Count(
                        entry.getKey().kind(),
                        entry.getKey().handler(),
                        entry.getKey().reason(),
                        entry.getValue().sum()))
                .toList();
    }

    /** How many calls of this handler, for this reason. */
    public long count(WebhookKind kind, String handler, Reason reason) {
        LongAdder count = counts.get(new Key(kind, handler, reason));
        return count == null ? 0 : count.sum();
    }

    Counter counter(AdvisedHandler handler, Reason reason) {
        return counts.computeIfAbsent(new Key(handler.kind(), handler.name(), reason), any -> new LongAdder())
                ::increment;
    }

    /** Counts one thing. */
    @FunctionalInterface
    interface Counter {
        void add();
    }

    private record Key(WebhookKind kind, String handler, Reason reason) {}
}
