package io.github.hasura4j.spring.dispatch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import io.github.hasura4j.payload.ActionPayload;
import io.github.hasura4j.payload.EventPayload;
import io.github.hasura4j.spring.HasuraAction;
import io.github.hasura4j.spring.HasuraEvent;
import io.github.hasura4j.spring.WebhookKind;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/** What engines really send, as collected for the contract: a handler sees all of it. */
class EngineFixtureTests {

    private static final Path FIXTURES = Path.of("../hasura-payloads/src/test/resources/contract/fixtures");

    private static final JsonMapper EXACT = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private static final Dispatching DISPATCHING = Dispatching.to(Anything.class);

    private static Object received;

    @AfterAll
    static void close() {
        DISPATCHING.close();
    }

    @ParameterizedTest
    @MethodSource("actions")
    void ofAnActionIsSeenWhole(Path file) throws IOException {
        JsonNode body = body(file);
        assertThat(send(WebhookKind.ACTION, body).status()).isEqualTo(200);

        ActionPayload<?> payload = (ActionPayload<?>) received;
        assertThat(payload.action().name()).isEqualTo(body.at("/action/name").asString());
        assertThat(tree(payload.input())).isEqualTo(body.get("input"));
        assertThat(payload.requestQuery()).isEqualTo(body.path("request_query").asString(null));
        body.path("session_variables")
                .propertyStream()
                .forEach(variable -> assertThat(payload.sessionVariables().get(variable.getKey()))
                        .isEqualTo(variable.getValue().asString()));
    }

    @ParameterizedTest
    @MethodSource("events")
    void ofAnEventIsSeenWhole(Path file) throws IOException {
        JsonNode body = body(file);
        int status = send(WebhookKind.EVENT, body).status();
        assumeThat(status == 400 && !body.has("delivery_info"))
                .as("EventPayload insists on delivery_info, which an example in the engine's old docs lacks")
                .isFalse();
        assertThat(status).isEqualTo(200);

        EventPayload<?, ?> payload = (EventPayload<?, ?>) received;
        assertThat(payload.id()).isEqualTo(body.get("id").asString());
        JsonNode rows = body.get("event").has("data") ? body.at("/event/data") : body.get("event");
        assertThat(tree(payload.newRow()))
                .isEqualTo(rows.path("new").asOptional().orElse(tree(null)));
        assertThat(tree(payload.oldRow()))
                .isEqualTo(rows.path("old").asOptional().orElse(tree(null)));
    }

    @ParameterizedTest
    @MethodSource("transformed")
    void ofABodyThatATransformMadeIsRefusedAndNoBug(Path file) throws IOException {
        assertThat(send(WebhookKind.ACTION, body(file)).status()).isBetween(200, 499);
    }

    static List<Path> actions() throws IOException {
        return ofKind("action");
    }

    static List<Path> events() throws IOException {
        return ofKind("event");
    }

    static List<Path> transformed() throws IOException {
        return ofKind("action-transformed");
    }

    private static List<Path> ofKind(String kind) throws IOException {
        try (Stream<Path> files = Files.list(FIXTURES)) {
            return files.filter(file -> EXACT.readTree(file.toFile())
                            .path("kind")
                            .asString()
                            .equals(kind))
                    .sorted()
                    .toList();
        }
    }

    private static JsonNode body(Path file) {
        return EXACT.readTree(file.toFile()).at("/request/body");
    }

    private static Dispatching.Answer send(WebhookKind kind, JsonNode body) {
        return DISPATCHING.send(kind, "anything", EXACT.writeValueAsString(body), Dispatching.AUTHENTICATED);
    }

    private static JsonNode tree(Object value) {
        return EXACT.readTree(EXACT.writeValueAsString(value));
    }

    static class Anything {

        @HasuraAction
        void anything(ActionPayload<?> payload) {
            received = payload;
        }

        @HasuraEvent("anything")
        void event(EventPayload<?, ?> payload) {
            received = payload;
        }
    }
}
