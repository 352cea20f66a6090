package io.github.hasura4j.client;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
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

    /** The system's; its timer is the one thread that the JDK has for all timeouts of futures. */
    static Timing system() {
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
                CompletableFuture<Boolean> due = new CompletableFuture<>();
                due.thenAccept(run -> {
                    if (run) {
                        task.run();
                    }
                });
                due.completeOnTimeout(true, delay.toNanos(), TimeUnit.NANOSECONDS);
                return () -> due.complete(false);
            }
        };
    }
}
