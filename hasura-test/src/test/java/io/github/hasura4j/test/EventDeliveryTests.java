package io.github.hasura4j.test;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.github.hasura4j.test.engine.EngineJson;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** What becomes of a changed row until a handler has it. */
class EventDeliveryTests {

    @TempDir
    private static Path directory;

    private static StubHandler handler;
    private static LocalHasura engine;
    private static Requests admin;

    @BeforeAll
    static void start() {
        handler = new StubHandler();
        ProjectFiles.in(directory).withMigration("""
                        CREATE TABLE item (id serial PRIMARY KEY, name text, price numeric, meta json, secret text);
                        CREATE TABLE note (id serial PRIMARY KEY, body text);
                        """).withTable("item", """
                        table: {schema: public, name: item}
                        event_triggers:
                        - name: item_changed
                          definition:
                            enable_manual: false
                            insert: {columns: '*', payload: [id, name, price]}
                            update: {columns: [name, meta]}
                            delete: {columns: '*', payload: [id]}
                          retry_conf: {num_retries: 1, interval_sec: 0, timeout_sec: 5}
                          webhook_from_env: HANDLER
                          headers:
                          - {name: X-Secret, value_from_env: SECRET}
                        - name: by_hand
                          definition: {enable_manual: true}
                          retry_conf: {num_retries: 1, interval_sec: 3600, timeout_sec: 5}
                          webhook_from_env: HANDLER
                        """).withTable("note", """
                        table: {schema: public, name: note}
                        event_triggers:
                        - name: note_added
                          definition: {insert: {columns: '*'}}
                          retry_conf: {num_retries: 0, interval_sec: 10, timeout_sec: 60}
                          webhook: '{{NOT_SET}}/x'
                        """);
        engine = LocalHasura.forProject(directory)
                .environment("HANDLER", handler.url() + "/item")
                .environment("SECRET", "shared")
                .eventsInterval(Duration.ofMillis(10))
                .start();
        admin = Requests.to(engine);
    }

    @AfterAll
    static void stop() {
        engine.close();
        handler.close();
    }

    @BeforeEach
    void forget() throws SQLException {
        handler.answers(200, "{}");
        sql("DELETE FROM item; DELETE FROM hdb_catalog.event_log");
        handler.forget();
    }

    @Test
    void tellsOfAnInsertThroughTheEngine() {
        admin.asRole("admin")
                .with("x-hasura-user-id", "7")
                .data("mutation { insert_item_one(object: {name: \"pen\", price: \"1.50\", secret: \"s\"}) { id } }");

        StubHandler.Received request = handler.next();
        JsonNode body = request.json();
        assertThat(request.path()).isEqualTo("/item");
        assertThat(request.header("X-Secret")).isEqualTo("shared");
        assertThat(body.path("trigger").path("name").asString()).isEqualTo("item_changed");
        assertThat(body.path("table")).hasToString("{\"name\":\"item\",\"schema\":\"public\"}");
        assertThat(body.path("created_at").asString()).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?");
        assertThat(body.path("id").asString()).matches("[0-9a-f-]{36}");
        assertThat(body.path("delivery_info")).hasToString("{\"current_retry\":0,\"max_retries\":1}");
        assertThat(body.path("event").path("op").asString()).isEqualTo("INSERT");
        assertThat(body.path("event").path("data").path("old").isNull()).isTrue();
        assertThat(body.path("event").path("data").path("new").propertyNames())
                .containsExactlyInAnyOrder("id", "name", "price");
        assertThat(request.body()).contains("\"price\":1.5");
        assertThat(body.path("event")
                        .path("session_variables")
                        .path("x-hasura-user-id")
                        .asString())
                .isEqualTo("7");
        assertThat(request.header("X-B3-TraceId"))
                .isEqualTo(body.path("event")
                        .path("trace_context")
                        .path("trace_id")
                        .asString());
    }

    @Test
    void tellsOfPlainSqlWithoutASession() throws SQLException {
        sql("INSERT INTO item (name) VALUES ('by hand')");

        JsonNode event = handler.next().json().path("event");
        assertThat(event.path("session_variables").isNull()).isTrue();
        assertThat(event.path("trace_context").isNull()).isTrue();
    }

