package io.github.hasura4j.client;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;

import org.jspecify.annotations.Nullable;

/**
 * How a client keeps its subscriptions alive. The defaults suit the engine's own; immutable, so every step returns new settings.
 *
 * <pre>{@code
 * HasuraClient.builder()
 *         .subscriptions(SubscriptionSettings.create().backoff(Duration.ofSeconds(1), Duration.ofMinutes(1)))
 * }</pre>
 */
public final class SubscriptionSettings {

    private static final Duration LONGEST = Duration.ofDays(365);

    private static final SubscriptionSettings DEFAULTS = new SubscriptionSettings(new Values());

    private final Values values;

    private SubscriptionSettings(Values values) {
        this.values = values;
    }

    /** Starts with the defaults. */
    public static SubscriptionSettings create() {
        return DEFAULTS;
    }

    /** How long the engine may take to accept the credentials; 10 seconds unless set. */
    public SubscriptionSettings acknowledgeTimeout(Duration timeout) {
        return with(next -> next.acknowledgeTimeout = positive(timeout));
    }

    /** How often to ask the engine for a sign of life; every 20 seconds unless set. */
    public SubscriptionSettings pingInterval(Duration interval) {
        return with(next -> next.pingInterval = positive(interval));
    }

    /**
     * After how much silence a connection is given up; 40 seconds unless set, which are two pings without an answer. The engine
     * itself sends something every 5 seconds. Looked at once a {@link #pingInterval}.
     */
    public SubscriptionSettings silenceTimeout(Duration timeout) {
        return with(next -> next.silenceTimeout = positive(timeout));
    }

    /**
     * How long to wait before connecting again: a random time up to {@code first}, which doubles with every failure up to
     * {@code longest}. 0.2 and 30 seconds unless set.
     *
     * @throws IllegalArgumentException if one is not positive, or the first is longer than the longest
     */
    public SubscriptionSettings backoff(Duration first, Duration longest) {
        if (first.compareTo(longest) > 0) {
            throw new IllegalArgumentException(
                    "The first wait (%s) is longer than the longest (%s).".formatted(first, longest));
        }
        return with(next -> {
            next.firstBackoff = positive(first);
            next.longestBackoff = positive(longest);
        });
    }

    /**
     * After how many failed connections in a row to give up; unlimited unless set. Subscriptions then fail with the last cause.
     * What cannot get better by waiting, such as a wrong address at the very first attempt, fails at once in any case.
     *
     * @throws IllegalArgumentException if it is less than 1
     */
    public SubscriptionSettings maxAttempts(int attempts) {
        return with(next -> next.maxAttempts = atLeastOne(attempts));
    }

    /** How long a connection without subscriptions is kept for the next one; 5 seconds unless set. */
    public SubscriptionSettings idleTimeout(Duration timeout) {
        return with(next -> next.idleTimeout = positive(timeout));
    }

    /**
     * How long before a token expires a new connection takes over; 30 seconds unless set. That works for tokens that say
     * when they expire (a JWT's {@code exp}) and a supplier that gives a later one by then. Otherwise the engine ends the
     * connection when the token expires, and the client connects again.
     */
    public SubscriptionSettings renewBefore(Duration expiry) {
        return with(next -> next.renewBefore = positive(expiry));
    }

    /**
     * How long one message of the engine may be, in characters; 64 million unless set. A longer one ends its connection and
     * fails every subscription on it, because it would come again.
     *
     * @throws IllegalArgumentException if it is less than 1
     */
    public SubscriptionSettings maxMessageLength(int characters) {
        return with(next -> next.maxMessageLength = atLeastOne(characters));
    }

    /**
     * How much of a stream may wait for its reader, in batches and in bytes of JSON; 64 and 16 MiB unless set. When it is
     * more, the client ends the subscription for a while and resumes it as soon as the reader has caught up: nothing is lost,
     * and the connection never stalls. The last batch to arrive may exceed the bytes.
     *
     * @throws IllegalArgumentException if one is less than 1
     */
    public SubscriptionSettings streamBuffer(int batches, long bytes) {
        return with(next -> {
            next.bufferBatches = atLeastOne(batches);
            next.bufferBytes = atLeastOne(bytes);
        });
    }

