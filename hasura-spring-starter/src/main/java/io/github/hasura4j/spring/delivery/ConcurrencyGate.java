package io.github.hasura4j.spring.delivery;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** So many calls at once; those that wait go in their order. */
final class ConcurrencyGate implements Gate {

    private final Semaphore places;

    ConcurrencyGate(int calls) {
        this.places = new Semaphore(calls, true);
    }

    @Override
    public long tryEnter() {
        return places.tryAcquire() ? 0 : 1;
    }

    @Override
    public boolean enter(long nanos) throws InterruptedException {
        return places.tryAcquire(nanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public void leave() {
        places.release();
    }

    @Override
    public void giveBack() {
        places.release();
    }
}
