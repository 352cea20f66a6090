package io.github.hasura4j.test.engine.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.github.hasura4j.test.engine.EngineException;
import io.github.hasura4j.test.engine.Session;
import io.github.hasura4j.test.engine.catalog.Column;
import io.github.hasura4j.test.engine.schema.Access;
import io.github.hasura4j.test.engine.schema.ComputedField;
import io.github.hasura4j.test.engine.schema.Relationship;
import io.github.hasura4j.test.engine.schema.TrackedTable;
import io.github.hasura4j.test.engine.schema.TrackedTables;
import org.jspecify.annotations.Nullable;

/** The order of rows: by their own values, by the row they belong to, by aggregates of the rows that belong to them. */
final class Ordering {

    private static final String AGGREGATE = "_aggregate";

    private final TrackedTables tables;
    private final Session session;
    private final Conditions conditions;
    private final FunctionCalls functions;
    private final Aggregates aggregates;

    Ordering(TrackedTables tables, Session session, Conditions conditions) {
        this.tables = tables;
        this.session = session;
        this.conditions = conditions;
        this.functions = new FunctionCalls(session);
        this.aggregates = new Aggregates(functions, conditions);
    }

    /** The client's {@code order_by} as SQL; empty for no order. */
    List<Sql> of(TrackedTable table, String alias, @Nullable Object orderBy) {
        List<Sql> order = new ArrayList<>();
        Selects.asList(orderBy)
                .forEach(keys -> keys(table, alias, keys)
                        .forEach(key -> order.add(key.value().add(key.direction()))));
        return order;
    }

    private List<SortKey> keys(TrackedTable table, String alias, @Nullable Object keys) {
        List<SortKey> found = new ArrayList<>();
        if (keys instanceof Map<?, ?> map) {
            map.forEach((key, direction) -> {
                if (direction != null) {
                    found.addAll(keys(table, alias, String.valueOf(key), direction));
                }
            });
        }
        return found;
    }

    private List<SortKey> keys(TrackedTable table, String alias, String key, Object direction) {
        Column column = table.columnOf(key);
        if (column != null) {
            Sql value = conditions.seen(table, alias, key, new Sql().column(alias, column.name()));
            return List.of(new SortKey(value, direction(direction)));
        }
        ComputedField computed = table.computedField(key);
        if (computed != null) {
            Sql value = conditions.seen(table, alias, key, functions.call(computed, new Sql().name(alias), null));
            return List.of(new SortKey(value, direction(direction)));
        }
        Relationship relationship = table.relationship(key);
        if (relationship != null && !relationship.array()) {
            String targetAlias = conditions.nextAlias();
            return related(relationship, alias, targetAlias, keys(tables.target(relationship), targetAlias, direction));
        }
        Relationship aggregated = key.endsWith(AGGREGATE)
                ? table.relationship(key.substring(0, key.length() - AGGREGATE.length()))
                : null;
        if (aggregated != null && direction instanceof Map<?, ?> functionsOf) {
            String targetAlias = conditions.nextAlias();
            return related(aggregated, alias, targetAlias, aggregates(aggregated, targetAlias, functionsOf));
        }
        throw EngineException.notSupported("$", "ordering table '" + table + "' by '" + key + "'");
    }

    private List<SortKey> aggregates(Relationship relationship, String targetAlias, Map<?, ?> functionsOf) {
        TrackedTable target = tables.target(relationship);
        List<SortKey> found = new ArrayList<>();
        functionsOf.forEach((function, wanted) -> {
            if (wanted instanceof Map<?, ?> columns) {
                columns.forEach((field, direction) -> {
                    if (direction != null) {
                        Sql value =
                                aggregates.over(target, targetAlias, String.valueOf(function), String.valueOf(field));
                        found.add(new SortKey(value, direction(direction)));
                    }
                });
            } else if (wanted != null) {
                found.add(new SortKey(Sql.of("count(*)"), direction(wanted)));
            }
        });
        return found;
    }

    /** Values that are selected from the other side of a relationship. */
    private List<SortKey> related(Relationship relationship, String alias, String targetAlias, List<SortKey> values) {
        TrackedTable target = tables.target(relationship);
        List<SortKey> found = new ArrayList<>();
        for (SortKey nested : values) {
            Access.Select access = target.select(session.role());
            Sql value = Sql.of("(SELECT ")
                    .add(nested.value())
                    .add(" FROM ")
                    .name(target.name())
                    .add(" AS ")
                    .name(targetAlias)
                    .add(" WHERE ")
                    .add(Conditions.join(relationship, alias, targetAlias))
                    .add(" AND ")
                    .add(conditions.permission(target, targetAlias, access == null ? null : access.filter()))
                    .add(" LIMIT 1)");
            found.add(new SortKey(value, nested.direction()));
        }
        return found;
    }

    private static String direction(Object orderBy) {
        return switch (orderBy.toString()) {
            case "asc", "asc_nulls_last" -> " ASC NULLS LAST";
            case "asc_nulls_first" -> " ASC NULLS FIRST";
            case "desc", "desc_nulls_first" -> " DESC NULLS FIRST";
            case "desc_nulls_last" -> " DESC NULLS LAST";
            default ->
                throw new IllegalArgumentException(
                        "Not an order: " + orderBy.toString().toLowerCase(Locale.ROOT));
        };
    }

    /** One key to sort by, and how. */
    private record SortKey(Sql value, String direction) {}
}
