package io.github.hasura4j.spring.dispatch;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.ObjectReader;

/** Reads the whole body into one payload; what nobody asked for is skipped as {@code Void}. */
final class DocumentDecoder implements PayloadDecoder {

    private final ObjectReader reader;

    DocumentDecoder(ObjectReader reader) {
        this.reader = reader;
    }

    @Override
    public Decoded decode(WebhookRequest request, byte[] body) {
        Object payload;
        try (JsonParser parser = reader.createParser(body)) {
            NameScanner.requireObject(parser.nextToken());
            payload = reader.readValue(parser);
            if (parser.nextToken() != null) {
                throw Refusal.invalidJson("The body goes on after its JSON object");
            }
        } catch (JacksonException e) {
            throw JsonFailure.of(e, "");
        }
        return new Decoded(payload, "");
    }
}
