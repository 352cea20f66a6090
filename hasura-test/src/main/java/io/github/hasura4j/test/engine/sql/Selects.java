package io.github.hasura4j.test.engine.sql;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;

import graphql.normalized.ExecutableNormalizedField;
import io.github.hasura4j.test.engine.EngineException;
import io.github.hasura4j.test.engine.EngineJson;
import io.github.hasura4j.test.engine.Session;
import io.github.hasura4j.test.engine.catalog.Column;
import io.github.hasura4j.test.engine.catalog.Table;
import io.github.hasura4j.test.engine.schema.Access;
import io.github.hasura4j.test.engine.schema.ComputedField;
import io.github.hasura4j.test.engine.schema.Relationship;
import io.github.hasura4j.test.engine.schema.RootField;
import io.github.hasura4j.test.engine.schema.TrackedFunction;
import io.github.hasura4j.test.engine.schema.TrackedTable;
import io.github.hasura4j.test.engine.schema.TrackedTables;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;

/** Reading fields as SQL: one statement a root field, whose one value is the JSON of the answer. */
final class Selects {

    /** Postgres cuts longer names. */
    private static final int MAX_NAME = 63;

    private static final String ORDINALITY = "hasura4j ordinality";

    private final TrackedTables tables;
    private final Session session;
    private final boolean stringifyNumbers;
    private final Conditions conditions;
    private final Ordering ordering;
    private final FunctionCalls functions;
    private final Aggregates aggregates;

    /**
     * Writes statements for one request.
     *
     * @param stringifyNumbers whether answers have large and exact numbers as texts
     */
    Selects(TrackedTables tables, Session session, boolean stringifyNumbers) {
        this.tables = tables;
        this.session = session;
        this.stringifyNumbers = stringifyNumbers;
        this.conditions = new Conditions(tables, session, new AtomicInteger());
        this.ordering = new Ordering(tables, session, conditions);
        this.functions = new FunctionCalls(session);
        this.aggregates = new Aggregates(functions, conditions);
    }

    Conditions conditions() {
        return conditions;
    }

    /** The statement of a root field of a table that reads. */
    Sql statement(RootField.OfTable root, ExecutableNormalizedField field) {
        TrackedTable table = root.table();
        Source source = Source.of(table, pathOf(field));
        return statement(
                switch (root.kind()) {
                    case SELECT -> list(table, field, source);
                    case SELECT_AGGREGATE -> aggregate(table, field, source);
                    case SELECT_BY_PK -> byKey(table, field);
                    default -> throw new IllegalArgumentException(root.kind() + " does not read");
                });
    }

    /** The statement of a root field of a function. */
    Sql statement(RootField.OfFunction root, ExecutableNormalizedField field) {
        TrackedFunction function = root.function();
        Sql call = functions.call(function, field.getResolvedArguments().get("args"));
        Source source = new Source(call, null, pathOf(field));
        if (root.kind() == RootField.Kind.FUNCTION_AGGREGATE) {
            return statement(aggregate(function.table(), field, source));
        }
        return statement(
                function.function().set()
                        ? list(function.table(), field, source)
                        : first(rows(function.table(), field, field, source)));
    }

    /** The statement of a root field of a native query. */
    Sql statement(RootField.OfNativeQuery root, ExecutableNormalizedField field) {
        Sql rows = functions.rows(root.query(), field.getResolvedArguments().get("args"));
        return statement(list(root.query().model(), field, new Source(rows, null, pathOf(field))));
    }

    /** The rows after a cursor, at most as many as a batch has and those that tie with its last; and where they end. */
    Sql batch(TrackedTable table, ExecutableNormalizedField field, StreamCursor cursor, @Nullable String after) {
        String alias = conditions.nextAlias();
        Map<String, Object> arguments = field.getResolvedArguments();
        Integer size = smallest(
                number(arguments.get("batch_size"), "batch_size", pathOf(field)),
                access(table).limit());
        Object where = arguments.get("where");
        Map<String, Object> condition = where == null ? Map.of() : Map.of("where", where);
        Sql column = conditions.seen(
                table,
                alias,
                table.fieldOf(cursor.column()),
                new Sql().column(alias, cursor.column().name()));
        return Sql.of("SELECT coalesce(json_agg(\"s\".\"row\"), '[]')::text,"
                        + " (array_agg(\"s\".\"cursor\"::text))[count(*)]"
                        + " FROM (SELECT (SELECT row_to_json(\"e\".*) FROM (SELECT ")
                .add(row(table, alias, field))
                .add(") AS \"e\") AS \"row\", ")
                .add(column)
                .add(" AS \"cursor\"")
                .add(from(table, alias, condition, Source.of(table, pathOf(field)), false))
                .add(" AND ")
                .add(column)
                .add(cursor.descending() ? " < " : " > ")
                .value(after, cursor.column().sqlType())
                .add(" ORDER BY ")
                .add(column)
                .add(cursor.descending() ? " DESC" : " ASC")
                .add(" FETCH FIRST " + size + " ROWS WITH TIES) AS \"s\"");
    }

