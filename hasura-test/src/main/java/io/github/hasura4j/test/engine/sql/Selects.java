package io.github.hasura4j.test.engine.sql;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import graphql.normalized.ExecutableNormalizedField;
import io.github.hasura4j.test.engine.EngineException;
import io.github.hasura4j.test.engine.Session;
import io.github.hasura4j.test.engine.catalog.Column;
import io.github.hasura4j.test.engine.schema.Access;
import io.github.hasura4j.test.engine.schema.Relationship;
import io.github.hasura4j.test.engine.schema.RootField;
import io.github.hasura4j.test.engine.schema.TrackedTable;
import io.github.hasura4j.test.engine.schema.TrackedTables;
import org.jspecify.annotations.Nullable;

/** Reading fields as SQL: one statement a root field, whose one value is the JSON of the answer. */
final class Selects {

    /** Postgres cuts longer names. */
    private static final int MAX_NAME = 63;

    private final TrackedTables tables;
    private final Session session;
    private final Conditions conditions;

    Selects(TrackedTables tables, Session session) {
        this.tables = tables;
        this.session = session;
        this.conditions = new Conditions(tables, session, new AtomicInteger());
    }

    Conditions conditions() {
        return conditions;
    }

    /** The statement of a root field that reads. */
    Sql statement(RootField.OfTable root, ExecutableNormalizedField field) {
        TrackedTable table = root.table();
        String path = "$.selectionSet." + field.getName() + ".args";
        Sql json = switch (root.kind()) {
            case SELECT -> list(table, field, null, path);
            case SELECT_AGGREGATE -> aggregate(table, field, null, path);
            case SELECT_BY_PK -> byKey(table, field);
            default -> throw new IllegalArgumentException(root.kind() + " does not read");
        };
        return Sql.of("SELECT ").add(json).add("::text");
    }

    /** JSON of the rows that a statement before has changed. */
    Sql changedRows(TrackedTable table, ExecutableNormalizedField field, String rows, boolean one) {
        String alias = conditions.nextAlias();
        Sql source = Sql.of("json_populate_recordset(NULL::")
                .name(table.name())
                .add(", ")
                .value(rows, "json")
                .add(")");
        Sql query = Sql.of("SELECT ")
                .add(row(table, alias, field))
                .add(" FROM ")
                .add(source)
                .add(" AS ")
                .name(alias);
        return one ? first(query) : all(query);
    }

    private Sql byKey(TrackedTable table, ExecutableNormalizedField field) {
        String alias = conditions.nextAlias();
        Sql query = Sql.of("SELECT ")
                .add(row(table, alias, field))
                .add(" FROM ")
                .name(table.name())
                .add(" AS ")
                .name(alias)
                .add(" WHERE ")
                .add(key(table, alias, field.getResolvedArguments()))
                .add(" AND ")
                .add(conditions.permission(table, alias, access(table).filter()));
        return first(query);
    }

    /** Equality with every column of the primary key. */
    Sql key(TrackedTable table, String alias, Map<?, ?> values) {
        List<Sql> parts = new ArrayList<>();
        for (String name : table.table().primaryKey()) {
            Column column = table.table().column(name);
            if (column != null) {
                parts.add(new Sql()
                        .column(alias, name)
                        .add(" = ")
                        .value(Values.text(column, values.get(table.fieldOf(column))), column.sqlType()));
            }
        }
        return new Sql().join(" AND ", parts);
    }

    private Sql list(TrackedTable table, ExecutableNormalizedField field, @Nullable Link link, String path) {
        String alias = conditions.nextAlias();
        Map<String, Object> arguments = field.getResolvedArguments();
        Sql query = Sql.of("SELECT ").add(distinct(table, alias, arguments)).add(row(table, alias, field));
        return all(query.add(from(table, alias, arguments, link, path, true)));
    }

    private Sql aggregate(TrackedTable table, ExecutableNormalizedField field, @Nullable Link link, String path) {
        List<Sql> parts = new ArrayList<>();
        for (ExecutableNormalizedField child : field.getChildren()) {
            switch (child.getName()) {
                case "aggregate" -> parts.add(as(aggregates(table, field, child, link, path), child));
                case "nodes" -> {
                    String alias = conditions.nextAlias();
                    Map<String, Object> arguments = field.getResolvedArguments();
                    Sql query = Sql.of("SELECT ")
                            .add(distinct(table, alias, arguments))
                            .add(row(table, alias, child))
                            .add(from(table, alias, arguments, link, path, true));
                    parts.add(as(all(query), child));
                }
                default -> parts.add(as(typeName(table.typeName() + "_aggregate"), child));
            }
        }
        return first(Sql.of("SELECT ").join(", ", parts));
    }

