package io.github.hasura4j.test.engine.schedule;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;

import io.github.hasura4j.client.project.CronTriggerMetadata.RetryConf;
import io.github.hasura4j.client.project.HeaderMetadata;
import io.github.hasura4j.test.engine.EngineJson;
import io.github.hasura4j.test.engine.catalog.PostgresServer;
import io.github.hasura4j.test.engine.http.WebhookDelivery;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The tables of schedules: {@code hdb_cron_events}, {@code hdb_scheduled_events} and their invocation logs. */
final class ScheduleLog {

    private static final String TAKE = """
            UPDATE %s SET status = 'locked' WHERE id IN (
                SELECT id FROM %s WHERE status = 'scheduled' AND coalesce(next_retry_at, scheduled_time) <= ? %s
                FOR UPDATE SKIP LOCKED)
            RETURNING """;

    private static final String TAKE_CRON = TAKE.formatted(
                    ScheduleTable.CRON.events(),
                    ScheduleTable.CRON.events(),
                    "AND trigger_name = ANY (ARRAY(SELECT json_array_elements_text(CAST(? AS json))))")
            + " id, trigger_name, scheduled_time, tries";

    private static final String TAKE_ONE_OFF =
            TAKE.formatted(ScheduleTable.ONE_OFF.events(), ScheduleTable.ONE_OFF.events(), "")
                    + " id, scheduled_time, tries, created_at, webhook_conf #>> '{}', payload::text, header_conf::text,"
                    + " retry_conf::text, comment";

    private final PostgresServer postgres;
    private final Clock clock;

    ScheduleLog(PostgresServer postgres, Clock clock) {
        this.postgres = postgres;
        this.clock = clock;
    }

    /**
     * An occurrence of a cron trigger that is due.
     *
     * @param id its id, the same for every try
     * @param trigger the trigger's name
     * @param scheduledTime when it should have been delivered
     * @param tries how often it has been tried
     */
    record CronEvent(String id, String trigger, Instant scheduledTime, int tries) {

        private static CronEvent read(ResultSet row) throws SQLException {
            return new CronEvent(row.getString(1), row.getString(2), moment(row, 3), row.getInt(4));
        }
    }

    /**
     * A one-off event that is due.
     *
     * @param id its id, the same for every try
     * @param scheduledTime when it should have been delivered
     * @param tries how often it has been tried
     * @param createdAt when it was created
     * @param event what to send, and to whom
     */
    record DueOneOffEvent(String id, Instant scheduledTime, int tries, Instant createdAt, OneOffEvent event) {

        private static DueOneOffEvent read(ResultSet row) throws SQLException {
            Instant scheduled = moment(row, 2);
            OneOffEvent event = new OneOffEvent(
                    row.getString(5),
                    scheduled,
                    json(row.getString(6)),
                    HeaderMetadata.listFrom(EngineJson.parse(row.getString(7))),
                    RetryConf.from(EngineJson.parse(row.getString(8))),
                    row.getString(9));
            return new DueOneOffEvent(row.getString(1), scheduled, row.getInt(3), moment(row, 4), event);
        }
    }

