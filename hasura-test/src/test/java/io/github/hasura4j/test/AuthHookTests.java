package io.github.hasura4j.test;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.github.hasura4j.test.Fixtures.Fixture;
import io.github.hasura4j.test.engine.EngineJson;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** What an auth hook is asked, and whom its answers let in. */
class AuthHookTests {

    private static final String WHO = "{\"query\": \"{ who }\"}";

    @TempDir
    private static Path directory;

    private static StubHandler handler;
    private static LocalHasura asking;
    private static LocalHasura posting;

    @BeforeAll
    static void start() {
        handler = new StubHandler();
        ProjectFiles.in(directory)
                .with("metadata/actions.yaml", """
                        actions:
                        - name: who
                          definition: {handler: '{{HANDLER}}/who'}
                          permissions: [{role: user}, {role: anonymous}]
                        """)
                .with("metadata/actions.graphql", "type Query { who: String! }");
        asking = engine().start();
        posting = engine().environment("HASURA_GRAPHQL_AUTH_HOOK_MODE", "POST").start();
    }

    private static LocalHasura.Builder engine() {
        return LocalHasura.forProject(directory)
                .adminSecret("s")
                .environment("HANDLER", handler.url())
                .environment("HASURA_GRAPHQL_AUTH_HOOK", handler.url() + "/hook");
    }

    @AfterAll
    static void stop() {
        asking.close();
        posting.close();
        handler.close();
    }

    @BeforeEach
    void forget() {
        handler.forget();
        hookAnswers(StubHandler.Reply.json(200, "{\"X-Hasura-Role\": \"user\", \"X-Hasura-User-Id\": \"25\"}"));
    }

    private static void hookAnswers(StubHandler.Reply reply) {
        handler.answers(request -> request.path().equals("/hook") ? reply : StubHandler.Reply.json(200, "\"me\""));
    }

    @Nested
    class AskedByGet {

        @Test
        void hearsWhatTheClientClaimsWithoutTheUsualHeaders() {
            Requests.to(asking)
                    .with("Authorization", "Bearer abc")
                    .with("X-Hasura-Role", "admin")
                    .with("Cookie", "sid=1")
                    .with("Accept-Language", "de")
                    .post("/v1/graphql", WHO);

            StubHandler.Received request = handler.next();
            assertThat(request.method()).isEqualTo("GET");
            assertThat(request.path()).isEqualTo("/hook");
            assertThat(request.body()).isEmpty();
            assertThat(request.header("Authorization")).isEqualTo("Bearer abc");
            assertThat(request.header("X-Hasura-Role")).isEqualTo("admin");
            assertThat(request.header("Cookie")).isEqualTo("sid=1");
            assertThat(request.header("Accept-Language")).isNull();
            assertThat(request.header("X-Request-Id")).isNotNull();
            assertThat(request.header("Content-Type")).isEqualTo("application/json");
            assertThat(request.header("User-Agent")).startsWith("hasura-graphql-engine/");
        }

        @Test
        void isNotAskedWithTheAdminSecret() {
            Requests.to(asking).with("x-hasura-admin-secret", "s").post("/v1/graphql", WHO);
            assertThat(handler.next().path()).isEqualTo("/who");
            assertThat(Requests.to(asking)
                            .with("x-hasura-admin-secret", "no")
                            .post("/v1/graphql", WHO)
                            .body())
                    .contains("access-denied");
            assertThat(handler.hasReceivedNothingMore()).isTrue();
        }

        @Test
        void givesItsCookiesToTheClient() {
            hookAnswers(new StubHandler.Reply(
                    200, Map.of("Set-Cookie", List.of("a=1", "b=2")), "{\"x-hasura-role\": \"user\"}"));
            HttpResponse<String> answer = Requests.to(asking).post("/v1/graphql", WHO);
            assertThat(answer.headers().allValues("set-cookie")).containsExactly("a=1", "b=2");
        }

        @Test
        void letsNobodyInIfItDoesNotAnswer() {
            try (LocalHasura lonely = engine().environment("HASURA_GRAPHQL_AUTH_HOOK", "http://127.0.0.1:1/")
                    .start()) {
                assertThat(Requests.to(lonely).send("{ who }"))
                        .contains("webhook authentication request failed", "unexpected");
            }
        }
    }

