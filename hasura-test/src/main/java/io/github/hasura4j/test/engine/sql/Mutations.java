package io.github.hasura4j.test.engine.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import graphql.normalized.ExecutableNormalizedField;
import io.github.hasura4j.test.engine.EngineException;
import io.github.hasura4j.test.engine.Session;
import io.github.hasura4j.test.engine.catalog.Column;
import io.github.hasura4j.test.engine.schema.Access;
import io.github.hasura4j.test.engine.schema.RootField;
import io.github.hasura4j.test.engine.schema.TrackedTable;
import io.github.hasura4j.test.engine.schema.TrackedTables;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Writing fields: one statement changes rows and checks them, a second selects what the client wants of them, so that
 * relationships show the state after the change ({@code local-engine.md} E.7).
 */
final class Mutations {

    private static final String CHECK_FAILED = "check constraint of an insert/update permission has failed";

    /** The alias of the changed table within its statement. */
    private static final String ROW = "t";

    private final TrackedTables tables;
    private final Session session;
    private final Connection connection;
    private final Selects selects;
    private final Conditions conditions;

    Mutations(TrackedTables tables, Session session, Connection connection) {
        this.tables = tables;
        this.session = session;
        this.connection = connection;
        this.selects = new Selects(tables, session);
        this.conditions = selects.conditions();
    }

    String run(RootField.OfTable root, ExecutableNormalizedField field) throws SQLException {
        TrackedTable table = root.table();
        Map<String, Object> arguments = field.getResolvedArguments();
        String path = "$.selectionSet." + field.getName() + ".args";
        return switch (root.kind()) {
            case INSERT ->
                response(table, field, insert(table, Selects.asList(arguments.get("objects")), arguments, path));
            case INSERT_ONE ->
                one(table, field, insert(table, Selects.asList(arguments.get("object")), arguments, path));
            case UPDATE -> response(table, field, update(table, arguments, path, null));
            case UPDATE_BY_PK ->
                assignments(table, arguments).isEmpty()
                        ? "{}"
                        : one(table, field, update(table, arguments, path, (Map<?, ?>) arguments.get("pk_columns")));
            case DELETE -> response(table, field, delete(table, arguments, path, null));
            case DELETE_BY_PK -> one(table, field, delete(table, arguments, path, arguments));
            default -> throw new IllegalArgumentException(root.kind() + " does not write");
        };
    }

    // -- insert -----------------------------------------------------------------------------------------------------

    private Changed insert(TrackedTable table, List<?> objects, Map<String, Object> arguments, String path)
            throws SQLException {
        if (objects.isEmpty()) {
            return Changed.NOTHING;
        }
        Access.Insert access = table.insert(session.role(), session.backendOnly());
        if (access == null) {
            throw new IllegalStateException("Role '" + session.role() + "' may not insert into '" + table + "'");
        }
        List<Map<Column, Sql>> rows = new ArrayList<>();
        Set<Column> columns = new LinkedHashSet<>();
        for (Object object : objects) {
            Map<Column, Sql> row = new LinkedHashMap<>();
            ((Map<?, ?>) object).forEach((name, value) -> {
                Column column = column(table, String.valueOf(name));
                row.put(column, new Sql().value(Values.text(column, value), column.sqlType()));
            });
            row.putAll(presets(table, access.presets()));
            columns.addAll(row.keySet());
            rows.add(row);
        }
        Sql sql = Sql.of("INSERT INTO ").name(table.name()).add(" AS ").name(ROW);
        if (columns.isEmpty()) {
            columns.add(table.table().columns().get(0));
        }
        List<Sql> names = new ArrayList<>();
        columns.forEach(column -> names.add(new Sql().name(column.name())));
        sql.add(" (").join(", ", names).add(") VALUES ");
        List<Sql> tuples = new ArrayList<>();
        for (Map<Column, Sql> row : rows) {
            List<Sql> values = new ArrayList<>();
            columns.forEach(column -> values.add(row.getOrDefault(column, Sql.of("DEFAULT"))));
            tuples.add(Sql.of("(").join(", ", values).add(")"));
        }
        sql.join(", ", tuples);
        Sql check = conditions.permission(table, ROW, access.check());
        if (arguments.get("on_conflict") instanceof Map<?, ?> conflict) {
            Access.Update update = table.update(session.role(), session.backendOnly());
            sql.add(onConflict(table, conflict, update, path));
            if (update != null && update.check() != null) {
                Sql updateCheck = conditions.permission(table, ROW, update.check());
                check = Sql.of("CASE WHEN ")
                        .column(ROW, "xmax")
                        .add("::text = '0' THEN ")
                        .add(check)
                        .add(" ELSE ")
                        .add(updateCheck)
                        .add(" END");
            }
        }
        return change(sql, check, path + (arguments.containsKey("objects") ? ".objects" : ".object"));
    }

