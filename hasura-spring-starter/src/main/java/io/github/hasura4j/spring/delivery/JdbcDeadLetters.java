package io.github.hasura4j.spring.delivery;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import javax.sql.DataSource;

import io.github.hasura4j.client.metadata.EventTriggers;
import io.github.hasura4j.spring.WebhookKind;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowMapper;

/**
 * Keeps dead letters in the table {@code hasura_dead_letter}, to be looked at and delivered once more. Payloads stand there as the
 * engine sent them, unencrypted, and stay until somebody deletes them.
 */
public final class JdbcDeadLetters implements DeadLetterHandler {

    private static final RowMapper<Stored> STORED = (row, number) -> new Stored(
            row.getLong("id"),
            new DeadLetter(
                    WebhookKind.valueOf(row.getString("kind")),
                    row.getString("handler"),
                    row.getString("event_id"),
                    row.getString("payload"),
                    row.getString("cause"),
                    row.getString("message"),
                    Instant.ofEpochMilli(row.getLong("given_up_at"))));

    private final JdbcTemplate jdbc;
    private final OwnTransactions transactions;

    /** @param createSchema whether to make the tables that are not there */
    public JdbcDeadLetters(DataSource dataSource, boolean createSchema) {
        this.jdbc = new JdbcTemplate(dataSource);
        this.transactions = new OwnTransactions(dataSource);
        if (createSchema) {
            Database.of(dataSource).createSchema(dataSource);
        }
    }

    /**
     * A letter in the table.
     *
     * @param id its number there
     * @param letter the letter
     */
    public record Stored(long id, DeadLetter letter) {}

    @Override
    public void handle(DeadLetter letter, Throwable cause) {
        transactions.committed(() -> jdbc.update(
                """
                INSERT INTO hasura_dead_letter (kind, handler, event_id, payload, cause, message, given_up_at) \
                VALUES (?, ?, ?, ?, ?, ?, ?)""",
                letter.kind().name(),
                letter.handler(),
                letter.eventId(),
                letter.payload(),
                letter.cause(),
                letter.message(),
                letter.at().toEpochMilli()));
    }

    /** The oldest letters first. */
    public List<Stored> list(int limit) {
        return jdbc.query("SELECT * FROM hasura_dead_letter ORDER BY id LIMIT " + limit, STORED);
    }

    /** One letter. */
    public Optional<Stored> find(long id) {
        return jdbc.query("SELECT * FROM hasura_dead_letter WHERE id = ?", STORED, id).stream()
                .findFirst();
    }

    /** Forgets a letter. */
    public void delete(long id) {
        transactions.committed(() -> jdbc.update("DELETE FROM hasura_dead_letter WHERE id = ?", id));
    }

    /**
     * Has the engine deliver the event once more, with all its attempts before it, and forgets the letter.
     *
     * @param triggers the engine's event triggers, as {@code hasura.metadata().eventTriggers()} has them
     * @throws IllegalArgumentException if there is no such letter, or the engine cannot do so: for scheduled triggers
     */
    public void redeliver(long id, EventTriggers triggers) {
        DeadLetter letter = find(id).orElseThrow(
                        () -> new IllegalArgumentException("There is no dead letter %d".formatted(id)))
                .letter();
        if (letter.kind() != WebhookKind.EVENT) {
            throw new IllegalArgumentException(
                    "Dead letter %d is of a %s, and the engine redelivers events only. Schedule a one-off event with its payload"
                            .formatted(id, letter.kind().toString().toLowerCase(Locale.ROOT)));
        }
        triggers.redeliver(letter.eventId());
        delete(id);
    }
}
