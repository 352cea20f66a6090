package io.github.hasura4j.test.engine.catalog;

import java.util.List;

import io.github.hasura4j.payload.TableName;
import org.jspecify.annotations.Nullable;

/**
 * A function as the database describes it.
 *
 * @param name its name
 * @param arguments its arguments, in order; one without a name is {@code arg_1}, {@code arg_2} …
 * @param named whether its arguments have names in the database
 * @param required how many of its arguments, from the first, have no default
 * @param set whether it returns a set
 * @param changing whether it is VOLATILE
 * @param result what it returns; the column's name is the function's
 * @param rowType the table whose rows it returns; null for another type
 */
public record Function(
        TableName name,
        List<Column> arguments,
        boolean named,
        int required,
        boolean set,
        boolean changing,
        Column result,
        @Nullable TableName rowType) {}
