package io.github.hasura4j.client.metadata;

import java.util.List;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Something in the metadata that the engine cannot use.
 *
 * @param reason what is the matter, such as {@code Inconsistent object: no such table/view exists in source: "todo"}
 * @param type the kind of object, such as {@code table} or {@code event_trigger}; {@code null} where several objects are in
 *     each other's way
 * @param name which object, in the engine's words, such as {@code action login}; {@code null} where there are several
 * @param definition its metadata, or all of them where there are several; it may hold secrets, so {@code toString()} leaves it
 *     out
 */
public record InconsistentObject(
        String reason, @Nullable String type, @Nullable String name, JsonNode definition) {

    static InconsistentObject from(JsonNode json) {
        return new InconsistentObject(
                Json.text(json, "reason"),
                Json.textOrNull(json, "type"),
                Json.textOrNull(json, "name"),
                List.of("definition", "definitions", "objects", "entity").stream()
                        .filter(json::has)
                        .findFirst()
                        .map(json::get)
                        .orElseGet(JsonNodeFactory.instance::nullNode));
    }

    /** Whether this is an inconsistent object at all: an error's {@code internal} may hold anything. */
    static boolean isOne(JsonNode json) {
        return json.isObject() && json.path("reason").isString();
    }

    @Override
    public String toString() {
        return name == null ? reason : name + ": " + reason;
    }
}
