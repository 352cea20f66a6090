package io.github.hasura4j.test.engine.schema;

import java.util.ArrayList;
import java.util.List;

import io.github.hasura4j.test.engine.catalog.Column;
import org.jspecify.annotations.Nullable;

/**
 * The tables as one role may use them.
 *
 * @param role the role
 * @param backend whether permissions for backends alone count
 * @param tables the tables
 */
record RoleView(String role, boolean backend, TrackedTables tables) {

    Access.@Nullable Select select(TrackedTable table) {
        return table.select(role);
    }

    Access.@Nullable Insert insert(TrackedTable table) {
        return table.insert(role, backend);
    }

    Access.@Nullable Update update(TrackedTable table) {
        return table.update(role, backend);
    }

    Access.@Nullable Delete delete(TrackedTable table) {
        return table.delete(role, backend);
    }

    /** Whether there is anything of a table to see. */
    boolean readable(TrackedTable table) {
        return !columns(table).isEmpty() || !computed(table).isEmpty();
    }

    boolean aggregates(TrackedTable table) {
        Access.Select select = select(table);
        return select != null && select.aggregations() && readable(table);
    }

    /** The columns that may be read. */
    List<Column> columns(TrackedTable table) {
        Access.Select select = select(table);
        return select == null
                ? List.of()
                : table.columns().stream()
                        .filter(column -> select.columns().contains(column.name()))
                        .toList();
    }

    /** Whether a column that may be read has null in some of the rows, whatever stands there. */
    boolean redacts(TrackedTable table, Column column) {
        Access.Select select = select(table);
        return select != null && select.cells().containsKey(table.fieldOf(column));
    }

    /** The computed fields with one value that may be read. */
    List<ComputedField> computed(TrackedTable table) {
        Access.Select select = select(table);
        return select == null
                ? List.of()
                : table.computedFields().values().stream()
                        .filter(field -> field.target() == null && select.computes(field.name()))
                        .toList();
    }

    /** What one can filter, order and aggregate by: columns, and computed fields that need nothing but the row. */
    List<Value> values(TrackedTable table) {
        List<Value> values = new ArrayList<>();
        columns(table)
                .forEach(column ->
                        values.add(new Value(table.fieldOf(column), column, columnType(table, column), false)));
        computed(table).stream()
                .filter(ComputedField::plain)
                .forEach(field ->
                        values.add(new Value(field.name(), field.value(), Scalars.typeOf(field.value()), true)));
        return values;
    }

    /** The key's columns if all may be read; empty otherwise. */
    List<Column> key(TrackedTable table) {
        List<Column> key = table.primaryKey();
        return columns(table).containsAll(key) ? key : List.of();
    }

    /** The columns that may be given a new value. */
    List<Column> updatable(TrackedTable table) {
        Access.Update update = update(table);
        return update == null
                ? List.of()
                : table.columns().stream()
                        .filter(column -> column.writable()
                                && update.columns().contains(column.name())
                                && !update.presets().containsKey(column.name()))
                        .toList();
    }

    /** The relationships whose other side may be read. */
    List<Relationship> relationships(TrackedTable table) {
        return table.relationships().values().stream()
                .filter(relationship -> readable(tables.target(relationship)))
                .toList();
    }

    /** A column's GraphQL type, without what says that it is never null. */
    static String columnType(TrackedTable table, Column column) {
        String enumeration = table.enumColumns().get(column.name());
        return enumeration != null ? enumeration : Scalars.typeOf(column);
    }

    /** A table's name where descriptions quote it. */
    static String quoted(TrackedTable table) {
        String name = table.name().schema().equals("public")
                ? table.name().name()
                : table.name().toString();
        return '"' + name + '"';
    }

    /**
     * One value of a row.
     *
     * @param field its GraphQL name
     * @param column what it is in the database
     * @param type its GraphQL type
     * @param computed whether it is a computed field
     */
    record Value(String field, Column column, String type, boolean computed) {

        /** Whether it is a value of an enum table. */
        boolean enumeration() {
            return !type.equals(Scalars.typeOf(column));
        }

        boolean comparable() {
            return !enumeration() && Scalars.isComparable(column);
        }

        boolean numeric() {
            return !enumeration() && !column.array() && Scalars.isNumeric(Scalars.of(column));
        }

        boolean is(String databaseType) {
            return !column.array() && column.type().equals(databaseType);
        }
    }
}
