package io.github.hasura4j.test.spring;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

import io.github.hasura4j.spring.delivery.InboxKey;
import io.github.hasura4j.spring.delivery.InboxStore;
import org.jspecify.annotations.Nullable;

/**
 * The inbox of a slice: in memory and until the next test, but with transactions as the JDBC inbox has them, so that handlers run as
 * they do in production. A second delivery waits for the first one to end, as it does for its row there. Leases do not run out:
 * the simulator's time is not the clock's.
 */
final class SliceInboxStore implements InboxStore {

    private final SliceTransactions transactions;
    private final Map<InboxKey, Entry> entries = new HashMap<>();

    SliceInboxStore(SliceTransactions transactions) {
        this.transactions = transactions;
    }

    private record Entry(
            String token, boolean done, @Nullable String answer) {}

    @Override
    public boolean joinsTransactions() {
        return true;
    }

    @Override
    public synchronized Claim claim(InboxKey key, Duration lease) {
        boolean waiting = transactions.isRunning();
        Entry known = entries.get(key);
        while (known != null && !known.done()) {
            if (!waiting) {
                return new Claim.Held(Instant.now().plus(lease));
            }
            await();
            known = entries.get(key);
        }
        if (known != null) {
            return new Claim.Done(known.answer());
        }
        String token = UUID.randomUUID().toString();
        entries.put(key, new Entry(token, false, null));
        transactions.onFailure(() -> forget(key, token));
        return new Claim.Granted(token);
    }

    private void await() {
        try {
            wait();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while another delivery of the same event was handled", e);
        }
    }

    @Override
    public synchronized boolean complete(InboxKey key, Claim.Granted claim, @Nullable String answer) {
        boolean ours = holds(key, claim.token());
        if (ours) {
            entries.put(key, new Entry(claim.token(), true, answer));
            notifyAll();
        }
        return ours;
    }

    @Override
    public synchronized void release(InboxKey key, Claim.Granted claim) {
        Entry known = entries.get(key);
        if (known != null && !known.done()) {
            forget(key, claim.token());
        }
    }

    private synchronized void forget(InboxKey key, String token) {
        if (holds(key, token)) {
            entries.remove(key);
            notifyAll();
        }
    }

    private boolean holds(InboxKey key, String token) {
        Entry known = entries.get(key);
        return known != null && known.token().equals(token);
    }

    @Override
    public int deleteDoneBefore(Instant time, int limit) {
        return 0;
    }

    /** As before the first test. */
    synchronized void clear() {
        entries.clear();
        notifyAll();
    }
}
