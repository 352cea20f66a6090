package io.github.hasura4j.client;

import java.time.Duration;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.Flow;

/**
 * The answer to a question, and every newer answer as the data changes.
 *
 * <pre>{@code
 * try (LiveQuery<List<Order>> live = hasura.subscription("orders").select("id", "total").liveRows(Order.class)) {
 *     for (List<Order> now : live) {
 *         board.show(now);
 *     }
 * }
 * }</pre>
 *
 * <p>It is about state, not about events: a reader gets the newest answer, and answers it was too slow for are skipped. Use a
 * {@link CursorStream} to see every row. When the connection breaks the client connects and asks again, for as long as
 * {@link SubscriptionSettings#maxAttempts} allows; an answer that is the same as the last one delivered is not delivered again.
 * An error that the engine reports while it keeps the subscription, such as a database that is away, interrupts but does not
 * end it: a {@link SubscriptionListener} hears of it.
 *
 * <p>It is opened by the first use, and has one reader: either the thread that iterates or waits in {@link #next}, or one
 * subscriber. Answers are decoded by whoever reads. {@link #close} may be called by any thread.
 *
 * <p>Reading throws, as the end of it,
 * <ul>
 * <li>{@link HasuraGraphQlException} if the engine refuses the operation or, twice in a row, the credentials;
 * <li>{@link HasuraDecodingException} if an answer does not fit the type;
 * <li>{@link HasuraTransportException} if the client gave up connecting, or the thread was interrupted.
 * </ul>
 *
 * @param <T> what an answer is read as
 */
public interface LiveQuery<T> extends Iterable<T>, AutoCloseable {

    /**
     * Says who hears about the connection; the last one counts.
     *
     * @throws IllegalStateException if it has been opened
     */
    LiveQuery<T> listener(SubscriptionListener listener);

    /** Opens it, and gives the one iterator there is: its {@code hasNext} waits for an answer newer than the last. */
    @Override
    Iterator<T> iterator();

    /** Opens it if need be, and waits for an answer newer than the last; empty if there was none in time, or it has ended. */
    Optional<T> next(Duration timeout);

    /** A publisher for one subscriber, which opens it by subscribing; without demand, only the newest answer is kept. */
    Flow.Publisher<T> asPublisher();

    /** Ends it, and a reader who waits. Does nothing the second time. */
    @Override
    void close();
}
