package io.github.hasura4j.test.engine.catalog;

import java.util.List;

import io.github.hasura4j.payload.TableName;
import org.jspecify.annotations.Nullable;

/**
 * A table or view as the database describes it.
 *
 * @param name its name
 * @param view whether it is a view, materialised or not
 * @param writes what may be done to its rows
 * @param comment its comment; null for none
 * @param columns its columns, in order
 * @param primaryKey the primary key's columns; empty for none
 * @param uniqueConstraints primary key and unique constraints
 * @param foreignKeys its foreign keys
 */
public record Table(
        TableName name,
        boolean view,
        Writes writes,
        @Nullable String comment,
        List<Column> columns,
        List<String> primaryKey,
        List<UniqueConstraint> uniqueConstraints,
        List<ForeignKey> foreignKeys) {

    /**
     * What may be done to rows: everything for a table, what Postgres or its triggers can carry out for a view.
     *
     * @param insert whether rows may be put in
     * @param update whether rows may be changed
     * @param delete whether rows may be taken out
     */
    public record Writes(boolean insert, boolean update, boolean delete) {}

    /**
     * A primary key or unique constraint.
     *
     * @param name its name
     * @param columns its columns
     */
    public record UniqueConstraint(String name, List<String> columns) {}

    /**
     * A foreign key.
     *
     * @param columns the columns here
     * @param target the table it points at
     * @param targetColumns the columns there
     */
    public record ForeignKey(List<String> columns, TableName target, List<String> targetColumns) {}

    /** The column of a name, or null. */
    public @Nullable Column column(String columnName) {
        for (Column column : columns) {
            if (column.name().equals(columnName)) {
                return column;
            }
        }
        return null;
    }
}