    private Sql aggregates(
            TrackedTable table,
            ExecutableNormalizedField field,
            ExecutableNormalizedField aggregate,
            @Nullable Link link,
            String path) {
        String alias = conditions.nextAlias();
        String base = conditions.nextAlias();
        Map<String, Object> arguments = field.getResolvedArguments();
        String numbers = conditions.nextAlias();
        List<Sql> computed = new ArrayList<>();
        List<Sql> shown = new ArrayList<>();
        for (ExecutableNormalizedField function : aggregate.getChildren()) {
            Sql value = switch (function.getName()) {
                case "count" -> reuse(numbers, computed, count(table, base, function.getResolvedArguments()));
                case "__typename" -> typeName(table.typeName() + "_aggregate_fields");
                default -> overColumns(table, base, numbers, computed, function);
            };
            shown.add(as(value, function));
        }
        if (computed.isEmpty()) {
            computed.add(Sql.of("count(*)"));
        }
        // A permission's limit does not apply to the numbers: local-engine.md E.7.
        Sql rows = Sql.of("(SELECT ")
                .add(distinct(table, alias, arguments))
                .name(alias)
                .add(".*")
                .add(from(table, alias, arguments, link, path, false))
                .add(") AS ")
                .name(base);
        return first(Sql.of("SELECT ")
                .join(", ", shown)
                .add(" FROM (SELECT ")
                .join(", ", computed)
                .add(" FROM ")
                .add(rows)
                .add(") AS ")
                .name(numbers));
    }

    /** Has a number computed once over all rows, and refers to it. */
    private static Sql reuse(String numbers, List<Sql> computed, Sql aggregate) {
        String name = "n" + computed.size();
        computed.add(aggregate.add(" AS ").name(name));
        return new Sql().column(numbers, name);
    }

    private Sql count(TrackedTable table, String alias, Map<String, Object> arguments) {
        List<Sql> columns = new ArrayList<>();
        asList(arguments.get("columns"))
                .forEach(field -> columns.add(new Sql().column(alias, columnName(table, field))));
        boolean distinct = Boolean.TRUE.equals(arguments.get("distinct"));
        if (columns.isEmpty()) {
            return distinct ? Sql.of("count(DISTINCT ").name(alias).add(".*)") : Sql.of("count(*)");
        }
        Sql counted = columns.size() == 1
                ? columns.get(0)
                : Sql.of("(").join(", ", columns).add(")");
        return Sql.of(distinct ? "count(DISTINCT " : "count(").add(counted).add(")");
    }

    private Sql overColumns(
            TrackedTable table, String alias, String numbers, List<Sql> computed, ExecutableNormalizedField function) {
        List<Sql> shown = new ArrayList<>();
        for (ExecutableNormalizedField column : function.getChildren()) {
            Sql value = column.getName().equals("__typename")
                    ? typeName(table.typeName() + "_" + function.getName() + "_fields")
                    : reuse(numbers, computed, extreme(table, alias, function.getName(), column.getName()));
            shown.add(as(value, column));
        }
        return first(Sql.of("SELECT ").join(", ", shown));
    }

    private Sql extreme(TrackedTable table, String alias, String function, String field) {
        Column column = table.columnOf(field);
        // Postgres has no max(uuid) before version 18; its text sorts alike.
        boolean uuid = column != null && column.type().equals("uuid");
        return Sql.of(function + "(").column(alias, columnName(table, field)).add(uuid ? "::text)" : ")");
    }

    /** The columns and relationships that a field asks of a row. */
    private Sql row(TrackedTable table, String alias, ExecutableNormalizedField field) {
        List<Sql> parts = new ArrayList<>();
        for (ExecutableNormalizedField child : field.getChildren()) {
            parts.add(as(value(table, alias, child), child));
        }
        return new Sql().join(", ", parts);
    }

