package io.github.hasura4j.client.metadata;

import java.util.concurrent.ThreadLocalRandom;

/** How long to wait before beginning anew, so that those who were in each other's way do not meet again. */
interface Pause {

    void after(int attempt) throws InterruptedException;

    /** Anything between nothing and a time that doubles with every attempt, up to a second. */
    static Pause growing() {
        return attempt -> Thread.sleep(ThreadLocalRandom.current().nextLong(longest(attempt) + 1));
    }

    static long longest(int attempt) {
        return Math.min(1000, 25L << Math.min(attempt, 10));
    }
}
