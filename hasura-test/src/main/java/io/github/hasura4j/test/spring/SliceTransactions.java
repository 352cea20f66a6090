package io.github.hasura4j.test.spring;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Callable;

import io.github.hasura4j.spring.AdvisedHandler;
import io.github.hasura4j.spring.delivery.HandlerTransactions;
import org.jspecify.annotations.Nullable;

/** Transactions of a slice, which has no database: what is thrown takes back the marks that were made inside, and nothing else. */
final class SliceTransactions implements HandlerTransactions {

    private final ThreadLocal<@Nullable Deque<Runnable>> running = new ThreadLocal<>();

    /** Nothing to join. */
    @Override
    public void requireJoining(AdvisedHandler handler) {}

    @Override
    public <T extends @Nullable Object> T run(Callable<T> work) throws Exception {
        if (isRunning()) {
            return work.call();
        }
        Deque<Runnable> compensations = new ArrayDeque<>();
        running.set(compensations);
        try {
            return work.call();
        } catch (Throwable e) {
            compensations.forEach(Runnable::run);
            throw e;
        } finally {
            running.remove();
        }
    }

    /** Whether this thread is inside of one. */
    boolean isRunning() {
        return running.get() != null;
    }

    /** What to do should the transaction of this thread fail; the last one first. */
    void onFailure(Runnable compensation) {
        Deque<Runnable> compensations = running.get();
        if (compensations != null) {
            compensations.push(compensation);
        }
    }
}
