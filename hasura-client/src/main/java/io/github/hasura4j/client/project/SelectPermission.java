package io.github.hasura4j.client.project;

import java.util.List;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a role may read of a table.
 *
 * @param role the role
 * @param columns the columns it sees
 * @param computedFields the scalar computed fields it sees
 * @param filter the boolean expression that its rows fulfil; an empty object for all rows
 * @param limit the most rows at a time; null for no limit
 * @param allowAggregations whether it may aggregate
 * @param queryRootFields which root fields it has, of {@code select}, {@code select_by_pk}, {@code select_aggregate}; null for
 *     all
 * @param subscriptionRootFields which of them, and {@code select_stream}, it may subscribe to; null for all
 */
public record SelectPermission(
        String role,
        ColumnSet columns,
        List<String> computedFields,
        JsonNode filter,
        @Nullable Integer limit,
        boolean allowAggregations,
        @Nullable List<String> queryRootFields,
        @Nullable List<String> subscriptionRootFields) {

    static SelectPermission from(JsonNode json) {
        JsonNode permission = json.path("permission");
        return new SelectPermission(
                Json.text(json, "role"),
                ColumnSet.from(permission.path("columns")),
                Json.texts(permission.path("computed_fields")),
                permission.path("filter"),
                permission.path("limit").isNumber() ? permission.path("limit").intValue() : null,
                Json.flag(permission, "allow_aggregations"),
                rootFields(permission.path("query_root_fields")),
                rootFields(permission.path("subscription_root_fields")));
    }

    private static @Nullable List<String> rootFields(JsonNode names) {
        return names.isArray() ? Json.texts(names) : null;
    }
}
