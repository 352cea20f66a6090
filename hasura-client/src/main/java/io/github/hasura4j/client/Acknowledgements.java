package io.github.hasura4j.client;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/** Which batches are done with. The position that is saved is the one before the first batch that is not. */
final class Acknowledgements {

    private static final int MOST_WAITING = 1000;

    private final Consumer<Position> store;
    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Delivered> waiting = new ArrayDeque<>();

    Acknowledgements(Consumer<Position> store) {
        this.store = store;
    }

    private static final class Delivered {

        private final Position after;
        private boolean done;

        Delivered(Position after) {
            this.after = after;
        }
    }

    /**
     * Takes note of a batch, in the order of delivery.
     *
     * @return what acknowledges it
     * @throws IllegalStateException if too many wait
     */
    Runnable delivered(Position after) {
        Delivered batch = new Delivered(after);
        lock.lock();
        try {
            if (waiting.size() >= MOST_WAITING) {
                throw new IllegalStateException(
                        "%d batches were delivered and the first of them was never acknowledged: call ack() when a batch is done with."
                                .formatted(MOST_WAITING));
            }
            waiting.add(batch);
        } finally {
            lock.unlock();
        }
        return () -> acknowledge(batch);
    }

    private void acknowledge(Delivered batch) {
        lock.lock();
        try {
            if (batch.done) {
                return;
            }
            batch.done = true;
            Position last = null;
            int count = 0;
            for (Delivered each : waiting) {
                if (!each.done) {
                    break;
                }
                last = each.after;
                count++;
            }
            if (last != null) {
                save(batch, last);
                for (; count > 0; count--) {
                    waiting.remove();
                }
            }
        } finally {
            lock.unlock();
        }
    }

    private void save(Delivered batch, Position position) {
        try {
            store.accept(position);
        } catch (RuntimeException | Error e) {
            batch.done = false;
            throw e;
        }
    }
}