    private static Instant moment(ResultSet row, int column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static @Nullable JsonNode json(@Nullable String text) {
        return text == null ? null : EngineJson.parse(text);
    }

    void create() throws SQLException {
        postgres.runScript(ScheduleTable.SQL);
        for (ScheduleTable table : ScheduleTable.values()) {
            postgres.update("UPDATE " + table.events() + " SET status = 'scheduled' WHERE status = 'locked'");
        }
    }

    List<CronEvent> dueCron(Collection<String> triggers) throws SQLException {
        return postgres.query(
                TAKE_CRON,
                CronEvent::read,
                clock.instant(),
                EngineJson.tree(triggers).toString());
    }

    List<DueOneOffEvent> dueOneOff() throws SQLException {
        return postgres.query(TAKE_ONE_OFF, DueOneOffEvent::read, clock.instant());
    }

    void log(ScheduleTable table, String id, WebhookDelivery.Attempt attempt) throws SQLException {
        postgres.update(
                "INSERT INTO " + table.logs()
                        + " (event_id, status, request, response)"
                        + " VALUES (?, CAST(? AS integer), CAST(? AS json), CAST(? AS json))",
                id,
                attempt.status(),
                EngineJson.write(attempt.request()),
                EngineJson.write(attempt.response()).replace("\\u0000", ""));
        postgres.update("UPDATE " + table.events() + " SET tries = tries + 1 WHERE id = ?", id);
    }

    void finish(ScheduleTable table, String id, String status) throws SQLException {
        postgres.update("UPDATE " + table.events() + " SET status = ?, next_retry_at = NULL WHERE id = ?", status, id);
    }

    void retryAfter(ScheduleTable table, String id, int seconds) throws SQLException {
        postgres.update(
                "UPDATE " + table.events() + " SET status = 'scheduled', next_retry_at = ? WHERE id = ?",
                clock.instant().plusSeconds(seconds),
                id);
    }

    /** How many occurrences of a cron trigger are still to come. */
    int upcoming(String trigger) throws SQLException {
        return postgres.query(
                        "SELECT count(*) FROM hdb_catalog.hdb_cron_events"
                                + " WHERE trigger_name = ? AND status = 'scheduled' AND scheduled_time > ?",
                        row -> row.getInt(1),
                        trigger,
                        clock.instant())
                .get(0);
    }

    /** The last occurrence of a cron trigger that is written down; null if none is. */
    @Nullable
    Instant last(String trigger) throws SQLException {
        List<Instant> last = postgres.query(
                "SELECT scheduled_time FROM hdb_catalog.hdb_cron_events WHERE trigger_name = ?"
                        + " ORDER BY scheduled_time DESC LIMIT 1",
                row -> moment(row, 1),
                trigger);
        return last.isEmpty() ? null : last.get(0);
    }

    void insertCron(String trigger, List<Instant> times) throws SQLException {
        postgres.update(
                "INSERT INTO hdb_catalog.hdb_cron_events (trigger_name, scheduled_time)"
                        + " SELECT ?, CAST(time AS timestamptz) FROM json_array_elements_text(CAST(? AS json)) AS t (time)"
                        + " ON CONFLICT DO NOTHING",
                trigger,
                EngineJson.tree(times.stream().map(EngineJson::utc).toList()).toString());
    }

    /** Forgets the occurrences of a cron trigger that are still to come. */
    void dropUpcoming(String trigger) throws SQLException {
        postgres.update(
                "DELETE FROM hdb_catalog.hdb_cron_events"
                        + " WHERE trigger_name = ? AND status = 'scheduled' AND tries = 0 AND scheduled_time > ?",
                trigger,
                clock.instant());
    }

    /** The names of all cron triggers that occurrences are written down of. */
    List<String> triggers() throws SQLException {
        return postgres.query("SELECT DISTINCT trigger_name FROM hdb_catalog.hdb_cron_events", row -> row.getString(1));
    }

    String insertOneOff(OneOffEvent event) throws SQLException {
        return postgres.query(
                        "INSERT INTO hdb_catalog.hdb_scheduled_events"
                                + " (webhook_conf, scheduled_time, payload, header_conf, retry_conf, comment, created_at)"
                                + " VALUES (to_json(?), ?, CAST(? AS json), CAST(? AS json), CAST(? AS json), ?, ?)"
                                + " RETURNING id",
                        row -> row.getString(1),
                        event.webhook(),
                        event.scheduleAt(),
                        event.payload() == null ? null : EngineJson.write(event.payload()),
                        event.headerConf().toString(),
                        event.retryConfJson().toString(),
                        event.comment(),
                        clock.instant())
                .get(0);
    }

    boolean delete(ScheduleTable table, String id) throws SQLException {
        return postgres.update("DELETE FROM " + table.events() + " WHERE id = ?", id) > 0;
    }
}
