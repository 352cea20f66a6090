package io.github.hasura4j.spring.delivery;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * Where {@link Idempotent} keeps its marks. A bean of this type replaces the ones that come along. Safe for many threads, and for
 * many instances unless it says otherwise.
 */
public interface InboxStore {

    /** Whether what is stored belongs to the transaction of the thread that stores it, as {@link Idempotent.Mode#TRANSACTION} needs. */
    boolean joinsTransactions();

    /**
     * Called inside of the transaction that is to hold the marks.
     *
     * @throws IllegalStateException if it is none of this store's, so that work and mark could come apart
     */
    default void requireTransaction() {}

    /** Claims a key, unless it is done or somebody holds it; a claim that is older than its lease may be taken over. */
    Claim claim(InboxKey key, Duration lease);

    /**
     * Turns a claim into a mark.
     *
     * @param answer what to give to repeats, or null for nothing
     * @return false if the claim had run out and was taken over
     */
    boolean complete(InboxKey key, Claim.Granted claim, @Nullable String answer);

    /** Gives a claim back, as if it had never been; nothing happens if it was taken over. */
    void release(InboxKey key, Claim.Granted claim);

    /**
     * Forgets marks.
     *
     * @param limit how many at most
     * @return how many there were
     */
    int deleteDoneBefore(Instant time, int limit);

    /** What became of an attempt to claim a key. */
    sealed interface Claim permits Claim.Granted, Claim.Held, Claim.Done {

        /**
         * The key is ours until the lease ends.
         *
         * @param token tells this claim from a later one
         */
        record Granted(String token) implements Claim {}

        /**
         * Somebody else has it.
         *
         * @param until when the lease ends
         */
        record Held(Instant until) implements Claim {}

        /**
         * It is done.
         *
         * @param answer what was recorded; null if nothing was
         */
        record Done(@Nullable String answer) implements Claim {

            /** Leaves the answer out. */
            @Override
            public String toString() {
                return "Done";
            }
        }
    }
}
