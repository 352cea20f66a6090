package io.github.hasura4j.client;

import java.net.http.HttpHeaders;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;

import org.jspecify.annotations.Nullable;

/** Reads {@code Retry-After}: seconds, or a date. */
final class RetryAfter {

    private static final int LONGEST = 9; // digits: some thirty years

    private RetryAfter() {}

    static @Nullable Duration of(HttpHeaders headers) {
        String text = headers.firstValue("Retry-After").orElse("").strip();
        if (text.isEmpty()) {
            return null;
        }
        if (text.length() <= LONGEST && text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return Duration.ofSeconds(Long.parseLong(text));
        }
        try {
            Instant when = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            Duration from = Duration.between(Instant.now(), when);
            return from.isNegative() ? Duration.ZERO : from;
        } catch (DateTimeException e) {
            return null; // Nobody can act on it.
        }
    }
}
