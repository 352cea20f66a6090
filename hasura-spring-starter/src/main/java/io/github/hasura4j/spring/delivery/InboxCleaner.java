package io.github.hasura4j.spring.delivery;

import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Forgets old marks in small batches, on the thread of a delivery that has done its work: an inbox nobody uses costs no thread. */
final class InboxCleaner {

    private static final Logger log = LoggerFactory.getLogger(InboxCleaner.class);

    private final InboxStore store;
    private final InboxSettings settings;
    private final InstantSource clock;
    private final AtomicReference<Instant> next;

    InboxCleaner(InboxStore store, InboxSettings settings, InstantSource clock) {
        this.store = store;
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
            int deleted = store.deleteDoneBefore(now.minus(settings.retention()), settings.cleanupBatch());
            if (deleted == settings.cleanupBatch()) {
                next.set(now); // There is more: the next delivery goes on.
            }
        } catch (RuntimeException e) {
            log.warn("Old marks of the inbox could not be deleted", e);
        }
    }
}
