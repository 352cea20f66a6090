package io.github.hasura4j.client.project;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The text of {@code actions.graphql}, cut into its definitions and the fields of {@code Mutation} and {@code Query}, each with
 * its place. It only cuts: whether the text is GraphQL has been found out before.
 */
final class SdlText {

    private static final Set<String> KEYWORDS =
            Set.of("type", "input", "enum", "scalar", "extend", "interface", "schema", "union", "directive");

    private final String text;
    private final List<Token> tokens = new ArrayList<>();
    private final List<Definition> definitions = new ArrayList<>();

    SdlText(String text) {
        this.text = text;
        tokenize();
        cut();
    }

    private record Token(int from, int to) {}

    /**
     * A definition.
     *
     * @param from where it begins, with its description
     * @param to behind its last character
     * @param kind the keyword, without {@code extend}
     * @param name the type's name; empty for a schema
     * @param fields of {@code Mutation} and {@code Query}; else none
     */
    record Definition(int from, int to, String kind, String name, List<Field> fields) {

        boolean isOfActions() {
            return kind.equals("type") && (name.equals("Mutation") || name.equals("Query"));
        }
    }

    /**
     * An action's signature.
     *
     * @param from where it begins, with its description
     * @param name the action
     * @param signature where its name begins
     * @param to behind its last character
     */
    record Field(int from, int signature, int to, String name) {}

    List<Definition> definitions() {
        return definitions;
    }

    @Nullable
    Definition type(String name) {
        return definitions.stream()
                .filter(each -> each.name().equals(name) && !each.isOfActions())
                .findFirst()
                .orElse(null);
    }

