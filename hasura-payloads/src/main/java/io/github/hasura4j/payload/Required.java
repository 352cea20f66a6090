package io.github.hasura4j.payload;

import org.jspecify.annotations.Nullable;

/** Refuses a payload that lacks what the engine always sends, instead of inventing it. */
final class Required {

    private Required() {}

    static <T> T field(@Nullable T value, String name, String where) {
        if (value == null) {
            throw new IllegalArgumentException(
                    "'%s' is missing: the engine sends it with every %s. If a request transform replaces"
                                    .formatted(name, where)
                            + " the body, bind a type of your own instead");
        }
        return value;
    }
}
