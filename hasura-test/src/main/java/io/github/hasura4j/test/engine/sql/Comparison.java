package io.github.hasura4j.test.engine.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.github.hasura4j.test.engine.EngineException;
import io.github.hasura4j.test.engine.Session;
import io.github.hasura4j.test.engine.catalog.Column;
import io.github.hasura4j.test.engine.schema.Scalars;
import org.jspecify.annotations.Nullable;

/**
 * One value held against operators: the client's, or a permission's, which may name session variables and other columns.
 */
final class Comparison {

    private static final Column TEXT = new Column("", "text", "text", false, false, false, true, null);

    private static final Map<String, String> COMPARISONS = Map.ofEntries(
            Map.entry("_eq", "="),
            Map.entry("_neq", "<>"),
            Map.entry("_ne", "<>"),
            Map.entry("_gt", ">"),
            Map.entry("_gte", ">="),
            Map.entry("_lt", "<"),
            Map.entry("_lte", "<="),
            Map.entry("_contains", "@>"),
            Map.entry("_contained_in", "<@"),
            Map.entry("_ancestor", "@>"),
            Map.entry("_descendant", "<@"));

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

    private final Session session;
    private final boolean permission;
    private final String rootAlias;
    private final String alias;
    private final String path;

    /**
     * @param permission whether a permission compares
     * @param rootAlias the alias of the row that the whole condition is about
     * @param alias the alias of the row whose value is compared
     * @param path where in the request the condition stands
     */
    Comparison(Session session, boolean permission, String rootAlias, String alias, String path) {
        this.session = session;
        this.permission = permission;
        this.rootAlias = rootAlias;
        this.alias = alias;
        this.path = path;
    }

    /** A value held against all operators of an object. */
    Sql of(Sql left, Column column, @Nullable Object value) {
        if (!(value instanceof Map<?, ?> operators)) {
            if (permission && value != null) {
                return compare(left, column, "_eq", value);
            }
            throw EngineException.validation(
                    path, "expected an object for type '" + Scalars.of(column) + "_comparison_exp', but found null");
        }
        List<Sql> parts = new ArrayList<>();
        operators.forEach((operator, operand) ->
                parts.add(compare(left, column, Conditions.underscored(String.valueOf(operator)), operand)));
        return Conditions.conjunction(parts);
    }

    private Sql compare(Sql left, Column column, String operator, @Nullable Object operand) {
        if (operand == null) {
            throw EngineException.validation(path, "unexpected null value for type '" + Scalars.of(column) + "'");
        }
        if (operator.equals("_is_null")) {
            boolean isNull = Boolean.parseBoolean(String.valueOf(operand));
            return Sql.of("(").add(left).add(isNull ? " IS NULL)" : " IS NOT NULL)");
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
            return infix(left, toColumn, otherColumn(operand));
        }
        return switch (operator) {
            case "_in" -> in(left, column, true, operand);
            case "_nin" -> in(left, column, false, operand);
            case "_cast" -> cast(left, operand);
            case "_has_key" ->
                Sql.of("jsonb_exists(")
                        .add(left)
                        .add(", ")
                        .value(session(operand).toString(), "text")
                        .add(")");
            case "_has_keys_any" -> keys("jsonb_exists_any(", left, operand);
            case "_has_keys_all" -> keys("jsonb_exists_all(", left, operand);
            case "_ancestor_any" -> any(left, "@>", column, "ltree", operand);
            case "_descendant_any" -> any(left, "<@", column, "ltree", operand);
            case "_matches" -> infix(left, "~", new Sql().value(session(operand).toString(), "lquery"));
            case "_matches_any" -> any(left, "~", column, "lquery", operand);
            case "_matches_fulltext" ->
                infix(left, "@", new Sql().value(session(operand).toString(), "ltxtquery"));
            default ->
                throw EngineException.notSupported(
                        permission ? "$" : path,
                        "the operator '" + operator + "'" + (permission ? " in a permission" : ""));
        };
    }

    private Sql cast(Sql left, Object types) {
        List<Sql> parts = new ArrayList<>();
        ((Map<?, ?>) types).forEach((type, operators) -> {
            if (!"String".equals(type)) {
                throw EngineException.notSupported(path, "the cast to '" + type + "'");
            }
            parts.add(of(Sql.of("(").add(left).add(")::text"), TEXT, operators));
        });
        return Conditions.conjunction(parts);
    }

    private Sql any(Sql left, String operator, Column column, String type, Object operand) {
        String literal = operand instanceof List<?> list
                ? Values.arrayOf(column, list)
                : session(operand).toString();
        return Sql.of("(")
                .add(left)
                .add(" " + operator + " ANY(")
                .value(literal, type + "[]")
                .add("))");
    }

    private Sql in(Sql left, Column column, boolean positive, Object operand) {
        Object values = session(operand);
        String literal;
        if (values instanceof List<?> list) {
            if (list.contains(null)) {
                throw EngineException.validation(path, "unexpected null value for type '" + Scalars.of(column) + "'");
            }
            if (column.array()) {
                return inArrays(left, column, positive, list);
            }
            literal = Values.arrayOf(column, list.stream().map(this::session).toList());
        } else {
            literal = values.toString();
        }
        return Sql.of("(")
                .add(left)
                .add(positive ? " = ANY(" : " <> ALL(")
                .value(literal, column.sqlType() + "[]")
                .add("))");
    }

    private static Sql inArrays(Sql left, Column column, boolean positive, List<?> arrays) {
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

    private Sql otherColumn(Object operand) {
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
        return Conditions.sessionVariable(session, text);
    }

    private static Sql infix(Sql left, String operator, Sql right) {
        return Sql.of("(").add(left).add(" " + operator + " ").add(right).add(")");
    }
}
