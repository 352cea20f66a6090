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
import io.github.hasura4j.test.engine.schema.Relationship;
import io.github.hasura4j.test.engine.schema.Scalars;
import io.github.hasura4j.test.engine.schema.TrackedTable;
import io.github.hasura4j.test.engine.schema.TrackedTables;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Boolean expressions as SQL conditions: the client's {@code where}, and the filters and checks of permissions. */
final class Conditions {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private static final Map<String, String> COMPARISONS = Map.ofEntries(
            Map.entry("_eq", "="),
            Map.entry("_neq", "<>"),
            Map.entry("_ne", "<>"),
            Map.entry("_gt", ">"),
            Map.entry("_gte", ">="),
            Map.entry("_lt", "<"),
            Map.entry("_lte", "<="),
            Map.entry("_contains", "@>"),
            Map.entry("_contained_in", "<@"));

    private static final Map<String, String> TEXT_COMPARISONS = Map.of(
            "_like", "LIKE",
            "_nlike", "NOT LIKE",
            "_ilike", "ILIKE",
            "_nilike", "NOT ILIKE",
            "_similar", "SIMILAR TO",
            "_nsimilar", "NOT SIMILAR TO",
            "_regex", "~",
            "_nregex", "!~",
            "_iregex", "~*",
            "_niregex", "!~*");

    private static final Map<String, String> COLUMN_COMPARISONS =
            Map.of("_ceq", "=", "_cne", "<>", "_cneq", "<>", "_cgt", ">", "_cgte", ">=", "_clt", "<", "_clte", "<=");

    private final TrackedTables tables;
    private final Session session;
    private final AtomicInteger aliases;

