package io.github.hasura4j.test.engine.metadata;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

import io.github.hasura4j.test.engine.EngineException;
import io.github.hasura4j.test.engine.EngineJson;
import io.github.hasura4j.test.engine.catalog.PostgresServer;
import io.github.hasura4j.test.engine.schedule.OneOffEvent;
import io.github.hasura4j.test.engine.schedule.Schedules;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Commands on cron triggers' events and one-off events. */
final class ScheduleQueries {

    private static final String CRON_COLUMNS =
            "id, trigger_name, scheduled_time, status, tries, created_at, next_retry_at";
    private static final String ONE_OFF_COLUMNS = "id, webhook_conf, scheduled_time, retry_conf, payload, header_conf,"
            + " status, tries, created_at, next_retry_at, comment";

    private final PostgresServer postgres;
    private final Schedules schedules;

    ScheduleQueries(PostgresServer postgres, Schedules schedules) {
        this.postgres = postgres;
        this.schedules = schedules;
    }

    /** Runs a command; null if it is none of these. */
    @Nullable
    JsonNode run(CommandArgs args, MetadataDocument document) throws SQLException {
        return switch (args.command()) {
            case "get_cron_triggers" -> {
                ObjectNode answer = Answers.object();
                answer.set("cron_triggers", document.list("cron_triggers").deepCopy());
                yield answer;
            }
            case "create_scheduled_event" ->
                Answers.success().put("event_id", schedules.create(OneOffEvent.from(args.json())));
            case "delete_scheduled_event" -> {
                schedules.delete(oneOff(args), args.text("event_id"));
                yield Answers.success();
            }
            case "get_scheduled_events" -> events(args);
            case "get_scheduled_event_invocations" -> invocations(args);
            default -> null;
        };
    }

    private static boolean oneOff(CommandArgs args) {
        return switch (args.text("type")) {
            case "one_off" -> true;
            case "cron" -> false;
            default -> throw args.wrong("expected one_off or cron for type");
        };
    }

    private JsonNode events(CommandArgs args) throws SQLException {
        boolean oneOff = oneOff(args);
        List<Object> parameters = new ArrayList<>();
        StringBuilder where = new StringBuilder("true");
        if (!oneOff) {
            where.append(" AND trigger_name = ?");
            parameters.add(args.text("trigger_name"));
        }
        if (!args.json().path("status").isEmpty()) {
            where.append(" AND status = ANY (ARRAY(SELECT json_array_elements_text(CAST(? AS json))))");
            parameters.add(args.json().path("status").toString());
        }
        String table = oneOff ? "hdb_catalog.hdb_scheduled_events" : "hdb_catalog.hdb_cron_events";
        return page(
                "events",
                oneOff ? ONE_OFF_COLUMNS : CRON_COLUMNS,
                table + " AS e WHERE " + where,
                "scheduled_time",
                parameters,
                args);
    }

    private JsonNode invocations(CommandArgs args) throws SQLException {
        boolean oneOff = oneOff(args);
        List<Object> parameters = new ArrayList<>();
        String logs = oneOff
                ? "hdb_catalog.hdb_scheduled_event_invocation_logs"
                : "hdb_catalog.hdb_cron_event_invocation_logs";
        StringBuilder from = new StringBuilder(logs + " AS i WHERE true");
        if (args.json().path("event_id").isString()) {
            from.append(" AND event_id = ?");
            parameters.add(args.text("event_id"));
        }
        if (args.json().path("trigger_name").isString()) {
            if (oneOff) {
                throw EngineException.of("parse-failed", "$.args", "one-off events have no trigger_name");
            }
            from.append(" AND event_id IN (SELECT id FROM hdb_catalog.hdb_cron_events WHERE trigger_name = ?)");
            parameters.add(args.text("trigger_name"));
        }
        return page(
                "invocations",
                "id, event_id, status, request, response, created_at",
                from.toString(),
                "created_at DESC",
                parameters,
                args);
    }

    private JsonNode page(
            String key, String columns, String from, String order, List<Object> parameters, CommandArgs args)
            throws SQLException {
        ObjectNode answer = Answers.object();
        if (args.flag("get_rows_count")) {
            answer.put(
                    "count",
                    postgres.query("SELECT count(*) FROM " + from, row -> row.getInt(1), parameters.toArray())
                            .get(0));
        }
        List<Object> all = new ArrayList<>(parameters);
        all.add(args.numberOr("limit", 100));
        all.add(args.numberOr("offset", 0));
        String sql =
                "SELECT coalesce(json_agg(p), '[]')::text FROM (SELECT %s FROM %s ORDER BY %s LIMIT ? OFFSET ?) AS p"
                        .formatted(columns, from, order);
        answer.set(
                key,
                EngineJson.parse(postgres.query(sql, row -> row.getString(1), all.toArray())
                        .get(0)));
        return answer;
    }
}
