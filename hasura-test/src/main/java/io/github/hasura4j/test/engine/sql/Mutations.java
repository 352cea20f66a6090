package io.github.hasura4j.test.engine.sql;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

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

    private static final String ROW = RowChanges.ROW;

    private static final List<String> OPERATORS =
            List.of("_set", "_inc", "_append", "_prepend", "_delete_key", "_delete_elem", "_delete_at_path");

    private final Session session;
    private final Connection connection;
    private final Selects selects;
    private final Conditions conditions;
    private final RowChanges changes;
    private final Inserts inserts;

    Mutations(TrackedTables tables, Session session, Connection connection, Selects selects) {
        this.session = session;
        this.connection = connection;
        this.selects = selects;
        this.conditions = selects.conditions();
        this.changes = new RowChanges(connection, session);
        this.inserts = new Inserts(tables, new InsertStatement(session, conditions, changes));
    }

    String run(RootField.OfTable root, ExecutableNormalizedField field) throws SQLException {
        TrackedTable table = root.table();
        Map<String, Object> arguments = field.getResolvedArguments();
        String path = "$.selectionSet." + field.getName() + ".args";
        return switch (root.kind()) {
            case INSERT -> response(table, field, insert(table, arguments, "objects", path));
            case INSERT_ONE -> one(table, field, insert(table, arguments, "object", path));
            case UPDATE -> response(table, field, update(table, arguments, path, null));
            case UPDATE_BY_PK ->
                assignments(table, arguments, path).isEmpty()
                        ? "{}"
                        : one(table, field, update(table, arguments, path, (Map<?, ?>) arguments.get("pk_columns")));
            case UPDATE_MANY -> updateMany(table, field, path);
            case DELETE -> response(table, field, delete(table, arguments, path, null));
            case DELETE_BY_PK -> one(table, field, delete(table, arguments, path, arguments));
            default -> throw new IllegalArgumentException(root.kind() + " does not write");
        };
    }

    private Changed insert(TrackedTable table, Map<String, Object> arguments, String objects, String path) {
        return inserts.insert(
                table,
                Selects.asList(arguments.get(objects)),
                arguments.get("on_conflict"),
                path + "." + objects,
                path + ".on_conflict");
    }

    @SuppressWarnings("unchecked")
    private String updateMany(TrackedTable table, ExecutableNormalizedField field, String path) throws SQLException {
        List<Map<String, Object>> updates = (List<Map<String, Object>>)
                Selects.asList(field.getResolvedArguments().get("updates"));
        List<String> responses = new ArrayList<>();
        boolean all = updates.stream()
                .allMatch(update -> assignments(table, update, path).isEmpty());
        if (all) {
            return "[]";
        }
        for (int i = 0; i < updates.size(); i++) {
            Changed changed = update(table, updates.get(i), path + ".updates[" + i + "]", null);
            responses.add(response(table, field, changed));
        }
        return "[" + String.join(", ", responses) + "]";
    }

    private Changed update(TrackedTable table, Map<String, Object> arguments, String path, @Nullable Map<?, ?> key)
            throws SQLException {
        Access.Update access = table.update(session.role(), session.backendOnly());
        if (access == null) {
            throw new IllegalStateException("Role '" + session.role() + "' may not update '" + table + "'");
        }
        Map<Column, Sql> assignments = assignments(table, arguments, path);
        if (assignments.isEmpty()) {
            return Changed.NOTHING;
        }
        assignments.putAll(changes.presets(table, access.presets()));
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
        return changes.run(sql, conditions.permission(table, ROW, access.check()), "$");
    }

    private static Map<Column, Sql> assignments(TrackedTable table, Map<String, Object> arguments, String path) {
        Map<Column, Sql> assignments = new LinkedHashMap<>();
        for (String operator : OPERATORS) {
            if (!(arguments.get(operator) instanceof Map<?, ?> columns)) {
                continue;
            }
            columns.forEach((name, value) -> {
                Column column = RowChanges.column(table, String.valueOf(name));
                if (assignments.put(column, assignment(column, operator, value)) != null) {
                    throw EngineException.validation(
                            path, "Column found in multiple operators: ['" + column.name() + "'].");
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
        return changes.run(sql, Sql.of("true"), "$");
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

    private String response(TrackedTable table, ExecutableNormalizedField field, Changed changed) throws SQLException {
        List<Sql> parts = new ArrayList<>();
        for (ExecutableNormalizedField child : field.getChildren()) {
            Sql value = switch (child.getName()) {
                case "affected_rows" -> Sql.of(Long.toString(changed.count()));
                case "returning" -> selects.changedRows(table, child, changed.rows(), false);
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
        if (changed.none()) {
            return "null";
        }
        return TableFields.read(
                connection,
                Sql.of("SELECT ")
                        .add(selects.changedRows(table, field, changed.rows(), true))
                        .add("::text"));
    }
}
