package io.github.hasura4j.test;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.github.hasura4j.test.Fixtures.Fixture;
import io.github.hasura4j.test.engine.EngineJson;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;

/** A handler is sent the very rows of the {@code event-*} and the payloads of the {@code scheduled-*} fixtures. */
class EventRequestFixtureTests {

    /** What the local engine does not send, and why. */
    private static final Map<String, String> NOT_SENT = Map.ofEntries(
            Map.entry("event-mssql-delete", "SQL Server"),
            Map.entry("event-mssql-insert", "SQL Server"),
            Map.entry("event-mssql-manual-without-op", "SQL Server"),
            Map.entry("event-mssql-update-null-columns-missing", "SQL Server"),
            Map.entry("event-mssql-update-pk-changed", "SQL Server"),
            Map.entry("event-insert-docs", "from an old engine"),
            Map.entry("event-trace-context-64bit", "from an old engine"),
            Map.entry("event-trace-context-absent", "from an old engine"),
            Map.entry("event-unknown-extra-fields", "from an engine of the future"),
            Map.entry("event-empty-objects", "made by hand"),
            Map.entry("event-geometry-geojson", "PostGIS"),
            Map.entry("event-stringify-numeric-on", "a setting of its own, see StringifiedNumberTests"),
            Map.entry("scheduled-cron-with-request-transform-key", "uncertain even for the real engine"),
            Map.entry("scheduled-unknown-extra-fields", "from an engine of the future"));

    /** The columns of a fixture's table, and the statements that change its rows; the last one makes the event. */
    private record Story(String columns, String... statements) {}

    private static final Map<String, Story> STORIES = new LinkedHashMap<>();

    private static void story(String fixture, String columns, String... statements) {
        STORIES.put("event-" + fixture, new Story(columns, statements));
    }

    static {
        String person = "id integer PRIMARY KEY, name text";
        story("insert-modern", person, "INSERT INTO %s VALUES (42, 'john doe')");
        story("delete-modern", person, "INSERT INTO %s VALUES (42, 'jane doe')", "DELETE FROM %s");
        story(
                "update-modern",
                person + ", updated_at timestamptz",
                "INSERT INTO %s VALUES (42, 'john doe', '2024-06-24T14:00Z')",
                "UPDATE %s SET name = 'jane doe', updated_at = '2024-06-24T14:22:32.128413Z'");
        story("null-session-and-trace", person, "INSERT INTO %s VALUES (1, 'a')", "UPDATE %s SET name = 'b'");
        for (String simple :
                List.of("configured-headers", "created-at-whole-second", "retry-third", "retry-beyond-max")) {
            story(simple, "id integer", "INSERT INTO %s VALUES (1)");
        }
        story("sampling-denied", "id integer", "INSERT INTO %s VALUES (7)");
        story("session-present-trace-null", "id integer", "INSERT INTO %s VALUES (7)");
        story(
                "partial-row-update",
                "id integer, status text",
                "INSERT INTO %s VALUES (9, 'new')",
                "UPDATE %s SET status = 'paid'");
        story(
                "bigint-beyond-2-53",
                "id bigint, ref bigint, neg bigint",
                "INSERT INTO %s VALUES (9223372036854775807, 9007199254740993, -9223372036854775808)");
        story(
                "numeric-forms",
                "id integer, amount numeric, rate numeric, big numeric, mixed numeric",
                "INSERT INTO %s VALUES (1, 100.00, 0.01, 123456789012345678901234567890, 12345678901234567890.123456789)",
                "UPDATE %s SET amount = 100.10, rate = 12.50, big = -big, mixed = 12345678.9");
        story(
                "jsonb-nested",
                "id integer, doc jsonb, arr json, js_null jsonb",
                "INSERT INTO %s VALUES (1, '{\"a\": [1, {\"b\": null, \"c\": []}], \"ü\": \"日本\", \"deep\": {\"x\": {\"y\": {\"z\":"
                        + " [true, false, null]}}}}', '[1, \"two\", {\"three\": 3}]', 'null')");
        story(
                "schema-and-mixed-case-names",
                "\"Id\" integer, \"firstName\" text, \"order by\" text, \"ÄÖ\" integer, _id integer",
                "INSERT INTO %s VALUES (1, 'Ann', 'x', 1, 2)");
        story(
                "unicode",
                "id integer, t text, e text",
                "INSERT INTO %s SELECT 1, new ->> 't', new ->> 'e' FROM (SELECT CAST('%%s' AS json) AS new) AS f");
        story(
                "special-values",
                "f float8, g float8, h float4, n numeric, d date, ts timestamptz, bc date",
                "INSERT INTO %s VALUES ('NaN', 'Infinity', '-Infinity', 'NaN', 'infinity', '-infinity', '0044-03-15 BC')");
        story(
                "all-postgres-types",
                "c_bool bool, c_int2 int2, c_int4 int4, c_int8 int8, c_float4 float4, c_float8 float8, c_numeric numeric,"
                        + " c_text text, c_char char(5), c_citext citext, c_bytea bytea, c_uuid uuid, c_date date, c_time time,"
                        + " c_timetz timetz, c_timestamp timestamp, c_timestamptz timestamptz, c_interval interval, c_json json,"
                        + " c_jsonb jsonb, c_int_array integer[], c_text_array text[], c_2d_array integer[][], c_enum mood,"
                        + " c_inet inet, c_cidr cidr, c_int4range int4range, c_tstzrange tstzrange, c_money money, c_bit bit(3),"
                        + " c_xml xml, c_tsvector tsvector, c_point point, c_composite address, c_hstore hstore, c_null text",
                "INSERT INTO %s VALUES (true, 7, -2147483648, 9007199254740993, 1.5, 0.0025, 12.50, 'x', 'ab', 'MiXed',"
                        + " '\\x68656c6c6f', '6f9619ff-8b86-d011-b42d-00c04fc964ff', '2024-02-29', '13:45:30.123456',"
                        + " '13:45:30+05:30', '2024-02-29T13:45:30.123456', '2024-02-29T08:15:30.123456Z', '1 day 2 hours',"
                        + " '{\"k\": 1}', '{\"k\": 1}', '{1,2,NULL}', '{a,b}', '{{1,2},{3,4}}', 'active', '192.168.0.1/24',"
                        + " '10.0.0.0/8', '[1,10)', '[2024-01-01 00:00:00+00,2024-02-01 00:00:00+00)', '1234.50', '101', '<a/>',"
                        + " 'quick:1 brown:2', '(1.5,2)', '(Main,5)', 'a=>1,b=>NULL', NULL)");
    }

