package io.github.hasura4j.test;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** The engine's WebSocket, message by message ({@code graphql-api.md} C.5, C.6). Nothing is asked again but on request. */
@Timeout(60)
class SubscriptionTests {

    private static final String KEY = "k".repeat(64);
    private static final String ADMIN = "{\"x-hasura-admin-secret\":\"s\"}";
    private static final String LIVE = "subscription { event(order_by: {seq: asc}) { seq } }";

    @TempDir
    private static Path directory;

    private static StubHandler handler;
    private static LocalHasura engine;
    private SocketClient client;

    @BeforeAll
    static void start() {
        handler = new StubHandler();
        ProjectFiles.in(directory)
                .withMigration(
                        "CREATE TABLE event (seq int PRIMARY KEY, kind text NOT NULL, at timestamptz NOT NULL DEFAULT now());")
                .withTable("event", """
                        table: {name: event, schema: public}
                        select_permissions:
                        - role: reader
                          permission: {columns: [seq, kind], filter: {kind: {_eq: X-Hasura-Kind}}, limit: 100}
                        """)
                .with("metadata/actions.yaml", """
                        actions:
                        - name: place_order
                          definition: {kind: asynchronous, handler: '{{HANDLER}}/order', forward_client_headers: true}
                        - name: now
                          definition: {handler: '{{HANDLER}}/now', forward_client_headers: true}
                        """)
                .with("metadata/actions.graphql", """
                        type Mutation { place_order(sku: String!): Placed! }
                        type Query { now: String! }
                        type Placed { total: Int! }
                        """);
        engine = LocalHasura.forProject(directory)
                .adminSecret("s")
                .jwtSecret("{\"type\":\"HS256\",\"key\":\"" + KEY + "\"}")
                .environment("HANDLER", handler.url())
                .environment("HASURA_GRAPHQL_WEBSOCKET_CONNECTION_INIT_TIMEOUT", "1")
                .asyncActionsInterval(Duration.ZERO)
                .subscriptionsInterval(Duration.ZERO)
                .start();
    }

    @AfterAll
    static void stop() {
        engine.close();
        handler.close();
    }

    @BeforeEach
    void clean() {
        engine.cleanData();
        handler.forget();
    }

    @AfterEach
    void hangUp() {
        if (client != null) {
            client.close();
        }
    }

    private void connect() {
        client = SocketClient.to(engine).init(ADMIN);
    }

    private static void insert(int from, int to, String kind) {
        Database.of(engine)
                .run("INSERT INTO event (seq, kind) SELECT n, '" + kind + "' FROM generate_series(" + from + ", " + to
                        + ") AS n");
    }

    @Test
    void knowsItsOwnSettings() {
        assertThat(engine.unsupported()).isEmpty();
    }

    @Nested
    class ALiveQuery {

        @Test
        void answersAtOnceAndAgainWhenTheAnswerIsAnother() {
            connect();
            client.subscribe("1", LIVE);
            assertThat(client.next())
                    .isEqualTo("{\"type\":\"next\",\"id\":\"1\",\"payload\":{\"data\":{\"event\":[]}}}");
            engine.awaitIdle();
            insert(1, 1, "a");
            engine.awaitIdle();
            assertThat(client.next())
                    .isEqualTo("{\"type\":\"next\",\"id\":\"1\",\"payload\":{\"data\":{\"event\":[{\"seq\":1}]}}}");
            engine.deliverNow();
            assertThat(client.hasReceivedNothingMore()).isTrue();
        }

        @Test
        void sendsNothingAfterItWasStopped() {
            connect();
            client.subscribe("1", LIVE).next("next");
            client.send("{\"type\":\"complete\",\"id\":\"1\"}")
                    .subscribe("2", "{ __typename }")
                    .next("next");
            client.next("complete");
            insert(1, 1, "a");
            engine.awaitIdle();
            client.subscribe("1", LIVE);
            assertThat(client.next()).contains("\"id\":\"1\"").contains("{\"seq\":1}");
        }

