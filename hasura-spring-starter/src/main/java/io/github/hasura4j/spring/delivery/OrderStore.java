package io.github.hasura4j.spring.delivery;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/** Where {@link KeepOrder} keeps whose turn it is and who was last. A bean of this type replaces the ones that come along. */
public interface OrderStore {

    /** Whether turns are held by the transaction of the thread that takes them. */
    boolean joinsTransactions();

    /** Makes a key known, outside of any transaction and before {@link #take}. */
    void prepare(InboxKey key);

    /** Takes the turn of a key without waiting, or answers null if somebody has it. */
    @Nullable
    Turn take(InboxKey key);

    /**
     * Forgets keys that nobody has used for long, outside of any transaction.
     *
     * @param time those used since are kept; a store may go by when a key was made
     * @param limit how many at most
     * @return how many
     */
    default int deleteUnusedSince(Instant time, int limit) {
        return 0;
    }

    /** The turn of a key, until it is closed or the transaction it was taken in ends. */
    interface Turn extends AutoCloseable {

        /** The last event that was handled, or null if there was none. */
        @Nullable
        Position last();

        /** Sets the last event handled. */
        void handled(Position position);

        @Override
        void close();
    }

    /**
     * Where an event stands among those of its key.
     *
     * @param createdAt when it was made
     * @param id the event's id, which decides between events of one moment
     */
    record Position(Instant createdAt, String id) implements Comparable<Position> {

        @Override
        public int compareTo(Position other) {
            int byTime = createdAt.compareTo(other.createdAt);
            return byTime != 0 ? byTime : id.compareTo(other.id);
        }
    }
}
