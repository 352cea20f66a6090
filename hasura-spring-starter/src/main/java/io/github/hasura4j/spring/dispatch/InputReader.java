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

    Input read(JsonParser parser);

    /**
     * An action's input.
     *
     * @param value the value
     * @param path the argument that it is the value of; empty for the object of all arguments
     */
    record Input(@Nullable Object value, String path) {

        static final Input NONE = new Input(null, "");
    }

    /** For handlers that do not ask for any input. */
    static InputReader skipping() {
        return parser -> {
            parser.skipChildren();
            return Input.NONE;
        };
    }

    /** The whole input as one value. */
    static InputReader whole(ObjectReader reader) {
        return parser -> new Input(reader.readValue(parser), "");
    }

    /** The whole input as one value, or the value of this argument if the input begins with it. */
    static InputReader wholeOr(String argument, ObjectReader reader) {
        return parser -> {
            if (parser.currentToken() != JsonToken.START_OBJECT) {
                return new Input(reader.readValue(parser), "");
            }
            String first = parser.nextName();
            if (first == null) {
                return new Input(reader.readValue("{}"), "");
            }
            if (!first.equals(argument)) {
                // Deserializers of objects take one whose brace has been read already.
                return new Input(reader.readValue(parser), "");
            }
            parser.nextToken();
            Input input = new Input(read(reader, parser, argument), argument);
            while (parser.nextName() != null) {
                parser.nextToken();
                parser.skipChildren();
            }
            return input;
        };
    }

    /** Arguments one by one, each by its own reader: a map of those that are there. Others are skipped. */
    static InputReader named(Map<String, ObjectReader> readers) {
        return parser -> {
            if (parser.currentToken() == JsonToken.VALUE_NULL) {
                return Input.NONE;
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
                    values.put(name, read(reader, parser, name));
                }
            }
            return new Input(values, "");
        };
    }

    private static @Nullable Object read(ObjectReader reader, JsonParser parser, String argument) {
        try {
            return reader.readValue(parser);
        } catch (JacksonException e) {
            throw JsonFailure.of(e, argument);
        }
    }
}
