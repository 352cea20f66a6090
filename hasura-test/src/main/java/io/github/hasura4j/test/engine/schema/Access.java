package io.github.hasura4j.test.engine.schema;

import java.util.List;
import java.util.Map;

import io.github.hasura4j.client.project.ColumnSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What one role may do with one table; admin may do everything. */
public sealed interface Access {

    /** Every column there is. */
    ColumnSet ALL = new ColumnSet(true, List.of());

    /**
     * Reading.
     *
     * @param columns the columns it sees
     * @param filter what its rows fulfil; null for all rows
     * @param limit the most rows at a time; null for no limit
     * @param aggregations whether it may aggregate
     * @param computedFields the computed fields with one value that it sees; null for all
     * @param queryFields which root fields it has; null for all
     * @param subscriptionFields which of them it may subscribe to; null for all
     * @param cells by GraphQL field, the condition that a row fulfils whose value may be seen; other rows have null there
     */
    record Select(
            ColumnSet columns,
            @Nullable JsonNode filter,
            @Nullable Integer limit,
            boolean aggregations,
            @Nullable List<String> computedFields,
            @Nullable List<String> queryFields,
            @Nullable List<String> subscriptionFields,
            Map<String, JsonNode> cells)
            implements Access {

        boolean hasQueryField(String name) {
            return queryFields == null || queryFields.contains(name);
        }

        boolean hasSubscriptionField(String name) {
            return subscriptionFields == null || subscriptionFields.contains(name);
        }

        boolean computes(String name) {
            return computedFields == null || computedFields.contains(name);
        }
    }

    /**
     * Inserting.
     *
     * @param columns the columns it may set, presets not among them
     * @param check what a new row must fulfil; null for nothing
     * @param presets columns with a value of the engine's own
     */
    record Insert(ColumnSet columns, @Nullable JsonNode check, Map<String, JsonNode> presets) implements Access {}

    /**
     * Updating.
     *
     * @param columns the columns it may change, presets not among them
     * @param filter what its rows fulfil before; null for all rows
     * @param check what a row must fulfil after; null for nothing
     * @param presets columns with a value of the engine's own
     */
    record Update(
            ColumnSet columns,
            @Nullable JsonNode filter,
            @Nullable JsonNode check,
            Map<String, JsonNode> presets) implements Access {}

    /**
     * Deleting.
     *
     * @param filter what its rows fulfil; null for all rows
     */
    record Delete(@Nullable JsonNode filter) implements Access {}
}
