package io.github.hasura4j.test.engine.transform;

import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/** The letters of a template, and how far they have been read. */
final class Letters {

    private static final Pattern NAME = Pattern.compile("\\$?[A-Za-z_][A-Za-z0-9_-]*");
    private static final Pattern NUMBER = Pattern.compile("-?[0-9]+(\\.[0-9]+)?([eE][+-]?[0-9]+)?");
    private static final Pattern SPACE = Pattern.compile("\\s*");

    private static final int DEEPEST = 200;

    private final String text;
    private int at;
    private int depth;

    Letters(String text) {
        this.text = text;
    }

    /** Reads a part of another part, which must end some time. */
    Expression nested(Supplier<Expression> part) {
        if (++depth > DEEPEST) {
            throw new TransformException("The template is nested too deeply");
        }
        Expression read = part.get();
        depth--;
        return read;
    }

    boolean atEnd() {
        return at >= text.length();
    }

    /** Whether the next letter is one of these. */
    boolean nextIs(String letters) {
        return !atEnd() && letters.indexOf(text.charAt(at)) >= 0;
    }

    /** The next letter, which is taken. */
    char next() {
        if (atEnd()) {
            throw unexpected();
        }
        return text.charAt(at++);
    }

    void space() {
        Matcher space = SPACE.matcher(text).region(at, text.length());
        at = space.lookingAt() ? space.end() : at;
    }

    /** Takes a token that stands right here; false if another does. */
    boolean take(String token) {
        boolean found = text.startsWith(token, at);
        at += found ? token.length() : 0;
        return found;
    }

    /** Takes a token, and the space before it; false if another stands there. */
    boolean accept(String token) {
        int begin = at;
        space();
        if (take(token)) {
            return true;
        }
        at = begin;
        return false;
    }

    void expect(String token) {
        if (!accept(token)) {
            throw unexpected();
        }
    }

    /** Takes a name; null if there is none. */
    @Nullable
    String name() {
        space();
        Matcher name = NAME.matcher(text).region(at, text.length());
        if (!name.lookingAt()) {
            return null;
        }
        at = name.end();
        return name.group();
    }

    /** The same without taking it. */
    @Nullable
    String nextName() {
        int begin = at;
        String name = name();
        at = begin;
        return name;
    }

    /** Takes a number; null if there is none. */
    @Nullable
    String number() {
        Matcher number = NUMBER.matcher(text).region(at, text.length());
        if (!number.lookingAt()) {
            return null;
        }
        at = number.end();
        return number.group();
    }

    /** The rest of a string, up to its end, which is taken too. */
    String quoted(char end) {
        StringBuilder plain = new StringBuilder();
        while (!atEnd() && text.charAt(at) != end) {
            plain.append(nextIs("\\") ? escape() : next());
        }
        expect(String.valueOf(end));
        return plain.toString();
    }

    /** The letter that an escape stands for. */
    char escape() {
        at++;
        char letter = next();
        return switch (letter) {
            case 'n' -> '\n';
            case 't' -> '\t';
            case 'r' -> '\r';
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'u' -> {
                String digits = at + 4 <= text.length() ? text.substring(at, at + 4) : "";
                if (!digits.matches("[0-9a-fA-F]{4}")) {
                    throw unexpected();
                }
                at += 4;
                yield (char) Integer.parseInt(digits, 16);
            }
            default -> letter;
        };
    }

    TransformException unexpected() {
        return new TransformException("Cannot read the template at position " + at);
    }
}
