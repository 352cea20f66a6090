package io.github.hasura4j.test.engine.transform;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.BinaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.hasura4j.test.engine.EngineJson;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.IntNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * Reads templates in Kriti: JSON in which <code>{{ … }}</code> stands for a value, also inside of strings. It reads paths, {@code
 * ?} and {@code ??}, comparisons, {@code if}, {@code range}, and the functions of {@link Functions}.
 */
final class KritiParser {

    private static final Pattern NAME = Pattern.compile("\\$?[A-Za-z_][A-Za-z0-9_-]*");
    private static final Pattern NUMBER = Pattern.compile("-?[0-9]+(\\.[0-9]+)?([eE][+-]?[0-9]+)?");
    private static final Pattern SPACE = Pattern.compile("\\s*");
    private static final int DEEPEST = 200;

    private final String text;
    private int at;
    private int depth;

    private KritiParser(String text) {
        this.text = text;
    }

    /**
     * Reads a template that is JSON.
     *
     * @throws TransformException if it cannot be read
     */
    static Expression json(String template) {
        KritiParser parser = new KritiParser(template);
        Expression value = parser.value();
        parser.space();
        if (parser.at < template.length()) {
            throw parser.unexpected();
        }
        return value;
    }

    /**
     * Reads a template that is text, as if it stood in double quotes.
     *
     * @throws TransformException if it cannot be read
     */
    static Expression text(String template) {
        KritiParser parser = new KritiParser(template);
        return parser.interpolation('\0', false);
    }

    // -- JSON with holes --------------------------------------------------------------------------------------------

    private Expression value() {
        if (++depth > DEEPEST) {
            throw new TransformException("The template is nested too deeply");
        }
        space();
        Expression value;
        if (take("{{")) {
            value = block();
        } else if (take("{")) {
            value = object();
        } else if (take("[")) {
            value = array();
        } else if (take("\"")) {
            value = interpolation('"', true);
        } else {
            value = literal();
        }
        depth--;
        return value;
    }

    private Expression object() {
        Map<String, Expression> fields = new LinkedHashMap<>();
        if (!accept("}")) {
            do {
                expect("\"");
                String key = quoted('"');
                expect(":");
                fields.put(key, value());
            } while (accept(","));
            expect("}");
        }
        return scope -> {
            ObjectNode object = JsonNodeFactory.instance.objectNode();
            fields.forEach((key, field) -> object.set(key, field.in(scope)));
            return object;
        };
    }

    private Expression array() {
        List<Expression> elements = new ArrayList<>();
        if (!accept("]")) {
            do {
                elements.add(value());
            } while (accept(","));
            expect("]");
        }
        return scope -> {
            ArrayNode array = JsonNodeFactory.instance.arrayNode();
            elements.forEach(element -> array.add(element.in(scope)));
            return array;
        };
    }

    private Expression literal() {
        Matcher number = NUMBER.matcher(text).region(at, text.length());
        if (number.lookingAt()) {
            at = number.end();
            JsonNode value = EngineJson.parse(number.group());
            return scope -> value;
        }
        String name = name();
        return switch (name == null ? "" : name) {
            case "true" -> scope -> BooleanNode.TRUE;
            case "false" -> scope -> BooleanNode.FALSE;
            case "null" -> scope -> NullNode.instance;
            default -> throw unexpected();
        };
    }

    /** The rest of a string with holes, up to its end. */
    private Expression interpolation(char end, boolean escaped) {
        List<Expression> parts = new ArrayList<>();
        StringBuilder plain = new StringBuilder();
        while (at < text.length() && text.charAt(at) != end) {
            if (take("{{")) {
                addText(parts, plain);
                parts.add(block());
            } else if (escaped && text.charAt(at) == '\\') {
                plain.append(escape());
            } else {
                plain.append(text.charAt(at++));
            }
        }
        if (escaped) {
            expect(String.valueOf(end));
        }
        addText(parts, plain);
        return scope -> {
            StringBuilder whole = new StringBuilder();
            parts.forEach(part -> whole.append(inText(part.in(scope))));
            return StringNode.valueOf(whole.toString());
        };
    }

