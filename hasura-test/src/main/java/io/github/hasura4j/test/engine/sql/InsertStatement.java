package io.github.hasura4j.test.engine.sql;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.github.hasura4j.test.engine.Session;
import io.github.hasura4j.test.engine.catalog.Column;
import io.github.hasura4j.test.engine.schema.Access;
import io.github.hasura4j.test.engine.schema.TrackedTable;
import org.jspecify.annotations.Nullable;

/** The one statement that puts rows of one table in, and what it does with those that are there already. */
final class InsertStatement {

    private static final String ROW = RowChanges.ROW;

    private final Session session;
    private final Conditions conditions;
    private final RowChanges changes;

    InsertStatement(Session session, Conditions conditions, RowChanges changes) {
        this.session = session;
        this.conditions = conditions;
        this.changes = changes;
    }

    /**
     * Puts rows in.
     *
     * @param rows the values by column; the permission's presets are added
     * @param onConflict the client's {@code on_conflict}; null for none
     * @param path where the rows stand in the request
     * @param conflictPath where {@code on_conflict} stands
     */
    Changed run(
            TrackedTable table,
            List<Map<Column, Sql>> rows,
            @Nullable Object onConflict,
            String path,
            String conflictPath) {
        Access.Insert access = table.insert(session.role(), session.backendOnly());
        if (access == null) {
            throw new IllegalStateException("Role '" + session.role() + "' may not insert into '" + table + "'");
        }
        Map<Column, Sql> presets = changes.presets(table, access.presets());
        Set<Column> columns = new LinkedHashSet<>();
        rows.forEach(row -> {
            row.putAll(presets);
            columns.addAll(row.keySet());
        });
        if (columns.isEmpty()) {
            columns.add(table.table().columns().get(0));
        }
        Sql sql = Sql.of("INSERT INTO ").name(table.name()).add(" AS ").name(ROW);
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
        if (onConflict instanceof Map<?, ?> conflict) {
            Access.Update update = table.update(session.role(), session.backendOnly());
            sql.add(onConflict(table, conflict, update, conflictPath));
            if (update != null && update.check() != null) {
                check = Sql.of("CASE WHEN ")
                        .column(ROW, "xmax")
                        .add("::text = '0' THEN ")
                        .add(check)
                        .add(" ELSE ")
                        .add(conditions.permission(table, ROW, update.check()))
                        .add(" END");
            }
        }
        try {
            return changes.run(sql, check, path);
        } catch (SQLException e) {
            throw PostgresErrors.translate(e, path);
        }
    }

    private Sql onConflict(TrackedTable table, Map<?, ?> conflict, Access.@Nullable Update access, String path) {
        Sql sql = Sql.of(" ON CONFLICT ON CONSTRAINT ").name(String.valueOf(conflict.get("constraint")));
        List<?> columns = Selects.asList(conflict.get("update_columns"));
        if (columns.isEmpty() || access == null) {
            return sql.add(" DO NOTHING");
        }
        List<Sql> sets = new ArrayList<>();
        for (Object name : columns) {
            String column = RowChanges.column(table, String.valueOf(name)).name();
            sets.add(new Sql().name(column).add(" = EXCLUDED.").name(column));
        }
        changes.presets(table, access.presets())
                .forEach((column, value) ->
                        sets.add(new Sql().name(column.name()).add(" = ").add(value)));
        sql.add(" DO UPDATE SET ")
                .join(", ", sets)
                .add(" WHERE ")
                .add(conditions.permission(table, ROW, access.filter()));
        Object where = conflict.get("where");
        if (where != null) {
            sql.add(" AND ").add(conditions.where(table, ROW, where, path + ".where"));
        }
        return sql;
    }
}
