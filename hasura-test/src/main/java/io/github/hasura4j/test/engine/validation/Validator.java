package io.github.hasura4j.test.engine.validation;

import java.time.Duration;
import java.util.List;

import io.github.hasura4j.client.project.HeaderMetadata;
import tools.jackson.databind.JsonNode;

/**
 * The webhook of a {@code validate_input}.
 *
 * @param url its URL, a template
 * @param headers the headers sent along
 * @param forwardClientHeaders whether the client's own headers are sent along too
 * @param timeout how long it may take
 */
record Validator(String url, List<HeaderMetadata> headers, boolean forwardClientHeaders, Duration timeout) {

    static Validator from(JsonNode json) {
        JsonNode definition = json.path("definition");
        return new Validator(
                definition.path("url").asString(""),
                HeaderMetadata.listFrom(definition.path("headers")),
                definition.path("forward_client_headers").asBoolean(false),
                Duration.ofSeconds(definition.path("timeout").asInt(10)));
    }

    /** Leaves headers out, whose values may be secrets. */
    @Override
    public String toString() {
        return "Validator[" + url + "]";
    }
}