    @Test
    void tellsOfAnUpdateOnlyWhenAListenedColumnChanged() throws SQLException {
        sql("INSERT INTO item (name, price, meta) VALUES ('a', 1, '{}')");
        handler.next();

        sql("UPDATE item SET price = 2; UPDATE item SET name = 'a'; UPDATE item SET meta = '{\"b\": 1}'");

        JsonNode event = handler.next().json().path("event");
        assertThat(event.path("op").asString()).isEqualTo("UPDATE");
        assertThat(event.path("data").path("old").path("meta")).hasToString("{}");
        assertThat(event.path("data").path("new").path("meta")).hasToString("{\"b\":1}");
        assertThat(count("SELECT count(*) FROM hdb_catalog.event_log")).isEqualTo(2);
    }

    @Test
    void tellsOfADeleteWithTheOldRow() throws SQLException {
        sql("INSERT INTO item (id, name) VALUES (41, 'a')");
        handler.next();

        admin.data("mutation { delete_item_by_pk(id: 41) { id } }");

        JsonNode data = handler.next().json().path("event").path("data");
        assertThat(data.path("old")).hasToString("{\"id\":41}");
        assertThat(data.path("new").isNull()).isTrue();
    }

    @Test
    void saysNothingOfWhatWasRolledBack() throws SQLException {
        String answer = admin.send(
                "mutation { a: insert_item_one(object: {id: 1}) { id } b: insert_item_one(object: {id: 1}) { id } }");

        assertThat(answer).contains("Uniqueness violation");
        assertThat(count("SELECT count(*) FROM item")).isZero();
        assertThat(count("SELECT count(*) FROM hdb_catalog.event_log")).isZero();
    }

    @Test
    void triesAgainWhileRetriesLastAndThenGivesUp() throws SQLException {
        handler.answers(400, "{\"message\": \"no\"}");

        sql("INSERT INTO item (name) VALUES ('x')");

        JsonNode first = handler.next().json();
        JsonNode second = handler.next().json();
        assertThat(second.path("id")).isEqualTo(first.path("id"));
        assertThat(second.path("delivery_info").path("current_retry").intValue())
                .isOne();
        awaitCount("SELECT count(*) FROM hdb_catalog.event_log WHERE error AND NOT delivered AND tries = 2");
        awaitCount("SELECT count(*) / 2 FROM hdb_catalog.event_invocation_logs WHERE status = 400 AND event_id = '"
                + first.path("id").asString() + "'");
        assertThat(handler.hasReceivedNothingMore()).isTrue();
    }

    @Test
    void triesAgainPastTheRetriesWhenTheHandlerSaysWhen() throws SQLException {
        handler.answers(request ->
                request.json().path("delivery_info").path("current_retry").intValue() < 2
                        ? new StubHandler.Reply(503, Map.of("Retry-After", List.of("1")), "busy")
                        : StubHandler.Reply.json(200, "{}"));

        sql("INSERT INTO item (name) VALUES ('x')");

        handler.next();
        handler.next();
        assertThat(handler.next().json().path("delivery_info")).hasToString("{\"current_retry\":2,\"max_retries\":1}");
        awaitCount("SELECT count(*) FROM hdb_catalog.event_log WHERE delivered AND tries = 3");
    }

    @Test
    void takesAnyAnswerOf2xxForDelivered() throws SQLException {
        handler.answers(request -> new StubHandler.Reply(204, Map.of(), ""));

        sql("INSERT INTO item (name) VALUES ('x')");

        handler.next();
        awaitCount("SELECT count(*) FROM hdb_catalog.event_log WHERE delivered");
    }

    @Test
    void writesDownEveryTryAsTheEngineDoes() throws SQLException {
        handler.answers(request ->
                request.json().path("delivery_info").path("current_retry").intValue() == 0
                        ? StubHandler.Reply.json(500, "broken")
                        : new StubHandler.Reply(201, Map.of("X-Seen", List.of("1")), "fine"));

        sql("INSERT INTO item (name) VALUES ('x')");
        engine.awaitIdle();

        String id = handler.next().json().path("id").asString();
        Database database = Database.of(engine);
        assertThat(database.column(
                        "SELECT status || ' ' || (response->>'type') || ' ' || coalesce(response->'data'->>'message',"
                                + " response->'data'->>'body') FROM hdb_catalog.event_invocation_logs WHERE event_id = '"
                                + id
                                + "' ORDER BY created_at"))
                .containsExactly("500 client_error broken", "201 webhook_response fine");
        JsonNode request = EngineJson.parse(database.value("SELECT request FROM hdb_catalog.event_invocation_logs"
                + " WHERE status = 201 AND event_id = '" + id + "'"));
        assertThat(request.path("version").asString()).isEqualTo("2");
        assertThat(request.path("payload").path("id").asString()).isEqualTo(id);
        assertThat(request.path("headers").path(2))
                .hasToString("{\"name\":\"X-Secret\",\"value_from_env\":\"SECRET\"}");
        assertThat(database.value("SELECT response->'data'->'headers' FROM hdb_catalog.event_invocation_logs"
                        + " WHERE status = 201 AND event_id = '" + id + "'"))
                .contains("{\"name\":\"x-seen\",\"value\":\"1\"}");
    }

