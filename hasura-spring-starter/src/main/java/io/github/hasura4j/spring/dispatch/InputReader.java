package io.github.hasura4j.spring.dispatch;

import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.ObjectReader;

/** Reads an action's input from a parser that stands on its first token, and leaves it on the last. */
@FunctionalInterface
interface InputReader {

    @Nullable
    Object read(JsonParser parser);

    /** For handlers that do not ask for any input. */
    static InputReader skipping() {
        return parser -> {
            parser.skipChildren();
            return null;
        };
    }

    /** The whole input as one value. */
    static InputReader whole(ObjectReader reader) {
        return reader::readValue;
    }

    /** Arguments one by one, each by its own reader: a map of those that are there. Others are skipped. */
    static InputReader named(Map<String, ObjectReader> readers) {
        return parser -> {
            if (parser.currentToken() == JsonToken.VALUE_NULL) {
                return null;
            }
            if (parser.currentToken() != JsonToken.START_OBJECT) {
                throw Refusal.doesNotFit("");
            }
            Map<String, @Nullable Object> values = new LinkedHashMap<>();
            for (String name = parser.nextName(); name != null; name = parser.nextName()) {
                parser.nextToken();
                ObjectReader reader = readers.get(name);
                if (reader == null) {
                    parser.skipChildren();
                } else {
                    try {
                        values.put(name, reader.readValue(parser));
                    } catch (JacksonException e) {
                        throw JsonFailure.of(e, name);
                    }
                }
            }
            return values;
        };
    }
}