    private void tokenize() {
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (Character.isWhitespace(c) || c == ',' || c == '\ufeff') {
                at++;
            } else if (c == '#') {
                int end = text.indexOf('\n', at);
                at = end < 0 ? text.length() : end;
            } else {
                int end = tokenEnd(at);
                tokens.add(new Token(at, end));
                at = end;
            }
        }
    }

    private int tokenEnd(int at) {
        if (text.startsWith("\"\"\"", at)) {
            int end = text.indexOf("\"\"\"", at + 3);
            while (end > 0 && text.charAt(end - 1) == '\\') {
                end = text.indexOf("\"\"\"", end + 3);
            }
            return end < 0 ? text.length() : end + 3;
        }
        if (text.charAt(at) == '"') {
            int end = at + 1;
            while (end < text.length() && text.charAt(end) != '"') {
                end += text.charAt(end) == '\\' ? 2 : 1;
            }
            return Math.min(text.length(), end + 1);
        }
        int end = at;
        while (end < text.length() && (Character.isLetterOrDigit(text.charAt(end)) || text.charAt(end) == '_')) {
            end++;
        }
        return Math.max(end, at + 1);
    }

    /** What of a part of the text the metadata know nothing about; null if it is all types, names and descriptions. */
    @Nullable
    String beyondMetadata(int from, int to) {
        int end = from;
        for (Token each : tokens) {
            if (each.from() >= from && each.to() <= to) {
                if (text.substring(end, each.from()).indexOf('#') >= 0) {
                    return "a comment";
                }
                String token = text.substring(each.from(), each.to());
                if (token.equals("@")) {
                    return "a directive";
                }
                if (token.equals("=")) {
                    return "a default value";
                }
                end = each.to();
            }
        }
        return null;
    }

    private void cut() {
        int depth = 0;
        int begin = -1;
        for (int i = 0; i < tokens.size(); i++) {
            if (depth == 0 && begins(i)) {
                if (begin >= 0) {
                    add(begin, i);
                }
                begin = i;
                i += isDescription(i) ? 1 : 0;
                i += is(i, "extend") ? 1 : 0;
            } else if (is(i, "{") || is(i, "(")) {
                depth++;
            } else if (is(i, "}") || is(i, ")")) {
                depth--;
            }
        }
        if (begin >= 0) {
            add(begin, tokens.size());
        }
    }

    private boolean begins(int i) {
        return isDescription(i) || KEYWORDS.contains(word(i));
    }

    private void add(int begin, int end) {
        int at = begin + (isDescription(begin) ? 1 : 0);
        at += is(at, "extend") ? 1 : 0;
        String kind = word(at);
        String name = kind.equals("schema") ? "" : word(at + 1);
        Definition whole =
                new Definition(tokens.get(begin).from(), tokens.get(end - 1).to(), kind, name, List.of());
        definitions.add(whole.isOfActions() ? withFields(whole, at + 2, end) : whole);
    }

    private Definition withFields(Definition definition, int from, int end) {
        List<Field> fields = new ArrayList<>();
        int begin = -1;
        int braces = 0;
        int parentheses = 0;
        for (int i = from; i < end; i++) {
            if (is(i, "{")) {
                braces++;
            } else if (is(i, "}")) {
                braces--;
            } else if (is(i, "(")) {
                parentheses++;
            } else if (is(i, ")")) {
                parentheses--;
            } else if (braces == 1 && parentheses == 0 && beginsField(i, end)) {
                if (begin >= 0) {
                    fields.add(field(begin, i));
                }
                begin = i;
                i += isDescription(i) ? 1 : 0;
            }
        }
        if (begin >= 0) {
            fields.add(field(begin, end - 1));
        }
        return new Definition(definition.from(), definition.to(), definition.kind(), definition.name(), fields);
    }

    private boolean beginsField(int i, int end) {
        return isDescription(i) || i + 1 < end && isName(i) && (is(i + 1, ":") || is(i + 1, "(")) && !is(i - 1, "@");
    }

    private Field field(int begin, int end) {
        int name = begin + (isDescription(begin) ? 1 : 0);
        return new Field(
                tokens.get(begin).from(),
                tokens.get(name).from(),
                tokens.get(end - 1).to(),
                word(name));
    }

    private boolean isDescription(int i) {
        return i < tokens.size() && text.charAt(tokens.get(i).from()) == '"';
    }

    private boolean isName(int i) {
        return Character.isLetter(text.charAt(tokens.get(i).from()))
                || text.charAt(tokens.get(i).from()) == '_';
    }

    private boolean is(int i, String token) {
        return i >= 0 && i < tokens.size() && word(i).equals(token);
    }

    private String word(int i) {
        return i < tokens.size()
                ? text.substring(tokens.get(i).from(), tokens.get(i).to())
                : "";
    }

    /** The block of one action, as the engine's tool writes it; without a line end. */
    static String action(String name, JsonNode definition) {
        String type = definition.path("type").asString("mutation").equals("query") ? "Query" : "Mutation";
        return "type " + type + " {\n  " + signature(name, definition) + "\n}";
    }

    /** A field of {@code Mutation} or {@code Query}. */
    static String signature(String name, JsonNode definition) {
        StringBuilder written = new StringBuilder(name);
        JsonNode arguments = definition.path("arguments");
        if (!arguments.isEmpty()) {
            written.append("(\n");
            for (JsonNode each : arguments) {
                described(written, each, "    ")
                        .append("    ")
                        .append(typed(each))
                        .append('\n');
            }
            written.append("  )");
        }
        return written.append(": ")
                .append(definition.path("output_type").asString(""))
                .toString();
    }

    /** A custom type, as the engine's tool writes it; without a line end. */
    static String type(String kind, JsonNode type) {
        StringBuilder written = new StringBuilder();
        described(written, type, "");
        String name = type.path("name").asString("");
        if (kind.equals("scalars")) {
            return written.append("scalar ").append(name).toString();
        }
        if (kind.equals("enums")) {
            written.append("enum ").append(name).append(" {\n");
            for (JsonNode each : type.path("values")) {
                described(written, each, "  ")
                        .append("  ")
                        .append(each.path("value").asString(""))
                        .append('\n');
            }
            return written.append('}').toString();
        }
        written.append(kind.equals("objects") ? "type " : "input ").append(name).append(" {\n");
        for (JsonNode each : type.path("fields")) {
            described(written, each, "  ").append("  ").append(typed(each)).append('\n');
        }
        return written.append('}').toString();
    }

    private static String typed(JsonNode value) {
        return value.path("name").asString("") + ": " + value.path("type").asString("");
    }

    private static StringBuilder described(StringBuilder written, JsonNode value, String indent) {
        String description = value.path("description").asString("");
        if (!description.isEmpty()) {
            written.append(indent)
                    .append("\"\"\" ")
                    .append(description.replace("\"\"\"", "\\\"\"\""))
                    .append(" \"\"\"\n");
        }
        return written;
    }
}
