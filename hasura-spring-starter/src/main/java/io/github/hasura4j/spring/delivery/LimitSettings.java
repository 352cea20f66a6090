package io.github.hasura4j.spring.delivery;

import java.time.Duration;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * How much is too much, apart from what handlers say themselves.
 *
 * @param all for all calls together
 * @param deliveries for events and scheduled triggers together
 * @param handlers for single handlers by their names, in place of their {@link Limit}
 * @param maxWait how long a call waits that somebody waits for
 * @param maxWaiting how many calls wait at most
 * @param spread over which time deliveries are spread that were sent away
 */
public record LimitSettings(
        Quota all, Quota deliveries, Map<String, Quota> handlers, Duration maxWait, int maxWaiting, Duration spread) {

    public LimitSettings {
        handlers = Map.copyOf(handlers);
        if (maxWait.isNegative() || maxWaiting < 0) {
            throw new IllegalArgumentException("There is no waiting less than none");
        }
        if (spread.toSeconds() < 1) {
            throw new IllegalArgumentException("Deliveries are spread over a second at least, not " + spread);
        }
    }

    /** No limits but those of handlers: calls wait for two seconds, deliveries are spread over ten. */
    public static LimitSettings defaults() {
        return new LimitSettings(Quota.NONE, Quota.NONE, Map.of(), Duration.ofSeconds(2), 100, Duration.ofSeconds(10));
    }

    /**
     * How much of one thing.
     *
     * @param concurrency how many calls run at once; 0 for any number
     * @param rate how many begin in a time, or null for any number
     */
    public record Quota(int concurrency, @Nullable Rate rate) {

        /** Any number of calls. */
        public static final Quota NONE = new Quota(0, null);

        public Quota {
            if (concurrency < 0) {
                throw new IllegalArgumentException(
                        "%d calls at once are less than none. Say how many, or 0 for any number"
                                .formatted(concurrency));
            }
        }
    }
}