        @Test
        void keepsToTheRolesPermissions() {
            insert(1, 1, "a");
            insert(2, 2, "b");
            client = SocketClient.to(engine)
                    .init("{\"x-hasura-admin-secret\":\"s\",\"x-hasura-role\":\"reader\",\"x-hasura-kind\":\"b\"}");
            client.subscribe("1", LIVE);
            assertThat(client.next()).contains("{\"event\":[{\"seq\":2}]}");
            client.subscribe("2", "subscription { event { at } }");
            assertThat(client.next("error")
                            .path("payload")
                            .path(0)
                            .path("message")
                            .asString())
                    .isEqualTo("field 'at' not found in type: 'event'");
            client.next("complete");
        }

        @Test
        void sendsAnErrorOfALaterQuestionAndGoesOn() {
            connect();
            client.subscribe("1", LIVE).next("next");
            Database.of(engine).run("ALTER TABLE event RENAME TO hidden");
            engine.awaitIdle();
            assertThat(client.next()).contains("\"payload\":{\"data\":null,\"errors\":[");
            engine.awaitIdle();
            Database.of(engine).run("ALTER TABLE hidden RENAME TO event");
            engine.awaitIdle();
            assertThat(client.next()).contains("{\"data\":{\"event\":[]}}");
        }

        @Test
        void hasOneFieldOnly() {
            connect();
            client.subscribe("1", "subscription { a: event { seq } b: event { seq } }");
            assertThat(client.next())
                    .isEqualTo("{\"type\":\"error\",\"id\":\"1\",\"payload\":[{\"message\":"
                            + "\"subscriptions must select one top level field\","
                            + "\"extensions\":{\"path\":\"$\",\"code\":\"validation-failed\"}}]}");
            client.next("complete");
        }
    }

    @Nested
    class WithTheDirectiveOfTheEnginesTests {

        @Test
        void hasSeveralFields() {
            connect();
            client.subscribe(
                    "1",
                    "subscription S @_multiple_top_level_fields { a: event(where: {kind: {_eq: \"a\"}}) { seq }"
                            + " event_aggregate { aggregate { count } } }");
            assertThat(client.next())
                    .isEqualTo("{\"type\":\"next\",\"id\":\"1\",\"payload\":{\"data\":{\"a\":[],"
                            + "\"event_aggregate\":{\"aggregate\":{\"count\":0}}}}}");
            insert(1, 1, "b");
            engine.awaitIdle();
            assertThat(client.next()).contains("{\"a\":[],\"event_aggregate\":{\"aggregate\":{\"count\":1}}}");
        }

        @Test
        void hasNoStreamAmongThem() {
            connect();
            client.subscribe(
                    "1",
                    "subscription @_multiple_top_level_fields { event { seq }"
                            + " event_stream(batch_size: 2, cursor: {initial_value: {seq: 0}}) { seq } }");
            assertThat(client.next()).contains("the subscription to 'event_stream' among other fields");
        }

        @Test
        void isNoQuery() {
            connect();
            client.subscribe("1", "query @_multiple_top_level_fields { event { seq } }");
            assertThat(client.next()).contains("validation-failed");
        }
    }

    @Nested
    class AStream {

        private static String stream(String cursor) {
            return "subscription { event_stream(batch_size: 2, cursor: {" + cursor + "}) { seq } }";
        }

        @Test
        void sendsBatchAfterBatchAndNoEmptyOnes() {
            insert(1, 5, "a");
            connect();
            client.subscribe("1", stream("initial_value: {seq: 1}"));
            assertThat(client.next()).contains("{\"event_stream\":[{\"seq\":2}, {\"seq\":3}]}");
            engine.awaitIdle();
            assertThat(client.next()).contains("{\"event_stream\":[{\"seq\":4}, {\"seq\":5}]}");
            engine.awaitIdle();
            insert(6, 6, "a");
            engine.awaitIdle();
            assertThat(client.next()).contains("{\"event_stream\":[{\"seq\":6}]}");
        }

