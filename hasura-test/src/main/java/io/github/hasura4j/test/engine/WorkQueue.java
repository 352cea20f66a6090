package io.github.hasura4j.test.engine;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import io.github.hasura4j.test.LocalHasuraException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Work that waits in a table of the database: looked for at intervals, or when somebody asks, and done by several threads.
 *
 * @param <T> a piece of work
 */
public final class WorkQueue<T> implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(WorkQueue.class);

    /** Takes from the table what is due, so that nobody else takes it. */
    public interface Fetch<T> {
        List<T> due() throws SQLException;
    }

    /** Does one piece, and records what became of it. */
    public interface Work<T> {
        void on(T piece) throws SQLException;
    }

    private final String name;
    private final Fetch<T> fetch;
    private final Work<T> work;
    private final Semaphore free;
    private final ScheduledExecutorService timer;
    private final ExecutorService workers;
    private final Object rounds = new Object();
    private volatile boolean paused;
    private int underWay;
    private long taken;

    /**
     * @param name what the work is, for threads and messages
     * @param parallel how many pieces may be under way at a time
     */
    public WorkQueue(String name, int parallel, Fetch<T> fetch, Work<T> work) {
        this.name = name;
        this.fetch = fetch;
        this.work = work;
        this.free = new Semaphore(parallel);
        this.timer = Executors.newSingleThreadScheduledExecutor(task -> daemon(task, "local-hasura-" + name));
        this.workers = Executors.newCachedThreadPool(task -> daemon(task, "local-hasura-" + name + "-worker"));
    }

    /** Looks for work now and again after each interval; never by itself if the interval is zero, as in the real engine. */
    public void start(Duration interval) {
        if (!interval.isZero()) {
            long nanos = Math.max(TimeUnit.MILLISECONDS.toNanos(1), interval.toNanos());
            timer.scheduleWithFixedDelay(this::roundOfTheTimer, 0, nanos, TimeUnit.NANOSECONDS);
        }
    }

    private void roundOfTheTimer() {
        try {
            round();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (SQLException | RuntimeException e) {
            if (!timer.isShutdown()) {
                LOG.warn("Cannot look for {}; trying again after the interval", name, e);
            }
        }
    }

    /** Takes no more work until {@link #resume}, and waits for what is under way; false if it is too late. */
    boolean pause(long deadline) throws InterruptedException {
        paused = true;
        synchronized (rounds) {
            // A round that had begun has handed out what it found.
            return awaitNothingUnderWay(deadline);
        }
    }

    void resume() {
        paused = false;
    }

    /** Looks for work once and hands it out, unless there is a pause. */
    void round() throws SQLException, InterruptedException {
        // One round at a time: what another round has fetched already counts as under way when this one looks.
        synchronized (rounds) {
            List<T> due = paused ? List.of() : fetch.due();
            take(due.size());
            for (int i = 0; i < due.size(); i++) {
                T piece = due.get(i);
                try {
                    free.acquire();
                    workers.execute(() -> run(piece));
                } catch (InterruptedException | RuntimeException e) {
                    count(i - due.size());
                    throw e;
                }
            }
        }
    }

    private void run(T piece) {
        try {
            work.on(piece);
        } catch (SQLException | RuntimeException e) {
            if (!timer.isShutdown()) {
                LOG.warn("Cannot record what became of a piece of {}", name, e);
            }
        } finally {
            free.release();
            count(-1);
        }
    }

    private synchronized void take(int pieces) {
        taken += pieces;
        underWay += pieces;
    }

    /** How many pieces it has found so far. */
    synchronized long taken() {
        return taken;
    }

    private synchronized void count(int more) {
        underWay += more;
        notifyAll();
    }

    /** Waits until nothing is under way, at the latest until a moment of {@link System#nanoTime()}; false if it is too late. */
    synchronized boolean awaitNothingUnderWay(long deadline) throws InterruptedException {
        while (underWay > 0) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                return false;
            }
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
        return true;
    }

    /**
     * Does something while nothing of this is under way, and nobody looks for more.
     *
     * @throws LocalHasuraException if something is still under way at that moment of {@link System#nanoTime()}
     */
    void whileIdle(long deadline, Runnable what) throws InterruptedException {
        synchronized (rounds) {
            if (!awaitNothingUnderWay(deadline)) {
                throw new LocalHasuraException(
                        "A handler has not answered yet (%s), so the data cannot be cleaned".formatted(name), null);
            }
            what.run();
        }
    }

    /** Stops looking, and waits a moment for what is under way before it is interrupted. */
    @Override
    public void close() {
        timer.shutdownNow();
        try {
            timer.awaitTermination(5, TimeUnit.SECONDS);
            workers.shutdown();
            if (!workers.awaitTermination(2, TimeUnit.SECONDS)) {
                workers.shutdownNow();
                workers.awaitTermination(2, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            workers.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public String toString() {
        return name;
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }
}
