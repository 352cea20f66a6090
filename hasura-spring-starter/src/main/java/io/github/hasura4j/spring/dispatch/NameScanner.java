package io.github.hasura4j.spring.dispatch;

import java.util.Objects;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Looks for the handler's name in a body, skipping over everything else. */
final class NameScanner {

    private final WebhookJson json;

    NameScanner(WebhookJson json) {
        this.json = json;
    }

    /** The text at {@code holder.name}. */
    String scan(byte[] body, String holder) {
        String atTheEnd = NameAtTheEnd.find(body, holder);
        return atTheEnd == null ? search(body, holder) : atTheEnd;
    }

    private String search(byte[] body, String holder) {
        try (JsonParser parser = json.parser(body)) {
            requireObject(parser.nextToken());
            for (String field = parser.nextName(); field != null; field = parser.nextName()) {
                JsonToken token = parser.nextToken();
                if (field.equals(holder) && token == JsonToken.START_OBJECT) {
                    return nameWithin(parser, holder);
                }
                parser.skipChildren();
            }
            throw Refusal.missing(holder + ".name");
        } catch (JacksonException e) {
            throw JsonFailure.of(e, "");
        }
    }

    /** The text at {@code name}, or null if there is none. */
    @Nullable
    String scanTop(byte[] body) {
        try (JsonParser parser = json.parser(body)) {
            requireObject(parser.nextToken());
            for (String field = parser.nextName(); field != null; field = parser.nextName()) {
                JsonToken token = parser.nextToken();
                if (field.equals("name") && token == JsonToken.VALUE_STRING) {
                    return parser.getString();
                }
                parser.skipChildren();
            }
            return null;
        } catch (JacksonException e) {
            throw JsonFailure.of(e, "");
        }
    }

    /** The text of {@code name} in the object on which the parser stands; it need not be at its end afterwards. */
    private static String nameWithin(JsonParser parser, String holder) {
        for (String field = parser.nextName(); field != null; field = parser.nextName()) {
            JsonToken token = parser.nextToken();
            if (field.equals("name") && token == JsonToken.VALUE_STRING) {
                return Objects.requireNonNull(parser.getString());
            }
            parser.skipChildren();
        }
        throw Refusal.missing(holder + ".name");
    }

    static void requireObject(@Nullable JsonToken first) {
        if (first == null) {
            throw Refusal.invalidJson("The body is empty");
        }
        if (first != JsonToken.START_OBJECT) {
            throw Refusal.invalidJson("The body is not a JSON object");
        }
    }
}
