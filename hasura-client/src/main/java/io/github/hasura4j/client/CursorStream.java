package io.github.hasura4j.client;

import java.time.Duration;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.Flow;
import java.util.function.Consumer;

/**
 * Every row of a table once, in the order of a {@link Cursor}: those that are there, then those that come.
 *
 * <pre>{@code
 * try (CursorStream<Event> events = hasura.subscription("event_log_stream")
 *         .arg("batch_size", 500)
 *         .select("seq", "kind", "payload")
 *         .stream(Event.class, Cursor.on("seq").from(0))
 *         .resume(store, "projector")) {
 *     events.forEachBatch(batch -> {
 *         project(batch.rows());
 *         batch.ack();
 *     });
 * }
 * }</pre>
 *
 * <p>While it is open a row is delivered once, however often the connection breaks: the stream resumes behind the last row it
 * got. A stream opened later, under the same name in a {@link CursorStore}, resumes behind the last batch acknowledged, and so
 * delivers again what was not. A reader that is too slow makes the client pause the stream in the engine, never lose rows and
 * never fill the memory. Read in {@link Cursor} what the engine itself may leave out.
 *
 * <p>Like a {@link LiveQuery} it is opened by the first use and has one reader, and it throws the same. Besides, it fails with
 * <ul>
 * <li>{@link HasuraDecodingException} if a row has no cursor or key column in the answer;
 * <li>{@link IllegalStateException} if rows have the same cursor value and no {@link Cursor#key} tells them apart; if the position
 *     in the store is of another cursor; or if 1000 batches were delivered that nobody acknowledged.
 * </ul>
 *
 * @param <T> what a row is read as
 */
public interface CursorStream<T> extends Iterable<Batch<T>>, AutoCloseable {

    /**
     * Says where the position is kept and under which name; the last one counts. Unless set, it is kept nowhere.
     *
     * @throws IllegalStateException if it has been opened
     */
    CursorStream<T> resume(CursorStore store, String name);

    /**
     * Reads the {@link Cursor#overlap} again this often, to find late rows without waiting for an interruption.
     *
     * @throws IllegalStateException if it has been opened, or the cursor has no overlap
     */
    CursorStream<T> rereadEvery(Duration interval);

    /**
     * Says who hears about the connection; the last one counts.
     *
     * @throws IllegalStateException if it has been opened
     */
    CursorStream<T> listener(SubscriptionListener listener);

    /**
     * Reads until the end, giving each batch to the reader, who acknowledges it. What the reader throws closes the stream and
     * is thrown.
     */
    void forEachBatch(Consumer<? super Batch<T>> reader);

    /** Opens it, and gives the one iterator there is: its {@code hasNext} waits for rows. */
    @Override
    Iterator<Batch<T>> iterator();

    /** Opens it if need be, and waits for rows; empty if there were none in time, or it has ended. */
    Optional<Batch<T>> next(Duration timeout);

    /** A publisher for one subscriber, which opens it by subscribing. */
    Flow.Publisher<Batch<T>> asPublisher();

    /** Ends it, and a reader who waits. Batches delivered before can still be acknowledged. Does nothing the second time. */
    @Override
    void close();
}