    private Sql value(TrackedTable table, String alias, ExecutableNormalizedField field) {
        String name = field.getName();
        if (name.equals("__typename")) {
            return typeName(table.typeName());
        }
        Column column = table.columnOf(name);
        if (column != null) {
            return columnValue(alias, column, field.getResolvedArguments().get("path"));
        }
        Relationship relationship = table.relationship(name);
        boolean aggregate = relationship == null && name.endsWith("_aggregate");
        if (aggregate) {
            relationship = table.relationship(name.substring(0, name.length() - "_aggregate".length()));
        }
        if (relationship == null) {
            throw EngineException.notSupported("$", "the field '" + name + "' of table '" + table + "'");
        }
        TrackedTable target = tables.target(relationship);
        Link link = new Link(relationship, alias);
        if (aggregate) {
            return aggregate(target, field, link, "$");
        }
        return relationship.array() ? list(target, field, link, "$") : object(target, field, link);
    }

    private static Sql columnValue(String alias, Column column, @Nullable Object jsonPath) {
        Sql value = new Sql().column(alias, column.name());
        if (jsonPath == null) {
            return value;
        }
        List<String> steps = new ArrayList<>();
        for (String step : jsonPath.toString().replaceFirst("^\\$", "").split("[.\\[\\]]+")) {
            if (!step.isEmpty()) {
                steps.add(step.replaceAll("^[\"']|[\"']$", ""));
            }
        }
        return Sql.of("(")
                .add(value)
                .add(" #> ")
                .value(Values.textArray(steps), "text[]")
                .add(")");
    }

    private Sql object(TrackedTable target, ExecutableNormalizedField field, Link link) {
        String alias = conditions.nextAlias();
        Sql query = Sql.of("SELECT ").add(row(target, alias, field));
        query.add(from(target, alias, Map.of(), link, "$", false)).add(" LIMIT 1");
        return first(query);
    }

    private Sql from(
            TrackedTable table,
            String alias,
            Map<String, Object> arguments,
            @Nullable Link link,
            String path,
            boolean limited) {
        Access.Select access = access(table);
        Sql from = Sql.of(" FROM ").name(table.name()).add(" AS ").name(alias).add(" WHERE ");
        from.add(conditions.permission(table, alias, access.filter()));
        if (link != null) {
            from.add(" AND ").add(Conditions.join(link.relationship, link.alias, alias));
        }
        Object where = arguments.get("where");
        if (where != null) {
            from.add(" AND ").add(conditions.where(table, alias, where, path + ".where"));
        }
        List<Sql> order = new ArrayList<>();
        asList(arguments.get("order_by")).forEach(keys -> order(table, alias, keys, order));
        requireDistinctFirst(arguments, path);
        if (!order.isEmpty()) {
            from.add(" ORDER BY ").join(", ", order);
        }
        Integer limit = smallest(number(arguments.get("limit"), "limit", path), limited ? access.limit() : null);
        if (limit != null) {
            from.add(" LIMIT " + limit);
        }
        Integer offset = number(arguments.get("offset"), "offset", path);
        if (offset != null) {
            from.add(" OFFSET " + offset);
        }
        return from;
    }

    private static void requireDistinctFirst(Map<String, Object> arguments, String path) {
        List<?> distinct = asList(arguments.get("distinct_on"));
        List<Object> ordered = new ArrayList<>();
        asList(arguments.get("order_by")).forEach(keys -> {
            if (keys instanceof Map<?, ?> map) {
                ordered.addAll(map.keySet());
            }
        });
        int common = Math.min(distinct.size(), ordered.size());
        if (common > 0 && !distinct.containsAll(ordered.subList(0, common))) {
            throw EngineException.validation(path, "\"distinct_on\" columns must match initial \"order_by\" columns");
        }
    }

    private void order(TrackedTable table, String alias, @Nullable Object keys, List<Sql> order) {
        sortKeys(table, alias, keys).forEach(key -> order.add(key.value().add(key.direction())));
    }

