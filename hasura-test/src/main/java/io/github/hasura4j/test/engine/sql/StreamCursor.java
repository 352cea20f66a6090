package io.github.hasura4j.test.engine.sql;

import java.util.List;
import java.util.Map;

import graphql.normalized.ExecutableNormalizedField;
import io.github.hasura4j.test.engine.EngineException;
import io.github.hasura4j.test.engine.catalog.Column;
import io.github.hasura4j.test.engine.schema.TrackedTable;
import org.jspecify.annotations.Nullable;

/**
 * What a stream goes along.
 *
 * @param column the column
 * @param descending whether downwards
 * @param initial the value that it begins after, in text form
 */
record StreamCursor(
        Column column, boolean descending, @Nullable String initial) {

    /**
     * Reads the argument {@code cursor}.
     *
     * @throws EngineException unless it is one column of one cursor
     */
    static StreamCursor of(TrackedTable table, ExecutableNormalizedField field) {
        String path = "$.selectionSet." + field.getName() + ".args.cursor";
        List<?> cursors = Selects.asList(field.getResolvedArguments().get("cursor"));
        if (cursors.size() > 1) {
            throw EngineException.validation(path, "multiple column cursors are not supported yet");
        }
        Map<?, ?> cursor = !cursors.isEmpty() && cursors.get(0) instanceof Map<?, ?> map ? map : Map.of();
        Map<?, ?> initial = cursor.get("initial_value") instanceof Map<?, ?> map ? map : Map.of();
        if (initial.size() != 1) {
            throw EngineException.validation(path, "one streaming column field is expected");
        }
        Map.Entry<?, ?> entry = initial.entrySet().iterator().next();
        Column column = Aggregates.column(table, entry.getKey());
        return new StreamCursor(
                column, "DESC".equals(String.valueOf(cursor.get("ordering"))), Values.text(column, entry.getValue()));
    }
}
