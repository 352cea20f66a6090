package io.github.hasura4j.test.engine.event;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.github.hasura4j.client.project.ColumnSet;
import io.github.hasura4j.client.project.EventTriggerMetadata;
import io.github.hasura4j.client.project.EventTriggerMetadata.OperationSpec;
import io.github.hasura4j.client.project.HeaderMetadata;
import io.github.hasura4j.payload.TableName;
import io.github.hasura4j.test.engine.Environment;
import io.github.hasura4j.test.engine.Problems;
import io.github.hasura4j.test.engine.catalog.Column;
import io.github.hasura4j.test.engine.catalog.PostgresServer;
import io.github.hasura4j.test.engine.catalog.Table;
import io.github.hasura4j.test.engine.schema.TrackedTable;
import io.github.hasura4j.test.engine.schema.TrackedTables;
import io.github.hasura4j.test.engine.transform.Transforms;
import org.jspecify.annotations.Nullable;

/**
 * The event triggers of a project as SQL triggers, so that plain SQL fires them too and a rollback takes the event back
 * ({@code local-engine.md} E.3).
 */
public final class EventTriggers {

    private static final String EVENT_LOG = """
            CREATE SCHEMA IF NOT EXISTS hdb_catalog;
            CREATE TABLE IF NOT EXISTS hdb_catalog.event_log (
                id text PRIMARY KEY DEFAULT gen_random_uuid()::text,
                schema_name text NOT NULL,
                table_name text NOT NULL,
                trigger_name text NOT NULL,
                payload jsonb NOT NULL,
                delivered boolean NOT NULL DEFAULT false,
                error boolean NOT NULL DEFAULT false,
                tries integer NOT NULL DEFAULT 0,
                created_at timestamp DEFAULT now(),
                locked timestamptz,
                next_retry_at timestamp,
                archived boolean NOT NULL DEFAULT false);
            CREATE TABLE IF NOT EXISTS hdb_catalog.event_invocation_logs (
                id text PRIMARY KEY DEFAULT gen_random_uuid()::text,
                trigger_name text,
                event_id text,
                status integer,
                request json,
                response json,
                created_at timestamp DEFAULT now());
            CREATE OR REPLACE FUNCTION hdb_catalog.insert_event_log(
                schema_name text, table_name text, trigger_name text, op text, row_data json) RETURNS text
            LANGUAGE plpgsql AS $hasura$
            DECLARE
                event_id text := gen_random_uuid()::text;
            BEGIN
                INSERT INTO hdb_catalog.event_log (id, schema_name, table_name, trigger_name, payload)
                VALUES (event_id, schema_name, table_name, trigger_name, json_build_object(
                    'op', op,
                    'data', row_data,
                    'session_variables', nullif(current_setting('hasura.user', true), '')::json,
                    'trace_context', nullif(current_setting('hasura.tracecontext', true), '')::json));
                RETURN event_id;
            END $hasura$;
            """;

    private static final String DROP_OLD = """
            DO $hasura$
            DECLARE
                old record;
            BEGIN
                FOR old IN SELECT tgname, tgrelid::regclass AS on_table FROM pg_trigger
                           WHERE tgname LIKE 'notify\\_hasura\\_%' AND NOT tgisinternal LOOP
                    EXECUTE format('DROP TRIGGER %I ON %s', old.tgname, old.on_table);
                END LOOP;
            END $hasura$;
            """;

    /** Types whose values Postgres cannot compare, so that their text is compared instead. */
    private static final Set<String> WITHOUT_EQUALITY = Set.of("json", "xml", "point", "polygon");

    private final Environment environment;
    private final boolean stringifyNumbers;
    private volatile Map<String, Installed> installed = Map.of();

    /**
     * Makes triggers for an engine.
     *
     * @param stringifyNumbers whether rows have large and exact numbers as texts
     */
    public EventTriggers(Environment environment, boolean stringifyNumbers) {
        this.environment = environment;
        this.stringifyNumbers = stringifyNumbers;
    }

    /**
     * A trigger that works.
     *
     * @param trigger what the metadata say of it
     * @param table its table
     */
    record Installed(EventTriggerMetadata trigger, TableName table) {}

    /** Triggers that work, and the SQL that installs them. */
    public static final class Plan {

        private final Map<String, Installed> triggers;
        private final String sql;

        private Plan(Map<String, Installed> triggers, String sql) {
            this.triggers = triggers;
            this.sql = sql;
        }
    }

    /** Works out the triggers of all tables; those that cannot work are reported and left out. */
    public Plan plan(TrackedTables tables, Problems problems) {
        StringBuilder sql = new StringBuilder(EVENT_LOG).append(DROP_OLD);
        Map<String, Installed> triggers = new LinkedHashMap<>();
        List<String> named = new ArrayList<>();
        for (TrackedTable table : tables.all()) {
            for (EventTriggerMetadata trigger : table.metadata().eventTriggers()) {
                named.add(literal(trigger.name()));
                if (usable(trigger, table, triggers.keySet(), problems)) {
                    triggers.put(trigger.name(), new Installed(trigger, table.name()));
                    addTriggers(sql, trigger, table);
                }
            }
        }
        sql.append("UPDATE hdb_catalog.event_log SET archived = true WHERE NOT archived")
                .append(named.isEmpty() ? "" : " AND trigger_name NOT IN (" + String.join(", ", named) + ")")
                .append(";\n");
        return new Plan(triggers, sql.toString());
    }

    /** Makes the SQL triggers of all tables anew. Events of triggers that the metadata no longer have are archived. */
    public void install(Plan plan, PostgresServer postgres) throws SQLException {
        postgres.runScript(plan.sql);
        installed = plan.triggers;
    }

