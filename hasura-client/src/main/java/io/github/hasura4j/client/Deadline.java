package io.github.hasura4j.client;

import java.time.Duration;

/** Until when a call has to be over, all its attempts together. */
record Deadline(Duration whole, long startedAt) {

    static Deadline in(Duration whole) {
        return new Deadline(whole, System.nanoTime());
    }

    /** At least one, so that waiting for what is there already still finds it. */
    long remainingNanos() {
        return Math.max(1, whole.toNanos() - (System.nanoTime() - startedAt));
    }

    boolean leavesRoomFor(Duration delay) {
        return delay.compareTo(Duration.ofNanos(remainingNanos())) < 0;
    }
}
