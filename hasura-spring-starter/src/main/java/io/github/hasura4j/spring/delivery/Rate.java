package io.github.hasura4j.spring.delivery;

import java.time.Duration;
import java.util.Locale;

import org.springframework.boot.convert.DurationStyle;

/**
 * So many calls in such a time.
 *
 * @param calls how many, at least one
 * @param per in which time
 */
public record Rate(long calls, Duration per) {

    /** @throws IllegalArgumentException if it lets nothing through, or is finer than a thousand calls in a millisecond */
    public Rate {
        if (calls < 1 || per.isNegative() || per.toMillis() < 1 || calls / per.toMillis() > 1000) {
            throw new IllegalArgumentException("%d calls in %s is no rate that can be kept".formatted(calls, per));
        }
    }

    /**
     * Reads {@code 100/min}, {@code 5/s}, {@code 2/h} or, with any time, {@code 30/10s}.
     *
     * @throws IllegalArgumentException if it is nothing like that
     */
    public static Rate of(String text) {
        String[] parts = text.strip().split("/", 2);
        try {
            if (parts.length == 2) {
                return new Rate(
                        Long.parseLong(parts[0].strip()), time(parts[1].strip().toLowerCase(Locale.ROOT)));
            }
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new IllegalArgumentException(explained(text), e);
        }
        throw new IllegalArgumentException(explained(text));
    }

    private static String explained(String text) {
        return "\"%s\" is no rate. Write it such as 100/min, 5/s or 30/10s".formatted(text);
    }

    private static Duration time(String unit) {
        return switch (unit) {
            case "s", "sec", "second" -> Duration.ofSeconds(1);
            case "m", "min", "minute" -> Duration.ofMinutes(1);
            case "h", "hour" -> Duration.ofHours(1);
            default -> DurationStyle.detectAndParse(unit);
        };
    }
}