    /**
     * What runs everything that is not run by a reader: suppliers of credentials, listeners and subscribers of publishers,
     * which may all block. Virtual threads do well. Unless set, the client uses daemon threads of its own, which end when
     * there is nothing to do; an executor set here is never shut down by the client.
     */
    public SubscriptionSettings executor(Executor executor) {
        return with(next -> next.executor = executor);
    }

    Duration acknowledgeTimeout() {
        return values.acknowledgeTimeout;
    }

    Duration pingInterval() {
        return values.pingInterval;
    }

    Duration silenceTimeout() {
        return values.silenceTimeout;
    }

    /** The longest wait before this attempt, counted from 1. */
    Duration backoff(int attempt) {
        Duration longest = values.longestBackoff;
        Duration wait = values.firstBackoff;
        for (int i = 1; i < attempt && wait.compareTo(longest) < 0; i++) {
            wait = wait.multipliedBy(2);
        }
        return wait.compareTo(longest) > 0 ? longest : wait;
    }

    int maxAttempts() {
        return values.maxAttempts;
    }

    Duration idleTimeout() {
        return values.idleTimeout;
    }

    Duration renewBefore() {
        return values.renewBefore;
    }

    int maxMessageLength() {
        return values.maxMessageLength;
    }

    int bufferBatches() {
        return values.bufferBatches;
    }

    long bufferBytes() {
        return values.bufferBytes;
    }

    Optional<Executor> executor() {
        return Optional.ofNullable(values.executor);
    }

    private SubscriptionSettings with(Change change) {
        Values next = new Values(values);
        change.make(next);
        return new SubscriptionSettings(next);
    }

    private static Duration positive(Duration duration) {
        if (duration.isZero() || duration.isNegative()) {
            throw new IllegalArgumentException("Has to be longer than nothing, but is " + duration);
        }
        return duration.compareTo(LONGEST) > 0 ? LONGEST : duration;
    }

    private static int atLeastOne(int number) {
        return (int) atLeastOne((long) number);
    }

    private static long atLeastOne(long number) {
        if (number < 1) {
            throw new IllegalArgumentException("Has to be at least 1, but is " + number);
        }
        return number;
    }

    /** For people: all settings but the executor. */
    @Override
    public String toString() {
        return """
                SubscriptionSettings[acknowledgeTimeout=%s, pingInterval=%s, silenceTimeout=%s, backoff=%s to %s, maxAttempts=%s, \
                idleTimeout=%s, renewBefore=%s, maxMessageLength=%d, streamBuffer=%d batches or %d bytes]""".formatted(
                        values.acknowledgeTimeout,
                        values.pingInterval,
                        values.silenceTimeout,
                        values.firstBackoff,
                        values.longestBackoff,
                        values.maxAttempts == Integer.MAX_VALUE ? "unlimited" : values.maxAttempts,
                        values.idleTimeout,
                        values.renewBefore,
                        values.maxMessageLength,
                        values.bufferBatches,
                        values.bufferBytes);
    }

    private interface Change {
        void make(Values next);
    }

    private static final class Values {

        private Duration acknowledgeTimeout = Duration.ofSeconds(10);
        private Duration pingInterval = Duration.ofSeconds(20);
        private Duration silenceTimeout = Duration.ofSeconds(40);
        private Duration firstBackoff = Duration.ofMillis(200);
        private Duration longestBackoff = Duration.ofSeconds(30);
        private int maxAttempts = Integer.MAX_VALUE;
        private Duration idleTimeout = Duration.ofSeconds(5);
        private Duration renewBefore = Duration.ofSeconds(30);
        private int maxMessageLength = 64_000_000;
        private int bufferBatches = 64;
        private long bufferBytes = 16L * 1024 * 1024;
        private @Nullable Executor executor;

        Values() {}

        Values(Values other) {
            acknowledgeTimeout = other.acknowledgeTimeout;
            pingInterval = other.pingInterval;
            silenceTimeout = other.silenceTimeout;
            firstBackoff = other.firstBackoff;
            longestBackoff = other.longestBackoff;
            maxAttempts = other.maxAttempts;
            idleTimeout = other.idleTimeout;
            renewBefore = other.renewBefore;
            maxMessageLength = other.maxMessageLength;
            bufferBatches = other.bufferBatches;
            bufferBytes = other.bufferBytes;
            executor = other.executor;
        }
    }
}