    /** The trigger of a name, or null if there is none that works. */
    @Nullable
    Installed installed(String name) {
        return installed.get(name);
    }

    /** The names of the triggers that work. */
    Set<String> names() {
        return installed.keySet();
    }

    private boolean usable(EventTriggerMetadata trigger, TrackedTable table, Set<String> taken, Problems problems) {
        String name = trigger.name() + " in table " + table.name() + " in source default";
        Transforms.report(
                "event trigger '" + trigger.name() + "'",
                trigger.requestTransform(),
                trigger.responseTransform(),
                problems);
        if (taken.contains(trigger.name())) {
            problems.inconsistent("event_trigger", name, "Inconsistent object: another trigger has this name");
            return false;
        }
        try {
            environment.url(trigger.webhook(), trigger.webhookFromEnv());
            for (HeaderMetadata header : trigger.headers()) {
                environment.header(header);
            }
        } catch (IllegalArgumentException e) {
            problems.inconsistent("event_trigger", name, "Inconsistent object: " + e.getMessage());
            return false;
        }
        String missing = missingColumn(trigger, table.table());
        if (missing != null) {
            problems.inconsistent(
                    "event_trigger", name, "Inconsistent object: column \"" + missing + "\" does not exist");
            return false;
        }
        return true;
    }

    /** A column of the trigger that the table does not have: its function would break every change of the table. */
    private static @Nullable String missingColumn(EventTriggerMetadata trigger, Table table) {
        Set<String> named = new LinkedHashSet<>();
        collect(trigger.insert(), named);
        collect(trigger.update(), named);
        collect(trigger.delete(), named);
        named.removeIf(column -> table.column(column) != null);
        return named.isEmpty() ? null : named.iterator().next();
    }

    private static void collect(@Nullable OperationSpec spec, Set<String> columns) {
        if (spec != null) {
            columns.addAll(spec.columns().names());
            columns.addAll(spec.payload().names());
        }
    }

    private void addTriggers(StringBuilder sql, EventTriggerMetadata trigger, TrackedTable table) {
        if (trigger.insert() != null) {
            addTrigger(sql, trigger, table, "INSERT", null, row(table, trigger.insert(), "NEW"), "");
        }
        if (trigger.update() != null) {
            OperationSpec update = trigger.update();
            addTrigger(
                    sql,
                    trigger,
                    table,
                    "UPDATE",
                    row(table, update, "OLD"),
                    row(table, update, "NEW"),
                    changed(table, update.columns()));
        }
        if (trigger.delete() != null) {
            addTrigger(sql, trigger, table, "DELETE", row(table, trigger.delete(), "OLD"), null, "");
        }
    }

    private static void addTrigger(
            StringBuilder sql,
            EventTriggerMetadata trigger,
            TrackedTable table,
            String operation,
            @Nullable String oldRow,
            @Nullable String newRow,
            String condition) {
        TableName name = table.name();
        String notify = TrackedTables.quote("notify_hasura_" + trigger.name() + "_" + operation);
        sql.append("CREATE OR REPLACE FUNCTION hdb_catalog.")
                .append(notify)
                .append("() RETURNS trigger LANGUAGE plpgsql AS $hasura$ BEGIN ")
                .append(condition.isEmpty() ? "" : "IF " + condition + " THEN ")
                .append("PERFORM hdb_catalog.insert_event_log(")
                .append(String.join(
                        ", ",
                        literal(name.schema()),
                        literal(name.name()),
                        literal(trigger.name()),
                        literal(operation),
                        "json_build_object('old', %s, 'new', %s)".formatted(oldRow, newRow)))
                .append("); ")
                .append(condition.isEmpty() ? "" : "END IF; ")
                .append("RETURN NULL; END $hasura$;\nCREATE TRIGGER ")
                .append(notify)
                .append(" AFTER ")
                .append(operation)
                .append(" ON ")
                .append(TrackedTables.quote(name))
                .append(" FOR EACH ROW EXECUTE PROCEDURE hdb_catalog.")
                .append(notify)
                .append("();\n");
    }

    private String row(TrackedTable table, OperationSpec spec, String row) {
        boolean texts = stringifyNumbers && table.table().columns().stream().anyMatch(Column::bigNumber);
        if (spec.payload().all() && !texts) {
            return "row_to_json(" + row + ")";
        }
        List<String> columns = new ArrayList<>();
        List<String> names = spec.payload().all()
                ? table.table().columns().stream().map(Column::name).toList()
                : spec.payload().names();
        for (String name : names) {
            Column column = table.table().column(name);
            boolean text = texts && column != null && column.bigNumber();
            columns.add(row + "." + TrackedTables.quote(name) + (text ? "::text" : "") + " AS "
                    + TrackedTables.quote(name));
        }
        return "(SELECT row_to_json(\"e\".*) FROM (SELECT " + String.join(", ", columns) + ") AS \"e\")";
    }

    private static String changed(TrackedTable table, ColumnSet listened) {
        List<String> comparisons = new ArrayList<>();
        for (Column column : table.table().columns()) {
            if (listened.contains(column.name())) {
                String name =
                        TrackedTables.quote(column.name()) + (WITHOUT_EQUALITY.contains(column.type()) ? "::text" : "");
                comparisons.add("OLD." + name + " IS DISTINCT FROM NEW." + name);
            }
        }
        return comparisons.isEmpty() ? "false" : "(" + String.join(" OR ", comparisons) + ")";
    }

    private static String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }
}