    private Sql onConflict(TrackedTable table, Map<?, ?> conflict, Access.@Nullable Update access, String path) {
        Sql sql = Sql.of(" ON CONFLICT ON CONSTRAINT ").name(String.valueOf(conflict.get("constraint")));
        List<?> columns = Selects.asList(conflict.get("update_columns"));
        if (columns.isEmpty() || access == null) {
            return sql.add(" DO NOTHING");
        }
        List<Sql> sets = new ArrayList<>();
        for (Object name : columns) {
            String column = column(table, String.valueOf(name)).name();
            sets.add(new Sql().name(column).add(" = EXCLUDED.").name(column));
        }
        presets(table, access.presets())
                .forEach((column, value) ->
                        sets.add(new Sql().name(column.name()).add(" = ").add(value)));
        sql.add(" DO UPDATE SET ")
                .join(", ", sets)
                .add(" WHERE ")
                .add(conditions.permission(table, ROW, access.filter()));
        Object where = conflict.get("where");
        if (where != null) {
            sql.add(" AND ").add(conditions.where(table, ROW, where, path + ".on_conflict.where"));
        }
        return sql;
    }

    // -- update and delete ------------------------------------------------------------------------------------------

    private Changed update(TrackedTable table, Map<String, Object> arguments, String path, @Nullable Map<?, ?> key)
            throws SQLException {
        Access.Update access = table.update(session.role(), session.backendOnly());
        if (access == null) {
            throw new IllegalStateException("Role '" + session.role() + "' may not update '" + table + "'");
        }
        Map<Column, Sql> assignments = assignments(table, arguments);
        if (assignments.isEmpty()) {
            return Changed.NOTHING;
        }
        assignments.putAll(presets(table, access.presets()));
        List<Sql> sets = new ArrayList<>();
        assignments.forEach((column, value) ->
                sets.add(new Sql().name(column.name()).add(" = ").add(value)));
        Sql sql = Sql.of("UPDATE ")
                .name(table.name())
                .add(" AS ")
                .name(ROW)
                .add(" SET ")
                .join(", ", sets)
                .add(" WHERE ")
                .add(rows(table, arguments, access.filter(), path, key));
        return change(sql, conditions.permission(table, ROW, access.check()), "$");
    }

    private Map<Column, Sql> assignments(TrackedTable table, Map<String, Object> arguments) {
        Map<Column, Sql> assignments = new LinkedHashMap<>();
        for (String operator :
                List.of("_set", "_inc", "_append", "_prepend", "_delete_key", "_delete_elem", "_delete_at_path")) {
            if (!(arguments.get(operator) instanceof Map<?, ?> columns)) {
                continue;
            }
            columns.forEach((name, value) -> {
                Column column = column(table, String.valueOf(name));
                if (assignments.put(column, assignment(column, operator, value)) != null) {
                    throw EngineException.validation(
                            "$", "Column found in multiple operators: [\"" + column.name() + "\"]");
                }
            });
        }
        return assignments;
    }

    private static Sql assignment(Column column, String operator, @Nullable Object value) {
        Sql old = new Sql().column(ROW, column.name());
        return switch (operator) {
            case "_inc" -> old.add(" + ").value(Values.text(column, value), column.sqlType());
            case "_append" -> old.add(" || ").value(Values.text(column, value), "jsonb");
            case "_prepend" ->
                new Sql().value(Values.text(column, value), "jsonb").add(" || ").add(old);
            case "_delete_key" -> old.add(" - ").value(String.valueOf(value), "text");
            case "_delete_elem" -> old.add(" - ").value(String.valueOf(value), "integer");
            case "_delete_at_path" -> {
                yield old.add(" #- ").value(Values.textArray(Selects.asList(value)), "text[]");
            }
            default -> new Sql().value(Values.text(column, value), column.sqlType());
        };
    }

