package io.github.hasura4j.client;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

import tools.jackson.databind.JsonNode;

/** A value of a cursor column that Java orders as Postgres does: a number, a date or a timestamp, whose text forms differ. */
record CursorPoint(BigDecimal number) implements Comparable<CursorPoint> {

    /**
     * Reads the value.
     *
     * @throws IllegalStateException if it is of another kind
     */
    static CursorPoint of(JsonNode value, String column) {
        if (value.isNumber()) {
            return new CursorPoint(value.decimalValue());
        }
        if (value.isString()) {
            String text = value.stringValue();
            try {
                return new CursorPoint(
                        text.indexOf(':') < 0 && text.lastIndexOf('-') <= 0 ? new BigDecimal(text) : seconds(text));
            } catch (NumberFormatException | DateTimeException e) {
                // Neither, and the value itself is nobody's business.
            }
        }
        throw new IllegalStateException(
                "The cursor column '%s' holds neither numbers nor dates nor timestamps, so key(…) and overlap(…) cannot be used with it. Follow a unique column without them."
                        .formatted(column));
    }

    private static BigDecimal seconds(String text) {
        OffsetDateTime time;
        if (text.length() == "2024-01-31".length()) {
            time = LocalDate.parse(text).atStartOfDay().atOffset(ZoneOffset.UTC);
        } else if (text.indexOf('+') > 0 || text.endsWith("Z") || text.lastIndexOf('-') > text.indexOf(':')) {
            time = OffsetDateTime.parse(text);
        } else {
            time = LocalDateTime.parse(text).atOffset(ZoneOffset.UTC);
        }
        return BigDecimal.valueOf(time.toEpochSecond()).add(BigDecimal.valueOf(time.getNano(), 9));
    }

    @Override
    public int compareTo(CursorPoint other) {
        return number.compareTo(other.number);
    }
}