    Conditions(TrackedTables tables, Session session, AtomicInteger aliases) {
        this.tables = tables;
        this.session = session;
        this.aliases = aliases;
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
                return comparisons(table, new Sql().column(alias, column.name()), column, alias, value);
            }
            Relationship relationship = table.relationship(key);
            if (relationship != null) {
                return related(relationship, alias, value);
            }
            throw permission
                    ? EngineException.notSupported(
                            "$", "the permission of table '" + table + "' that uses '" + key + "'")
                    : EngineException.validation(
                            path, "field '" + key + "' not found in type: '" + table.typeName() + "_bool_exp'");
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
            Sql exists = Sql.of("EXISTS (SELECT 1 FROM ")
                    .name(target.name())
                    .add(" AS ")
                    .name(targetAlias)
                    .add(" WHERE ")
                    .add(join(relationship, alias, targetAlias))
                    .add(" AND ")
                    .add(all(target, targetAlias, expression));
            Access.Select access = permission ? null : target.select(session.role());
            if (access != null && access.filter() != null) {
                exists.add(" AND ").add(permission(target, targetAlias, access.filter()));
            }
            return exists.add(")");
        }

        private Sql permission(TrackedTable target, String targetAlias, @Nullable JsonNode filter) {
            return Conditions.this.permission(target, targetAlias, filter);
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
            return Sql.of("EXISTS (SELECT 1 FROM ")
                    .name(target.name())
                    .add(" AS ")
                    .name(alias)
                    .add(" WHERE ")
                    .add(all(target, alias, exists.get("_where")))
                    .add(")");
        }

        private Sql comparisons(TrackedTable table, Sql left, Column column, String alias, @Nullable Object value) {
            if (!(value instanceof Map<?, ?> operators)) {
                if (permission && value != null) {
                    return compare(table, left, column, alias, "_eq", value);
                }
                throw EngineException.validation(
                        path,
                        "expected an object for type '" + Scalars.of(column) + "_comparison_exp', but found null");
            }
            List<Sql> parts = new ArrayList<>();
            operators.forEach((operator, operand) ->
                    parts.add(compare(table, left, column, alias, underscored(String.valueOf(operator)), operand)));
            return conjunction(parts);
        }

        private Sql compare(
                TrackedTable table, Sql left, Column column, String alias, String operator, @Nullable Object operand) {
            if (operand == null) {
                throw EngineException.validation(path, "unexpected null value for type '" + Scalars.of(column) + "'");
            }
            if (operator.equals("_is_null")) {
                boolean isNull = Boolean.parseBoolean(String.valueOf(operand));
                return Sql.of("(").add(left).add(isNull ? " IS NULL)" : " IS NOT NULL)");
            }
            if (operator.equals("_in") || operator.equals("_nin")) {
                return in(left, column, operator.equals("_in"), operand);
            }
            String comparison = COMPARISONS.get(operator);
            if (comparison != null) {
                return infix(left, comparison, new Sql().value(text(column, operand), column.sqlType()));
            }
            String textual = TEXT_COMPARISONS.get(operator);
            if (textual != null) {
                return infix(left, textual, new Sql().value(session(operand).toString(), "text"));
            }
            String toColumn = COLUMN_COMPARISONS.get(operator);
            if (toColumn != null) {
                return infix(left, toColumn, otherColumn(operand, alias));
            }
            return switch (operator) {
                case "_has_key" ->
                    Sql.of("jsonb_exists(")
                            .add(left)
                            .add(", ")
                            .value(session(operand).toString(), "text")
                            .add(")");
                case "_has_keys_any" -> keys("jsonb_exists_any(", left, operand);
                case "_has_keys_all" -> keys("jsonb_exists_all(", left, operand);
                default ->
                    throw permission
                            ? EngineException.notSupported(
                                    "$", "the operator '" + operator + "' in a permission of table '" + table + "'")
                            : EngineException.notSupported(path, "the operator '" + operator + "'");
            };
        }

        private Sql in(Sql left, Column column, boolean positive, Object operand) {
            Object values = session(operand);
            String literal;
            if (values instanceof List<?> list) {
                if (list.contains(null)) {
                    throw EngineException.validation(
                            path, "unexpected null value for type '" + Scalars.of(column) + "'");
                }
                if (column.array()) {
                    return inArrays(left, column, positive, list);
                }
                literal =
                        Values.arrayOf(column, list.stream().map(this::session).toList());
            } else {
                literal = values.toString();
            }
            return Sql.of("(")
                    .add(left)
                    .add(positive ? " = ANY(" : " <> ALL(")
                    .value(literal, column.sqlType() + "[]")
                    .add("))");
        }

        private Sql inArrays(Sql left, Column column, boolean positive, List<?> arrays) {
            List<Sql> values = new ArrayList<>();
            arrays.forEach(array -> values.add(new Sql().value(Values.text(column, array), column.sqlType())));
            return values.isEmpty()
                    ? Sql.of(positive ? "false" : "true")
                    : Sql.of("(")
                            .add(left)
                            .add(positive ? " IN (" : " NOT IN (")
                            .join(", ", values)
                            .add("))");
        }

        private Sql keys(String function, Sql left, Object operand) {
            Object keys = session(operand);
            String literal = keys instanceof List<?> list
                    ? Values.textArray(list.stream().map(this::session).toList())
                    : keys.toString();
            return Sql.of(function).add(left).add(", ").value(literal, "text[]").add(")");
        }

        private Sql otherColumn(Object operand, String alias) {
            if (operand instanceof List<?> parts && parts.size() == 2 && "$".equals(parts.get(0))) {
                return new Sql().column(rootAlias, String.valueOf(parts.get(1)));
            }
            if (operand instanceof List<?> parts && parts.size() > 1) {
                throw EngineException.notSupported("$", "the comparison with a column through a relationship");
            }
            Object column = operand instanceof List<?> parts && parts.size() == 1 ? parts.get(0) : operand;
            return new Sql().column(alias, String.valueOf(column));
        }

        private @Nullable String text(Column column, Object operand) {
            Object value = session(operand);
            // A session variable is text already, whatever the column's type.
            return value == operand ? Values.text(column, value) : value.toString();
        }

        private Object session(Object operand) {
            if (!permission
                    || !(operand instanceof String text)
                    || !text.toLowerCase(Locale.ROOT).startsWith("x-hasura-")) {
                return operand;
            }
            return sessionVariable(session, text);
        }
    }

    /** The value of a session variable that a permission needs. */
    static String sessionVariable(Session session, String name) {
        return session.variables()
                .find(name)
                .orElseThrow(() -> EngineException.of(
                        "not-found", "$", "missing session variable: \"" + name.toLowerCase(Locale.ROOT) + "\""));
    }

    private static String underscored(String key) {
        return key.startsWith("$") ? "_" + key.substring(1) : key;
    }

    private static Sql conjunction(List<Sql> parts) {
        return parts.isEmpty()
                ? Sql.of("true")
                : Sql.of("(").join(" AND ", parts).add(")");
    }

    private static Sql infix(Sql left, String operator, Sql right) {
        return Sql.of("(").add(left).add(" " + operator + " ").add(right).add(")");
    }
}
