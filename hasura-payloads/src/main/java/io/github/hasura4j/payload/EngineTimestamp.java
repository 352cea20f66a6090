package io.github.hasura4j.payload;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.TemporalAccessor;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import jakarta.validation.constraints.NotBlank;

/**
 * A point in time as the engine wrote it, with or without a zone ({@code webhooks.md} 2.2).
 *
 * <p>Engines up to 2.25 end an event's {@code created_at} with {@code Z}; later ones send the wall clock of the database
 * session, without any zone. The text is kept as it came; which zone to assume where there is none is for the reader to say.
 *
 * @param text the engine's own text, such as {@code 2023-06-06T17:58:29.957389}
 */
public record EngineTimestamp(@JsonValue @NotBlank String text) {

    private static final DateTimeFormatter FORMAT = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE)
            .appendPattern("['T'][' ']")
            .append(DateTimeFormatter.ISO_LOCAL_TIME)
            .optionalStart()
            .appendOffset("+HH:mm:ss", "Z")
            .optionalEnd()
            .optionalStart()
            .appendOffset("+HH", "Z")
            .optionalEnd()
            .toFormatter(java.util.Locale.ROOT);

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public EngineTimestamp {
        Required.field(text, "text", "timestamp");
    }

    /** Whether the text says its own zone. */
    public boolean hasZone() {
        return parse() instanceof OffsetDateTime;
    }

    /**
     * The moment, with UTC for a text without zone: right for databases whose sessions run in UTC, which is the common case.
     *
     * @throws java.time.format.DateTimeParseException if the text is not a timestamp
     */
    public Instant toInstant() {
        return toInstant(ZoneOffset.UTC);
    }

    /**
     * The moment, with the given zone for a text without one.
     *
     * @param assumed the zone of the database's sessions
     * @throws java.time.format.DateTimeParseException if the text is not a timestamp
     */
    public Instant toInstant(ZoneId assumed) {
        TemporalAccessor parsed = parse();
        return parsed instanceof OffsetDateTime withZone
                ? withZone.toInstant()
                : ((LocalDateTime) parsed).atZone(assumed).toInstant();
    }

    private TemporalAccessor parse() {
        return FORMAT.parseBest(text, OffsetDateTime::from, LocalDateTime::from);
    }

    @Override
    public String toString() {
        return text;
    }
}
