package io.github.hasura4j.test;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import io.github.hasura4j.client.project.ActionMetadata;
import io.github.hasura4j.client.project.Metadata;
import io.github.hasura4j.test.Delivery.Attempt;
import io.github.hasura4j.test.Delivery.State;
import io.github.hasura4j.test.engine.EngineJson;
import io.github.hasura4j.test.engine.catalog.PostgresServer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads what has been delivered from the engine's own tables, those that the real engine's console shows. */
final class DeliveryLogs {

    private static final String EVENTS = """
            SELECT e.id, CASE WHEN e.delivered THEN 'delivered' WHEN e.error THEN 'error' ELSE 'scheduled' END,
                json_build_object('id', e.id, 'event', e.payload, 'trigger', json_build_object('name', e.trigger_name),
                    'table', json_build_object('schema', e.schema_name, 'name', e.table_name))::text,
                i.id, i.status, i.request::text, i.response::text
            FROM hdb_catalog.event_log e LEFT JOIN hdb_catalog.event_invocation_logs i ON i.event_id = e.id
            WHERE e.trigger_name = ? ORDER BY e.created_at, e.id, i.created_at""";

    private static final String CRON = """
            SELECT e.id, e.status, '{}', i.id, i.status, i.request::text, i.response::text
            FROM hdb_catalog.hdb_cron_events e
            LEFT JOIN hdb_catalog.hdb_cron_event_invocation_logs i ON i.event_id = e.id
            WHERE e.trigger_name = ? AND NOT (e.status = 'scheduled' AND e.tries = 0)
            ORDER BY e.scheduled_time, e.id, i.created_at""";

    private static final String ONE_OFF = """
            SELECT e.id, e.status, coalesce(e.payload::text, 'null'), i.id, i.status, i.request::text, i.response::text
            FROM hdb_catalog.hdb_scheduled_events e
            LEFT JOIN hdb_catalog.hdb_scheduled_event_invocation_logs i ON i.event_id = e.id
            ORDER BY e.scheduled_time, e.id, i.created_at""";

    /** There is no log of the calls themselves: one call is all that an asynchronous action gets. */
    private static final String ACTIONS = """
            SELECT id::text, CASE status WHEN 'completed' THEN 'delivered' WHEN 'error' THEN 'error' ELSE 'scheduled' END,
                input_payload::text, CASE WHEN status IN ('completed', 'error') THEN id::text END, NULL::integer, NULL,
                json_build_object('data', json_build_object('body', response_payload::text, 'message', errors ->> 'error'))::text
            FROM hdb_catalog.hdb_action_log WHERE action_name = ? ORDER BY created_at, id""";

    private final PostgresServer postgres;

    DeliveryLogs(PostgresServer postgres) {
        this.postgres = postgres;
    }

    private record Line(
            String id,
            String state,
            JsonNode body,
            @Nullable Attempt attempt,
            @Nullable JsonNode sent) {

        private static Line read(ResultSet row) throws SQLException {
            String request = row.getString(6);
            return new Line(
                    row.getString(1),
                    row.getString(2),
                    EngineJson.parse(row.getString(3)),
                    row.getString(4) == null ? null : attempt(row.getObject(5, Integer.class), row.getString(7)),
                    request == null ? null : EngineJson.parse(request).path("payload"));
        }

        private static Attempt attempt(@Nullable Integer status, String response) {
            JsonNode data = EngineJson.parse(response).path("data");
            String body = data.path("body").asString(null);
            String message = data.path("message").asString(null);
            // The engine keeps what a handler has said in anger where it keeps its own words.
            return status != null && body == null
                    ? new Attempt(status, message, null)
                    : new Attempt(status, body, message);
        }
    }

    Deliveries of(String name, Metadata metadata) {
        Set<String> known = new TreeSet<>();
        metadata.sources()
                .forEach(source -> source.tables()
                        .forEach(table -> table.eventTriggers().forEach(trigger -> known.add(trigger.name()))));
        metadata.cronTriggers().forEach(trigger -> known.add(trigger.name()));
        metadata.actions().stream().filter(ActionMetadata::asynchronous).forEach(action -> known.add(action.name()));
        if (!known.contains(name)) {
            throw new LocalHasuraException(
                    "No event trigger, cron trigger or asynchronous action is called '%s'. There are: %s"
                            .formatted(name, known.isEmpty() ? "none" : String.join(", ", known)),
                    null);
        }
        List<Delivery> found = new ArrayList<>(read(EVENTS, name));
        found.addAll(read(CRON, name));
        found.addAll(read(ACTIONS, name));
        return new Deliveries(name, found);
    }

    Deliveries ofOneOffEvents() {
        return new Deliveries("one-off events", read(ONE_OFF));
    }

    private List<Delivery> read(String sql, Object... parameters) {
        Map<String, List<Line>> lines = new LinkedHashMap<>();
        try {
            for (Line line : postgres.query(sql, Line::read, parameters)) {
                lines.computeIfAbsent(line.id(), id -> new ArrayList<>()).add(line);
            }
        } catch (SQLException e) {
            throw new LocalHasuraException("Cannot read what has been delivered: " + e.getMessage(), e);
        }
        return lines.values().stream().map(DeliveryLogs::delivery).toList();
    }

    private static Delivery delivery(List<Line> lines) {
        Line last = lines.get(lines.size() - 1);
        List<Attempt> attempts = new ArrayList<>();
        for (Line line : lines) {
            if (line.attempt() != null) {
                attempts.add(line.attempt());
            }
        }
        State state = switch (last.state()) {
            case "delivered" -> State.DELIVERED;
            case "error" -> State.FAILED;
            case "dead" -> State.DEAD;
            default -> State.WAITING;
        };
        return new Delivery(last.id(), state, last.sent() == null ? last.body() : last.sent(), attempts);
    }
}
