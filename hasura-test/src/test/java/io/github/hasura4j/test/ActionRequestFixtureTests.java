package io.github.hasura4j.test;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
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

import static org.assertj.core.api.Assertions.assertThat;

/** A handler is sent the very bodies and headers of the {@code action-*} fixtures, when a client asks so. */
class ActionRequestFixtureTests {

    /** What the local engine does not send, and why. */
    private static final Map<String, String> NOT_SENT = Map.of(
            "action-old-engine-no-request-query", "from an engine before 2.1",
            "action-unknown-extra-fields", "from an engine of the future",
            "action-w3c-trace-headers", "a setting of its own, see TraceTests",
            "action-transformed-form-body", "needs a transform",
            "action-transformed-get-no-body", "needs a transform");

    /** The variables of documents that have some, where the document's arguments are not named like them. */
    private static final Map<String, String> VARIABLES = Map.of(
            "action-query-list-arg", "{\"n\": [1, 2, 3, -4]}",
            "action-bigint-and-30-digit-numeric",
                    "{\"a\": 9007199254740993, \"m\": 123456789012345678901234567890, \"f\": 12345678901234567890.123456789}",
            "action-anonymous-role", "{\"e\": \"a@example.com\", \"p\": \"pw\"}",
            "action-list-args-nulls-and-nesting", "{\"r\": [[1, 2], [3, null], []]}");

    @TempDir
    private static Path directory;

    private static StubHandler handler;
    private static LocalHasura engine;

    @BeforeAll
    static void start() {
        handler = new StubHandler();
        StringBuilder yaml = new StringBuilder("actions:\n");
        for (String name : Set.of(
                "ping",
                "login",
                "transfer",
                "setColor",
                "setRates",
                "matrix",
                "placeOrder",
                "logVisit",
                "UserLogin",
                "post",
                "searchUsers",
                "addNumbers",
                "report")) {
            yaml.append("- {name: %s, definition: {handler: '{{HANDLER}}/act'}, permissions: [%s]}\n"
                    .formatted(name, "{role: user}, {role: manager}, {role: anonymous}"));
        }
        yaml.append("""
                - name: whoAmI
                  definition:
                    handler: '{{HANDLER}}/act'
                    forward_client_headers: true
                    headers: [{name: ACTION_SECRET, value_from_env: SECRET}, {name: X-Static, value: v1}]
                  permissions: [{role: user}]
                - name: place_order
                  definition: {kind: asynchronous, handler: '{{HANDLER}}/act'}
                  permissions: [{role: customer}]
                """);
        ProjectFiles.in(directory)
                .with("metadata/actions.yaml", yaml.toString())
                .with("metadata/actions.graphql", """
                        type Mutation {
                          ping: Any
                          login(email: String!, password: String!): Any
                          place_order(input: Placed!): Any
                          transfer(account: bigint!, amount: numeric!, fee: numeric): Any
                          setColor(id: ID!, color: Color!, history: [Color!]): Any
                          setRates(a: Float, b: Float, c: Float, d: Float, e: Float, f: Float): Any
                          matrix(rows: [[Int]!]!, labels: [String!]!, flags: [Boolean!]!): Any
                          placeOrder(order: OrderInput!): Any
                          logVisit(id: uuid!, at: timestamptz!, on: date, amount: numeric, amount_txt: numeric, meta: jsonb, where: geography): Any
                          UserLogin(username: String!, password: String!): Any
                          post(text: String!, empty: String): Any
                        }
                        type Query {
                          whoAmI: Any
                          searchUsers(term: String!, limit: Int, city: String): [Any]
                          addNumbers(numbers: [Int]!): Any
                          report: Any
                        }
                        type Any { id: String ok: Boolean sum: Int accessToken: String userId: Int }
                        enum Color { RED GREEN BLUE }
                        enum Priority { LOW HIGH }
                        scalar geography
                        input Placed { sku: String!, qty: Int }
                        input OrderInput { customer: CustomerInput!, lines: [LineInput!]!, priority: Priority }
                        input CustomerInput { name: String!, address: AddressInput }
                        input AddressInput { street: String, tags: [String] }
                        input LineInput { sku: String!, qty: Int!, options: OptionsInput }
                        input OptionsInput { gift: Boolean }
                        """);
        engine = LocalHasura.forProject(directory)
                .adminSecret("s")
                .environment("HANDLER", handler.url())
                .environment("SECRET", "s3cr3t")
                .asyncActionsInterval(java.time.Duration.ZERO)
                .start();
    }

    @AfterAll
    static void stop() {
        engine.close();
        handler.close();
    }

    @BeforeEach
    void forget() {
        handler.answers(200, "null");
        handler.forget();
    }

    static Stream<Fixture> requests() {
        return Fixtures.named("action-").filter(fixture -> !fixture.name().startsWith("action-response-"));
    }

    static Stream<Fixture> sent() {
        return requests().filter(fixture -> !NOT_SENT.containsKey(fixture.name()));
    }