        @Test
        void goesDownwardsIfAsked() {
            insert(1, 4, "a");
            connect();
            client.subscribe("1", stream("initial_value: {seq: 4}, ordering: DESC"));
            assertThat(client.next()).contains("[{\"seq\":3}, {\"seq\":2}]");
            engine.awaitIdle();
            assertThat(client.next()).contains("[{\"seq\":1}]");
        }

        @Test
        void neverCutsThroughRowsOfTheSameValue() {
            insert(1, 3, "a");
            insert(4, 4, "b");
            connect();
            client.subscribe("1", stream("initial_value: {kind: \"\"}"));
            assertThat(client.next()).contains("[{\"seq\":1}, {\"seq\":2}, {\"seq\":3}]");
            engine.awaitIdle();
            assertThat(client.next()).contains("[{\"seq\":4}]");
        }

        @Test
        void keepsToConditionAndPermission() {
            insert(1, 3, "a");
            insert(4, 6, "b");
            client = SocketClient.to(engine)
                    .init("{\"x-hasura-admin-secret\":\"s\",\"x-hasura-role\":\"reader\",\"x-hasura-kind\":\"b\"}");
            client.subscribe(
                    "1",
                    "subscription { event_stream(batch_size: 9, cursor: {initial_value: {seq: 0}}, where: {seq: {_neq: 5}}) { seq } }");
            assertThat(client.next()).contains("[{\"seq\":4}, {\"seq\":6}]");
        }

        @Test
        void hasOneCursorOfOneColumn() {
            connect();
            client.subscribe("1", stream("initial_value: {seq: 1, kind: \"a\"}"));
            assertThat(client.next()).contains("one streaming column field is expected");
            client.next("complete");
            client.subscribe(
                    "2",
                    "subscription { event_stream(batch_size: 2, cursor: [{initial_value: {seq: 1}}, {initial_value: {seq: 2}}]) { seq } }");
            assertThat(client.next()).contains("multiple column cursors are not supported yet");
        }
    }

    @Nested
    class AnAsynchronousAction {

        @Test
        void sendsItsResultAndCompletes() {
            handler.answers(200, "{\"total\": 3}");
            connect();
            client.subscribe("1", "mutation { place_order(sku: \"A\") }");
            String id = client.next("next")
                    .path("payload")
                    .path("data")
                    .path("place_order")
                    .asString();
            client.next("complete");
            client.subscribe("2", "subscription { place_order(id: \"" + id + "\") { output { total } } }");
            assertThat(client.next()).contains("{\"place_order\":{\"output\":null}}");
            engine.awaitIdle();
            assertThat(client.next()).contains("{\"place_order\":{\"output\":{\"total\":3}}}");
            assertThat(client.next()).isEqualTo("{\"type\":\"complete\",\"id\":\"2\"}");
        }
    }

    @Nested
    class QueriesAndMutations {

        @Test
        void areAnsweredAndComplete() {
            connect();
            client.subscribe("1", "mutation { insert_event_one(object: {seq: 7, kind: \"a\"}) { seq } }");
            assertThat(client.next())
                    .isEqualTo(
                            "{\"type\":\"next\",\"id\":\"1\",\"payload\":{\"data\":{\"insert_event_one\":{\"seq\":7}}}}");
            assertThat(client.next()).isEqualTo("{\"type\":\"complete\",\"id\":\"1\"}");
        }

        @Test
        void forwardTheHeadersOfUpgradeAndInit() {
            handler.answers(200, "\"noon\"");
            client = SocketClient.to(engine, "X-Upgrade", "u", "X-Both", "u")
                    .init("{\"x-hasura-admin-secret\":\"s\",\"X-Init\":\"i\",\"x-both\":\"i\"}");
            client.subscribe("1", "{ now }").next("next");
            StubHandler.Received request = handler.next();
            assertThat(request.header("X-Upgrade")).isEqualTo("u");
            assertThat(request.header("X-Init")).isEqualTo("i");
            assertThat(request.header("X-Both")).isEqualTo("i");
        }

