package io.github.hasura4j.test;

import java.nio.file.Path;

import io.github.hasura4j.test.engine.EngineJson;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** What a handler is sent when a client runs an action. */
class ActionRequestTests {

    @TempDir
    private static Path directory;

    private static StubHandler handler;
    private static LocalHasura engine;
    private static Requests admin;

    @BeforeAll
    static void start() {
        handler = new StubHandler();
        ProjectFiles.in(directory).with("metadata/actions.yaml", """
                        actions:
                        - name: search
                          definition:
                            kind: ""
                            handler: 'http://host.docker.internal:{{PORT}}/search'
                            forward_client_headers: true
                            headers:
                            - {name: X-Secret, value_from_env: SECRET}
                            - {name: X-Tenant, value: 'for-{{TENANT}}'}
                          permissions:
                          - role: user
                        - name: pay
                          definition: {handler: 'http://handlers.example:8000/pay'}
                        - name: underscored
                          definition: {handler: 'http://my_app:8081/x', headers: [{name: X-Secret, value_from_env: BROKEN_SECRET}]}
                        - name: weigh
                          definition: {handler: 'http://my_app:8081/weigh', forward_client_headers: true, ignored_client_headers: [x-inner, User-Agent]}
                        - name: slow
                          definition: {handler: 'http://handlers.example:8000/slow', timeout: 1}
                        - name: nowhere
                          definition: {handler: 'http://127.0.0.1:1/', timeout: 1}
                        """).with("metadata/actions.graphql", """
                        type Query { search(term: String!, limit: Int, filter: FilterInput): [String!] }
                        type Mutation { pay(account: bigint!, amount: numeric!, fee: numeric, color: Color, meta: jsonb): String }
                        extend type Mutation { nowhere: String underscored: String slow: String weigh(kg: Float, g: Float): String }
                        enum Color { RED GREEN }
                        input FilterInput { tags: [String], since: timestamptz }
                        """);
        engine = LocalHasura.forProject(directory)
                .environment("PORT", String.valueOf(handler.port()))
                .environment("SECRET", "shared")
                .environment("TENANT", "acme")
                .environment("BROKEN_SECRET", "s3cr3t\n")
                .connectTo("my_app:8081", "127.0.0.1:" + handler.port())
                .connectTo("handlers.example:8000", "127.0.0.1:" + handler.port())
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
        handler.forget();
    }

