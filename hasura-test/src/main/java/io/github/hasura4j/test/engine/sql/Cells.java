package io.github.hasura4j.test.engine.sql;

import io.github.hasura4j.test.engine.schema.TrackedTable;

/** The values of rows as a role sees them. */
interface Cells {

    /**
     * A value, or null in rows where nothing that the role inherits lets it be read.
     *
     * @param alias the row's name in the statement
     * @param field the value's GraphQL name
     * @param value the value
     */
    Sql seen(TrackedTable table, String alias, String field, Sql value);
}
