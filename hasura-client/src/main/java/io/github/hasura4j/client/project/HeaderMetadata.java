package io.github.hasura4j.client.project;

import java.util.List;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A header that the engine sends along; exactly one of value and variable is given.
 *
 * @param name the header's name
 * @param value its value, a template with {@code {{VARIABLE}}}; null if it comes from the environment
 * @param valueFromEnv the environment variable that holds the value; null if the value is given
 */
public record HeaderMetadata(
        String name, @Nullable String value, @Nullable String valueFromEnv) {

    /** Reads a list of headers, as {@code headers} of actions and triggers have it. */
    public static List<HeaderMetadata> listFrom(JsonNode list) {
        return Json.list(
                list,
                header -> new HeaderMetadata(
                        Json.text(header, "name"),
                        Json.textOrNull(header, "value"),
                        Json.textOrNull(header, "value_from_env")));
    }

    /** Leaves a literal value out, which may be a secret. */
    @Override
    public String toString() {
        return "HeaderMetadata[name=" + name + ", valueFromEnv=" + valueFromEnv + "]";
    }
}