    @TempDir
    private static Path directory;

    private static StubHandler handler;
    private static LocalHasura engine;

    @BeforeAll
    static void start() {
        handler = new StubHandler();
        StringBuilder sql = new StringBuilder("""
                CREATE EXTENSION citext; CREATE EXTENSION hstore; CREATE SCHEMA "Sales Data";
                CREATE TYPE mood AS ENUM ('active'); CREATE TYPE address AS (street text, no integer);
                """);
        ProjectFiles project = ProjectFiles.in(directory);
        STORIES.forEach((name, story) -> {
            Fixture fixture = Fixtures.of(name);
            sql.append("CREATE TABLE %s (%s);\n".formatted(table(fixture), story.columns()));
            String columns =
                    name.equals("event-partial-row-update") ? "{columns: [status], payload: [id]}" : "{columns: '*'}";
            project.withTable(name, """
                    table: {schema: '%s', name: '%s'}
                    configuration: {custom_name: %s, column_config: {'order by': {custom_name: order_by_}, 'ÄÖ': {custom_name: ao}}}
                    event_triggers:
                    - name: '%s'
                      definition: {enable_manual: true, insert: {columns: '*'}, update: %s, delete: {columns: '*'}}
                      retry_conf: {num_retries: %d, interval_sec: 0, timeout_sec: 5}
                      webhook: '{{HANDLER}}/event'
                      headers: [{name: X-Webhook-Secret, value: s3cr3t}, {name: X-Env, value: prod}]
                    """.formatted(
                    schema(fixture),
                    name.replace('-', '_'),
                    name.replace('-', '_'),
                    trigger(name),
                    columns,
                    fixture.request().path("delivery_info").path("max_retries").intValue()));
        });
        project.withMigration(sql.toString()).with("metadata/cron_triggers.yaml", """
                - {name: eod_reports, webhook: '{{HANDLER}}/cron', schedule: '0 22 24 6 *', include_in_metadata: true, comment: This is a comment, payload: {report: daily, n: 3}}
                - {name: heartbeat, webhook: '{{HANDLER}}/cron', schedule: '1 22 24 6 *', include_in_metadata: true}
                - {name: tick, webhook: '{{HANDLER}}/cron', schedule: '2 22 24 6 *', include_in_metadata: true, payload: go}
                - {name: tick list, webhook: '{{HANDLER}}/cron', schedule: '3 22 24 6 *', include_in_metadata: true, comment: x, payload: [1, {a: null}]}
                """);
        engine = LocalHasura.forProject(directory)
                .environment("HANDLER", handler.url())
                .clock(Clock.fixed(Instant.parse("2024-06-20T09:30:00Z"), ZoneOffset.UTC))
                .eventsInterval(Duration.ZERO)
                .schedulesInterval(Duration.ZERO)
                .start();
    }