    @Nested
    class AskedByPost {

        @Test
        void hearsTheHeadersAndTheRequest() {
            Fixture docs = Fixtures.of("auth-hook-post-docs");
            Requests client =
                    Requests.to(posting).with("header-key1", "header-value1").with("x-hasura-role", "admin");

            client.post("/v1/graphql", docs.request().path("request").toString());

            StubHandler.Received request = handler.next();
            assertThat(request.method()).isEqualTo("POST");
            assertThat(request.json().propertyNames()).containsExactlyInAnyOrder("headers", "request");
            assertThat(request.json().path("request")).isEqualTo(docs.request().path("request"));
            assertThat(header(request, "header-key1")).isEqualTo("header-value1");
            assertThat(header(request, "x-hasura-role")).isEqualTo("admin");
            assertThat(header(request, "host")).contains(":" + posting.port());
            assertThat(request.header("header-key1")).isNull();
            assertThat(request.header("x-hasura-role")).isNull();
        }

        @Test
        void hearsNothingOfWhatTheClientLeftOut() {
            JsonNode sent = Fixtures.of("auth-hook-post-query-only").request().path("request");
            Requests.to(posting).post("/v1/graphql", sent.toString());
            assertThat(handler.next().json().path("request")).isEqualTo(sent);
        }

        @Test
        void hearsABatchWhole() {
            JsonNode batch = Fixtures.of("auth-hook-post-batch").request().path("request");
            Requests.to(posting).post("/v1/graphql", batch.toString());
            assertThat(handler.next().json().path("request")).isEqualTo(batch);
        }

        @Test
        void hearsNullForWhatCannotBeRead() {
            String answer = Requests.to(posting).post("/v1/graphql", "{").body();
            assertThat(handler.next().json().path("request").isNull()).isTrue();
            assertThat(answer).contains("invalid-json");
        }

        @Test
        void hearsNoRequestIfSoSet() {
            LocalHasura.Builder builder = engine().environment("HASURA_GRAPHQL_AUTH_HOOK_MODE", "POST")
                    .environment("HASURA_GRAPHQL_AUTH_HOOK_SEND_REQUEST_BODY", "false");
            try (LocalHasura silent = builder.start()) {
                Requests.to(silent).post("/v1/graphql", WHO);
                assertThat(handler.next().json().propertyNames()).containsExactly("headers");
            }
        }

        private static String header(StubHandler.Received request, String name) {
            return request.json().path("headers").properties().stream()
                    .filter(header -> header.getKey().equalsIgnoreCase(name))
                    .map(header -> header.getValue().asString())
                    .findFirst()
                    .orElse("");
        }
    }

    static Stream<Fixture> answers() {
        return Fixtures.named("auth-hook-response-");
    }

    @Test
    void thereAreFixtures() {
        assertThat(answers()).hasSize(7);
    }

    /** How long a websocket may live is not looked at: there is none. */
    @ParameterizedTest
    @MethodSource("answers")
    void letsInWhomTheRealEngineLetsIn(Fixture fixture) {
        hookAnswers(fixture.response());

        HttpResponse<String> answer = Requests.to(asking).post("/v1/graphql", WHO);

        JsonNode expected = fixture.result();
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(handler.next().path()).isEqualTo("/hook");
        if (expected.has("role")) {
            JsonNode session = handler.next().json().path("session_variables");
            assertThat(session.path("x-hasura-role").asString())
                    .isEqualTo(expected.path("role").asString());
            if (expected.has("session_variables")) {
                assertThat(session).isEqualTo(expected.path("session_variables"));
            }
        } else {
            JsonNode error = EngineJson.parse(answer.body()).path("errors").path(0);
            String message = error.path("message").asString();
            if (expected.has("message")) {
                assertThat(message).isEqualTo(expected.path("message").asString());
                assertThat(error.path("extensions").path("code")).isEqualTo(expected.path("code"));
            } else {
                assertThat(message)
                        .startsWith(expected.path("message_starts_with").asString());
                assertThat(error.path("extensions").path("code").asString()).isEqualTo("unexpected");
            }
            assertThat(handler.hasReceivedNothingMore()).isTrue();
        }
    }
}
