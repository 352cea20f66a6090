package io.github.hasura4j.test.engine.catalog;

import java.util.List;

import io.github.hasura4j.payload.TableName;
import org.jspecify.annotations.Nullable;

/**
 * A table or view as the database describes it.
 *
 * @param name its name
 * @param view whether it is a view, materialised or not
 * @param comment its comment; null for none
 * @param columns its columns, in order
 * @param primaryKey the primary key's columns; empty for none
 * @param uniqueConstraints primary key and unique constraints
 * @param foreignKeys its foreign keys
 */
public record Table(
        TableName name,
        boolean view,
        @Nullable String comment,
        List<Column> columns,
        List<String> primaryKey,
        List<UniqueConstraint> uniqueConstraints,
        List<ForeignKey> foreignKeys) {

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