    private static void addText(List<Expression> parts, StringBuilder plain) {
        JsonNode fixed = StringNode.valueOf(plain.toString());
        parts.add(scope -> fixed);
        plain.setLength(0);
    }

    private static String inText(JsonNode value) {
        if (value.isContainer()) {
            throw new TransformException("Cannot put " + Functions.kind(value) + " into a string");
        }
        return value.isString() ? value.stringValue() : EngineJson.write(value);
    }

    private char escape() {
        at++;
        char letter = at < text.length() ? text.charAt(at++) : '\0';
        return switch (letter) {
            case 'n' -> '\n';
            case 't' -> '\t';
            case 'r' -> '\r';
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'u' -> {
                if (at + 4 > text.length()) {
                    throw unexpected();
                }
                at += 4;
                yield (char) Integer.parseInt(text.substring(at - 4, at), 16);
            }
            default -> letter;
        };
    }

    // -- inside of holes --------------------------------------------------------------------------------------------

    private Expression block() {
        int begin = at;
        String word = name();
        if ("if".equals(word)) {
            return conditional();
        }
        if ("range".equals(word)) {
            return range();
        }
        at = begin;
        Expression expression = expression();
        expect("}}");
        return expression;
    }

    private Expression conditional() {
        Expression condition = expression();
        expect("}}");
        Expression yes = value();
        expect("{{");
        String word = name();
        Expression no;
        if ("elif".equals(word)) {
            no = conditional();
        } else if ("else".equals(word)) {
            expect("}}");
            no = value();
            end();
        } else {
            throw unexpected();
        }
        return scope -> (Functions.truth(condition.in(scope)) ? yes : no).in(scope);
    }

    private void end() {
        expect("{{");
        if (!"end".equals(name())) {
            throw unexpected();
        }
        expect("}}");
    }

    private Expression range() {
        String index = name();
        expect(",");
        String element = name();
        expect(":=");
        Expression list = expression();
        expect("}}");
        Expression body = value();
        end();
        if (index == null || element == null) {
            throw unexpected();
        }
        return scope -> {
            JsonNode elements = list.in(scope);
            if (!elements.isArray()) {
                throw new TransformException("Can only range over a list, not over " + Functions.kind(elements));
            }
            ArrayNode result = JsonNodeFactory.instance.arrayNode();
            for (int i = 0; i < elements.size(); i++) {
                result.add(body.in(scope.with(index, IntNode.valueOf(i)).with(element, elements.path(i))));
            }
            return result;
        };
    }

    private Expression expression() {
        Expression left = conjunction();
        while (accept("||")) {
            left = logical(left, conjunction(), true);
        }
        return left;
    }

