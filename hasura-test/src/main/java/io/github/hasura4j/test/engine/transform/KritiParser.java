package io.github.hasura4j.test.engine.transform;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.hasura4j.test.engine.EngineJson;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.IntNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * Reads templates in Kriti: JSON in which <code>{{ … }}</code> stands for a value, also inside of strings, and {@code if} and
 * {@code range} for several.
 */
final class KritiParser {

    private final Letters letters;
    private final ExpressionParser expressions;

    private KritiParser(String text) {
        this.letters = new Letters(text);
        this.expressions = new ExpressionParser(letters, this::value);
    }

    /**
     * Reads a template that is JSON.
     *
     * @throws TransformException if it cannot be read
     */
    static Expression json(String template) {
        KritiParser parser = new KritiParser(template);
        Expression value = parser.value();
        parser.letters.space();
        if (!parser.letters.atEnd()) {
            throw parser.letters.unexpected();
        }
        return value;
    }

    /**
     * Reads a template that is text, as if it stood in double quotes.
     *
     * @throws TransformException if it cannot be read
     */
    static Expression text(String template) {
        return new KritiParser(template).interpolation(false);
    }

    private Expression value() {
        return letters.nested(this::anyValue);
    }

    private Expression anyValue() {
        letters.space();
        if (letters.take("{{")) {
            return block();
        } else if (letters.take("{")) {
            return object();
        } else if (letters.take("[")) {
            return array();
        } else if (letters.take("\"")) {
            return interpolation(true);
        }
        return literal();
    }

    private Expression object() {
        Map<String, Expression> fields = new LinkedHashMap<>();
        if (!letters.accept("}")) {
            do {
                letters.expect("\"");
                String key = letters.quoted('"');
                letters.expect(":");
                fields.put(key, value());
            } while (letters.accept(","));
            letters.expect("}");
        }
        return scope -> {
            ObjectNode object = JsonNodeFactory.instance.objectNode();
            fields.forEach((key, field) -> object.set(key, field.in(scope)));
            return object;
        };
    }

    private Expression array() {
        List<Expression> elements = new ArrayList<>();
        if (!letters.accept("]")) {
            do {
                elements.add(value());
            } while (letters.accept(","));
            letters.expect("]");
        }
        return scope -> {
            ArrayNode array = JsonNodeFactory.instance.arrayNode();
            elements.forEach(element -> array.add(element.in(scope)));
            return array;
        };
    }

    private Expression literal() {
        String number = letters.number();
        if (number != null) {
            JsonNode value = EngineJson.parse(number);
            return scope -> value;
        }
        Expression word = ExpressionParser.literal(letters.name());
        if (word == null) {
            throw letters.unexpected();
        }
        return word;
    }

    /** Text with holes, up to its end: that of the template, or a quote. */
    private Expression interpolation(boolean quoted) {
        List<Expression> parts = new ArrayList<>();
        StringBuilder plain = new StringBuilder();
        while (!letters.atEnd() && !(quoted && letters.nextIs("\""))) {
            if (letters.take("{{")) {
                parts.add(fixed(plain.toString()));
                plain.setLength(0);
                parts.add(block());
            } else {
                plain.append(quoted && letters.nextIs("\\") ? letters.escape() : letters.next());
            }
        }
        if (quoted) {
            letters.expect("\"");
        }
        parts.add(fixed(plain.toString()));
        return scope -> {
            StringBuilder whole = new StringBuilder();
            parts.forEach(part -> whole.append(inText(part.in(scope))));
            return StringNode.valueOf(whole.toString());
        };
    }

    private static Expression fixed(String text) {
        JsonNode value = StringNode.valueOf(text);
        return scope -> value;
    }

    private static String inText(JsonNode value) {
        if (value.isContainer()) {
            throw new TransformException("Cannot put " + Functions.kind(value) + " into a string");
        }
        return value.isString() ? value.stringValue() : EngineJson.write(value);
    }

    private Expression block() {
        String word = letters.nextName();
        if ("if".equals(word)) {
            letters.name();
            return conditional();
        }
        if ("range".equals(word)) {
            letters.name();
            return range();
        }
        Expression expression = expressions.expression();
        letters.expect("}}");
        return expression;
    }

    private Expression conditional() {
        Expression condition = expressions.expression();
        letters.expect("}}");
        Expression yes = value();
        letters.expect("{{");
        String word = letters.name();
        Expression no;
        if ("elif".equals(word)) {
            no = conditional();
        } else if ("else".equals(word)) {
            letters.expect("}}");
            no = value();
            end();
        } else {
            throw letters.unexpected();
        }
        return scope -> (Functions.truth(condition.in(scope)) ? yes : no).in(scope);
    }

    private Expression range() {
        String index = letters.name();
        letters.expect(",");
        String element = letters.name();
        letters.expect(":=");
        Expression list = expressions.expression();
        letters.expect("}}");
        Expression body = value();
        end();
        if (index == null || element == null) {
            throw letters.unexpected();
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

    private void end() {
        letters.expect("{{");
        if (!"end".equals(letters.name())) {
            throw letters.unexpected();
        }
        letters.expect("}}");
    }
}