        @Test
        void sayInEachProtocolsWordsWhatFails() {
            String twice =
                    "mutation { insert_event(objects: [{seq: 1, kind: \"a\"}, {seq: 1, kind: \"a\"}]) { affected_rows } }";
            connect();
            client.subscribe("1", twice);
            assertThat(client.next())
                    .startsWith("{\"type\":\"error\",\"id\":\"1\",\"payload\":[{\"message\":\"Uniqueness");
            client.next("complete");
            try (SocketClient legacy = SocketClient.legacy(engine, "graphql-ws").init(ADMIN)) {
                legacy.subscribe("1", twice);
                assertThat(legacy.next())
                        .startsWith(
                                "{\"type\":\"data\",\"id\":\"1\",\"payload\":{\"data\":null,\"errors\":[{\"message\":\"Uniqueness");
                legacy.next("complete");
                legacy.subscribe("1", "{ nothing }");
                assertThat(legacy.next())
                        .startsWith("{\"type\":\"error\",\"id\":\"1\",\"payload\":{\"errors\":[{\"message\":");
                legacy.next("complete");
            }
        }
    }

    @Nested
    class TheNewerProtocol {

        @Test
        void pingsBeforeItSaysAnythingElseAndAnswersPings() {
            client = SocketClient.to(engine);
            assertThat(client.protocol()).isEqualTo("graphql-transport-ws");
            client.init(ADMIN);
            assertThat(client.raw()).isEqualTo("{\"type\":\"ping\",\"payload\":{\"message\":\"keepalive\"}}");
            client.send("{\"type\":\"ping\",\"payload\":{\"n\":1}}");
            assertThat(client.next()).isEqualTo("{\"type\":\"pong\",\"payload\":{\"n\":1}}");
        }

        @Test
        void closesWhatItDoesNotUnderstand() {
            connect();
            client.send("{\"type\":\"hello\"}");
            assertThat(client.end()).startsWith("4400 {\"server_error_msg\":\"4400: parsing ClientMessage failed: ");
        }

        @Test
        void forbidsStrangers() {
            client = SocketClient.to(engine);
            client.send("{\"type\":\"connection_init\",\"payload\":{\"headers\":{\"x-hasura-admin-secret\":\"no\"}}}");
            assertThat(client.end()).isEqualTo("4403 {\"server_error_msg\":\"4403: Forbidden\"}");
        }

        @Test
        void waitsForTheInitOnlySoLong() {
            client = SocketClient.to(engine);
            assertThat(client.end())
                    .isEqualTo("4408 {\"server_error_msg\":\"4408: Connection initialisation timed out\"}");
        }

        @Test
        void refusesToStartBeforeTheInitAndTwiceWithAnId() {
            client = SocketClient.to(engine);
            client.subscribe("1", LIVE);
            assertThat(client.next()).contains("start received before the connection is initialised");
            assertThat(client.end()).startsWith("1000 ");
            connect();
            client.subscribe("1", LIVE).next("next");
            client.subscribe("1", LIVE);
            assertThat(client.next()).contains("an operation already exists with this id: 1");
            assertThat(client.end()).startsWith("1000 ");
        }
    }

    @Nested
    class TheOlderProtocol {

        @ParameterizedTest
        @NullSource
        @ValueSource(strings = {"graphql-ws", "something"})
        void isSpokenWithAllOthers(String offered) {
            if ("something".equals(offered) || offered == null) {
                // The JDK's client refuses a protocol that it has not offered, so the answer itself is looked at.
                assertThat(RawUpgrade.answer(engine.port(), offered))
                        .contains("Sec-WebSocket-Protocol: graphql-ws\r\n");
                return;
            }
            client = SocketClient.legacy(engine, offered).init(ADMIN);
            assertThat(client.raw()).isEqualTo("{\"type\":\"ka\"}");
            client.send("{\"id\":\"1\",\"type\":\"start\",\"payload\":{\"query\":\"" + LIVE + "\"}}");
            assertThat(client.next())
                    .isEqualTo("{\"type\":\"data\",\"id\":\"1\",\"payload\":{\"data\":{\"event\":[]}}}");
            client.send("{\"id\":\"1\",\"type\":\"stop\"}");
            client.send("{\"type\":\"connection_terminate\"}");
            assertThat(client.end()).isEqualTo("1000 GQL_CONNECTION_TERMINATE received");
        }