    @Test
    void nameEveryFixtureThatIsNotSent() {
        assertThat(requests().map(Fixture::name)).containsAll(NOT_SENT.keySet()).hasSize(24);
        assertThat(sent()).hasSize(24 - NOT_SENT.size());
    }

    @ParameterizedTest
    @MethodSource("sent")
    void areWhatTheRealEngineSends(Fixture fixture) {
        JsonNode expected = fixture.request();
        Requests client = Requests.to(engine).with("x-hasura-admin-secret", "s");
        for (Map.Entry<String, JsonNode> variable :
                expected.path("session_variables").properties()) {
            client = client.with(variable.getKey(), encoded(variable.getValue().asString()));
        }
        for (Map.Entry<String, String> header : clientHeaders(fixture).entrySet()) {
            client = client.with(header.getKey(), header.getValue());
        }

        String answer = client.send(document(fixture), variables(fixture));

        assertThat(answer).contains("\"data\"");
        engine.deliverNow();
        StubHandler.Received request = handler.next();
        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.json().propertyNames()).containsExactlyInAnyOrderElementsOf(expected.propertyNames());
        assertThat(request.json().path("action")).isEqualTo(expected.path("action"));
        assertThat(EngineJson.write(sorted(request.json().path("input"))))
                .isEqualTo(EngineJson.write(sorted(expected.path("input"))));
        if (!fixture.name().equals("action-unicode-and-escapes")) {
            assertThat(request.json().path("session_variables")).isEqualTo(expected.path("session_variables"));
        }
        if (!fixture.name().equals("action-pg-scalars")) {
            assertThat(request.json().path("request_query")).isEqualTo(expected.path("request_query"));
        }
        fixture.requestHeaders().forEach((name, value) -> {
            switch (name.toLowerCase(java.util.Locale.ROOT)) {
                case "user-agent" -> assertThat(request.header(name)).startsWith("hasura-graphql-engine/v2.");
                case "x-b3-spanid", "x-b3-parentspanid" ->
                    assertThat(request.header(name)).matches("[0-9a-f]{16}");
                case "x-b3-traceid" -> assertThat(request.header(name)).matches("[0-9a-f]{32}");
                case "x-forwarded-host" -> assertThat(request.header(name)).isEqualTo("localhost:" + engine.port());
                default -> assertThat(request.header(name)).as(name).isEqualTo(value);
            }
        });
    }

    /** The fixture's own, but for one whose document does not go with its input, and one whose document is not sent. */
    private static String document(Fixture fixture) {
        return switch (fixture.name()) {
            case "action-pg-scalars" ->
                "mutation ($id: uuid!, $at: timestamptz!, $on: date, $amount: numeric, $amount_txt: numeric, $meta: jsonb,"
                        + " $where: geography) { logVisit(id: $id, at: $at, on: $on, amount: $amount, amount_txt: $amount_txt,"
                        + " meta: $meta, where: $where) { id } }";
            case "action-async-request-query-null" -> "mutation ($input: Placed!) { place_order(input: $input) }";
            default -> fixture.request().path("request_query").asString();
        };
    }

    private static String variables(Fixture fixture) {
        JsonNode input = fixture.request().path("input");
        return switch (fixture.name()) {
            case "action-pg-scalars", "action-async-request-query-null" -> input.toString();
            case "action-nested-input-objects" -> "{\"o\": " + input.path("order") + "}";
            case "action-unicode-and-escapes" -> "{\"t\": " + input.path("text") + "}";
            default -> VARIABLES.getOrDefault(fixture.name(), "{}");
        };
    }

    /** What the client sends so that the handler gets the fixture's headers. */
    private static Map<String, String> clientHeaders(Fixture fixture) {
        Map<String, String> headers = new LinkedHashMap<>();
        switch (fixture.name()) {
            case "action-client-header-shadows-configured" -> headers.put("ACTION_SECRET", "guess-by-client");
            case "action-b3-all-headers" -> {
                headers.put("X-B3-TraceId", "4bf92f3577b34da6a3ce929d0e0e4736");
                headers.put("X-B3-SpanId", "5b4185666d50f68b");
                headers.put("X-B3-Sampled", "1");
            }
            case "action-forwarded-client-headers" -> {
                for (String name : Set.of("Authorization", "Cookie", "Accept-Charset", "x-request-id", "X-Tenant")) {
                    headers.put(name, fixture.requestHeaders().get(name));
                }
                headers.put("User-Agent", "Mozilla/5.0");
                headers.put("Origin", "https://app.example.com");
                headers.put("Accept-Language", "de");
            }
            default -> {}
        }
        return headers;
    }

    /** HTTP headers are not for other letters. */
    private static String encoded(String value) {
        return value.chars().allMatch(letter -> letter < 128) ? value : "x";
    }

    private static JsonNode sorted(JsonNode node) {
        if (!node.isObject()) {
            return node;
        }
        Map<String, JsonNode> fields = new java.util.TreeMap<>();
        node.properties().forEach(field -> fields.put(field.getKey(), sorted(field.getValue())));
        return EngineJson.tree(fields);
    }
}