    @Test
    void deliversAgainFromTheBeginningWhenAskedTo() throws SQLException {
        handler.answers(400, "");
        sql("INSERT INTO item (name) VALUES ('x')");
        engine.awaitIdle();
        JsonNode first = handler.next().json();
        handler.forget();
        handler.answers(200, "");

        engine.redeliverEvent(first.path("id").asString());
        engine.awaitIdle();

        assertThat(handler.next().json()).isEqualTo(first);
        assertThat(handler.hasReceivedNothingMore()).isTrue();
        assertThatExceptionOfType(LocalHasuraException.class)
                .isThrownBy(() -> engine.redeliverEvent("nonsense"))
                .withMessageContaining("event not found");
    }

    @Test
    void isInvokedByHandOnlyWhereThatIsAllowed() {
        engine.invokeEventTrigger("by_hand", List.of(1, 2));
        engine.awaitIdle();
        StubHandler.Received request = handler.next();
        assertThat(request.json().path("event").path("op").asString()).isEqualTo("MANUAL");
        assertThat(request.json().path("event").path("data")).hasToString("{\"new\":[1,2],\"old\":null}");
        assertThatExceptionOfType(LocalHasuraException.class)
                .isThrownBy(() -> engine.invokeEventTrigger("item_changed", null))
                .withMessageContaining("manual mode is not enabled for event trigger: \"item_changed\"");
        assertThatExceptionOfType(LocalHasuraException.class)
                .isThrownBy(() -> engine.invokeEventTrigger("unknown", null))
                .withMessageContaining("does not exist");
    }

    @Test
    void goesOnWithTheClientsTrace() {
        admin.with("X-B3-TraceId", "4bf92f3577b34da6a3ce929d0e0e4736")
                .with("X-B3-SpanId", "00f067aa0ba902b7")
                .with("X-B3-Sampled", "1")
                .data("mutation { insert_item_one(object: {name: \"a\"}) { id } }");

        StubHandler.Received request = handler.next();
        JsonNode trace = request.json().path("event").path("trace_context");
        assertThat(trace.path("trace_id").asString()).isEqualTo("4bf92f3577b34da6a3ce929d0e0e4736");
        assertThat(trace.path("sampling_state").asString()).isEqualTo("1");
        assertThat(request.header("X-B3-TraceId")).isEqualTo("4bf92f3577b34da6a3ce929d0e0e4736");
        assertThat(request.header("X-B3-ParentSpanId"))
                .isEqualTo(trace.path("span_id").asString());
        assertThat(request.header("X-B3-SpanId"))
                .isNotEqualTo(trace.path("span_id").asString());
        assertThat(request.header("X-B3-Sampled")).isEqualTo("1");
    }

    @Test
    void waitsForTheClockToTryAgain() {
        handler.answers(500, "");
        engine.invokeEventTrigger("by_hand", "x");
        engine.awaitIdle();
        handler.next();
        assertThat(handler.hasReceivedNothingMore()).isTrue();
        engine.advanceClock(Duration.ofHours(1));
        engine.awaitIdle();
        assertThat(handler.next()
                        .json()
                        .path("delivery_info")
                        .path("current_retry")
                        .intValue())
                .isOne();
    }

    @Test
    void leavesOutATriggerWhoseUrlIsNotKnownAndSaysSo() {
        assertThat(engine.inconsistentObjects())
                .extracting(Object::toString)
                .containsExactly(
                        "event_trigger 'note_added in table public.note in source default': Inconsistent object:"
                                + " Value for environment variables not found: NOT_SET");
    }

    private static void sql(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(engine.jdbcUrl());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static int count(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(engine.jdbcUrl());
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return result.getInt(1);
        }
    }

    private static void awaitCount(String sql) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(10))
                .until(() -> count(sql) == 1);
    }
}
