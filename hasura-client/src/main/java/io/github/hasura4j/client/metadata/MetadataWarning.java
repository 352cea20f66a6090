package io.github.hasura4j.client.metadata;

import tools.jackson.databind.JsonNode;

/**
 * Something that the engine warns of, though it did as it was told.
 *
 * @param code such as {@code illegal-event-trigger-name}
 * @param type the kind of object, such as {@code event_trigger}
 * @param name which object, in the engine's words
 * @param message what is the matter with it
 */
public record MetadataWarning(String code, String type, String name, String message) {

    static MetadataWarning from(JsonNode json) {
        return new MetadataWarning(
                Json.text(json, "code"), Json.text(json, "type"), Json.text(json, "name"), Json.text(json, "message"));
    }
}
