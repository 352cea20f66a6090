package io.github.hasura4j.test.engine.event;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Collection;
import java.util.List;

import io.github.hasura4j.payload.TableName;
import io.github.hasura4j.test.engine.EngineJson;
import io.github.hasura4j.test.engine.Session;
import io.github.hasura4j.test.engine.catalog.PostgresServer;
import io.github.hasura4j.test.engine.http.WebhookDelivery;
import tools.jackson.databind.JsonNode;

/** {@code hdb_catalog.event_log} and its invocation logs. */
final class EventLog {

    private static final int BATCH = 100;

    private static final String FETCH = """
            UPDATE hdb_catalog.event_log SET locked = now() WHERE id IN (
                SELECT id FROM hdb_catalog.event_log
                WHERE NOT delivered AND NOT error AND NOT archived AND trigger_name = ANY (string_to_array(?, ','))
                  AND (locked IS NULL OR locked < now() - interval '30 minutes')
                  AND (next_retry_at IS NULL OR next_retry_at <= ?)
                ORDER BY created_at LIMIT %d FOR UPDATE SKIP LOCKED)
            RETURNING id, schema_name, table_name, trigger_name, payload::text, tries, to_json(created_at)::text""".formatted(BATCH);

    private final PostgresServer postgres;
    private final Clock clock;

    EventLog(PostgresServer postgres, Clock clock) {
        this.postgres = postgres;
        this.clock = clock;
    }

    /**
     * A recorded event.
     *
     * @param id its id, the same for every try
     * @param table the table whose row changed
     * @param trigger the trigger's name
     * @param payload operation, rows, session and trace
     * @param tries how often it has been tried
     * @param createdAt when it was recorded, as Postgres writes it
     */
    record Event(String id, TableName table, String trigger, JsonNode payload, int tries, JsonNode createdAt) {

        private static Event read(ResultSet row) throws SQLException {
            return new Event(
                    row.getString(1),
                    new TableName(row.getString(2), row.getString(3)),
                    row.getString(4),
                    EngineJson.parse(row.getString(5)),
                    row.getInt(6),
                    EngineJson.parse(row.getString(7)));
        }
    }

    /** Takes the events of these triggers that are due. */
    List<Event> due(Collection<String> triggers) throws SQLException {
        // Trigger names hold no comma: metadata.md A.5.
        return postgres.query(FETCH, Event::read, String.join(",", triggers), clock.instant());
    }

    void log(Event event, WebhookDelivery.Attempt attempt) throws SQLException {
        postgres.update(
                "INSERT INTO hdb_catalog.event_invocation_logs (trigger_name, event_id, status, request, response)"
                        + " VALUES (?, ?, CAST(? AS integer), CAST(? AS json), CAST(? AS json))",
                event.trigger(),
                event.id(),
                attempt.status(),
                EngineJson.write(attempt.request()),
                EngineJson.write(attempt.response()).replace("\\u0000", ""));
    }

    void delivered(Event event) throws SQLException {
        postgres.update(
                "UPDATE hdb_catalog.event_log SET delivered = true, error = false, tries = tries + 1, locked = NULL,"
                        + " next_retry_at = NULL WHERE id = ?",
                event.id());
    }

    void failed(Event event) throws SQLException {
        postgres.update(
                "UPDATE hdb_catalog.event_log SET error = true, tries = tries + 1, locked = NULL WHERE id = ?",
                event.id());
    }

    /** Fails before anybody was called. */
    void refused(Event event) throws SQLException {
        postgres.update("UPDATE hdb_catalog.event_log SET error = true, locked = NULL WHERE id = ?", event.id());
    }

    void retryAfter(Event event, int seconds) throws SQLException {
        postgres.update(
                "UPDATE hdb_catalog.event_log SET tries = tries + 1, locked = NULL, next_retry_at = ? WHERE id = ?",
                clock.instant().plusSeconds(seconds),
                event.id());
    }

    void unlock(Event event) throws SQLException {
        postgres.update("UPDATE hdb_catalog.event_log SET locked = NULL WHERE id = ?", event.id());
    }

    /** Gives back what an engine had taken when it stopped. */
    void unlockAll() throws SQLException {
        postgres.update("UPDATE hdb_catalog.event_log SET locked = NULL WHERE locked IS NOT NULL");
    }

    /** Records an event that no row has caused. */
    String insertManual(TableName table, String trigger, JsonNode payload, Session session) throws SQLException {
        return postgres.query(
                        "INSERT INTO hdb_catalog.event_log (schema_name, table_name, trigger_name, payload) VALUES (?, ?, ?,"
                                + " jsonb_build_object('op', 'MANUAL', 'data', jsonb_build_object('old', NULL, 'new',"
                                + " CAST(? AS jsonb)), 'session_variables', CAST(? AS jsonb), 'trace_context',"
                                + " CAST(? AS jsonb))) RETURNING id",
                        row -> row.getString(1),
                        table.schema(),
                        table.name(),
                        trigger,
                        EngineJson.write(payload),
                        EngineJson.write(EngineJson.tree(session.variables().asMap())),
                        session.trace().context().toString())
                .get(0);
    }

    /** Begins an event anew; false if there is none of this id. */
    boolean reset(String id) throws SQLException {
        return postgres.update(
                        "UPDATE hdb_catalog.event_log SET delivered = false, error = false, tries = 0,"
                                + " next_retry_at = NULL WHERE id = ?",
                        id)
                > 0;
    }
}
