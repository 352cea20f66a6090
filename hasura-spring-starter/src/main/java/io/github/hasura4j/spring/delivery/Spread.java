package io.github.hasura4j.spring.delivery;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** Times with some chance in them, so that what failed together does not come again together. */
final class Spread {

    private static final int LONGEST_PUSH_BACK = 5;

    private final RandomGenerator random;

    Spread(RandomGenerator random) {
        this.random = random;
    }

    /** A quarter shorter to a quarter longer. */
    Duration around(Duration nominal) {
        return Duration.ofMillis((long) (nominal.toMillis() * (0.75 + 0.5 * random.nextDouble())));
    }

    /** A time after this one, so that all that come are spread over another. */
    Duration beyond(Duration closed, Duration over) {
        return closed.plusSeconds(random.nextLong(over.toSeconds()));
    }

    /** A short time, for deliveries that came too early. */
    PushedBackException pushBack() {
        return new PushedBackException(Duration.ofSeconds(1 + random.nextInt(LONGEST_PUSH_BACK)), null);
    }
}
