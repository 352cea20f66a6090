package io.github.hasura4j.client;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/** Reads an array in Postgres' own text, {@code {1,NULL,"a b"}}, as engines write it that know no arrays. */
final class PostgresArray {

    /** What Postgres allows. */
    private static final int DIMENSIONS = 6;

    private final String text;
    private int at;

    private PostgresArray(String text, int at) {
        this.text = text;
        this.at = at;
    }

    /** The elements: text, null, or a list of a dimension more; null if the text is no array. */
    static @Nullable List<@Nullable Object> read(String text) {
        int start = text.indexOf('{');
        if (start < 0 || !text.endsWith("}") || !isBounds(text, start)) {
            return null;
        }
        PostgresArray array = new PostgresArray(text, start);
        List<@Nullable Object> elements = array.elements(1);
        return elements != null && array.at == text.length() ? elements : null;
    }

    /** Such as {@code [0:1]=}, for arrays that do not begin with 1. */
    private static boolean isBounds(String text, int end) {
        return end == 0
                || text.charAt(end - 1) == '='
                        && text.substring(0, end - 1)
                                .chars()
                                .allMatch(c -> c == '[' || c == ']' || c == ':' || c == '-' || c >= '0' && c <= '9');
    }

    private @Nullable List<@Nullable Object> elements(int dimension) {
        if (dimension > DIMENSIONS) {
            return null;
        }
        List<@Nullable Object> elements = new ArrayList<>();
        at++;
        if (peek() == '}') {
            at++;
            return elements;
        }
        while (true) {
            if (!addElement(elements, dimension)) {
                return null;
            }
            char separator = peek();
            at++;
            if (separator == '}') {
                return elements;
            }
            if (separator != ',') {
                return null;
            }
        }
    }

    private boolean addElement(List<@Nullable Object> elements, int dimension) {
        if (peek() == '{') {
            List<@Nullable Object> inner = elements(dimension + 1);
            return inner != null && elements.add(inner);
        }
        if (peek() == '"') {
            String quoted = quoted();
            return quoted != null && elements.add(quoted);
        }
        int from = at;
        StringBuilder bare = new StringBuilder();
        while (at < text.length() && peek() != ',' && peek() != '}') {
            if (peek() == '{' || peek() == '"') {
                return false;
            }
            if (peek() == '\\') {
                at++;
            }
            bare.append(peek());
            at++;
        }
        String element = bare.toString();
        return at > from && elements.add(element.equalsIgnoreCase("null") ? null : element);
    }

    private @Nullable String quoted() {
        StringBuilder element = new StringBuilder();
        for (at++; at < text.length(); at++) {
            char c = peek();
            if (c == '"') {
                at++;
                return element.toString();
            }
            if (c == '\\') {
                at++;
            }
            element.append(peek());
        }
        return null;
    }

    /** The present character, and none beyond the end. */
    private char peek() {
        return at < text.length() ? text.charAt(at) : '\0';
    }
}