    @Test
    void isTheBodyOfTheContract() {
        handler.answers(200, "[\"a\"]");
        String document = "query Find($t: String!) { search(term: $t, limit: null) }";

        assertThat(admin.asRole("user").with("X-Hasura-User-Id", "7").data(document, "{\"t\": \"ann\"}"))
                .isEqualTo("{\"search\":[\"a\"]}");

        StubHandler.Received request = handler.next();
        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.path()).isEqualTo("/search");
        assertThat(request.json().path("action")).hasToString("{\"name\":\"search\"}");
        assertThat(request.json().path("input")).hasToString("{\"term\":\"ann\",\"limit\":null}");
        assertThat(request.json().path("request_query").asString()).isEqualTo(document);
        assertThat(request.json()
                        .path("session_variables")
                        .path("x-hasura-user-id")
                        .asString())
                .isEqualTo("7");
        assertThat(request.json()
                        .path("session_variables")
                        .path("x-hasura-role")
                        .asString())
                .isEqualTo("user");
    }

    @Test
    void carriesEveryHeaderOfTheClientButThoseThatTheActionIgnores() {
        handler.answers(200, "\"1\"");

        admin.with("X-Inner", "1")
                .with("X-Mine", "2")
                .with("X-Hasura-Mine", "3")
                .with("Accept-Language", "de")
                .with("User-Agent", "me")
                .data("mutation { weigh(kg: 1) }");

        StubHandler.Received request = handler.next();
        assertThat(request.header("X-Inner")).isNull();
        assertThat(request.header("X-Hasura-Mine")).isNull();
        assertThat(request.header("X-Mine")).isEqualTo("2");
        // One of those that the engine leaves out unless an action says which ones to leave out.
        assertThat(request.header("Accept-Language")).isEqualTo("de");
        assertThat(request.header("User-Agent")).startsWith("hasura-graphql-engine");
        assertThat(request.header("X-Forwarded-User-Agent")).isEqualTo("me");
    }

    @Test
    void carriesConfiguredHeadersAndTraces() {
        handler.answers(200, "[]");

        admin.data("{ search(term: \"x\") }");

        StubHandler.Received request = handler.next();
        assertThat(request.header("Content-Type")).isEqualTo("application/json");
        assertThat(request.header("User-Agent")).startsWith("hasura-graphql-engine/v2");
        assertThat(request.header("X-Secret")).isEqualTo("shared");
        assertThat(request.header("X-Tenant")).isEqualTo("for-acme");
        assertThat(request.header("X-B3-TraceId")).matches("[0-9a-f]{32}");
        assertThat(request.header("X-B3-SpanId")).matches("[0-9a-f]{16}");
    }

    @Test
    void forwardsTheClientsOwnHeadersWhenConfigured() {
        handler.answers(200, "[]");

        admin.with("X-Mine", "1")
                .with("x-hasura-tenant", "t")
                .with("Accept-Language", "de")
                .with("X-Secret", "forged")
                .data("{ search(term: \"x\") }");

        StubHandler.Received request = handler.next();
        assertThat(request.header("X-Mine")).isEqualTo("1");
        assertThat(request.header("x-hasura-tenant")).isNull();
        assertThat(request.header("Accept-Language")).isNull();
        assertThat(request.header("X-Forwarded-User-Agent")).startsWith("Java-http-client");
        // Trap 14: a client's header shadows a configured one.
        assertThat(request.header("X-Secret")).isEqualTo("forged");
    }

    @Test
    void letConfiguredHeadersWinIfSoSet() {
        handler.answers(200, "[]");
        LocalHasura.Builder builder = LocalHasura.forProject(directory)
                .environment("PORT", String.valueOf(handler.port()))
                .environment("SECRET", "shared")
                .environment("TENANT", "acme")
                .environment("HASURA_GRAPHQL_CONFIGURED_HEADER_PRECEDENCE", "true");
        try (LocalHasura strict = builder.start()) {
            Requests.to(strict).with("X-Secret", "forged").data("{ search(term: \"x\") }");
        }
        assertThat(handler.next().header("X-Secret")).isEqualTo("shared");
    }

    @Test
    void areToldToAdminsOnlyWhenTheyFail() {
        handler.answers(503, "{\"busy\": true}");
        JsonNode internal = EngineJson.parse(admin.send("{ search(term: \"x\") }"))
                .path("errors")
                .path(0)
                .path("extensions")
                .path("internal");
        assertThat(internal.path("error").asString()).isEqualTo("expecting 2xx or 4xx status code, but found 503");
        assertThat(internal.path("request").propertyNames())
                .containsExactlyInAnyOrder("url", "body", "headers", "transformed_request");
        assertThat(internal.path("request").path("url").asString())
                .isEqualTo("http://host.docker.internal:{{PORT}}/search");
        assertThat(internal.path("request").path("headers").path(0))
                .hasToString("{\"name\":\"X-Secret\",\"value_from_env\":\"SECRET\"}");
        assertThat(internal.path("response").path("status").intValue()).isEqualTo(503);
        assertThat(internal.path("response").path("body")).hasToString("{\"busy\":true}");
        assertThat(admin.asRole("user").send("{ search(term: \"x\") }"))
                .isEqualTo("{\"errors\":[{\"message\":\"internal error\","
                        + "\"extensions\":{\"path\":\"$\",\"code\":\"unexpected\"}}]}");
    }

    @Test
    void keepsEveryDigitInTheEnginesSpelling() {
        handler.answers(200, "null");

        admin.data(
                "mutation ($fee: numeric, $meta: jsonb) { pay(account: 9007199254740993, amount: 12.50, fee: $fee, color: RED, meta: $meta) }",
                "{\"fee\": 0.05, \"meta\": {\"a\": [1.10, null]}}");

        assertThat(handler.next().body())
                .contains(
                        "\"input\":{\"account\":9007199254740993,\"amount\":12.5,\"fee\":5.0e-2,\"color\":\"RED\",\"meta\":{\"a\":[1.1,null]}}");
    }

    @Test
    void isNotSentForARoleWithoutPermission() {
        assertThat(admin.asRole("other").send("{ search(term: \"x\") }"))
                .contains("field 'search' not found in type: 'query_root'");
        assertThat(handler.hasReceivedNothingMore()).isTrue();
    }

    @Test
    void nameAHeaderThatCannotBeSentWithoutItsValue() {
        assertThat(admin.send("mutation { underscored }"))
                .contains("http exception when calling webhook")
                .contains("header 'X-Secret' has a name or value that HTTP does not allow")
                .doesNotContain("s3cr3t");
    }

    @Test
    void endWithTheTimeoutEvenInTheMiddleOfAnAnswer() {
        handler.stallsInTheMiddleOf("/slow");

        assertThat(admin.send("mutation { slow }"))
                .contains("http exception when calling webhook", "timed out after 1 s");
    }

    @Test
    void keepsAWholeFloatWhole() {
        handler.answers(200, "\"ok\"");
        admin.data("mutation { weigh(kg: 3, g: 2.5) }");
        assertThat(handler.next().body()).contains("\"input\":{\"kg\":3,\"g\":2.5}");
    }

    @Test
    void saysThatNobodyAnswers() {
        assertThat(admin.send("mutation { nowhere }"))
                .contains("\"message\":\"http exception when calling webhook\"")
                .contains("\"code\":\"unexpected\"");
    }
}
