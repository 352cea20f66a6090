package io.github.hasura4j.spring.dispatch;

import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;

/**
 * Finds the name of an event's trigger without reading the event: engines write keys in alphabetical order, so that a body ends in
 * {@code "trigger":{"name":"…"}}}, behind rows that may be megabytes.
 *
 * <p>Read backwards, the two braces close the object inside and the body, and quotes that no backslash precedes begin and end
 * strings. So in every JSON document that ends so, this is the name at the top; in what is no JSON it does not matter, since
 * that is refused when it is decoded.
 */
final class NameAtTheEnd {

    private final byte[] body;
    private int end;

    private NameAtTheEnd(byte[] body) {
        this.body = body;
        this.end = body.length;
    }

    /** The text at {@code holder.name} if the body ends with it, else null. */
    static @Nullable String find(byte[] body, String holder) {
        NameAtTheEnd backwards = new NameAtTheEnd(body);
        String name = backwards.takeAll("}}") ? backwards.takeString() : null;
        boolean held = name != null
                && backwards.take(':')
                && "name".equals(backwards.takeString())
                && backwards.takeAll("{:")
                && holder.equals(backwards.takeString())
                && (backwards.take(',') || backwards.take('{'));
        return held ? name : null;
    }

    private boolean takeAll(String expected) {
        return expected.chars().allMatch(each -> take((char) each));
    }

    private boolean take(char expected) {
        skipWhiteSpace();
        if (end > 0 && body[end - 1] == expected) {
            end--;
            return true;
        }
        return false;
    }

    /** A string of plain ASCII; null for any other, and for what is none. */
    private @Nullable String takeString() {
        if (!take('"')) {
            return null;
        }
        int begin = end;
        while (begin > 0 && body[begin - 1] != '"') {
            begin--;
            if (body[begin] < ' ' || body[begin] == '\\') {
                return null;
            }
        }
        String text = new String(body, begin, end - begin, StandardCharsets.US_ASCII);
        end = begin - 1;
        return begin == 0 ? null : text;
    }

    private void skipWhiteSpace() {
        while (end > 0
                && (body[end - 1] == ' ' || body[end - 1] == '\n' || body[end - 1] == '\r' || body[end - 1] == '\t')) {
            end--;
        }
    }
}
