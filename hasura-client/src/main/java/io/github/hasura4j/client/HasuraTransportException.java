package io.github.hasura4j.client;

import java.util.OptionalInt;

import org.jspecify.annotations.Nullable;

/**
 * There is no GraphQL answer: nobody listens, it took too long, or something other than the engine answered.
 *
 * <p>Look at {@link #sent()} before repeating a mutation.
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
        /** An answer with a number, a text or a nesting beyond what the JSON mapper reads; the message names the limit. */
        LIMIT
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

    HasuraTransportException(
            String message, Reason reason, Sent sent, @Nullable Integer status, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = reason;
        this.sent = sent;
        this.status = status;
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
}
