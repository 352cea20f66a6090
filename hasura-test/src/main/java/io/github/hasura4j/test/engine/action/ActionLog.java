package io.github.hasura4j.test.engine.action;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;

import io.github.hasura4j.client.project.ActionMetadata;
import io.github.hasura4j.test.engine.EngineJson;
import io.github.hasura4j.test.engine.Session;
import io.github.hasura4j.test.engine.catalog.PostgresServer;
import io.github.hasura4j.test.engine.http.ClientHeaders;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** {@code hdb_catalog.hdb_action_log}, where asynchronous actions wait and leave their results. */
final class ActionLog {

    private static final int BATCH = 10;

    private static final String TABLE = """
            CREATE SCHEMA IF NOT EXISTS hdb_catalog;
            CREATE TABLE IF NOT EXISTS hdb_catalog.hdb_action_log (
                id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
                action_name text,
                input_payload jsonb NOT NULL,
                request_headers jsonb NOT NULL,
                session_variables jsonb NOT NULL,
                response_payload jsonb,
                errors jsonb,
                created_at timestamptz NOT NULL DEFAULT now(),
                response_received_at timestamptz,
                status text NOT NULL CHECK (status IN ('created', 'processing', 'completed', 'error')));
            """;

    private static final String FETCH = """
            UPDATE hdb_catalog.hdb_action_log SET status = 'processing' WHERE id IN (
                SELECT id FROM hdb_catalog.hdb_action_log WHERE status = 'created'
                ORDER BY created_at LIMIT %d FOR UPDATE SKIP LOCKED)
            RETURNING id::text, action_name, input_payload::text, request_headers::text, session_variables::text""".formatted(BATCH);

    private final PostgresServer postgres;

    ActionLog(PostgresServer postgres) {
        this.postgres = postgres;
    }

    /**
     * An action that waits for its handler.
     *
     * @param id its id, which the client has
     * @param action the action's name
     * @param input the arguments
     * @param headers the client's headers, as a map
     * @param sessionVariables who asked
     */
    record Waiting(String id, String action, JsonNode input, JsonNode headers, JsonNode sessionVariables) {

        private static Waiting read(ResultSet row) throws SQLException {
            return new Waiting(
                    row.getString(1),
                    row.getString(2),
                    EngineJson.parse(row.getString(3)),
                    EngineJson.parse(row.getString(4)),
                    EngineJson.parse(row.getString(5)));
        }
    }

    /**
     * What has become of an action.
     *
     * @param id its id
     * @param createdAt when the client asked
     * @param response the handler's answer; null while there is none
     * @param errors the stored error; null for none
     * @param sessionVariables who asked
     */
    record Entry(
            String id,
            Instant createdAt,
            @Nullable JsonNode response,
            @Nullable JsonNode errors,
            JsonNode sessionVariables) {

        private static Entry read(ResultSet row) throws SQLException {
            return new Entry(
                    row.getString(1),
                    row.getObject(2, OffsetDateTime.class).toInstant(),
                    json(row.getString(3)),
                    json(row.getString(4)),
                    EngineJson.parse(row.getString(5)));
        }

        private static @Nullable JsonNode json(@Nullable String text) {
            return text == null ? null : EngineJson.parse(text);
        }
    }

    void create() throws SQLException {
        postgres.runScript(TABLE);
    }

    String insert(ActionMetadata action, JsonNode input, Session session) throws SQLException {
        String id = UUID.randomUUID().toString();
        postgres.update(
                "INSERT INTO hdb_catalog.hdb_action_log (id, action_name, input_payload, request_headers,"
                        + " session_variables, status)"
                        + " VALUES (CAST(? AS uuid), ?, CAST(? AS jsonb), CAST(? AS jsonb), CAST(? AS jsonb), 'created')",
                id,
                action.name(),
                EngineJson.write(input),
                EngineJson.write(EngineJson.tree(ClientHeaders.all(session.clientHeaders()))),
                EngineJson.write(EngineJson.tree(session.variables().asMap())));
        return id;
    }

    /** Takes the next ones that wait. */
    List<Waiting> due() throws SQLException {
        return postgres.query(FETCH, Waiting::read);
    }

    void completed(String id, JsonNode response) throws SQLException {
        finish(id, "completed", "response_payload", response);
    }

    void failed(String id, JsonNode errors) throws SQLException {
        finish(id, "error", "errors", errors);
    }

    private void finish(String id, String status, String column, JsonNode value) throws SQLException {
        postgres.update(
                "UPDATE hdb_catalog.hdb_action_log SET status = ?, response_received_at = now(), " + column
                        + " = CAST(? AS jsonb) WHERE id = CAST(? AS uuid)",
                status,
                EngineJson.write(value).replace("\\u0000", ""),
                id);
    }

    /** What has become of an action; null for an id that nobody has been given. */
    @Nullable
    Entry entry(String id) throws SQLException {
        List<Entry> entries = postgres.query(
                "SELECT id::text, created_at, response_payload::text, errors::text, session_variables::text"
                        + " FROM hdb_catalog.hdb_action_log WHERE id = CAST(? AS uuid)",
                Entry::read,
                id);
        return entries.isEmpty() ? null : entries.get(0);
    }

    /** Gives back what was under way. */
    void giveBack() throws SQLException {
        postgres.update("UPDATE hdb_catalog.hdb_action_log SET status = 'created' WHERE status = 'processing'");
    }
}