    private static String trigger(String fixture) {
        return fixture.replaceFirst("event-", "e-").substring(0, Math.min(fixture.length() - 4, 40));
    }

    private static String schema(Fixture fixture) {
        return fixture.request().path("table").path("schema").asString();
    }

    private static String table(Fixture fixture) {
        return '"' + schema(fixture) + "\".\"" + fixture.name().replace('-', '_') + '"';
    }

    @AfterAll
    static void stop() {
        engine.close();
        handler.close();
    }

    @BeforeEach
    void forget() {
        handler.answers(200, "");
        handler.forget();
    }

    static Stream<Fixture> requests() {
        return Stream.concat(Fixtures.named("event-"), Fixtures.named("scheduled-"));
    }

    static Stream<Fixture> changes() {
        return STORIES.keySet().stream().map(Fixtures::of);
    }

    static Stream<Fixture> manual() {
        return Fixtures.named("event-manual-");
    }

    static Stream<Fixture> cron() {
        return Fixtures.named("scheduled-cron-").filter(fixture -> !NOT_SENT.containsKey(fixture.name()));
    }

    static Stream<Fixture> oneOff() {
        return Fixtures.named("scheduled-one-off-");
    }

    @Test
    void nameEveryFixtureThatIsNotSent() {
        List<String> sent = Stream.of(changes(), manual(), cron(), oneOff())
                .flatMap(fixtures -> fixtures)
                .map(Fixture::name)
                .toList();
        assertThat(requests().map(Fixture::name).filter(name -> !NOT_SENT.containsKey(name)))
                .hasSizeGreaterThan(25)
                .containsExactlyInAnyOrderElementsOf(sent);
    }

