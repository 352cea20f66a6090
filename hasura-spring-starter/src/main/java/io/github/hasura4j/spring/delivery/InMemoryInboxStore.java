package io.github.hasura4j.spring.delivery;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * Keeps marks in memory: for one instance, and until it ends. Good against repeats in quick succession and for trying things out.
 * When it is full the oldest mark is forgotten; where everything is claimed, nothing more is.
 */
public final class InMemoryInboxStore implements InboxStore {

    private final InstantSource clock;
    private final int capacity;
    // In the order of marking: what is claimed again or done moves to the end.
    private final Map<InboxKey, Entry> entries = new LinkedHashMap<>();

    /** @param capacity how many claims and marks to keep */
    public InMemoryInboxStore(InstantSource clock, int capacity) {
        if (capacity < 1) {
            throw new IllegalArgumentException("An inbox of %d entries keeps nothing".formatted(capacity));
        }
        this.clock = clock;
        this.capacity = capacity;
    }

    private record Entry(
            String token,
            Instant time,
            boolean done,
            @Nullable String answer) {}

    /** Forgets everything, as between two tests. */
    public synchronized void clear() {
        entries.clear();
    }

    @Override
    public boolean joinsTransactions() {
        return false;
    }

    @Override
    public synchronized Claim claim(InboxKey key, Duration lease) {
        Instant now = clock.instant();
        Entry known = entries.get(key);
        if (known != null && known.done()) {
            return new Claim.Done(known.answer());
        }
        if (known != null && known.time().isAfter(now)) {
            return new Claim.Held(known.time());
        }
        entries.remove(key);
        if (entries.size() >= capacity && !forgetOne(now)) {
            return new Claim.Held(now.plus(lease));
        }
        String token = UUID.randomUUID().toString();
        entries.put(key, new Entry(token, now.plus(lease), false, null));
        return new Claim.Granted(token);
    }

    private boolean forgetOne(Instant now) {
        for (Iterator<Entry> each = entries.values().iterator(); each.hasNext(); ) {
            Entry entry = each.next();
            if (entry.done() || !entry.time().isAfter(now)) {
                each.remove();
                return true;
            }
        }
        return false;
    }

    @Override
    public synchronized boolean complete(InboxKey key, Claim.Granted claim, @Nullable String answer) {
        if (!holds(key, claim)) {
            return false;
        }
        entries.remove(key);
        entries.put(key, new Entry(claim.token(), clock.instant(), true, answer));
        return true;
    }

    @Override
    public synchronized void release(InboxKey key, Claim.Granted claim) {
        if (holds(key, claim)) {
            entries.remove(key);
        }
    }

    private boolean holds(InboxKey key, Claim.Granted claim) {
        Entry known = entries.get(key);
        return known != null && !known.done() && known.token().equals(claim.token());
    }

    @Override
    public synchronized int deleteDoneBefore(Instant time, int limit) {
        int deleted = 0;
        for (Iterator<Entry> each = entries.values().iterator(); each.hasNext() && deleted < limit; ) {
            Entry entry = each.next();
            if (entry.done() && entry.time().isBefore(time)) {
                each.remove();
                deleted++;
            }
        }
        return deleted;
    }
}