        @Test
        void tellsStrangersWhyAndCloses() {
            client = SocketClient.legacy(engine, "graphql-ws");
            client.send("{\"type\":\"connection_init\",\"payload\":{}}");
            assertThat(client.next())
                    .isEqualTo("{\"type\":\"connection_error\",\"payload\":"
                            + "\"Missing 'Authorization' or 'Cookie' header in JWT authentication mode\"}");
            assertThat(client.end())
                    .startsWith("4400 {\"server_error_msg\":\"4400: Connection initialization failed: ");
        }

        @Test
        void staysOpenAfterWhatItDoesNotUnderstand() {
            client = SocketClient.legacy(engine, "graphql-ws").init(ADMIN);
            client.send("{");
            assertThat(client.next())
                    .startsWith("{\"type\":\"connection_error\",\"payload\":\"parsing ClientMessage failed: ");
            client.subscribe("1", LIVE).next("data");
        }

        @Test
        void waitsForTheInitOnlySoLong() {
            client = SocketClient.legacy(engine, "graphql-ws");
            assertThat(client.end()).isEqualTo("1011 Connection initialisation timed out");
        }
    }

    @Nested
    class AToken {

        private static String token(Instant expires) throws Exception {
            SignedJWT jwt = new SignedJWT(
                    new JWSHeader(JWSAlgorithm.HS256),
                    JWTClaimsSet.parse("{\"https://hasura.io/jwt/claims\":{\"x-hasura-allowed-roles\":[\"reader\"],"
                            + "\"x-hasura-default-role\":\"reader\",\"x-hasura-kind\":\"a\"},\"exp\":"
                            + Date.from(expires).getTime() / 1000 + "}"));
            jwt.sign(new MACSigner(KEY));
            return "{\"Authorization\":\"Bearer " + jwt.serialize() + "\"}";
        }

        @Test
        void endsTheConnectionWhenItExpires() throws Exception {
            insert(1, 1, "a");
            client = SocketClient.to(engine).init(token(engine.now().plusSeconds(60)));
            client.subscribe("1", LIVE);
            assertThat(client.next()).contains("[{\"seq\":1}]");
            engine.advanceClock(Duration.ofSeconds(62));
            assertThat(client.end()).isEqualTo("1006 ");
        }
    }

    @Nested
    class TheServer {

        @Test
        void sendsEverybodyAwayWhenTheMetadataChange() {
            connect();
            Requests.to(engine)
                    .with("x-hasura-admin-secret", "s")
                    .post("/v1/metadata", "{\"type\":\"reload_metadata\",\"args\":{}}");
            assertThat(client.end()).isEqualTo("1012 Server state changed, restarting the server");
        }

        @Test
        void saysFarewellWhenItStops() {
            LocalHasura stopped = LocalHasura.forProject(directory)
                    .environment("HANDLER", handler.url())
                    .start();
            try (stopped) {
                client = SocketClient.to(stopped).init("{}");
            }
            assertThat(client.end()).isEqualTo("1012 shutting server down");
        }

        @Test
        void takesOrdinaryRequestsAndUpgradesFromTheSameHttpClient() throws Exception {
            HttpClient http =
                    HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
            HttpRequest health =
                    HttpRequest.newBuilder(engine.url().resolve("/healthz")).build();
            for (int i = 0; i < 3; i++) {
                assertThat(http.send(health, HttpResponse.BodyHandlers.ofString())
                                .body())
                        .isEqualTo("OK");
                try (SocketClient socket = SocketClient.by(http, engine).init(ADMIN)) {
                    socket.subscribe("1", LIVE).next("next");
                    assertThat(http.send(health, HttpResponse.BodyHandlers.ofString())
                                    .statusCode())
                            .isEqualTo(200);
                }
            }
        }

        @Test
        void hasWebSocketsAtOnePathOnly() {
            assertThat(RawUpgrade.answer(engine.port(), "/v1/nothing", "graphql-ws"))
                    .startsWith("HTTP/1.1 404 ");
        }
    }
}
