package io.github.hasura4j.test.engine.schema;

import java.util.Map;

import io.github.hasura4j.payload.TableName;

/**
 * A relationship whose columns are known.
 *
 * @param name the field's name
 * @param array whether it leads to many rows
 * @param target the table it leads to
 * @param columns this table's columns to the target's
 * @param required whether there always is a row: the foreign key is ours and none of its columns may be null
 */
public record Relationship(
        String name, boolean array, TableName target, Map<String, String> columns, boolean required) {}