    @ParameterizedTest
    @MethodSource("changes")
    void tellOfAChangedRowAsTheRealEngineDoes(Fixture fixture) {
        JsonNode expected = fixture.request();
        JsonNode event = expected.path("event");
        int failures = expected.path("delivery_info").path("current_retry").intValue();
        String[] statements = STORIES.get(fixture.name()).statements();
        for (int i = 0; i < statements.length; i++) {
            boolean last = i == statements.length - 1;
            String statement = statements[i]
                    .formatted(table(fixture))
                    .formatted(event.path("data").path("new"));
            Database.of(engine).run("BEGIN; %s %s; COMMIT".formatted(last ? session(event) : "", statement));
            if (!last) {
                engine.awaitIdle();
                handler.forget();
            }
        }
        handler.answers(request ->
                request.json().path("delivery_info").path("current_retry").intValue() < failures
                        ? new StubHandler.Reply(503, Map.of("Retry-After", List.of("1")), "")
                        : StubHandler.Reply.json(200, ""));
        StubHandler.Received request = null;
        for (int i = 0; i <= failures; i++) {
            engine.awaitIdle();
            request = handler.next();
            engine.advanceClock(Duration.ofSeconds(1));
        }

        ObjectNode body = (ObjectNode) request.json();
        assertThat(body.path("created_at").asString())
                .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,6})?");
        assertThat(body.path("id").asString()).matches("[0-9a-f-]{36}");
        assertThat(body.propertyNames()).containsExactlyInAnyOrderElementsOf(expected.propertyNames());
        assertThat(body.path("delivery_info")).isEqualTo(expected.path("delivery_info"));
        assertThat(body.path("table").propertyNames()).containsExactlyInAnyOrder("schema", "name");
        assertThat(body.path("table").path("schema"))
                .isEqualTo(expected.path("table").path("schema"));
        assertThat(body.path("trigger")).hasToString("{\"name\":\"" + trigger(fixture.name()) + "\"}");
        if (fixture.name().equals("event-special-values")) {
            // How Postgres writes years before Christ is not known for sure; here it is as in the fixture.
            assertThat(body.path("event").path("data").path("new").path("bc").asString())
                    .isEqualTo("0044-03-15 BC");
        }
        assertThat(body.path("event")).isEqualTo(event);
        assertThat(numbers(request.body())).containsAll(numbers(EngineJson.write(event.path("data"))));
        assertThat(request.header("X-Webhook-Secret")).isEqualTo("s3cr3t");
        JsonNode trace = event.path("trace_context");
        if (trace.isObject()) {
            assertThat(request.header("X-B3-TraceId"))
                    .isEqualTo(trace.path("trace_id").asString());
            assertThat(request.header("X-B3-ParentSpanId"))
                    .isEqualTo(trace.path("span_id").asString());
        }
    }

    /** As GraphQL mutations announce themselves. */
    private static String session(JsonNode event) {
        return setting("hasura.user", event.path("session_variables"))
                + setting("hasura.tracecontext", event.path("trace_context"));
    }

    private static String setting(String name, JsonNode value) {
        return value.isNull() ? "" : "SELECT set_config('%s', '%s', true); ".formatted(name, value);
    }

    private static List<String> numbers(String json) {
        return java.util.regex.Pattern.compile("(?<=[:\\[,])-?[0-9][0-9.e-]*(?=[,}\\]])")
                .matcher(json)
                .results()
                .map(java.util.regex.MatchResult::group)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("manual")
    void tellOfAManualEvent(Fixture fixture) {
        JsonNode event = fixture.request().path("event");
        engine.invokeEventTrigger(
                trigger("event-insert-modern"), event.path("data").path("new"));
        engine.awaitIdle();
        JsonNode body = handler.next().json();
        assertThat(body.propertyNames())
                .containsExactlyInAnyOrderElementsOf(fixture.request().propertyNames());
        assertThat(body.path("event").path("op")).isEqualTo(event.path("op"));
        assertThat(body.path("event").path("data")).isEqualTo(event.path("data"));
        assertThat(body.path("event").path("session_variables")).isEqualTo(event.path("session_variables"));
        assertThat(body.path("event").path("trace_context").propertyNames()).contains("trace_id", "span_id");
    }

    @ParameterizedTest
    @MethodSource("oneOff")
    void tellOfAOneOffEvent(Fixture fixture) {
        JsonNode expected = fixture.request();
        Map<String, String> headers = fixture.requestHeaders();
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("webhook", "{{HANDLER}}/once");
        event.put("schedule_at", engine.now().toString());
        event.put("payload", expected.path("payload"));
        if (expected.has("comment")) {
            event.put("comment", expected.path("comment"));
        }
        if (headers.containsKey("header-key")) {
            event.put("headers", List.of(Map.of("name", "header-key", "value", "header-value")));
        }
        engine.scheduleEvent(event);
        engine.awaitIdle();
        StubHandler.Received request = handler.next();
        assertThat(request.json().propertyNames()).containsExactlyInAnyOrderElementsOf(expected.propertyNames());
        assertThat(request.json().path("payload")).isEqualTo(expected.path("payload"));
        assertThat(request.json().path("comment")).isEqualTo(expected.path("comment"));
        assertThat(request.json().path("created_at").asString())
                .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z");
        assertThat(request.header("header-key")).isEqualTo(headers.get("header-key"));
    }

    @ParameterizedTest
    @MethodSource("cron")
    void tellOfACronTrigger(Fixture fixture) {
        Instant time = Instant.parse(fixture.request().path("scheduled_time").asString());
        while (engine.now().isBefore(time)) {
            engine.advanceClock(Duration.between(engine.now(), time));
        }
        engine.awaitIdle();
        handler.forget();
        String trigger = switch (fixture.name()) {
            case "scheduled-cron-full" -> "eod_reports";
            case "scheduled-cron-null-payload-no-comment" -> "heartbeat";
            case "scheduled-cron-scalar-payload" -> "tick";
            default -> "tick list";
        };
        JsonNode payload = EngineJson.parse(Database.of(engine).value("""
                SELECT request -> 'payload' FROM hdb_catalog.hdb_cron_event_invocation_logs
                WHERE request -> 'payload' ->> 'name' = '%s' AND request -> 'payload' ->> 'scheduled_time' = '%s'""".formatted(trigger, time)));
        ObjectNode expected = (ObjectNode) fixture.request();
        assertThat(((ObjectNode) payload).remove("id").asString()).matches("[0-9a-f-]{36}");
        expected.remove("id");
        assertThat(payload).isEqualTo(expected.put("name", trigger));
    }
}
