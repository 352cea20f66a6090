package io.github.hasura4j.test.engine.schema;

import java.util.Map;

import io.github.hasura4j.payload.TableName;
import org.jspecify.annotations.Nullable;

/**
 * A relationship whose columns are known.
 *
 * @param name the field's name
 * @param array whether it leads to many rows
 * @param target the table it leads to
 * @param columns this table's columns to the target's
 * @param required whether there always is a row: the foreign key is ours and none of its columns may be null
 * @param insertedAfter whether a nested insert puts the other side in after this one, since it takes this one's columns
 * @param comment the metadata's comment; null for none
 */
public record Relationship(
        String name,
        boolean array,
        TableName target,
        Map<String, String> columns,
        boolean required,
        boolean insertedAfter,
        @Nullable String comment) {

    /** What the field of a relationship's aggregate ends with. */
    static final String AGGREGATE = "_aggregate";

    String comment(String otherwise) {
        return comment != null ? comment : otherwise;
    }
}
