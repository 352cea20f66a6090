package io.github.hasura4j.spring.web;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

import io.github.hasura4j.payload.ActionPayload;
import io.github.hasura4j.payload.AuthHookPayload;
import io.github.hasura4j.payload.EventPayload;
import io.github.hasura4j.payload.ScheduledPayload;
import io.github.hasura4j.payload.ValidationPayload;
import io.github.hasura4j.spring.AuthHookResult;
import io.github.hasura4j.spring.HasuraAction;
import io.github.hasura4j.spring.HasuraAuthHook;
import io.github.hasura4j.spring.HasuraEvent;
import io.github.hasura4j.spring.HasuraScheduled;
import io.github.hasura4j.spring.HasuraValidation;
import io.github.hasura4j.spring.WebhookHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;

/** Every request that an engine is known to send arrives at the handler whole: input or rows, session, document and headers. */
@SpringBootTest(
        classes = WebhookFixturesTests.Application.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "hasura.webhook.secret=fixture-secret",
            "hasura.webhook.header=X-Fixture-Secret",
            "hasura.webhook.auth-hook.secret=hook-secret"
        })
class WebhookFixturesTests {

    private static final JsonMapper EXACT = Fixture.EXACT;

    private static final AtomicReference<Seen> SEEN = new AtomicReference<>();

    @LocalServerPort
    private int port;

    record Seen(Object payload, WebhookHeaders headers) {}

    static Stream<Fixture> actions() throws IOException {
        return Fixture.ofKind("action");
    }

    static Stream<Fixture> events() throws IOException {
        return Fixture.ofKind("event");
    }

    static Stream<Fixture> schedules() throws IOException {
        return Fixture.ofKind("scheduled");
    }

    static Stream<Fixture> validations() throws IOException {
        return Fixture.ofKind("validate-input");
    }

    static Stream<Fixture> authHooks() throws IOException {
        return Stream.concat(Fixture.ofKind("auth-hook-get"), Fixture.ofKind("auth-hook-post"));
    }

    static Stream<Fixture> transformed() throws IOException {
        return Fixture.ofKind("action-transformed");
    }

    @Test
    void thereAreFixtures() throws IOException {
        assertThat(actions()).hasSize(22);
        assertThat(events()).hasSize(33);
        assertThat(schedules()).hasSize(9);
        assertThat(validations()).hasSize(11);
        assertThat(authHooks()).hasSize(9);
        assertThat(transformed()).hasSize(2);
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

    @ParameterizedTest
    @MethodSource("schedules")
    void aScheduleArrivesWhole(Fixture fixture) throws Exception {
        HttpResponse<String> answer = send("/hasura/scheduled/seen", fixture);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{}");
        ScheduledPayload<?> payload = (ScheduledPayload<?>) SEEN.get().payload();
        JsonNode body = fixture.body();
        assertThat(payload.id()).isEqualTo(body.path("id").asString());
        assertThat(payload.name()).isEqualTo(text(body, "name"));
        assertThat(payload.comment()).isEqualTo(text(body, "comment"));
        assertThat(payload.scheduledTime().text())
                .isEqualTo(body.path("scheduled_time").asString());
        assertThat(payload.createdAt() == null ? null : payload.createdAt().text())
                .isEqualTo(text(body, "created_at"));
        assertSame(payload.payload(), body.path("payload"));
        assertHeaders(fixture);
    }

    @ParameterizedTest
    @MethodSource("validations")
    void aValidationArrivesWhole(Fixture fixture) throws Exception {
        HttpResponse<String> answer = send("/hasura/validations/seen", fixture);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        ValidationPayload<?> payload = (ValidationPayload<?>) SEEN.get().payload();
        JsonNode body = fixture.body();
        assertThat(payload.role()).isEqualTo(body.path("role").asString());
        assertSame(payload.sessionVariables().asMap(), body.path("session_variables"));
        assertSame(payload.input(), body.path("data").isNull() ? EXACT.createArrayNode() : body.at("/data/input"));
        assertHeaders(fixture);
    }

    @ParameterizedTest
    @MethodSource("authHooks")
    void aQuestionToTheAuthHookArrivesWhole(Fixture fixture) throws Exception {
        HttpResponse<String> answer = fixture.sendTo(
                "http://localhost:" + port + "/hasura/auth-hook/hook-secret", Map.of("X-Other", "of the engine"));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{\"x-hasura-role\":\"seen\"}");
        AuthHookPayload payload = (AuthHookPayload) SEEN.get().payload();
        if (fixture.body().isNull()) {
            assertHeaders(fixture);
            assertThat(payload.requests()).isEmpty();
            return;
        }
        // What the client sent stands in the body, and that is what the handler is told.
        fixture.body().path("headers").properties().forEach(header -> {
            assertThat(SEEN.get().headers().first(header.getKey()))
                    .isEqualTo(header.getValue().asString());
            assertThat(payload.header(header.getKey()))
                    .isEqualTo(header.getValue().asString());
        });
        assertThat(SEEN.get().headers().first("X-Other")).isNull();
        JsonNode requests = fixture.body().path("request");
        int expected = requests.isArray() ? requests.size() : requests.isObject() ? 1 : 0;
        assertThat(payload.requests()).hasSize(expected);
        if (requests.isObject()) {
            assertThat(payload.requests().get(0).query()).isEqualTo(text(requests, "query"));
            assertThat(payload.requests().get(0).operationName()).isEqualTo(text(requests, "operationName"));
        }
    }

    @ParameterizedTest
    @MethodSource("transformed")
    void whatATransformMadeOfACallIsRefusedInJson(Fixture fixture) throws Exception {
        HttpResponse<String> answer = send("/hasura/actions/seen", fixture);

        assertThat(answer.statusCode()).isIn(405, 415);
        assertThat(EXACT.readTree(answer.body()).path("message").asString()).isNotBlank();
    }

    private static String text(JsonNode object, String field) {
        return object.hasNonNull(field) ? object.path(field).asString() : null;
    }

    private void assertHeaders(Fixture fixture) {
        fixture.forEachHeader(
                (name, value) -> assertThat(SEEN.get().headers().all(name)).contains(value));
    }

    private HttpResponse<String> send(String path, Fixture fixture) throws IOException, InterruptedException {
        return fixture.sendTo("http://localhost:" + port + path, Map.of("X-Fixture-Secret", "fixture-secret"));
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

        @HasuraScheduled("seen")
        void schedule(ScheduledPayload<?> payload, WebhookHeaders headers) {
            SEEN.set(new Seen(payload, headers));
        }

        @HasuraValidation("seen")
        void validation(ValidationPayload<?> payload, WebhookHeaders headers) {
            SEEN.set(new Seen(payload, headers));
        }

        @HasuraAuthHook
        AuthHookResult who(AuthHookPayload payload, WebhookHeaders headers) {
            SEEN.set(new Seen(payload, headers));
            return AuthHookResult.ofRole("seen");
        }
    }
}
