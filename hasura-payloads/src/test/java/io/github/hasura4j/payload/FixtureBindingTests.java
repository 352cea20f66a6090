package io.github.hasura4j.payload;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import io.github.hasura4j.payload.Binder.TypeOf;
import io.github.hasura4j.payload.Fixtures.Fixture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;

/** Binds every request an engine is known to send, with both Jackson lines, and holds what was bound against the JSON. */
class FixtureBindingTests {

    /** A record, as a user would write one, that shows all it was given. */
    record Open(@JsonAnySetter @JsonAnyGetter Map<String, Object> fields) {

        Open {
            fields = fields == null ? Map.of() : new LinkedHashMap<>(fields);
        }
    }

    static Stream<Arguments> actions() {
        return bothLines("action");
    }

    static Stream<Arguments> events() {
        return bothLines("event");
    }

    static Stream<Arguments> scheduled() {
        return bothLines("scheduled");
    }

    static Stream<Arguments> validations() {
        return bothLines("validate-input");
    }

    static Stream<Arguments> authHooks() {
        return bothLines("auth-hook-post");
    }

    private static Stream<Arguments> bothLines(String kind) {
        return Fixtures.ofKind(kind).stream()
                .flatMap(fixture -> Stream.of(Binder.values()).map(binder -> Arguments.of(binder, fixture)));
    }

    @Test
    void findsTheFixturesOfEveryKind() {
        assertThat(Fixtures.ofKind("action")).hasSize(22);
        assertThat(Fixtures.ofKind("event")).hasSize(33);
        assertThat(Fixtures.ofKind("scheduled")).hasSize(9);
        assertThat(Fixtures.ofKind("validate-input")).hasSize(11);
        assertThat(Fixtures.ofKind("auth-hook-post")).hasSize(6);
    }

    @ParameterizedTest
    @MethodSource("actions")
    void bindsAnActionWhole(Binder binder, Fixture fixture) {
        JsonNode body = fixture.body();
        var inMaps = binder.read(fixture.json(), new TypeOf<ActionPayload<Map<String, Object>>>() {});
        var inRecords = binder.read(fixture.json(), new TypeOf<ActionPayload<Open>>() {});

        assertSame(inMaps.input(), body.path("input"));
        assertSame(inRecords.input().fields(), body.path("input"));
        for (ActionPayload<?> payload : List.of(inMaps, inRecords)) {
            assertThat(payload.action().name())
                    .isEqualTo(body.path("action").path("name").asString());
            assertSame(payload.sessionVariables().asMap(), body.path("session_variables"));
            assertThat(payload.requestQuery()).isEqualTo(textOrNull(body, "request_query"));
        }
        assertSame(Fixtures.EXACT.readTree(binder.write(inMaps)).path("input"), body.path("input"));
    }

    @ParameterizedTest
    @MethodSource("events")
    void bindsAnEventWhole(Binder binder, Fixture fixture) {
        JsonNode body = fixture.body();
        JsonNode event = body.path("event");
        JsonNode rows = event.has("data") ? event.path("data") : event;
        var untyped = binder.read(fixture.json(), new TypeOf<EventPayload<Object, Object>>() {});

        assertSame(untyped.newRow(), rows.path("new"));
        assertSame(untyped.oldRow(), rows.path("old"));
        assertEnvelope(untyped, body);
        if (!rows.path("new").isValueNode() && !rows.path("new").isArray()
                || rows.path("new").isNull()) {
            var inRecords = binder.read(fixture.json(), new TypeOf<EventPayload<Open, Open>>() {});
            assertSame(fieldsOf(inRecords.newRow()), rows.path("new"));
            assertSame(fieldsOf(inRecords.oldRow()), rows.path("old"));
            assertEnvelope(inRecords, body);
        }
        assertSame(
                Fixtures.EXACT
                        .readTree(binder.write(untyped))
                        .path("event")
                        .path("data")
                        .path("new"),
                rows.path("new"));
    }

    private static void assertEnvelope(EventPayload<?, ?> payload, JsonNode body) {
        JsonNode event = body.path("event");
        assertThat(payload.id()).isEqualTo(body.path("id").asString());
        assertThat(payload.createdAt().text()).isEqualTo(body.path("created_at").asString());
        assertThat(payload.table())
                .isEqualTo(new TableName(
                        body.path("table").path("schema").asString(),
                        body.path("table").path("name").asString()));
        assertThat(payload.trigger().name())
                .isEqualTo(body.path("trigger").path("name").asString());
        assertThat(payload.event().op())
                .isEqualTo(event.has("op") ? event.path("op").asString() : "MANUAL");
        assertThat(payload.operation()).hasToString(payload.event().op());
        JsonNode delivery = body.path("delivery_info");
        assertThat(payload.deliveryInfo())
                .isEqualTo(
                        delivery.isObject()
                                ? new DeliveryInfo(
                                        delivery.path("current_retry").intValue(),
                                        delivery.path("max_retries").intValue())
                                : null);
        if (event.hasNonNull("session_variables")) {
            assertThat(payload.sessionVariables()).isNotNull();
            assertSame(payload.sessionVariables().asMap(), event.path("session_variables"));
        } else {
            assertThat(payload.sessionVariables()).isNull();
        }
        TraceContext trace = payload.event().traceContext();
        if (event.hasNonNull("trace_context")) {
            assertThat(trace)
                    .isEqualTo(new TraceContext(
                            textOrNull(event.path("trace_context"), "trace_id"),
                            textOrNull(event.path("trace_context"), "span_id"),
                            textOrNull(event.path("trace_context"), "sampling_state")));
        } else {
            assertThat(trace).isNull();
        }
    }

