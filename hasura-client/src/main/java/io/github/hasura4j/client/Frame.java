package io.github.hasura4j.client;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.json.JsonMapper;

/**
 * One message of the engine, with the payload as it came.
 *
 * @param type such as {@code next}; empty if the message has none
 * @param id of the operation it is about, or {@code null}
 * @param payload JSON text, or {@code null} if there is none
 * @param hasErrors whether the payload is an object with {@code errors} that are not null
 */
record Frame(String type, @Nullable String id, @Nullable String payload, boolean hasErrors) {

    /** Reads the envelope in one pass and leaves the payload alone, whose rows may never be looked at. */
    static Frame parse(JsonMapper mapper, String message) throws JacksonException {
        String type = "";
        String id = null;
        String payload = null;
        boolean hasErrors = false;
        try (JsonParser parser = mapper.createParser(message)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return new Frame("", null, null, false);
            }
            for (String name = parser.nextName(); name != null; name = parser.nextName()) {
                JsonToken token = parser.nextToken();
                switch (name) {
                    case "type" -> type = token == JsonToken.VALUE_STRING ? parser.getString() : "";
                    case "id" -> id = token.isScalarValue() ? parser.getString() : null;
                    case "payload" -> {
                        int start = (int) parser.currentTokenLocation().getCharOffset();
                        if (token.isStructStart()) {
                            hasErrors = token == JsonToken.START_OBJECT && skimsErrors(parser);
                            parser.skipChildren();
                            int end = (int) parser.currentTokenLocation().getCharOffset() + 1;
                            payload = message.substring(start, end);
                        } else if (token != JsonToken.VALUE_NULL) {
                            payload = mapper.writeValueAsString(parser.getString());
                        }
                    }
                    default -> {}
                }
                parser.skipChildren();
            }
        }
        return new Frame(type, id, payload, hasErrors);
    }

    /** Reads an object to its end. */
    private static boolean skimsErrors(JsonParser parser) {
        boolean found = false;
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
            JsonToken token = parser.nextToken();
            found |= name.equals("errors") && token != JsonToken.VALUE_NULL;
            parser.skipChildren();
        }
        return found;
    }

    /** Shows no payload. */
    @Override
    public String toString() {
        return "Frame[" + type + ", id=" + id + "]";
    }
}