    private static Sql statement(Sql json) {
        return Sql.of("SELECT ").add(json).add("::text");
    }

    private static String pathOf(ExecutableNormalizedField field) {
        return "$.selectionSet." + field.getName() + ".args";
    }

    /** JSON of the rows that a statement before has changed. */
    Sql changedRows(TrackedTable table, ExecutableNormalizedField field, String rows, boolean one) {
        String alias = conditions.nextAlias();
        Sql query = Sql.of("SELECT ")
                .add(row(table, alias, field))
                .add(" FROM json_populate_recordset(NULL::")
                .name(table.name())
                .add(", ")
                .value(rows, "json")
                .add(") AS ")
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
                parts.add(aggregates
                        .column(table, alias, table.fieldOf(column))
                        .add(" = ")
                        .value(Values.text(column, values.get(table.fieldOf(column))), column.sqlType()));
            }
        }
        return new Sql().join(" AND ", parts);
    }

    private Sql list(TrackedTable table, ExecutableNormalizedField field, Source source) {
        return all(rows(table, field, field, source));
    }

    /** The rows a field means, with the fields selected under it or under another. */
    private Sql rows(
            TrackedTable table, ExecutableNormalizedField field, ExecutableNormalizedField selected, Source source) {
        String alias = conditions.nextAlias();
        Map<String, Object> arguments = field.getResolvedArguments();
        return Sql.of("SELECT ")
                .add(distinct(table, alias, arguments))
                .add(row(table, alias, selected))
                .add(from(table, alias, arguments, source, true));
    }

    private Sql aggregate(TrackedTable table, ExecutableNormalizedField field, Source source) {
        List<Sql> parts = new ArrayList<>();
        for (ExecutableNormalizedField child : field.getChildren()) {
            Sql part = switch (child.getName()) {
                case "aggregate" -> aggregates(table, field, child, source);
                case "nodes" -> all(rows(table, field, child, source));
                default -> typeName(table.typeName() + "_aggregate");
            };
            parts.add(as(part, child));
        }
        return first(Sql.of("SELECT ").join(", ", parts));
    }

    private Sql aggregates(
            TrackedTable table, ExecutableNormalizedField field, ExecutableNormalizedField aggregate, Source source) {
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
                .add(from(table, alias, arguments, source, false))
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
        return aggregates.count(table, alias, arguments.get("columns"), Boolean.TRUE.equals(arguments.get("distinct")));
    }

    private Sql overColumns(
            TrackedTable table, String alias, String numbers, List<Sql> computed, ExecutableNormalizedField function) {
        List<Sql> shown = new ArrayList<>();
        for (ExecutableNormalizedField column : function.getChildren()) {
            Sql value = column.getName().equals("__typename")
                    ? typeName(table.typeName() + "_" + function.getName() + "_fields")
                    : written(
                            valueOf(table, column.getName()),
                            reuse(
                                    numbers,
                                    computed,
                                    aggregates.over(table, alias, function.getName(), column.getName())));
            shown.add(as(value, column));
        }
        return first(Sql.of("SELECT ").join(", ", shown));
    }

    /** A value, or what is aggregated of such values, as the answer has it: the type they have in the table decides. */
    private Sql written(Column column, Sql value) {
        return stringifyNumbers && column.bigNumber() ? value.add("::text") : value;
    }

    private static Column valueOf(TrackedTable table, String field) {
        ComputedField computed = table.computedField(field);
        return computed != null ? computed.value() : Aggregates.column(table, field);
    }

    /** The columns, computed fields and relationships that a field asks of a row. */
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
            Sql value = conditions.seen(table, alias, name, new Sql().column(alias, column.name()));
            return inside(written(column, value), field.getResolvedArguments().get("path"));
        }
        ComputedField computed = table.computedField(name);
        if (computed != null) {
            return computed(table, computed, alias, field);
        }
        Relationship relationship = table.relationship(name);
        boolean aggregate = relationship == null && name.endsWith("_aggregate");
        if (aggregate) {
            relationship = table.relationship(name.substring(0, name.length() - "_aggregate".length()));
        }
        if (relationship == null) {
            throw EngineException.notSupported("$", "the field '" + name + "' of table '" + table + "'");
        }
        return related(relationship, aggregate, alias, field);
    }

    private Sql related(Relationship relationship, boolean aggregate, String alias, ExecutableNormalizedField field) {
        TrackedTable target = tables.target(relationship);
        Source source = new Source(new Sql().name(target.name()), new Link(relationship, alias), "$");
        if (aggregate) {
            return aggregate(target, field, source);
        }
        return relationship.array() ? list(target, field, source) : object(target, field, source);
    }

    /** A list of what belongs to each of some keys, which come as JSON objects. */
    Sql related(Relationship relationship, ExecutableNormalizedField field, ArrayNode keys) {
        String alias = conditions.nextAlias();
        Table target = tables.target(relationship).table();
        List<Sql> columns = new ArrayList<>();
        relationship.columns().forEach((name, of) -> {
            Column column = Objects.requireNonNull(target.column(of), of);
            columns.add(new Sql().name(name).add(" " + column.sqlType()));
        });
        return Sql.of("SELECT json_agg(")
                .add(related(relationship, !field.getName().equals(relationship.name()), alias, field))
                .add(" ORDER BY ")
                .column(alias, ORDINALITY)
                .add(")::text FROM ROWS FROM (json_to_recordset(")
                .value(EngineJson.write(keys), "json")
                .add(") AS (")
                .join(", ", columns)
                .add(")) WITH ORDINALITY AS ")
                .name(alias)
                .add("(")
                .join(
                        ", ",
                        relationship.columns().keySet().stream()
                                .map(name -> new Sql().name(name))
                                .toList())
                .add(", ")
                .name(ORDINALITY)
                .add(")");
    }

    private Sql computed(TrackedTable table, ComputedField computed, String alias, ExecutableNormalizedField field) {
        Map<String, Object> arguments = field.getResolvedArguments();
        Sql call = functions.call(computed, new Sql().name(alias), arguments.get("args"));
        TrackedTable target = computed.target() == null ? null : tables.table(computed.target());
        if (target == null) {
            Sql value = conditions.seen(table, alias, computed.name(), call);
            return inside(written(computed.value(), value), arguments.get("path"));
        }
        Source source = new Source(call, null, "$");
        return computed.function().set() ? list(target, field, source) : first(rows(target, field, field, source));
    }

    /** What lies at a path inside a JSON value. */
    private static Sql inside(Sql value, @Nullable Object jsonPath) {
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

    private Sql object(TrackedTable target, ExecutableNormalizedField field, Source source) {
        String alias = conditions.nextAlias();
        Sql query = Sql.of("SELECT ").add(row(target, alias, field));
        query.add(from(target, alias, Map.of(), source, false)).add(" LIMIT 1");
        return first(query);
    }

    private Sql from(TrackedTable table, String alias, Map<String, Object> arguments, Source source, boolean limited) {
        Access.Select access = access(table);
        Sql from = Sql.of(" FROM ").add(source.rows).add(" AS ").name(alias).add(" WHERE ");
        from.add(conditions.permission(table, alias, access.filter()));
        if (source.link != null) {
            from.add(" AND ").add(Conditions.join(source.link.relationship, source.link.alias, alias));
        }
        Object where = arguments.get("where");
        if (where != null) {
            from.add(" AND ").add(conditions.where(table, alias, where, source.path + ".where"));
        }
        requireDistinctFirst(arguments, source.path);
        List<Sql> order = ordering.of(table, alias, arguments.get("order_by"));
        if (!order.isEmpty()) {
            from.add(" ORDER BY ").join(", ", order);
        }
        Integer limit = smallest(number(arguments.get("limit"), "limit", source.path), limited ? access.limit() : null);
        if (limit != null) {
            from.add(" LIMIT " + limit);
        }
        Integer offset = number(arguments.get("offset"), "offset", source.path);
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

    private Sql distinct(TrackedTable table, String alias, Map<String, Object> arguments) {
        List<Sql> columns = new ArrayList<>();
        asList(arguments.get("distinct_on")).forEach(field -> {
            if (arguments.get("order_by") != null && access(table).cells().containsKey(String.valueOf(field))) {
                // The condition's parameters make it another expression for Postgres each time it is written.
                throw EngineException.notSupported(
                        "$", "distinct_on together with order_by by '" + field + "', which is hidden in some rows");
            }
            columns.add(aggregates.column(table, alias, field));
        });
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

    /** Where a nested list hangs. */
    private record Link(Relationship relationship, String alias) {}

    /**
     * Where rows come from.
     *
     * @param rows a table, or what stands for one after FROM
     * @param link the row they belong to; null for all
     * @param path where in the request their arguments stand
     */
    private record Source(Sql rows, @Nullable Link link, String path) {

        static Source of(TrackedTable table, String path) {
            return new Source(new Sql().name(table.name()), null, path);
        }
    }
}
