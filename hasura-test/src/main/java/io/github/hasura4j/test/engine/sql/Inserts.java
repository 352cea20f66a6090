package io.github.hasura4j.test.engine.sql;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

import io.github.hasura4j.test.engine.EngineException;
import io.github.hasura4j.test.engine.EngineJson;
import io.github.hasura4j.test.engine.catalog.Column;
import io.github.hasura4j.test.engine.schema.Relationship;
import io.github.hasura4j.test.engine.schema.TrackedTable;
import io.github.hasura4j.test.engine.schema.TrackedTables;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Puts rows in: plain ones in one statement; those with related rows one after another, what a row refers to before it, what
 * refers to it afterwards ({@code local-engine.md} E.7).
 */
final class Inserts {

    private final TrackedTables tables;
    private final InsertStatement statements;

    Inserts(TrackedTables tables, InsertStatement statements) {
        this.tables = tables;
        this.statements = statements;
    }

    /**
     * Puts objects in.
     *
     * @param onConflict the client's {@code on_conflict}; null for none
     * @param path where the objects stand in the request
     * @param conflictPath where {@code on_conflict} stands
     */
    Changed insert(TrackedTable table, List<?> objects, @Nullable Object onConflict, String path, String conflictPath) {
        return insert(table, objects, Map.of(), onConflict, path, conflictPath);
    }

    private Changed insert(
            TrackedTable table,
            List<?> objects,
            Map<Column, Sql> fromParent,
            @Nullable Object onConflict,
            String path,
            String conflictPath) {
        if (objects.isEmpty()) {
            return Changed.NOTHING;
        }
        boolean nested = objects.stream().anyMatch(object -> hasRelated(table, (Map<?, ?>) object));
        if (!nested) {
            List<Map<Column, Sql>> rows = new ArrayList<>();
            for (int i = 0; i < objects.size(); i++) {
                Map<Column, Sql> row = ownColumns(table, (Map<?, ?>) objects.get(i));
                requireFree(row.keySet(), fromParent.keySet(), path + "[" + i + "]");
                row.putAll(fromParent);
                rows.add(row);
            }
            return statements.run(table, rows, onConflict, path, conflictPath);
        }
        List<Changed> changed = new ArrayList<>();
        for (int i = 0; i < objects.size(); i++) {
            String at = path + "[" + i + "]";
            changed.add(insertOne(table, (Map<?, ?>) objects.get(i), fromParent, onConflict, at, conflictPath));
        }
        return Changed.all(changed);
    }

    private Changed insertOne(
            TrackedTable table,
            Map<?, ?> object,
            Map<Column, Sql> fromParent,
            @Nullable Object onConflict,
            String path,
            String conflictPath) {
        Map<Column, Sql> row = ownColumns(table, object);
        requireFree(row.keySet(), fromParent.keySet(), path);
        row.putAll(fromParent);
        long more = 0;
        for (Relationship relationship : related(table, object, false)) {
            String at = path + "." + relationship.name();
            requireUndetermined(table, relationship, row.keySet(), at);
            Map<?, ?> nested = inner(object, relationship.name());
            Changed other = insertOne(
                    tables.target(relationship),
                    inner(nested, "data"),
                    Map.of(),
                    nested.get("on_conflict"),
                    at + ".data",
                    at + ".on_conflict");
            if (other.none()) {
                throw EngineException.of(
                        "not-supported",
                        at + ".data",
                        "cannot proceed to insert object relation \"" + relationship.name()
                                + "\" since insert to table " + quoted(tables.target(relationship))
                                + " affects zero rows");
            }
            more += other.count();
            row.putAll(referring(table, relationship, other));
        }
        Changed own = statements.run(table, List.of(row), onConflict, path, conflictPath);
        List<Relationship> after = related(table, object, true);
        if (own.none() && !after.isEmpty()) {
            throw EngineException.of(
                    "not-supported",
                    path,
                    "cannot proceed to insert array relations since insert to table " + quoted(table)
                            + " affects zero rows");
        }
        for (Relationship relationship : after) {
            more += insert(relationship, object, referred(relationship, own), path + "." + relationship.name())
                    .count();
        }
        return own.and(more);
    }

