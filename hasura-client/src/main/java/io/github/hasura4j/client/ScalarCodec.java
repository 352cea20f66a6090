package io.github.hasura4j.client;

import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads and writes values of one Java type as the engine has them; for scalars of your own, such as a domain or composite type, or
 * to have another Java type than usual. Any thread may call it.
 *
 * @param <T> the Java type
 */
public interface ScalarCodec<T> {

    /**
     * Makes a value of what the engine sent, which is never null. An exception says that it is none; its message is not shown.
     *
     * @param value text, a number, an object …
     */
    T read(JsonNode value);

    /** What to send for a value: anything that the client's mapper writes, but no {@code T}. */
    @Nullable
    Object write(T value);

    /** For scalars that travel as text. */
    static <T> ScalarCodec<T> text(Function<String, T> read, Function<T, String> write) {
        return new ScalarCodec<>() {
            @Override
            public T read(JsonNode value) {
                return read.apply(value.asString());
            }

            @Override
            public @Nullable Object write(T value) {
                return write.apply(value);
            }
        };
    }
}
