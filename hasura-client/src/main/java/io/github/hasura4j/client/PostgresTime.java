package io.github.hasura4j.client;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Reads the forms of Postgres that ISO 8601 does not know: a space for the {@code T}, offsets of hours only, years beyond 9999 and
 * before Christ, midnight at the end of a day, and the ends of time, for which {@code MAX} and {@code MIN} stand as in the driver.
 */
final class PostgresTime {

    private static final String DATE = "(?<year>\\d{4,9})-(?<month>\\d\\d)-(?<day>\\d\\d)";
    private static final String TIME = "(?<time>\\d\\d:\\d\\d(?::\\d\\d(?:\\.\\d{1,9})?)?)";
    private static final String OFFSET = "(?: ?(?<offset>Z|[+-]\\d\\d(?::?\\d\\d(?::?\\d\\d)?)?))?";
    private static final Pattern MOMENT = Pattern.compile(DATE + "(?:[T ]" + TIME + OFFSET + ")?(?<bc> BC)?");
    private static final Pattern OF_DAY = Pattern.compile(TIME + OFFSET);
    private static final int LONGEST = 64;

    private static final Map<Class<?>, Object> LAST = Map.of(
            OffsetDateTime.class, OffsetDateTime.MAX,
            LocalDateTime.class, LocalDateTime.MAX,
            LocalDate.class, LocalDate.MAX,
            Instant.class, Instant.MAX);
    private static final Map<Class<?>, Object> FIRST = Map.of(
            OffsetDateTime.class, OffsetDateTime.MIN,
            LocalDateTime.class, LocalDateTime.MIN,
            LocalDate.class, LocalDate.MIN,
            Instant.class, Instant.MIN);

    private PostgresTime() {}

    static boolean hasInfinity(Class<?> type) {
        return LAST.containsKey(type);
    }

    /** What Postgres calls this end of time; null for any other time. */
    static @Nullable String infinity(Object time) {
        return time.equals(LAST.get(time.getClass()))
                ? "infinity"
                : time.equals(FIRST.get(time.getClass())) ? "-infinity" : null;
    }

    /**
     * The text as this type of {@code java.time}, or null if it is none.
     *
     * @param zone where to move times with an offset; null leaves them where they are
     */
    static @Nullable Object read(String text, Class<?> type, @Nullable ZoneId zone) {
        if (text.length() > LONGEST) {
            return null;
        }
        try {
            if (text.equals("infinity")) {
                return LAST.get(type);
            }
            if (text.equals("-infinity")) {
                return FIRST.get(type);
            }
            return type == LocalTime.class || type == OffsetTime.class
                    ? timeOfDay(text, type)
                    : moment(text, type, zone);
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static @Nullable Object timeOfDay(String text, Class<?> type) {
        Matcher matcher = OF_DAY.matcher(text);
        if (!matcher.matches()) {
            return null;
        }
        LocalTime time = time(matcher.group("time"));
        String offset = matcher.group("offset");
        if (type == LocalTime.class) {
            return offset == null ? time : null;
        }
        return offset == null ? null : time.atOffset(ZoneOffset.of(offset));
    }

    private static @Nullable Object moment(String text, Class<?> type, @Nullable ZoneId zone) {
        Matcher matcher = MOMENT.matcher(text);
        if (!matcher.matches()) {
            return null;
        }
        int year = Integer.parseInt(matcher.group("year"));
        LocalDate date = LocalDate.of(
                matcher.group("bc") == null ? year : 1 - year,
                Integer.parseInt(matcher.group("month")),
                Integer.parseInt(matcher.group("day")));
        String time = matcher.group("time");
        if (type == LocalDate.class || time == null) {
            return type == LocalDate.class && time == null ? date : null;
        }
        LocalDateTime local = date.atTime(time(time));
        String offset = matcher.group("offset");
        if (type == LocalDateTime.class || offset == null) {
            return type == LocalDateTime.class && offset == null ? local : null;
        }
        OffsetDateTime moment = local.atOffset(ZoneOffset.of(offset));
        if (type == Instant.class) {
            return moment.toInstant();
        }
        ZonedDateTime zoned = zone == null ? moment.toZonedDateTime() : moment.atZoneSameInstant(zone);
        return type == OffsetDateTime.class ? zoned.toOffsetDateTime() : type == ZonedDateTime.class ? zoned : null;
    }

    private static LocalTime time(String text) {
        return text.startsWith("24:00") ? LocalTime.MAX : LocalTime.parse(text);
    }
}
