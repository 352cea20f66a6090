package io.github.hasura4j.client;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for what another thread does; fails after ten seconds. */
final class Await {

    static final Duration LONG = Duration.ofSeconds(10);

    private Await() {}

    static void until(BooleanSupplier condition, Supplier<String> otherwise) {
        long end = System.nanoTime() + LONG.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("Waited " + LONG + " in vain: " + otherwise.get());
            }
            LockSupport.parkNanos(500_000);
        }
    }
}
