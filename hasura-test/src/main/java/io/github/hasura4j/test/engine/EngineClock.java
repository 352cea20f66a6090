package io.github.hasura4j.test.engine;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.concurrent.atomic.AtomicReference;

/** Another clock, and how far a test has moved on from it. */
public final class EngineClock extends Clock {

    private final Clock base;
    private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);

    public EngineClock(Clock base) {
        this.base = base;
    }

    /**
     * Moves on.
     *
     * @throws IllegalArgumentException if it would go back, since what has been delivered stays so
     */
    public void advance(Duration by) {
        if (by.isNegative()) {
            throw new IllegalArgumentException("The engine's clock cannot go back by " + by.negated());
        }
        ahead.updateAndGet(by::plus);
    }

    /** Goes back to the other clock; nobody may remember what was due by then. Whether it was ahead. */
    public boolean reset() {
        return !ahead.getAndSet(Duration.ZERO).isZero();
    }

    @Override
    public Instant instant() {
        return base.instant().plus(ahead.get());
    }

    @Override
    public ZoneId getZone() {
        return base.getZone();
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return Clock.offset(base.withZone(zone), ahead.get());
    }
}
