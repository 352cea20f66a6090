package io.github.hasura4j.test.engine;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

import io.github.hasura4j.test.LocalHasuraException;

/** All that the engine does by itself, for tests that want it done now or want to know that it is done. */
public final class WorkQueues {

    private final List<WorkQueue<?>> queues;

    public WorkQueues(List<WorkQueue<?>> queues) {
        this.queues = List.copyOf(queues);
    }

    /**
     * Does what is due and waits for it.
     *
     * @throws LocalHasuraException if it takes too long, or the database fails
     */
    public void doDue(Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        for (WorkQueue<?> queue : queues) {
            round(queue);
        }
        await(deadline, limit);
    }

    /**
     * Does what is due, and what that makes due, until there is no more.
     *
     * @throws LocalHasuraException if it takes too long, or the database fails
     */
    public void awaitIdle(Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        long before;
        do {
            if (System.nanoTime() > deadline) {
                throw new LocalHasuraException(
                        "The local engine still finds work after %s. Does a handler cause events of its own kind?"
                                .formatted(limit),
                        null);
            }
            // Idle is when, with nothing under way, nobody finds anything: neither these rounds nor those of the
            // timers.
            before = taken();
            await(deadline, limit);
            for (WorkQueue<?> queue : queues) {
                round(queue);
            }
        } while (taken() != before);
    }

    /**
     * Does something while nothing is under way, and nobody looks for more.
     *
     * @throws LocalHasuraException if handlers do not answer in time
     */
    public void whileIdle(Duration limit, Runnable what) {
        whileIdle(0, System.nanoTime() + limit.toNanos(), what);
    }

    private void whileIdle(int from, long deadline, Runnable what) {
        if (from == queues.size()) {
            what.run();
            return;
        }
        try {
            queues.get(from).whileIdle(deadline, () -> whileIdle(from + 1, deadline, what));
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /** Takes no more work until {@link #resume}, and waits for what is under way, but not for ever. */
    public void pause(Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        try {
            for (WorkQueue<?> queue : queues) {
                queue.pause(deadline);
            }
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /** Works on. */
    public void resume() {
        queues.forEach(WorkQueue::resume);
    }

    private long taken() {
        return queues.stream().mapToLong(WorkQueue::taken).sum();
    }

    private static void round(WorkQueue<?> queue) {
        try {
            queue.round();
        } catch (SQLException e) {
            throw new LocalHasuraException("Cannot look for " + queue + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private void await(long deadline, Duration limit) {
        for (WorkQueue<?> queue : queues) {
            try {
                if (!queue.awaitNothingUnderWay(deadline)) {
                    throw new LocalHasuraException(
                            "The local engine still waits for handlers (%s) after %s: one of them does not answer"
                                    .formatted(queue, limit),
                            null);
                }
            } catch (InterruptedException e) {
                throw interrupted(e);
            }
        }
    }

    private static LocalHasuraException interrupted(InterruptedException cause) {
        Thread.currentThread().interrupt();
        return new LocalHasuraException("Interrupted while the local engine was at work", cause);
    }
}
