package io.github.hasura4j.spring.delivery;

import java.time.Duration;

import io.github.hasura4j.spring.AdvisedHandler;
import io.github.hasura4j.spring.dispatch.InvalidHandlerException;
import org.springframework.boot.convert.DurationStyle;

/** Times in annotations. */
final class Durations {

    private Durations() {}

    /** @throws InvalidHandlerException if it is no time of a second or more */
    static Duration of(AdvisedHandler handler, String what, String text) {
        Duration duration;
        try {
            duration = DurationStyle.detectAndParse(text);
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new InvalidHandlerException(
                    "%s says %s = \"%s\", which is no time. Write it such as 30s, 5m or PT1H"
                            .formatted(handler, what, text),
                    e);
        }
        if (duration.toSeconds() < 1) {
            throw new InvalidHandlerException(
                    "%s says %s = \"%s\", but a second is the least".formatted(handler, what, text));
        }
        return duration;
    }
}
