package io.github.hasura4j.spring.delivery;

import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Forgets what is old in small batches, on the thread of a delivery that has done its work: a store nobody uses costs no thread. */
final class Cleaner {

    private static final Logger log = LoggerFactory.getLogger(Cleaner.class);

    private final Deletion deletion;
    private final InboxSettings settings;
    private final InstantSource clock;
    private final AtomicReference<Instant> next;

    /** How a store forgets. */
    @FunctionalInterface
    interface Deletion {

        /** Deletes at most so many of what is older than a time, and says how many it were. */
        int before(Instant time, int limit);
    }

    Cleaner(Deletion deletion, InboxSettings settings, InstantSource clock) {
        this.deletion = deletion;
        this.settings = settings;
        this.clock = clock;
        this.next = new AtomicReference<>(clock.instant().plus(settings.cleanupInterval()));
    }

    /** Outside of any transaction; its failure is nobody's failure. */
    void cleanIfDue() {
        Instant now = clock.instant();
        Instant due = next.get();
        if (now.isBefore(due) || !next.compareAndSet(due, now.plus(settings.cleanupInterval()))) {
            return;
        }
        try {
            int deleted = deletion.before(now.minus(settings.retention()), settings.cleanupBatch());
            if (deleted == settings.cleanupBatch()) {
                next.set(now); // There is more: the next delivery goes on.
            }
        } catch (RuntimeException e) {
            log.warn("What is old in a store of deliveries could not be deleted", e);
        }
    }
}
