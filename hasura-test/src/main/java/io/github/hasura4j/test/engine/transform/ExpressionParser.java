package io.github.hasura4j.test.engine.transform;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.StringNode;

/** Reads what stands between <code>{{</code> and <code>}}</code>: paths, {@code ?} and {@code ??}, comparisons, functions. */
final class ExpressionParser {

    private static final List<String> COMPARISONS = List.of("==", "!=", "<=", ">=", "<", ">");

    private final Letters letters;
    private final Supplier<Expression> json;

    /**
     * @param json reads a JSON value, which an expression may be too
     */
    ExpressionParser(Letters letters, Supplier<Expression> json) {
        this.letters = letters;
        this.json = json;
    }

    Expression expression() {
        Expression left = conjunction();
        while (letters.accept("||")) {
            left = logical(left, conjunction(), true);
        }
        return left;
    }

    private Expression conjunction() {
        Expression left = comparison();
        while (letters.accept("&&")) {
            left = logical(left, comparison(), false);
        }
        return left;
    }

    /** The right side is looked at only where the left one does not decide. */
    private static Expression logical(Expression left, Expression right, boolean decisive) {
        return scope -> Functions.truth(left.in(scope)) == decisive
                ? BooleanNode.valueOf(decisive)
                : BooleanNode.valueOf(Functions.truth(right.in(scope)));
    }

    private Expression comparison() {
        Expression left = withDefault();
        for (String operator : COMPARISONS) {
            if (letters.accept(operator)) {
                Expression right = withDefault();
                return scope -> BooleanNode.valueOf(Functions.compare(operator, left.in(scope), right.in(scope)));
            }
        }
        return left;
    }

    private Expression withDefault() {
        Expression left = application();
        while (letters.accept("??")) {
            Expression first = left;
            Expression otherwise = application();
            left = scope -> {
                JsonNode value = first.in(scope);
                return value.isNull() ? otherwise.in(scope) : value;
            };
        }
        return left;
    }

    private Expression application() {
        String name = letters.nextName();
        BiFunction<JsonNode, Scope, JsonNode> function = name == null ? null : Functions.named(name);
        if (function == null) {
            return path();
        }
        letters.name();
        Expression argument = letters.nested(this::application);
        return scope -> function.apply(argument.in(scope), scope);
    }

    private Expression path() {
        Expression value = primary();
        boolean optional = false;
        while (true) {
            Expression key;
            if (letters.take("?.")) {
                optional = true;
                key = field();
            } else if (letters.take("?[")) {
                optional = true;
                key = element();
            } else if (letters.take(".")) {
                key = field();
            } else if (letters.take("[")) {
                key = element();
            } else {
                return value;
            }
            value = lookup(value, key, optional);
        }
    }

    private Expression field() {
        String name = letters.name();
        if (name == null) {
            throw letters.unexpected();
        }
        JsonNode key = StringNode.valueOf(name);
        return scope -> key;
    }

    private Expression element() {
        Expression key = letters.nested(this::expression);
        letters.expect("]");
        return key;
    }

    /** After a question mark whatever is missing is null. */
    private static Expression lookup(Expression value, Expression key, boolean optional) {
        return scope -> {
            JsonNode container = value.in(scope);
            JsonNode name = key.in(scope);
            JsonNode found = name.isNumber() ? container.path(name.intValue()) : container.path(name.asString());
            if (!found.isMissingNode()) {
                return found;
            }
            if (optional) {
                return NullNode.instance;
            }
            throw new TransformException("Path Lookup Error: '" + name.asString() + "' not found");
        };
    }

    private Expression primary() {
        letters.space();
        if (letters.take("(")) {
            Expression inner = letters.nested(this::expression);
            letters.expect(")");
            return inner;
        }
        if (letters.take("'")) {
            JsonNode fixed = StringNode.valueOf(letters.quoted('\''));
            return scope -> fixed;
        }
        if (letters.take("[")) {
            return list();
        }
        if (letters.nextIs("\"{-0123456789")) {
            return json.get();
        }
        String name = letters.name();
        Expression literal = literal(name);
        if (name == null) {
            throw letters.unexpected();
        }
        return literal != null ? literal : scope -> scope.get(name);
    }

    /** The value of a word that is no name. */
    static @Nullable Expression literal(@Nullable String word) {
        return switch (word == null ? "" : word) {
            case "true" -> scope -> BooleanNode.TRUE;
            case "false" -> scope -> BooleanNode.FALSE;
            case "null" -> scope -> NullNode.instance;
            default -> null;
        };
    }

    private Expression list() {
        List<Expression> elements = new ArrayList<>();
        if (!letters.accept("]")) {
            do {
                elements.add(letters.nested(this::expression));
            } while (letters.accept(","));
            letters.expect("]");
        }
        return scope -> {
            ArrayNode array = JsonNodeFactory.instance.arrayNode();
            elements.forEach(element -> array.add(element.in(scope)));
            return array;
        };
    }
}
