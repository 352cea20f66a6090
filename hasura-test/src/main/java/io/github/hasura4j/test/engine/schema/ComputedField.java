package io.github.hasura4j.test.engine.schema;

import java.util.List;

import io.github.hasura4j.payload.TableName;
import io.github.hasura4j.test.engine.catalog.Column;
import io.github.hasura4j.test.engine.catalog.Function;
import org.jspecify.annotations.Nullable;

/**
 * A field of a table that a function makes of the row.
 *
 * @param name the field's name
 * @param function the function
 * @param rowArgument the argument that gets the row
 * @param sessionArgument the argument that gets the session variables; null for none
 * @param target the tracked table whose rows it returns; null for one value
 * @param comment what it is
 */
public record ComputedField(
        String name,
        Function function,
        String rowArgument,
        @Nullable String sessionArgument,
        @Nullable TableName target,
        String comment) {

    /** The arguments that a client gives. */
    public List<Column> inputs() {
        return function.arguments().stream()
                .filter(argument ->
                        !argument.name().equals(rowArgument) && !argument.name().equals(sessionArgument))
                .toList();
    }

    /** Whether it is one value that needs nothing but the row, so that one can filter and order by it. */
    boolean plain() {
        return target == null && inputs().isEmpty();
    }

    /** Its value as a column of the row. */
    public Column value() {
        Column result = function.result();
        return new Column(
                name, result.sqlType(), result.type(), result.array(), result.enumeration(), false, false, comment);
    }
}
