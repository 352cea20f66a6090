package io.github.hasura4j.client;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * One error of an answer, whichever of its shapes the engine chose.
 *
 * @param message what the engine, an action's handler or a remote schema says; never null
 * @param code such as {@code constraint-violation}, or whatever an action's handler sent; {@code null} if there is none
 * @param path where, such as {@code $.selectionSet.user}; {@code null} if the answer does not say
 * @param extensions everything sent beside the message, or an empty map; not modifiable. For an administrator it may hold
 *     SQL with values ({@code internal}), so {@code toString()} leaves it out: think before you log it
 */
public record GraphQlError(
        String message, @Nullable String code, @Nullable String path, Map<String, @Nullable Object> extensions) {

    public GraphQlError {
        extensions = Collections.unmodifiableMap(new LinkedHashMap<>(extensions));
    }

    @Override
    public String toString() {
        return "GraphQlError[code=" + code + ", path=" + path + ", message=" + message + "]";
    }
}
