package io.github.hasura4j.test.engine.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.hasura4j.payload.TableName;
import io.github.hasura4j.test.engine.EngineException;
import io.github.hasura4j.test.engine.Session;
import io.github.hasura4j.test.engine.catalog.Column;
import io.github.hasura4j.test.engine.schema.Access;
import io.github.hasura4j.test.engine.schema.ComputedField;
import io.github.hasura4j.test.engine.schema.Relationship;
import io.github.hasura4j.test.engine.schema.TrackedTable;
import io.github.hasura4j.test.engine.schema.TrackedTables;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Boolean expressions as SQL conditions: the client's {@code where}, and the filters and checks of permissions. */
final class Conditions implements Cells {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private static final String AGGREGATE = "_aggregate";

    private final TrackedTables tables;
    private final Session session;
    private final AtomicInteger aliases;
    private final FunctionCalls functions;
    private final Aggregates aggregates;

    Conditions(TrackedTables tables, Session session, AtomicInteger aliases) {
        this.tables = tables;
        this.session = session;
        this.aliases = aliases;
        this.functions = new FunctionCalls(session);
        this.aggregates = new Aggregates(functions, this);
    }

    /** The client's expression, in GraphQL names. */
    Sql where(TrackedTable table, String alias, Object expression, String path) {
        return new Translation(false, alias, path).all(table, alias, expression);
    }

    /** A permission's expression, in database names and with session variables; null, like an empty object, is true. */
    Sql permission(TrackedTable table, String alias, @Nullable JsonNode expression) {
        if (expression == null || !expression.isObject()) {
            return Sql.of("true");
        }
        return new Translation(true, alias, "$").all(table, alias, JSON.treeToValue(expression, Object.class));
    }

    @Override
    public Sql seen(TrackedTable table, String alias, String field, Sql value) {
        Access.Select access = table.select(session.role());
        JsonNode cell = access == null ? null : access.cells().get(field);
        return cell == null
                ? value
                : Sql.of("(CASE WHEN ")
                        .add(permission(table, alias, cell))
                        .add(" THEN ")
                        .add(value)
                        .add(" END)");
    }

    /** Pairs of columns that belong together. */
    static Sql join(Relationship relationship, String alias, String targetAlias) {
        List<Sql> pairs = new ArrayList<>();
        relationship
                .columns()
                .forEach((column, target) ->
                        pairs.add(new Sql().column(alias, column).add(" = ").column(targetAlias, target)));
        return pairs.isEmpty() ? Sql.of("true") : new Sql().join(" AND ", pairs);
    }

    String nextAlias() {
        return "t" + aliases.incrementAndGet();
    }

    private final class Translation {

        private final boolean permission;
        private final String rootAlias;
        private final String path;

        Translation(boolean permission, String rootAlias, String path) {
            this.permission = permission;
            this.rootAlias = rootAlias;
            this.path = path;
        }

        Sql all(TrackedTable table, String alias, @Nullable Object expression) {
            if (!(expression instanceof Map<?, ?> fields)) {
                throw EngineException.validation(
                        path, "expected an object for type '" + table.typeName() + "_bool_exp', but found null");
            }
            List<Sql> parts = new ArrayList<>();
            fields.forEach((key, value) -> parts.add(field(table, alias, underscored(String.valueOf(key)), value)));
            return conjunction(parts);
        }

        private Sql field(TrackedTable table, String alias, String key, @Nullable Object value) {
            switch (key) {
                case "_and" -> {
                    return conjunction(each(table, alias, value));
                }
                case "_or" -> {
                    List<Sql> parts = each(table, alias, value);
                    return parts.isEmpty()
                            ? Sql.of("false")
                            : Sql.of("(").join(" OR ", parts).add(")");
                }
                case "_not" -> {
                    return Sql.of("(NOT ").add(all(table, alias, value)).add(")");
                }
                case "_exists" -> {
                    return exists(value);
                }
                default -> {}
            }
            Column column = permission ? table.table().column(key) : table.columnOf(key);
            if (column != null) {
                return comparison(alias)
                        .of(seen(table, alias, key, new Sql().column(alias, column.name())), column, value);
            }
            Relationship relationship = table.relationship(key);
            if (relationship != null) {
                return related(relationship, alias, value);
            }
            ComputedField computed = table.computedField(key);
            if (computed != null) {
                return computed(table, computed, alias, value);
            }
            Relationship aggregated = key.endsWith(AGGREGATE)
                    ? table.relationship(key.substring(0, key.length() - AGGREGATE.length()))
                    : null;
            if (aggregated != null) {
                return aggregated(aggregated, alias, value);
            }
            throw permission
                    ? EngineException.notSupported(
                            "$", "the permission of table '" + table + "' that uses '" + key + "'")
                    : EngineException.validation(
                            path, "field '" + key + "' not found in type: '" + table.typeName() + "_bool_exp'");
        }

        private Sql seen(TrackedTable table, String alias, String field, Sql value) {
            return permission ? value : Conditions.this.seen(table, alias, field, value);
        }

        private Comparison comparison(String alias) {
            return new Comparison(session, permission, rootAlias, alias, path);
        }

        private List<Sql> each(TrackedTable table, String alias, @Nullable Object value) {
            List<?> expressions = value instanceof List<?> list ? list : value == null ? List.of() : List.of(value);
            List<Sql> parts = new ArrayList<>();
            expressions.forEach(expression -> parts.add(all(table, alias, expression)));
            return parts;
        }

