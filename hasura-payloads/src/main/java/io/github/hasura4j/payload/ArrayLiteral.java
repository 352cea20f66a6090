package io.github.hasura4j.payload;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Reads the two ways in which a list travels inside a session variable: Postgres' array literal, which permissions need, and
 * a flat JSON array, which some tokens hold.
 */
final class ArrayLiteral {

    private final String text;
    private final char close;
    private final boolean json;
    private int at = 1;

    private ArrayLiteral(String text) {
        this.text = text;
        this.json = text.charAt(0) == '[';
        this.close = json ? ']' : '}';
    }

    static List<@Nullable String> parse(String value) {
        String text = value.strip();
        if (text.length() < 2 || (text.charAt(0) != '{' && text.charAt(0) != '[')) {
            throw new IllegalArgumentException("neither {a,b} nor [\"a\",\"b\"]");
        }
        return Collections.unmodifiableList(new ArrayLiteral(text).elements());
    }

    private List<@Nullable String> elements() {
        List<@Nullable String> elements = new ArrayList<>();
        if (peekAfterBlanks() == close) {
            at++;
        } else {
            char separator;
            do {
                elements.add(peekAfterBlanks() == '"' ? quoted() : bare());
                separator = peekAfterBlanks();
                at++;
            } while (separator == ',');
            if (separator != close) {
                throw new IllegalArgumentException("an element is not followed by a comma or the end");
            }
        }
        if (at != text.length()) {
            throw new IllegalArgumentException("text after the end");
        }
        return elements;
    }

    private char peekAfterBlanks() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        if (at == text.length()) {
            throw new IllegalArgumentException("the end is missing");
        }
        return text.charAt(at);
    }

    private @Nullable String bare() {
        int start = at;
        while (at < text.length() && text.charAt(at) != ',' && text.charAt(at) != close) {
            if ("{[\"\\".indexOf(text.charAt(at)) >= 0) {
                throw new IllegalArgumentException("a nested list or a stray quote");
            }
            at++;
        }
        String element = text.substring(start, at).strip();
        if (element.isEmpty()) {
            throw new IllegalArgumentException("an empty element without quotes");
        }
        boolean isNull = json ? element.equals("null") : element.equalsIgnoreCase("null");
        return isNull ? null : element;
    }

    private String quoted() {
        StringBuilder element = new StringBuilder();
        at++;
        while (at < text.length() && text.charAt(at) != '"') {
            element.append(text.charAt(at) == '\\' ? escaped() : text.charAt(at));
            at++;
        }
        if (at >= text.length()) {
            throw new IllegalArgumentException("a quote is not closed");
        }
        at++;
        return element.toString();
    }

    private char escaped() {
        if (++at >= text.length()) {
            throw new IllegalArgumentException("a quote is not closed");
        }
        char escaped = text.charAt(at);
        if (!json) {
            return escaped;
        }
        return switch (escaped) {
            case 'n' -> '\n';
            case 't' -> '\t';
            case 'r' -> '\r';
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'u' -> unicode();
            default -> escaped;
        };
    }

    private char unicode() {
        if (at + 4 >= text.length()) {
            throw new IllegalArgumentException("a quote is not closed");
        }
        char unit = (char) Integer.parseInt(text, at + 1, at + 5, 16);
        at += 4;
        return unit;
    }
}
