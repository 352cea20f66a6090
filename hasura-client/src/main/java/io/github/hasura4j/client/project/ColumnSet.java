package io.github.hasura4j.client.project;

import java.util.List;

import tools.jackson.databind.JsonNode;

/**
 * Columns, listed or all of them ({@code '*'}).
 *
 * @param all whether all are meant, later ones too
 * @param names the listed ones; empty if all are meant
 */
public record ColumnSet(boolean all, List<String> names) {

    static ColumnSet from(JsonNode json) {
        return json.isArray()
                ? new ColumnSet(false, Json.texts(json))
                : new ColumnSet(json.asString("").equals("*"), List.of());
    }

    /** Whether a column is among them. */
    public boolean contains(String column) {
        return all || names.contains(column);
    }
}
