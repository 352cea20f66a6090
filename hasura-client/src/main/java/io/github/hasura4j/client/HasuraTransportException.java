package io.github.hasura4j.client;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

import org.jspecify.annotations.Nullable;

/**
 * There is no GraphQL answer: nobody listens, it took too long, or something other than the engine answered.
 *
 * <p>Look at {@link #sent()} before repeating a mutation. What could safely be repeated has been, see {@link RetryPolicy}; this is
 * the failure of the last attempt, and earlier ones are {@linkplain #getSuppressed() suppressed} in it.
 */
public final class HasuraTransportException extends HasuraException {

    /** What went wrong. */
    public enum Reason {
        /** No connection came about: refused, unknown host, no TLS, or not within the connect timeout. */
        CONNECT,
        /** The answer was not complete within the request timeout. */
        TIMEOUT,
        /** An HTTP status other than 2xx, without a GraphQL answer; see {@link #status()}. */
        STATUS,
        /** The connection broke. */
        BROKEN,
        /** The waiting thread was interrupted; its interrupt flag is set again. */
        INTERRUPTED,
        /** An answer that is not what a GraphQL endpoint sends, such as a login page. */
        NOT_GRAPHQL,
        /** An answer with a number, a text or a nesting beyond what the JSON mapper reads, or too long as a whole; the message names the limit. */
        LIMIT,
        /** The client was closed meanwhile. */
        CLOSED
    }

    /** Whether the engine may have got the request. */
    public enum Sent {
        /** Surely not: it can be repeated whatever it does. */
        NO,
        /** Nobody knows: repeat a query, but not a mutation that must not happen twice. */
        MAYBE,
        /** It arrived somewhere, and was answered. */
        YES
    }

    private final Reason reason;
    private final Sent sent;
    private final @Nullable Integer status;
    private final @Nullable Duration retryAfter;

    HasuraTransportException(
            String message, Reason reason, Sent sent, @Nullable Integer status, @Nullable Throwable cause) {
        this(message, reason, sent, status, null, cause);
    }

    HasuraTransportException(
            String message,
            Reason reason,
            Sent sent,
            @Nullable Integer status,
            @Nullable Duration retryAfter,
            @Nullable Throwable cause) {
        super(message, cause);
        this.reason = reason;
        this.sent = sent;
        this.status = status;
        this.retryAfter = retryAfter;
    }

    /** What went wrong. */
    public Reason reason() {
        return reason;
    }

    /** Whether the engine may have got the request. */
    public Sent sent() {
        return sent;
    }

    /** The HTTP status, if there was an answer at all. */
    public OptionalInt status() {
        return status == null ? OptionalInt.empty() : OptionalInt.of(status);
    }

    /** What the answer says about when to try again ({@code Retry-After}); the client has waited for it where it could. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }
}