    private Changed delete(TrackedTable table, Map<String, Object> arguments, String path, @Nullable Map<?, ?> key)
            throws SQLException {
        Access.Delete access = table.delete(session.role(), session.backendOnly());
        if (access == null) {
            throw new IllegalStateException("Role '" + session.role() + "' may not delete from '" + table + "'");
        }
        Sql sql = Sql.of("DELETE FROM ")
                .name(table.name())
                .add(" AS ")
                .name(ROW)
                .add(" WHERE ")
                .add(rows(table, arguments, access.filter(), path, key));
        return change(sql, Sql.of("true"), "$");
    }

    /** Which rows are meant: those of the client's condition, or of its key, that the permission allows. */
    private Sql rows(
            TrackedTable table,
            Map<String, Object> arguments,
            @Nullable JsonNode filter,
            String path,
            @Nullable Map<?, ?> key) {
        Sql meant = key != null
                ? selects.key(table, ROW, key)
                : conditions.where(table, ROW, Objects.requireNonNull(arguments.get("where")), path + ".where");
        return conditions.permission(table, ROW, filter).add(" AND ").add(meant);
    }

    // -- common -----------------------------------------------------------------------------------------------------

    private Map<Column, Sql> presets(TrackedTable table, Map<String, JsonNode> presets) {
        Map<Column, Sql> values = new LinkedHashMap<>();
        presets.forEach((name, value) -> {
            Column column = table.table().column(name);
            if (column == null) {
                throw EngineException.unexpected("a preset names an unknown column: " + name);
            }
            String text;
            if (value.isString()
                    && value.stringValue().toLowerCase(java.util.Locale.ROOT).startsWith("x-hasura-")) {
                text = Conditions.sessionVariable(session, value.stringValue());
            } else if (value.isNull()) {
                text = null;
            } else {
                text = column.json() || !value.isValueNode() ? value.toString() : value.asString();
            }
            values.put(column, new Sql().value(text, column.sqlType()));
        });
        return values;
    }

    private Changed change(Sql statement, Sql check, String path) throws SQLException {
        Sql sql = Sql.of("WITH \"changed\" AS (")
                .add(statement)
                .add(" RETURNING ")
                .name(ROW)
                .add(".*, (")
                .add(check)
                .add(") AS \"__hasura4j_check\") SELECT count(*), coalesce(json_agg(\"changed\".*), '[]')::text,"
                        + " coalesce(bool_and(coalesce(\"__hasura4j_check\", false)), true) FROM \"changed\"");
        try (PreparedStatement prepared = sql.prepare(connection);
                ResultSet result = prepared.executeQuery()) {
            result.next();
            if (!result.getBoolean(3)) {
                throw EngineException.of("permission-error", path, CHECK_FAILED);
            }
            return new Changed(result.getLong(1), result.getString(2));
        }
    }

    private String response(TrackedTable table, ExecutableNormalizedField field, Changed changed) throws SQLException {
        List<Sql> parts = new ArrayList<>();
        for (ExecutableNormalizedField child : field.getChildren()) {
            Sql value = switch (child.getName()) {
                case "affected_rows" -> Sql.of(Long.toString(changed.count));
                case "returning" -> selects.changedRows(table, child, changed.rows, false);
                default -> Sql.of("'" + table.typeName() + "_mutation_response'::text");
            };
            parts.add(Selects.as(value, child));
        }
        return TableFields.read(
                connection,
                Sql.of("SELECT row_to_json(\"e\".*)::text FROM (SELECT ")
                        .join(", ", parts)
                        .add(") AS \"e\""));
    }

    private String one(TrackedTable table, ExecutableNormalizedField field, Changed changed) throws SQLException {
        if (changed.count == 0) {
            return "null";
        }
        return TableFields.read(
                connection,
                Sql.of("SELECT ")
                        .add(selects.changedRows(table, field, changed.rows, true))
                        .add("::text"));
    }

    private static Column column(TrackedTable table, String field) {
        Column column = table.columnOf(field);
        if (column == null) {
            throw EngineException.notSupported("$", "writing '" + field + "' of table '" + table + "'");
        }
        return column;
    }

    /** What a statement changed: how many rows, and the rows as a JSON list. */
    private record Changed(long count, String rows) {

        static final Changed NOTHING = new Changed(0, "[]");
    }
}
