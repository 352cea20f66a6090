package io.github.hasura4j.client;

import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;

/**
 * Ends what takes too long. A timer for each would wake the JDK's timer thread with nearly every call, only to be taken back; here
 * one look at the earliest deadline serves all calls that were made before it.
 */
final class Patience {

    private final Set<Wait> waits = ConcurrentHashMap.newKeySet();
    /** When somebody looks next, by {@link System#nanoTime}; null for never. Compared by identity. */
    private final AtomicReference<@Nullable Long> nextLook = new AtomicReference<>();

    private record Wait(CompletableFuture<?> result, Long until, Executor executor) {

        void end() {
            try {
                executor.execute(() -> result.completeExceptionally(new TimeoutException()));
            } catch (RejectedExecutionException e) { // It was shut down, by whoever owns it.
                result.completeExceptionally(new TimeoutException());
            }
        }
    }

    /**
     * Fails a result with a {@link TimeoutException} unless it is there by the deadline.
     *
     * @param executor where that is told: {@code Runnable::run} only where nobody's code hangs on it, since it is the JDK's timer thread
     */
    void limit(CompletableFuture<?> result, Deadline deadline, Executor executor) {
        Long until = System.nanoTime() + deadline.remainingNanos();
        Wait wait = new Wait(result, until, executor);
        waits.add(wait);
        result.whenComplete((value, failure) -> waits.remove(wait));
        lookAt(until);
    }

    private void lookAt(Long until) {
        for (Long next = nextLook.get(); next == null || until - next < 0; next = nextLook.get()) {
            if (nextLook.compareAndSet(next, until)) {
                // In the JDK's only timer thread, which must not wait for anybody; the look itself is short.
                CompletableFuture.delayedExecutor(until - System.nanoTime(), TimeUnit.NANOSECONDS, Runnable::run)
                        .execute(() -> look(until));
                return;
            }
        }
    }

    /** An earlier look may have taken over since; then this one comes in addition. */
    private void look(Long planned) {
        nextLook.compareAndSet(planned, null);
        long now = System.nanoTime();
        Long next = null;
        for (Wait each : waits) {
            if (each.until() - now <= 0) {
                each.end();
            } else if (next == null || each.until() - next < 0) {
                next = each.until();
            }
        }
        if (next != null) {
            lookAt(next);
        }
    }
}
