package io.github.hasura4j.client;

import java.time.Duration;

/**
 * Hears what happens to a call on its way, for metrics and logs; {@link ClientInterceptor} is for taking part.
 *
 * <p>The methods are called in this order, from whichever thread is at work, and must be quick. An exception of one is dropped.
 */
public interface ClientObserver {

    /** An attempt is about to be sent; the first one has number 1. */
    default void sending(ClientOperation operation, int attempt) {}

    /** The head of an answer is there, its body may not be. */
    default void answering(ClientOperation operation, int attempt, int status) {}

    /** The attempt failed in a way that allows another one. */
    default void repeating(ClientOperation operation, int attempt, Duration delay, HasuraException failure) {}

    /** There is an answer, which may have errors. */
    default void answered(ClientResponse response) {}

    /** There is none, and there will be none. */
    default void failed(ClientOperation operation, RuntimeException failure) {}
}