    private Changed insert(Relationship relationship, Map<?, ?> object, Map<Column, Sql> fromParent, String path) {
        Map<?, ?> nested = inner(object, relationship.name());
        return insert(
                tables.target(relationship),
                Selects.asList(nested.get("data")),
                fromParent,
                nested.get("on_conflict"),
                path + ".data",
                path + ".on_conflict");
    }

    private static Map<?, ?> inner(Map<?, ?> object, String key) {
        return (Map<?, ?>) Objects.requireNonNull(object.get(key), "the schema requires it");
    }

    private static boolean hasRelated(TrackedTable table, Map<?, ?> object) {
        return object.entrySet().stream()
                .anyMatch(field ->
                        field.getValue() != null && table.relationship(String.valueOf(field.getKey())) != null);
    }

    private static List<Relationship> related(TrackedTable table, Map<?, ?> object, boolean after) {
        List<Relationship> related = new ArrayList<>();
        object.forEach((name, value) -> {
            Relationship relationship = table.relationship(String.valueOf(name));
            if (relationship != null && value != null && relationship.insertedAfter() == after) {
                related.add(relationship);
            }
        });
        return related;
    }

    private static Map<Column, Sql> ownColumns(TrackedTable table, Map<?, ?> object) {
        Map<Column, Sql> row = new LinkedHashMap<>();
        object.forEach((name, value) -> {
            if (table.relationship(String.valueOf(name)) == null) {
                Column column = RowChanges.column(table, String.valueOf(name));
                row.put(column, new Sql().value(Values.text(column, value), column.sqlType()));
            }
        });
        return row;
    }

    private static void requireFree(Set<Column> given, Set<Column> determined, String path) {
        Set<Column> both = new LinkedHashSet<>(given);
        both.retainAll(determined);
        if (!both.isEmpty()) {
            throw EngineException.validation(
                    path,
                    "cannot insert " + names(both)
                            + " columns as their values are already being determined by parent insert");
        }
    }

    private static void requireUndetermined(
            TrackedTable table, Relationship relationship, Set<Column> determined, String path) {
        Set<Column> both = new LinkedHashSet<>(determined);
        both.removeIf(column -> !relationship.columns().containsKey(column.name()));
        if (!both.isEmpty()) {
            throw EngineException.validation(
                    path,
                    "cannot insert object relationship \"" + relationship.name() + "\" as " + names(both)
                            + " column values are already determined");
        }
    }

    private static String names(Set<Column> columns) {
        return columns.stream().map(column -> '"' + column.name() + '"').collect(Collectors.joining(", "));
    }

    private static String quoted(TrackedTable table) {
        String name = table.name().schema().equals("public")
                ? table.name().name()
                : table.name().toString();
        return '"' + name + '"';
    }

    /** This table's columns of a relationship, with the values of the row that was put in on the other side. */
    private Map<Column, Sql> referring(TrackedTable table, Relationship relationship, Changed other) {
        JsonNode row = EngineJson.parse(other.rows()).path(0);
        Map<Column, Sql> values = new LinkedHashMap<>();
        relationship
                .columns()
                .forEach((own, target) -> put(values, table.table().column(own), row.path(target)));
        return values;
    }

    /** The other table's columns of a relationship, with the values of this table's new row. */
    private Map<Column, Sql> referred(Relationship relationship, Changed own) {
        JsonNode row = EngineJson.parse(own.rows()).path(0);
        TrackedTable target = tables.target(relationship);
        Map<Column, Sql> values = new LinkedHashMap<>();
        relationship
                .columns()
                .forEach((column, other) -> put(values, target.table().column(other), row.path(column)));
        return values;
    }

    private static void put(Map<Column, Sql> values, @Nullable Column column, JsonNode value) {
        if (column != null) {
            String text = value.isNull() ? null : value.isString() ? value.stringValue() : value.toString();
            values.put(column, new Sql().value(text, column.sqlType()));
        }
    }
}
