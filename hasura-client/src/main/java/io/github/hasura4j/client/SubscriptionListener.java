package io.github.hasura4j.client;

/**
 * Hears what becomes of one live query or stream, beside the data: for logs, metrics and a light on a dashboard.
 *
 * <p>The calls come one at a time and in order, on a thread of the {@linkplain SubscriptionSettings#executor executor} for
 * subscriptions, never on the reader's. An exception goes to the thread's handler of uncaught exceptions and changes nothing.
 */
public interface SubscriptionListener {

    /** It was opened, and waits for a connection or for its turn on one. */
    default void connecting() {}

    /** It was sent to the engine for the first time. */
    default void connected() {}

    /**
     * Nothing arrives for the time being; the client goes on trying.
     *
     * @param cause why: a {@link HasuraTransportException} for a broken connection; a {@link HasuraGraphQlException} if the
     *     engine refused the credentials, or keeps the subscription but could not run it; or what a supplier of credentials threw
     * @param attempt which attempt to connect comes next, counted from 1; 0 if the connection stays
     */
    default void interrupted(RuntimeException cause, int attempt) {}

    /** After an interruption: it was sent to the engine again, on a new connection, or delivers again on the old one. */
    default void resumed() {}

    /** It came to its end: the engine said so, or it was closed here. Nothing follows. */
    default void completed() {}

    /** It failed, with what the reader gets as well. Nothing follows. */
    default void failed(RuntimeException cause) {}
}
