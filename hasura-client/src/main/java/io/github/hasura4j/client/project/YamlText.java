package io.github.hasura4j.client.project;

import java.util.Iterator;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

import tools.jackson.databind.JsonNode;

/** Writes YAML as the engine's tool does: what the Go library {@code yaml.v3} makes of a value, with an indentation of two. */
final class YamlText {

    private static final Set<String> NOT_TEXT = Set.of(
            "", "~", "null", "true", "false", "y", "yes", "on", "n", "no", "off", "<<", ".nan", ".inf", "+.inf",
            "-.inf");
    private static final Pattern NUMBER = Pattern.compile(
            "[-+]?(\\.[0-9_]+|[0-9][0-9_]*(\\.[0-9_]*)?)([eE][-+]?[0-9]+)?|[-+]?0(x[0-9a-fA-F_]+|o[0-7_]+|b[01_]+)|[-+]?[0-9][0-9_]*(:[0-5]?[0-9])+(\\.[0-9_]*)?");
    private static final Pattern DATE = Pattern.compile("[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}([Tt ].*)?");
    private static final String INDICATORS = "#,[]{}&*!|>'\"%@`";

    private final StringBuilder text = new StringBuilder();
    private final boolean indentLists;
    private final String lineEnd;

    /** @param indentLists whether a list below a key is indented further than the key */
    YamlText(boolean indentLists, String lineEnd) {
        this.indentLists = indentLists;
        this.lineEnd = lineEnd;
    }

    /** A whole file. */
    static String file(JsonNode value) {
        YamlText yaml = new YamlText(true, "\n");
        yaml.block(value, 0);
        return yaml.text.append('\n').toString();
    }

    /** A value that stands at this column, where the line has got there already; without a line end. */
    String value(JsonNode value, int column) {
        text.setLength(0);
        block(value, column);
        return text.toString();
    }

    /** A key with its value, where the line has got to this column already; without a line end. */
    String entry(String key, JsonNode value, int column) {
        text.setLength(0);
        pair(key, value, column);
        return text.toString();
    }

    /** What follows a colon or a dash: a blank and the value, or lines below. */
    String below(JsonNode value, int column, boolean ofKey) {
        text.setLength(0);
        after(value, column, ofKey);
        return text.toString();
    }

    /** What this list element or map looks like behind its dash. */
    String element(JsonNode value, int column) {
        text.setLength(0);
        text.append("- ");
        block(value, column + 2);
        return text.toString();
    }

    private void block(JsonNode value, int column) {
        if (value.isObject() && !value.isEmpty()) {
            Iterator<Map.Entry<String, JsonNode>> pairs = value.properties().iterator();
            while (pairs.hasNext()) {
                Map.Entry<String, JsonNode> pair = pairs.next();
                pair(pair.getKey(), pair.getValue(), column);
                if (pairs.hasNext()) {
                    line(column);
                }
            }
        } else if (value.isArray() && !value.isEmpty()) {
            for (int i = 0; i < value.size(); i++) {
                if (i > 0) {
                    line(column);
                }
                text.append("- ");
                block(value.get(i), column + 2);
            }
        } else {
            scalar(value, column);
        }
    }

    private void pair(String key, JsonNode value, int column) {
        scalarText(key, column, true);
        text.append(':');
        after(value, column, true);
    }

    private void after(JsonNode value, int column, boolean ofKey) {
        if (value.isContainer() && !value.isEmpty()) {
            int inner = value.isArray() && ofKey && !indentLists ? column : column + 2;
            if (!ofKey) {
                text.append(' ');
            } else {
                line(inner);
            }
            block(value, inner);
        } else {
            text.append(' ');
            scalar(value, column);
        }
    }

    private void line(int column) {
        text.append(lineEnd).append(" ".repeat(column));
    }

    private void scalar(JsonNode value, int column) {
        if (value.isString()) {
            scalarText(value.stringValue(), column, false);
        } else if (value.isObject()) {
            text.append("{}");
        } else if (value.isArray()) {
            text.append("[]");
        } else {
            text.append(value.toString());
        }
    }

    private void scalarText(String value, int column, boolean key) {
        if (value.indexOf('\n') >= 0 && !key && fitsALiteral(value)) {
            literal(value, column);
        } else if (value.startsWith("!include") || isSomethingElse(value)) {
            doubleQuoted(value);
        } else if (isPlain(value)) {
            text.append(value);
        } else if (value.chars().allMatch(c -> c >= ' ' && c != 0x7f) && !hasSpaceAtALineEnd(value)) {
            text.append('\'').append(value.replace("'", "''")).append('\'');
        } else {
            doubleQuoted(value);
        }
    }

    /** Whether it would be read as a number, a date, a boolean or nothing. */
    private static boolean isSomethingElse(String value) {
        return NOT_TEXT.contains(value.toLowerCase(Locale.ROOT))
                || NUMBER.matcher(value).matches()
                || DATE.matcher(value).matches();
    }

    private static boolean isPlain(String value) {
        char first = value.charAt(0);
        if (INDICATORS.indexOf(first) >= 0
                || value.startsWith("---")
                || value.startsWith("...")
                || first == ' '
                || value.endsWith(" ")
                || ((first == '-' || first == '?' || first == ':')
                        && (value.length() == 1 || value.charAt(1) == ' '))) {
            return false;
        }
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            boolean blankNext = i + 1 == value.length() || value.charAt(i + 1) == ' ';
            if (c < ' '
                    || c == 0x7f
                    || c == 0xfeff
                    || c == ':' && blankNext
                    || c == '#' && i > 0 && value.charAt(i - 1) == ' ') {
                return false;
            }
        }
        return true;
    }

    private static boolean hasSpaceAtALineEnd(String value) {
        return value.contains(" \n");
    }

    private static boolean fitsALiteral(String value) {
        return !hasSpaceAtALineEnd(value)
                && !value.endsWith(" ")
                && value.chars().allMatch(c -> c == '\n' || c == '\t' || c >= ' ' && c != 0x7f && c != 0xfeff);
    }

    private void literal(String value, int column) {
        text.append('|');
        if (value.startsWith(" ") || value.startsWith("\n")) {
            text.append('2');
        }
        if (!value.endsWith("\n")) {
            text.append('-');
        } else if (value.length() == 1 || value.charAt(value.length() - 2) == '\n') {
            text.append('+');
        }
        String body = value.endsWith("\n") ? value.substring(0, value.length() - 1) : value;
        for (String line : body.split("\n", -1)) {
            text.append(lineEnd);
            if (!line.isEmpty()) {
                text.append(" ".repeat(column + 2)).append(line);
            }
        }
    }

    private void doubleQuoted(String value) {
        text.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '"' -> text.append("\\\"");
                case '\\' -> text.append("\\\\");
                case '\n' -> text.append("\\n");
                case '\t' -> text.append("\\t");
                case '\r' -> text.append("\\r");
                default -> {
                    if (c < ' ' || c == 0x7f || c == 0x85 || c == 0x2028 || c == 0x2029 || c == 0xfeff) {
                        text.append(String.format(Locale.ROOT, c < 0x100 ? "\\x%02X" : "\\u%04X", (int) c));
                    } else {
                        text.append(c);
                    }
                }
            }
        }
        text.append('"');
    }
}