    private Expression conjunction() {
        Expression left = comparison();
        while (accept("&&")) {
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
        for (String operator : List.of("==", "!=", "<=", ">=", "<", ">")) {
            if (accept(operator)) {
                Expression right = withDefault();
                BinaryOperator<JsonNode> comparing = (one, other) -> BooleanNode.valueOf(compare(operator, one, other));
                return scope -> comparing.apply(left.in(scope), right.in(scope));
            }
        }
        return left;
    }

    private static boolean compare(String operator, JsonNode left, JsonNode right) {
        boolean numbers = left.isNumber() && right.isNumber();
        if (operator.equals("==") || operator.equals("!=")) {
            boolean equal = numbers ? left.decimalValue().compareTo(right.decimalValue()) == 0 : left.equals(right);
            return equal == operator.equals("==");
        }
        if (!numbers && !(left.isString() && right.isString())) {
            throw new TransformException("Cannot compare " + Functions.kind(left) + " with " + Functions.kind(right));
        }
        int order = numbers
                ? left.decimalValue().compareTo(right.decimalValue())
                : left.stringValue().compareTo(right.stringValue());
        return switch (operator) {
            case "<" -> order < 0;
            case "<=" -> order <= 0;
            case ">" -> order > 0;
            default -> order >= 0;
        };
    }

    private Expression withDefault() {
        Expression left = application();
        while (accept("??")) {
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
        space();
        int begin = at;
        String name = name();
        BiFunction<JsonNode, Scope, JsonNode> function = name == null ? null : Functions.named(name);
        if (function != null) {
            Expression argument = application();
            return scope -> function.apply(argument.in(scope), scope);
        }
        at = begin;
        return path();
    }

    private Expression path() {
        Expression value = primary();
        boolean optional = false;
        while (true) {
            boolean asked = at + 1 < text.length()
                    && text.charAt(at) == '?'
                    && (text.charAt(at + 1) == '.' || text.charAt(at + 1) == '[');
            if (asked) {
                at++;
                optional = true;
            }
            Expression key;
            if (take(".")) {
                String name = Objects.requireNonNullElse(name(), "");
                if (name.isEmpty()) {
                    throw unexpected();
                }
                key = scope -> StringNode.valueOf(name);
            } else if (at < text.length() && text.charAt(at) == '[') {
                at++;
                key = expression();
                expect("]");
            } else {
                return value;
            }
            value = lookup(value, key, optional);
        }
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
        space();
        if (take("(")) {
            Expression inner = expression();
            expect(")");
            return inner;
        }
        if (take("'")) {
            JsonNode fixed = StringNode.valueOf(quoted('\''));
            return scope -> fixed;
        }
        if (at < text.length() && "\"[{-0123456789".indexOf(text.charAt(at)) >= 0) {
            return elements();
        }
        String name = name();
        return switch (name == null ? "" : name) {
            case "" -> throw unexpected();
            case "true" -> scope -> BooleanNode.TRUE;
            case "false" -> scope -> BooleanNode.FALSE;
            case "null" -> scope -> NullNode.instance;
            default -> scope -> scope.get(name);
        };
    }

    /** A JSON value in a hole; the elements of a list are expressions of their own. */
    private Expression elements() {
        if (!take("[")) {
            return value();
        }
        List<Expression> elements = new ArrayList<>();
        if (!accept("]")) {
            do {
                elements.add(expression());
            } while (accept(","));
            expect("]");
        }
        return scope -> {
            ArrayNode array = JsonNodeFactory.instance.arrayNode();
            elements.forEach(element -> array.add(element.in(scope)));
            return array;
        };
    }

    // -- letters ----------------------------------------------------------------------------------------------------

    private String quoted(char end) {
        StringBuilder plain = new StringBuilder();
        while (at < text.length() && text.charAt(at) != end) {
            plain.append(text.charAt(at) == '\\' ? escape() : text.charAt(at++));
        }
        expect(String.valueOf(end));
        return plain.toString();
    }

    private @Nullable String name() {
        space();
        Matcher name = NAME.matcher(text).region(at, text.length());
        if (!name.lookingAt()) {
            return text.startsWith("$", at) ? text.substring(at, ++at) : null;
        }
        at = name.end();
        return name.group();
    }

    private void space() {
        Matcher space = SPACE.matcher(text).region(at, text.length());
        at = space.lookingAt() ? space.end() : at;
    }

    private boolean take(String token) {
        boolean found = text.startsWith(token, at);
        at += found ? token.length() : 0;
        return found;
    }

    private boolean accept(String token) {
        int begin = at;
        space();
        if (take(token)) {
            return true;
        }
        at = begin;
        return false;
    }

    private void expect(String token) {
        if (!accept(token)) {
            throw unexpected();
        }
    }

    private TransformException unexpected() {
        return new TransformException("Cannot read the template at position " + at);
    }
}
