package io.github.hasura4j.spring.delivery;

import java.time.Duration;
import java.util.List;

/** What {@link Retry} says, checked. */
record RetryRules(
        Duration first,
        Duration max,
        int attempts,
        List<Class<? extends Throwable>> giveUpOn,
        List<Class<? extends Throwable>> retryOn) {

    /** The time from this attempt to the next one, before chance. */
    Duration after(int attempt) {
        Duration delay = first;
        for (int i = 1; i < attempt && delay.compareTo(max) < 0; i++) {
            delay = delay.multipliedBy(2);
        }
        return capped(delay);
    }

    Duration capped(Duration delay) {
        return delay.compareTo(max) > 0 ? max : delay;
    }

    /** Which attempt it must be after so much time; never more than one above the limit. */
    int attemptAfter(Duration elapsed) {
        int attempt = 1;
        Duration sum = after(1);
        while (attempt <= attempts && sum.compareTo(elapsed) <= 0) {
            attempt++;
            sum = sum.plus(after(attempt));
        }
        return attempt;
    }

    boolean mayHelp(Throwable thrown) {
        int permanent = nearest(thrown, giveUpOn);
        int transientOne = nearest(thrown, retryOn);
        return retryOn.isEmpty() ? permanent == Integer.MAX_VALUE : transientOne < permanent;
    }

    /** How many classes above the thrown one the nearest of these stands. */
    private static int nearest(Throwable thrown, List<Class<? extends Throwable>> types) {
        int distance = 0;
        for (Class<?> type = thrown.getClass(); type != Object.class; type = type.getSuperclass()) {
            if (types.contains(type)) {
                return distance;
            }
            distance++;
        }
        return Integer.MAX_VALUE;
    }
}
