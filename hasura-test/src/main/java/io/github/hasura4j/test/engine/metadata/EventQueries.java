package io.github.hasura4j.test.engine.metadata;

import java.sql.SQLException;
import java.util.Map;

import io.github.hasura4j.test.engine.EngineJson;
import io.github.hasura4j.test.engine.Session;
import io.github.hasura4j.test.engine.catalog.PostgresServer;
import io.github.hasura4j.test.engine.event.EventDelivery;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Commands on the events of event triggers. */
final class EventQueries {

    private static final String EVENTS = """
            SELECT coalesce(json_agg(e), '[]')::text FROM (
                SELECT id, schema_name, table_name, trigger_name, payload, delivered, error, tries, created_at, locked,
                       next_retry_at, archived
                FROM hdb_catalog.event_log WHERE %s ORDER BY created_at DESC LIMIT ? OFFSET ?) AS e""";

    private static final String INVOCATIONS = """
            SELECT coalesce(json_agg(i), '[]')::text FROM (
                SELECT id, trigger_name, event_id, status AS http_status, request, response, created_at
                FROM hdb_catalog.event_invocation_logs WHERE %s ORDER BY created_at DESC LIMIT ? OFFSET ?) AS i""";

    private static final Map<String, String> STATUS = Map.of(
            "pending", " AND NOT delivered AND NOT error AND NOT archived",
            "processed", " AND (delivered OR error)",
            "all", "");

    private final PostgresServer postgres;
    private final EventDelivery events;

    EventQueries(PostgresServer postgres, EventDelivery events) {
        this.postgres = postgres;
        this.events = events;
    }

    /** Runs a command; null if it is none of these. */
    @Nullable
    JsonNode run(CommandArgs args, MetadataDocument document, Session session) throws SQLException {
        return switch (args.command()) {
            case "invoke_event_trigger" -> invoke(args, document, session);
            case "redeliver_event" -> redeliver(args);
            case "get_event_logs" -> logs(args, document);
            case "get_event_invocation_logs" -> invocations(args, document);
            case "get_event_by_id" -> event(args);
            default -> null;
        };
    }

    private JsonNode invoke(CommandArgs args, MetadataDocument document, Session session) throws SQLException {
        requireTrigger(args, document);
        return Answers.object()
                .put("event_id", events.invoke(args.text("name"), args.json().path("payload"), session));
    }

    private JsonNode redeliver(CommandArgs args) throws SQLException {
        events.redeliver(args.text("event_id"));
        return Answers.success();
    }

    private JsonNode logs(CommandArgs args, MetadataDocument document) throws SQLException {
        requireTrigger(args, document);
        String status = STATUS.get(args.textOr("status", "all"));
        if (status == null) {
            throw args.wrong("status must be one of pending, processed and all");
        }
        return list(EVENTS.formatted("trigger_name = ?" + status), args.text("name"), args, "limit", "offset");
    }

    private JsonNode invocations(CommandArgs args, MetadataDocument document) throws SQLException {
        requireTrigger(args, document);
        return list(INVOCATIONS.formatted("trigger_name = ?"), args.text("name"), args, "limit", "offset");
    }

    private JsonNode event(CommandArgs args) throws SQLException {
        String id = args.text("event_id");
        ObjectNode answer = Answers.object();
        String found = EVENTS.formatted("id = ?");
        answer.set("event", list(found, id, args, "", "").path(0));
        if (answer.path("event").isMissingNode()) {
            answer.putNull("event");
        }
        answer.set(
                "invocations",
                list(INVOCATIONS.formatted("event_id = ?"), id, args, "invocation_log_limit", "invocation_log_offset"));
        return answer;
    }

    private JsonNode list(String sql, String key, CommandArgs args, String limit, String offset) throws SQLException {
        return EngineJson.parse(
                postgres.query(sql, row -> row.getString(1), key, args.numberOr(limit, 100), args.numberOr(offset, 0))
                        .get(0));
    }

    private static void requireTrigger(CommandArgs args, MetadataDocument document) {
        String name = args.text("name");
        if (EventTriggerEdits.find(document.source(args), name) == null) {
            throw EventTriggerEdits.notExists(name, args);
        }
    }
}
