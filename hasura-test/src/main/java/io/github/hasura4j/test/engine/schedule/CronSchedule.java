package io.github.hasura4j.test.engine.schedule;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.BitSet;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/** A cron expression of five fields, in UTC: minute, hour, day of the month, month, day of the week. */
final class CronSchedule {

    private static final Pattern PART = Pattern.compile("(\\*|([0-9]{1,2})(?:-([0-9]{1,2}))?)(?:/([0-9]{1,3}))?");
    private static final Map<String, String> SHORTHANDS = Map.of(
            "@yearly", "0 0 1 1 *",
            "@annually", "0 0 1 1 *",
            "@monthly", "0 0 1 * *",
            "@weekly", "0 0 * * 0",
            "@daily", "0 0 * * *",
            "@hourly", "0 * * * *");
    private static final int FAR_AWAY_IN_YEARS = 8;

    private final BitSet minutes;
    private final BitSet hours;
    private final BitSet days;
    private final BitSet months;
    private final BitSet weekdays;
    private final boolean eitherDay;

    private CronSchedule(String[] fields) {
        minutes = field(fields[0], 0, 59);
        hours = field(fields[1], 0, 23);
        days = field(fields[2], 1, 31);
        months = field(fields[3], 1, 12);
        weekdays = field(fields[4], 0, 7);
        if (weekdays.get(7)) {
            weekdays.set(0);
        }
        // As ever with cron: of two restricted days either will do.
        eitherDay = !fields[2].startsWith("*") && !fields[4].startsWith("*");
    }

    /**
     * Reads an expression.
     *
     * @throws IllegalArgumentException if it is none, or never comes true
     */
    static CronSchedule parse(String expression) {
        String text = SHORTHANDS.getOrDefault(expression.strip(), expression.strip());
        String[] fields = text.split("\\s+");
        if (fields.length != 5) {
            throw new IllegalArgumentException("cron expression '" + expression + "' does not have five fields");
        }
        CronSchedule schedule = new CronSchedule(fields);
        if (schedule.next(Instant.EPOCH) == null) {
            throw new IllegalArgumentException("cron expression '" + expression + "' never comes true");
        }
        return schedule;
    }

    private static BitSet field(String field, int first, int last) {
        BitSet values = new BitSet();
        for (String part : field.split(",", -1)) {
            Matcher matcher = PART.matcher(part);
            if (!matcher.matches()) {
                throw new IllegalArgumentException("'" + part + "' is not a part of a cron expression");
            }
            String from = matcher.group(2);
            String to = matcher.group(3);
            String step = matcher.group(4);
            int begin = from == null ? first : Integer.parseInt(from);
            int end = to != null ? Integer.parseInt(to) : from == null || step != null ? last : begin;
            int by = step == null ? 1 : Integer.parseInt(step);
            if (begin < first || end > last || begin > end || by == 0) {
                throw new IllegalArgumentException(
                        "'%s' of a cron expression is not within %d and %d".formatted(part, first, last));
            }
            for (int value = begin; value <= end; value += by) {
                values.set(value);
            }
        }
        return values;
    }

    /** The first moment after another; null if there is none for years. */
    @Nullable
    Instant next(Instant after) {
        LocalDateTime time = LocalDateTime.ofInstant(after, ZoneOffset.UTC)
                .truncatedTo(ChronoUnit.MINUTES)
                .plusMinutes(1);
        LocalDateTime end = time.plusYears(FAR_AWAY_IN_YEARS);
        while (time.isBefore(end)) {
            if (!months.get(time.getMonthValue())) {
                time = time.truncatedTo(ChronoUnit.DAYS).withDayOfMonth(1).plusMonths(1);
            } else if (!onDay(time)) {
                time = time.truncatedTo(ChronoUnit.DAYS).plusDays(1);
            } else if (!hours.get(time.getHour())) {
                time = time.truncatedTo(ChronoUnit.HOURS).plusHours(1);
            } else if (!minutes.get(time.getMinute())) {
                time = time.plusMinutes(1);
            } else {
                return time.toInstant(ZoneOffset.UTC);
            }
        }
        return null;
    }

    private boolean onDay(LocalDateTime time) {
        boolean month = days.get(time.getDayOfMonth());
        boolean week = weekdays.get(time.getDayOfWeek().getValue() % 7);
        return eitherDay ? month || week : month && week;
    }
}
