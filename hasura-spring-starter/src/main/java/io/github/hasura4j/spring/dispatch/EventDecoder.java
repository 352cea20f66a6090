package io.github.hasura4j.spring.dispatch;

import io.github.hasura4j.payload.EventPayload;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.ObjectReader;

/** Reads a delivery into {@code EventPayload<N, O>}; a row nobody asked for is skipped as {@code Void}. */
final class EventDecoder implements PayloadDecoder {

    private final ObjectReader reader;

    EventDecoder(ObjectReader reader) {
        this.reader = reader;
    }

    @Override
    public Decoded decode(byte[] body) {
        EventPayload<?, ?> payload;
        try (JsonParser parser = reader.createParser(body)) {
            payload = reader.readValue(parser);
            if (parser.nextToken() != null) {
                throw Refusal.invalidJson("The body goes on after its JSON object");
            }
        } catch (JacksonException e) {
            throw JsonFailure.of(e, "");
        }
        if (payload == null) {
            throw Refusal.invalidJson("The body is not a JSON object");
        }
        return new Decoded(payload, "");
    }
}
