package io.github.hasura4j.test;

import java.nio.file.Path;
import java.time.Duration;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Traces that come in and go on: in B3 headers always, in W3C's where the metadata's {@code opentelemetry} asks for them. */
class TraceTests {

    private static final String PARENT = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    private static final String B3 = "[\"b3\"]";
    private static final String BOTH = "[\"b3\", \"tracecontext\"]";
    private static final String W3C_FIRST = "[\"tracecontext\"]";

    @TempDir
    private static Path directory;

    private static StubHandler handler;
    private static LocalHasura engine;
    private static Requests admin;

    @BeforeAll
    static void start() {
        handler = new StubHandler();
        ProjectFiles.in(directory)
                .withMigration("CREATE TABLE thing (id integer PRIMARY KEY)")
                .withTable("thing", """
                        table: thing
                        event_triggers:
                        - name: thing_made
                          definition: {enable_manual: false, insert: {columns: '*'}}
                          retry_conf: {num_retries: 0, interval_sec: 0, timeout_sec: 5}
                          webhook: '{{HANDLER}}/event'
                        """)
                .with("metadata/actions.graphql", "type Query { ask: String }")
                .with("metadata/actions.yaml", """
                        actions: [{name: ask, definition: {kind: synchronous, handler: '{{HANDLER}}/ask', forward_client_headers: true}}]
                        """);
        engine = LocalHasura.forProject(directory)
                .environment("HANDLER", handler.url())
                .eventsInterval(Duration.ZERO)
                .start();
        admin = Requests.to(engine);
    }

    @AfterAll
    static void stop() {
        engine.close();
        handler.close();
    }

    @BeforeEach
    void forget() {
        engine.cleanData();
        handler.forget();
        handler.answers(200, "\"yes\"");
    }

    private static void propagate(String status, String formats) {
        String answer = admin.post(
                        "/v1/metadata",
                        "{\"type\": \"set_opentelemetry_config\", \"args\": {\"status\": \"" + status
                                + "\", \"data_types\": [], \"exporter_otlp\": {\"traces_propagators\": " + formats
                                + "}}}")
                .body();
        assertThat(answer).isEqualTo("{\"message\":\"success\"}");
    }

    private static StubHandler.Received asked(Requests client) {
        client.data("{ ask }");
        return handler.next();
    }

    @Test
    void areInBothFormatsWhereBothAreAskedFor() {
        propagate("enabled", BOTH);

        StubHandler.Received request = asked(admin);

        assertThat(request.header("traceparent"))
                .isEqualTo("00-" + request.header("X-B3-TraceId") + "-" + request.header("X-B3-SpanId") + "-00");
        assertThat(request.header("tracestate")).isEmpty();
        Fixtures.of("action-w3c-trace-headers").requestHeaders().forEach((name, value) -> {
            if (name.startsWith("trace")) {
                assertThat(request.headers().keySet()).anyMatch(name::equalsIgnoreCase);
            }
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"disabled|" + BOTH, "enabled|" + B3, "enabled|[]"})
    void areInB3AloneOtherwise(String status, String formats) {
        propagate(status, formats);

        StubHandler.Received request = asked(admin);

        assertThat(request.header("X-B3-TraceId")).matches("[0-9a-f]{32}");
        assertThat(request.header("traceparent")).isNull();
        StubHandler.Received other = asked(admin.with("traceparent", PARENT));
        assertThat(other.header("X-B3-TraceId")).isNotEqualTo(PARENT.substring(3, 35));
    }

    @Test
    void goOnInWebhooksAndEventsWithWhatTheClientSays() {
        propagate("enabled", W3C_FIRST);
        Requests client = admin.with("traceparent", PARENT).with("tracestate", "congo=t61rcWkgMzE");

        StubHandler.Received request = asked(client);
        assertThat(request.header("X-B3-TraceId")).isEqualTo(PARENT.substring(3, 35));
        assertThat(request.header("X-B3-Sampled")).isEqualTo("1");
        assertThat(request.header("traceparent"))
                .startsWith(PARENT.substring(0, 36))
                .endsWith("-01")
                .isNotEqualTo(PARENT);
        assertThat(request.header("tracestate")).isEqualTo("congo=t61rcWkgMzE");

        client.data("mutation { insert_thing_one(object: {id: 1}) { id } }");
        engine.awaitIdle();
        StubHandler.Received event = handler.next();
        assertThat(event.header("traceparent")).startsWith(PARENT.substring(0, 36));
        assertThat(event.json()
                        .path("event")
                        .path("trace_context")
                        .path("trace_id")
                        .asString(""))
                .isEqualTo(PARENT.substring(3, 35));
    }

    @Test
    void areReadInTheOrderOfTheMetadata() {
        Requests client = admin.with("traceparent", PARENT)
                .with("X-B3-TraceId", "80f198ee56343ba864fe8b2a57d3eff7")
                .with("X-B3-SpanId", "e457b5a2e4d86bd1");
        propagate("enabled", W3C_FIRST);
        assertThat(asked(client).header("X-B3-TraceId")).isEqualTo(PARENT.substring(3, 35));
        propagate("enabled", BOTH);
        assertThat(asked(client).header("X-B3-TraceId")).isEqualTo("80f198ee56343ba864fe8b2a57d3eff7");
    }

    @Test
    void ofOldClientsAreMadeLonger() {
        propagate("enabled", BOTH);

        StubHandler.Received request =
                asked(admin.with("X-B3-TraceId", "64fe8b2a57d3eff7").with("X-B3-SpanId", "e457b5a2e4d86bd1"));

        assertThat(request.header("traceparent")).startsWith("00-000000000000000064fe8b2a57d3eff7-");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "00-4bf9-00f067aa0ba902b7-01", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7", "x"})
    void thatMakeNoSenseAreNotGoneOnWith(String parent) {
        propagate("enabled", W3C_FIRST);

        assertThat(asked(admin.with("traceparent", parent)).header("traceparent"))
                .matches("00-[0-9a-f]{32}-[0-9a-f]{16}-00")
                .doesNotContain("4bf92f3577b34da6a3ce929d0e0e4736");
    }

    @Test
    void areNotExportedButNamed() {
        propagate("disabled", BOTH);
        assertThat(engine.unsupported()).isEmpty();

        admin.post(
                "/v1/metadata",
                "{\"type\": \"set_opentelemetry_config\", \"args\": {\"status\": \"disabled\", \"data_types\": [\"traces\"],"
                        + " \"exporter_otlp\": {\"otlp_traces_endpoint\": \"http://127.0.0.1:1/\"}}}");
        assertThat(engine.unsupported()).isEmpty();
        admin.post("/v1/metadata", "{\"type\": \"set_opentelemetry_status\", \"args\": \"enabled\"}");
        assertThat(engine.unsupported()).containsExactly("the export that the metadata's opentelemetry asks for");
        assertThat(admin.post("/v1/metadata", "{\"type\": \"set_opentelemetry_status\", \"args\": \"on\"}")
                        .body())
                .contains("OpenTelemetry status must be either");
    }
}