        private Sql related(Relationship relationship, String alias, @Nullable Object expression) {
            TrackedTable target = tables.target(relationship);
            String targetAlias = nextAlias();
            Sql condition =
                    join(relationship, alias, targetAlias).add(" AND ").add(all(target, targetAlias, expression));
            return exists(new Sql().name(target.name()), target, targetAlias, condition);
        }

        private Sql computed(TrackedTable table, ComputedField field, String alias, @Nullable Object value) {
            Sql call = functions.call(field, new Sql().name(alias), null);
            TrackedTable target = field.target() == null ? null : tables.table(field.target());
            if (target == null) {
                return comparison(alias).of(seen(table, alias, field.name(), call), field.value(), value);
            }
            String targetAlias = nextAlias();
            return exists(call, target, targetAlias, all(target, targetAlias, value));
        }

        private Sql exists(Sql rows, TrackedTable target, String targetAlias, Sql condition) {
            return Sql.of("EXISTS (SELECT 1 FROM ")
                    .add(rows)
                    .add(" AS ")
                    .name(targetAlias)
                    .add(" WHERE ")
                    .add(condition)
                    .add(visible(target, targetAlias))
                    .add(")");
        }

        /** What else the role's own permission asks of rows in a client's condition; a permission sees all rows. */
        private Sql visible(TrackedTable target, String targetAlias) {
            Access.Select access = permission ? null : target.select(session.role());
            return access == null || access.filter() == null
                    ? new Sql()
                    : Sql.of(" AND ").add(Conditions.this.permission(target, targetAlias, access.filter()));
        }

        private Sql aggregated(Relationship relationship, String alias, @Nullable Object functionsOf) {
            TrackedTable target = tables.target(relationship);
            List<Sql> parts = new ArrayList<>();
            Map<?, ?> wanted = functionsOf instanceof Map<?, ?> map ? map : Map.of();
            wanted.forEach((function, value) ->
                    parts.add(aggregated(relationship, target, alias, String.valueOf(function), (Map<?, ?>) value)));
            return conjunction(parts);
        }

        private Sql aggregated(
                Relationship relationship, TrackedTable target, String alias, String function, Map<?, ?> wanted) {
            String targetAlias = nextAlias();
            boolean distinct = Boolean.TRUE.equals(wanted.get("distinct"));
            Object arguments = wanted.get("arguments");
            Sql value = function.equals("count")
                    ? aggregates.count(target, targetAlias, arguments, distinct)
                    : overColumns(target, targetAlias, function, arguments, distinct);
            Sql aggregate = Sql.of("(SELECT ")
                    .add(value)
                    .add(" FROM ")
                    .name(target.name())
                    .add(" AS ")
                    .name(targetAlias)
                    .add(" WHERE ")
                    .add(join(relationship, alias, targetAlias))
                    .add(visible(target, targetAlias));
            Object filter = wanted.get("filter");
            if (filter != null) {
                aggregate.add(" AND ").add(all(target, targetAlias, filter));
            }
            return comparison(alias).of(aggregate.add(")"), resultOf(function), wanted.get("predicate"));
        }

        private Sql overColumns(
                TrackedTable target, String alias, String function, @Nullable Object arguments, boolean distinct) {
            List<?> fields = arguments instanceof Map<?, ?> two
                    ? List.of(two.get("X"), two.get("Y"))
                    : Selects.asList(arguments);
            List<Sql> columns = new ArrayList<>();
            fields.forEach(field -> columns.add(aggregates.column(target, alias, field)));
            return Sql.of(function + (distinct ? "(DISTINCT " : "("))
                    .join(", ", columns)
                    .add(")");
        }

        private static Column resultOf(String function) {
            String type = switch (function) {
                case "count" -> "int4";
                case "bool_and", "bool_or" -> "bool";
                default -> "float8";
            };
            return new Column(function, type, type, false, false, false, true, null);
        }

        private Sql exists(@Nullable Object value) {
            Map<?, ?> exists = value instanceof Map<?, ?> map ? map : Map.of();
            Object name = exists.get("_table");
            TableName tableName = name instanceof Map<?, ?> qualified
                    ? new TableName(
                            qualified.get("schema") == null ? "public" : String.valueOf(qualified.get("schema")),
                            String.valueOf(qualified.get("name")))
                    : TableName.of(String.valueOf(name));
            TrackedTable target = tables.table(tableName);
            if (target == null) {
                throw EngineException.unexpected("the _exists of a permission names an unknown table: " + tableName);
            }
            String alias = nextAlias();
            return exists(new Sql().name(target.name()), target, alias, all(target, alias, exists.get("_where")));
        }
    }

    /** The value of a session variable that a permission needs. */
    static String sessionVariable(Session session, String name) {
        return session.variables()
                .find(name)
                .orElseThrow(() -> EngineException.of(
                        "not-found", "$", "missing session variable: \"" + name.toLowerCase(Locale.ROOT) + "\""));
    }

    static String underscored(String key) {
        return key.startsWith("$") ? "_" + key.substring(1) : key;
    }

    static Sql conjunction(List<Sql> parts) {
        return parts.isEmpty()
                ? Sql.of("true")
                : Sql.of("(").join(" AND ", parts).add(")");
    }
}
