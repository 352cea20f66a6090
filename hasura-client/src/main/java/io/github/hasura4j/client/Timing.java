package io.github.hasura4j.client;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** Time and chance, for tests to replace. */
interface Timing {

    long nanoTime();

    Instant now();

    /** From 0 to less than 1. */
    double random();

    /**
     * Runs a task later, on a thread that must not be kept busy.
     *
     * @return what to run if the task is no longer wanted; nothing is kept of it then
     */
    Runnable after(Duration delay, Runnable task);

    /** The system's, with a daemon thread that is there only while something is scheduled, and a second longer. */
    static Timing system() {
        ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "hasura-subscriptions-timer");
            thread.setDaemon(true);
            return thread;
        });
        timer.setKeepAliveTime(1, TimeUnit.SECONDS);
        timer.allowCoreThreadTimeOut(true);
        timer.setRemoveOnCancelPolicy(true);
        return new Timing() {
            @Override
            public long nanoTime() {
                return System.nanoTime();
            }

            @Override
            public Instant now() {
                return Instant.now();
            }

            @Override
            public double random() {
                return ThreadLocalRandom.current().nextDouble();
            }

            @Override
            public Runnable after(Duration delay, Runnable task) {
                Future<?> scheduled = timer.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
                return () -> scheduled.cancel(false);
            }
        };
    }
}
