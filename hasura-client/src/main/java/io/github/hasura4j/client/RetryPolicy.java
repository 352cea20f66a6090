package io.github.hasura4j.client;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Predicate;

import io.github.hasura4j.client.HasuraTransportException.Sent;
import org.jspecify.annotations.Nullable;

/**
 * When a call is repeated. A <b>query</b> is repeated whenever the connection failed or something in between was not up to it
 * (status 429, 502, 503, 504). A <b>mutation</b> only if it was surely not run: no connection came about, or it was turned away
 * with 429; unless its caller says {@code idempotent()}, for then it is as free as a query. The call's timeout is the limit for
 * all attempts together, so a call that timed out is over.
 *
 * <p>Between attempts a random part of the backoff passes, which doubles each time; a {@code Retry-After} of the answer makes
 * it longer. What would begin after the deadline is not begun.
 *
 * <p>Errors that the engine answers with are answers, and not repeated, except for those named by {@link #retryOn}. Immutable.
 */
public final class RetryPolicy {

    private static final Set<Integer> PASSING = Set.of(429, 502, 503, 504);
    private static final int TOO_MANY_REQUESTS = 429;

    private static final RetryPolicy STANDARD =
            new RetryPolicy(3, Duration.ofMillis(100), Duration.ofSeconds(5), error -> false, false);

    private final int maxAttempts;
    private final Duration first;
    private final Duration longest;
    private final Predicate<? super HasuraGraphQlException> onErrors;
    private final boolean looksAtErrors;

    private RetryPolicy(
            int maxAttempts,
            Duration first,
            Duration longest,
            Predicate<? super HasuraGraphQlException> onErrors,
            boolean looksAtErrors) {
        this.maxAttempts = maxAttempts;
        this.first = first;
        this.longest = longest;
        this.onErrors = onErrors;
        this.looksAtErrors = looksAtErrors;
    }

    /** Three attempts at most, with 100 ms to 5 s between them. What a client does unless told otherwise. */
    public static RetryPolicy standard() {
        return STANDARD;
    }

    /** Never repeats anything. */
    public static RetryPolicy none() {
        return STANDARD.maxAttempts(1);
    }

    /**
     * How often a call is sent at most, the first time included.
     *
     * @throws IllegalArgumentException if it is less than one
     */
    public RetryPolicy maxAttempts(int attempts) {
        if (attempts < 1) {
            throw new IllegalArgumentException("At least one attempt is needed, but maxAttempts is " + attempts);
        }
        return new RetryPolicy(attempts, first, longest, onErrors, looksAtErrors);
    }

    /**
     * The longest time before the second attempt, and before any later one.
     *
     * @throws IllegalArgumentException if one is negative, or the first longer than the longest
     */
    public RetryPolicy backoff(Duration first, Duration longest) {
        if (first.isNegative() || first.compareTo(longest) > 0) {
            throw new IllegalArgumentException(
                    "The backoff has to grow from nothing or more, but goes from %s to %s".formatted(first, longest));
        }
        return new RetryPolicy(maxAttempts, first, longest, onErrors, looksAtErrors);
    }

    /**
     * Repeats queries and idempotent mutations for some of the engine's errors as well, such as
     * {@code e -> e.hasCode("postgres-max-connections-error")}.
     */
    public RetryPolicy retryOn(Predicate<? super HasuraGraphQlException> errors) {
        return new RetryPolicy(maxAttempts, first, longest, errors, true);
    }

    boolean looksAtErrors() {
        return looksAtErrors;
    }

    /** How long to wait before the next attempt, or null if there is none. */
    @Nullable
    Duration delayAfter(int attempts, boolean idempotent, HasuraException failure) {
        if (attempts >= maxAttempts || !mayPass(failure, idempotent)) {
            return null;
        }
        Duration backoff = backoffAfter(attempts);
        Duration wanted = failure instanceof HasuraTransportException transport
                ? transport.retryAfter().orElse(Duration.ZERO)
                : Duration.ZERO;
        return wanted.compareTo(backoff) > 0 ? wanted : backoff;
    }

    private boolean mayPass(HasuraException failure, boolean idempotent) {
        if (failure instanceof HasuraGraphQlException errors) {
            return idempotent && onErrors.test(errors);
        }
        if (!(failure instanceof HasuraTransportException transport)) {
            return false;
        }
        int status = transport.status().orElse(0);
        return switch (transport.reason()) {
            case CONNECT -> transport.sent() == Sent.NO || idempotent;
            case BROKEN -> idempotent;
            case STATUS -> status == TOO_MANY_REQUESTS || idempotent && PASSING.contains(status);
            default -> false;
        };
    }

    private Duration backoffAfter(int attempts) {
        int doublings = Math.min(attempts - 1, 30);
        long most = Math.min(longest.toNanos(), saturated(first.toNanos(), doublings));
        return Duration.ofNanos(most == 0 ? 0 : ThreadLocalRandom.current().nextLong(most + 1));
    }

    private static long saturated(long nanos, int doublings) {
        return nanos > Long.MAX_VALUE >> doublings ? Long.MAX_VALUE - 1 : nanos << doublings;
    }

    @Override
    public String toString() {
        return "RetryPolicy[maxAttempts=" + maxAttempts + ", backoff=" + first + "…" + longest + "]";
    }
}