    private List<SortKey> sortKeys(TrackedTable table, String alias, @Nullable Object keys) {
        List<SortKey> found = new ArrayList<>();
        if (!(keys instanceof Map<?, ?> map)) {
            return found;
        }
        map.forEach((key, direction) -> {
            if (direction == null) {
                return;
            }
            Column column = table.columnOf(String.valueOf(key));
            if (column != null) {
                found.add(new SortKey(new Sql().column(alias, column.name()), direction(direction.toString())));
                return;
            }
            Relationship relationship = table.relationship(String.valueOf(key));
            if (relationship == null || relationship.array()) {
                throw EngineException.notSupported("$", "ordering table '" + table + "' by '" + key + "'");
            }
            TrackedTable target = tables.target(relationship);
            String targetAlias = conditions.nextAlias();
            for (SortKey nested : sortKeys(target, targetAlias, direction)) {
                Sql value = Sql.of("(SELECT ")
                        .add(nested.value())
                        .add(" FROM ")
                        .name(target.name())
                        .add(" AS ")
                        .name(targetAlias)
                        .add(" WHERE ")
                        .add(Conditions.join(relationship, alias, targetAlias))
                        .add(" AND ")
                        .add(conditions.permission(
                                target, targetAlias, access(target).filter()))
                        .add(" LIMIT 1)");
                found.add(new SortKey(value, nested.direction()));
            }
        });
        return found;
    }

    private static String direction(String orderBy) {
        return switch (orderBy) {
            case "asc", "asc_nulls_last" -> " ASC NULLS LAST";
            case "asc_nulls_first" -> " ASC NULLS FIRST";
            case "desc", "desc_nulls_first" -> " DESC NULLS FIRST";
            case "desc_nulls_last" -> " DESC NULLS LAST";
            default -> throw new IllegalArgumentException("Not an order: " + orderBy.toLowerCase(Locale.ROOT));
        };
    }

    private Sql distinct(TrackedTable table, String alias, Map<String, Object> arguments) {
        List<Sql> columns = new ArrayList<>();
        asList(arguments.get("distinct_on"))
                .forEach(field -> columns.add(new Sql().column(alias, columnName(table, field))));
        return columns.isEmpty()
                ? new Sql()
                : Sql.of("DISTINCT ON (").join(", ", columns).add(") ");
    }

    private Access.Select access(TrackedTable table) {
        Access.Select access = table.select(session.role());
        if (access == null) {
            throw new IllegalStateException("The schema of role '" + session.role() + "' has table '" + table
                    + "', but the role may not read it");
        }
        return access;
    }

    private static String columnName(TrackedTable table, @Nullable Object field) {
        Column column = table.columnOf(String.valueOf(field));
        if (column == null) {
            throw EngineException.validation("$", "no such column: '" + field + "'");
        }
        return column.name();
    }

    static List<?> asList(@Nullable Object value) {
        return value instanceof List<?> list ? list : value == null ? List.of() : List.of(value);
    }

    private static @Nullable Integer number(@Nullable Object value, String argument, String path) {
        if (value == null) {
            return null;
        }
        int number = ((Number) value).intValue();
        if (number < 0) {
            throw EngineException.validation(
                    path + "." + argument,
                    "expected a non-negative 32-bit integer for type 'Int', but found a negative one");
        }
        return number;
    }

    private static @Nullable Integer smallest(@Nullable Integer one, @Nullable Integer other) {
        return one == null ? other : other == null ? one : Integer.valueOf(Math.min(one, other));
    }

    static Sql as(Sql value, ExecutableNormalizedField field) {
        String key = field.getResultKey();
        if (key.getBytes(StandardCharsets.UTF_8).length > MAX_NAME) {
            throw EngineException.notSupported("$", "the name '" + key + "', longer than " + MAX_NAME + " bytes");
        }
        return value.add(" AS ").name(key);
    }

    private static Sql typeName(String name) {
        return literal(name).add("::text");
    }

    private static Sql literal(String text) {
        return Sql.of("'" + text.replace("'", "''") + "'");
    }

    private static Sql all(Sql query) {
        return Sql.of("(SELECT coalesce(json_agg(row_to_json(\"e\".*)), '[]') FROM (")
                .add(query)
                .add(") AS \"e\")");
    }

    private static Sql first(Sql query) {
        return Sql.of("(SELECT row_to_json(\"e\".*) FROM (").add(query).add(") AS \"e\")");
    }

    /** One key to sort by, and how. */
    private record SortKey(Sql value, String direction) {}

    /** Where a nested list hangs. */
    private record Link(Relationship relationship, String alias) {}
}