    @ParameterizedTest
    @MethodSource("scheduled")
    void bindsAScheduledEventWhole(Binder binder, Fixture fixture) {
        JsonNode body = fixture.body();
        var payload = binder.read(fixture.json(), new TypeOf<ScheduledPayload<Object>>() {});

        assertSame(payload.payload(), body.path("payload"));
        if (body.path("payload").isObject()) {
            var inRecord = binder.read(fixture.json(), new TypeOf<ScheduledPayload<Open>>() {});
            assertSame(fieldsOf(inRecord.payload()), body.path("payload"));
        }
        assertThat(payload.id()).isEqualTo(body.path("id").asString());
        assertThat(payload.name()).isEqualTo(textOrNull(body, "name"));
        assertThat(payload.fromCron()).isEqualTo(body.has("name"));
        assertThat(payload.scheduledTime().text())
                .isEqualTo(body.path("scheduled_time").asString());
        assertThat(payload.comment()).isEqualTo(textOrNull(body, "comment"));
        assertThat(payload.createdAt() == null ? null : payload.createdAt().text())
                .isEqualTo(textOrNull(body, "created_at"));
        JsonNode written = Fixtures.EXACT.readTree(binder.write(payload));
        assertThat(written.has("comment")).isEqualTo(body.hasNonNull("comment"));
        assertThat(written.has("name")).isEqualTo(body.hasNonNull("name"));
        assertThat(written.has("payload")).isTrue();
    }

    @ParameterizedTest
    @MethodSource("validations")
    void bindsAnInputValidationWhole(Binder binder, Fixture fixture) {
        JsonNode body = fixture.body();
        JsonNode input = body.path("data").isNull()
                ? Fixtures.EXACT.createArrayNode()
                : body.path("data").path("input");
        var inMaps = binder.read(fixture.json(), new TypeOf<ValidationPayload<Map<String, Object>>>() {});
        var inRecords = binder.read(fixture.json(), new TypeOf<ValidationPayload<Open>>() {});

        assertSame(inMaps.input(), input);
        assertSame(inRecords.input().stream().map(Open::fields).toList(), input);
        assertThat(inMaps.version()).isEqualTo(body.path("version").intValue());
        assertThat(inMaps.role()).isEqualTo(body.path("role").asString());
        assertSame(inMaps.sessionVariables().asMap(), body.path("session_variables"));
    }

    @ParameterizedTest
    @MethodSource("authHooks")
    void bindsAnAuthHookCallWhole(Binder binder, Fixture fixture) {
        JsonNode body = fixture.body();
        AuthHookPayload payload = binder.read(fixture.json(), AuthHookPayload.class);

        assertSame(payload.headers(), body.path("headers"));
        body.path("headers")
                .properties()
                .forEach(header -> assertThat(payload.header(header.getKey().toUpperCase(java.util.Locale.ROOT)))
                        .isEqualTo(header.getValue().asString()));
        JsonNode requests = body.path("request");
        List<JsonNode> expected = requests.isArray()
                ? requests.valueStream().toList()
                : requests.isObject() ? List.of(requests) : List.of();
        assertThat(payload.requests()).hasSameSizeAs(expected);
        for (int i = 0; i < expected.size(); i++) {
            AuthHookPayload.GraphQlRequest request = payload.requests().get(i);
            assertThat(request.query()).isEqualTo(textOrNull(expected.get(i), "query"));
            assertThat(request.operationName()).isEqualTo(textOrNull(expected.get(i), "operationName"));
            assertSame(request.variables(), expected.get(i).path("variables"));
        }
    }

    /** Same names, same order of list elements, same digits of every number; the order of names means nothing in JSON. */
    private static void assertSame(Object bound, JsonNode json) {
        JsonNode expected = json.isMissingNode() ? tools.jackson.databind.node.NullNode.getInstance() : json;
        assertThat(sorted(Fixtures.EXACT.valueToTree(bound)).toString())
                .isEqualTo(sorted(expected).toString());
    }

    private static JsonNode sorted(JsonNode node) {
        if (node.isObject()) {
            ObjectNode sorted = Fixtures.EXACT.createObjectNode();
            node.properties().stream()
                    .sorted(Map.Entry.comparingByKey())
                    .forEach(field -> sorted.set(field.getKey(), sorted(field.getValue())));
            return sorted;
        }
        if (node.isArray()) {
            ArrayNode elements = Fixtures.EXACT.createArrayNode();
            node.forEach(element -> elements.add(sorted(element)));
            return elements;
        }
        return node;
    }

    private static Map<String, Object> fieldsOf(Open row) {
        return row == null ? null : row.fields();
    }

    private static String textOrNull(JsonNode node, String field) {
        return node.hasNonNull(field) ? node.path(field).asString() : null;
    }
}
