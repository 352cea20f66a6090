package io.github.hasura4j.spring.web;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

import io.github.hasura4j.payload.ActionPayload;
import io.github.hasura4j.payload.EventPayload;
import io.github.hasura4j.spring.HasuraAction;
import io.github.hasura4j.spring.HasuraEvent;
import io.github.hasura4j.spring.WebhookHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;

/** Every request that an engine is known to send arrives at the handler whole: input or rows, session, document and headers. */
@SpringBootTest(
        classes = WebhookFixturesTests.Application.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {"hasura.webhook.secret=fixture-secret", "hasura.webhook.header=X-Fixture-Secret"})
class WebhookFixturesTests {

    private static final Path FIXTURES = Path.of("../hasura-payloads/src/test/resources/contract/fixtures");

    /** Headers that the JDK's client sets itself. */
    private static final Set<String> NOT_OURS_TO_SEND =
            Set.of("host", "content-length", "connection", "accept-encoding");

    private static final JsonMapper EXACT = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private static final AtomicReference<Seen> SEEN = new AtomicReference<>();

    @LocalServerPort
    private int port;

    record Seen(Object payload, WebhookHeaders headers) {}

    record Fixture(String name, JsonNode request) {

        JsonNode body() {
            return request.path("body");
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Fixture> actions() throws IOException {
        return ofKind("action");
    }

    static Stream<Fixture> events() throws IOException {
        return ofKind("event");
    }

    private static Stream<Fixture> ofKind(String kind) throws IOException {
        try (Stream<Path> files = Files.list(FIXTURES)) {
            return files
                    .filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .map(file -> {
                        try {
                            return EXACT.readTree(Files.readString(file));
                        } catch (IOException e) {
                            throw new java.io.UncheckedIOException(e);
                        }
                    })
                    .filter(fixture -> fixture.path("kind").asString().equals(kind))
                    .map(fixture -> new Fixture(fixture.path("name").asString(), fixture.path("request")))
                    .toList()
                    .stream();
        }
    }

    @Test
    void thereAreFixtures() throws IOException {
        assertThat(actions()).hasSize(22);
        assertThat(events()).hasSize(33);
    }

    @ParameterizedTest
    @MethodSource("actions")
    void anActionArrivesWhole(Fixture fixture) throws Exception {
        HttpResponse<String> answer = send("/hasura/actions/seen", fixture);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        ActionPayload<?> payload = (ActionPayload<?>) SEEN.get().payload();
        JsonNode body = fixture.body();
        assertThat(payload.action().name())
                .isEqualTo(body.path("action").path("name").asString());
        assertSame(payload.input(), body.path("input"));
        assertSame(payload.sessionVariables().asMap(), body.path("session_variables"));
        assertThat(payload.requestQuery())
                .isEqualTo(
                        body.hasNonNull("request_query")
                                ? body.path("request_query").asString()
                                : null);
        assertHeaders(fixture);
        // What the engine takes for an answer: JSON, and here the input itself.
        assertSame(EXACT.readTree(answer.body()), body.path("input"));
    }

    @ParameterizedTest
    @MethodSource("events")
    void anEventArrivesWhole(Fixture fixture) throws Exception {
        HttpResponse<String> answer = send("/hasura/events/seen", fixture);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{}");
        EventPayload<?, ?> payload = (EventPayload<?, ?>) SEEN.get().payload();
        JsonNode body = fixture.body();
        JsonNode event = body.path("event");
        JsonNode rows = event.has("data") ? event.path("data") : event;
        assertThat(payload.id()).isEqualTo(body.path("id").asString());
        assertThat(payload.createdAt().text()).isEqualTo(body.path("created_at").asString());
        assertThat(payload.trigger().name())
                .isEqualTo(body.path("trigger").path("name").asString());
        assertSame(payload.newRow(), rows.path("new"));
        assertSame(payload.oldRow(), rows.path("old"));
        assertSame(
                payload.sessionVariables() == null
                        ? null
                        : payload.sessionVariables().asMap(),
                event.path("session_variables"));
        assertHeaders(fixture);
    }

    private void assertHeaders(Fixture fixture) {
        fixture.request().path("headers").properties().stream()
                .filter(header -> sendable(header.getKey()))
                .forEach(header -> assertThat(SEEN.get().headers().all(header.getKey()))
                        .contains(header.getValue().asString()));
    }

    private HttpResponse<String> send(String path, Fixture fixture) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .timeout(Duration.ofSeconds(20))
                .header("X-Fixture-Secret", "fixture-secret")
                .POST(BodyPublishers.ofString(fixture.body().toString()));
        fixture.request().path("headers").properties().stream()
                .filter(header -> sendable(header.getKey()))
                .forEach(header ->
                        request.setHeader(header.getKey(), header.getValue().asString()));
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static boolean sendable(String header) {
        return !NOT_OURS_TO_SEND.contains(header.toLowerCase(Locale.ROOT));
    }

    private static void assertSame(Object bound, JsonNode json) {
        JsonNode expected = json.isMissingNode() ? JsonNodeFactory.instance.nullNode() : json;
        assertThat(sorted(EXACT.valueToTree(bound)).toString())
                .isEqualTo(sorted(expected).toString());
    }

    private static JsonNode sorted(JsonNode node) {
        if (node.isObject()) {
            Map<String, JsonNode> fields = new LinkedHashMap<>();
            node.properties().stream()
                    .sorted(Map.Entry.comparingByKey())
                    .forEach(field -> fields.put(field.getKey(), sorted(field.getValue())));
            ObjectNode sorted = JsonNodeFactory.instance.objectNode();
            sorted.setAll(fields);
            return sorted;
        }
        if (node.isArray()) {
            ArrayNode elements = JsonNodeFactory.instance.arrayNode();
            node.forEach(element -> elements.add(sorted(element)));
            return elements;
        }
        return node;
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(Handlers.class)
    static class Application {}

    static class Handlers {

        @HasuraAction("seen")
        Object action(ActionPayload<Map<String, Object>> payload, WebhookHeaders headers) {
            SEEN.set(new Seen(payload, headers));
            return payload.input();
        }

        @HasuraEvent("seen")
        void event(EventPayload<Object, Object> payload, WebhookHeaders headers) {
            SEEN.set(new Seen(payload, headers));
        }
    }
}
