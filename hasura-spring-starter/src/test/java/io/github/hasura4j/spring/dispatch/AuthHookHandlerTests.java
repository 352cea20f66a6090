package io.github.hasura4j.spring.dispatch;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

import io.github.hasura4j.payload.AuthHookPayload;
import io.github.hasura4j.payload.SessionVariables;
import io.github.hasura4j.spring.AuthHookResult;
import io.github.hasura4j.spring.HasuraActionException;
import io.github.hasura4j.spring.HasuraAuthHook;
import io.github.hasura4j.spring.WebhookCookie;
import io.github.hasura4j.spring.WebhookHeader;
import io.github.hasura4j.spring.WebhookHeaders;
import io.github.hasura4j.spring.WebhookKind;
import io.github.hasura4j.spring.jwt.HasuraJwt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What {@code webhooks.md} 4 lets an auth hook say: 200 with an object of texts, or 401. */
class AuthHookHandlerTests {

    static class Hook {

        @HasuraAuthHook
        Object who(
                @WebhookHeader("Authorization") String authorization,
                @WebhookCookie("session") String session,
                AuthHookPayload payload) {
            if (authorization == null) {
                return session == null ? null : AuthHookResult.ofRole("user").userId(session);
            }
            return switch (authorization) {
                case "Bearer typed" ->
                    AuthHookResult.ofRole("editor")
                            .userId(7)
                            .variable("X-Hasura-Org-Ids", List.of(1, 2))
                            .variable("x-hasura-tenant", new UUID(0, 1))
                            .variable("x-hasura-flag", true)
                            .cacheFor(Duration.ofMinutes(5));
                case "Bearer map" -> {
                    Map<String, Object> variables = new LinkedHashMap<>();
                    variables.put("X-Hasura-Role", "user");
                    variables.put("x-hasura-user-id", 7L);
                    variables.put("x-hasura-none", null);
                    yield variables;
                }
                case "Bearer variables" -> SessionVariables.of(Map.of("x-hasura-role", "user"));
                case "Bearer later" -> CompletableFuture.completedFuture(AuthHookResult.ofRole("later"));
                case "Bearer perhaps" -> Optional.of(AuthHookResult.ofRole("perhaps"));
                case "Bearer never" -> Optional.empty();
                case "Bearer roleless" -> Map.of("x-hasura-user-id", "7");
                case "Bearer nested" -> Map.of("x-hasura-role", "user", "x-hasura-x", Map.of("a", 1));
                case "Bearer foreign" -> Map.of("x-hasura-role", "user", "name", "Ada");
                case "Bearer text" -> "user";
                case "Bearer refused" ->
                    throw HasuraActionException.of("expired", "Expired").withStatus(403);
                case "Bearer broken" -> throw new IllegalStateException("hidden detail");
                case "Bearer expired" ->
                    HasuraJwt.from("{\"type\": \"HS256\", \"key\": \"0123456789012345678901234567890123456789\"}")
                            .verify("no.such.token");
                case "Bearer operations" ->
                    AuthHookResult.ofRole("n" + payload.requests().size());
                default -> null;
            };
        }
    }

    private static Dispatching.Answer get(Map<String, String> clientHeaders) {
        try (var dispatching = Dispatching.to(Hook.class)) {
            WebhookHeaders.Builder headers = WebhookHeaders.builder().add("X-Webhook-Secret", "secret");
            clientHeaders.forEach(headers::add);
            return dispatching.send(WebhookKind.AUTH_HOOK, "GET", null, "", headers.build(), null);
        }
    }

    private static Dispatching.Answer post(String body) {
        try (var dispatching = Dispatching.to(Hook.class)) {
            return dispatching.send(WebhookKind.AUTH_HOOK, null, body, Dispatching.AUTHENTICATED);
        }
    }

    private static String answered(Dispatching.Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        for (JsonNode value : answer.json()) {
            assertThat(value.isString()).as(answer.body()).isTrue();
        }
        return answer.body();
    }

    @Test
    void answersTextsOnly() {
        assertThat(answered(get(Map.of("Authorization", "Bearer typed")))).isEqualTo("""
                {"x-hasura-role":"editor","x-hasura-user-id":"7","x-hasura-org-ids":"{1,2}",\
                "x-hasura-tenant":"00000000-0000-0000-0000-000000000001","x-hasura-flag":"true","Cache-Control":"max-age=300"}""");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "map|{\"x-hasura-role\":\"user\",\"x-hasura-user-id\":\"7\"}",
                "variables|{\"x-hasura-role\":\"user\"}",
                "later|{\"x-hasura-role\":\"later\"}",
                "perhaps|{\"x-hasura-role\":\"perhaps\"}"
            })
    void takesWhateverSaysWhoItIs(String token, String session) {
        assertThat(answered(get(Map.of("Authorization", "Bearer " + token)))).isEqualTo(session);
    }

    @ParameterizedTest
    @ValueSource(strings = {"unknown", "never", "roleless", "nested", "foreign", "text", "refused", "broken"})
    void answers401ForAllThatIsNoSession(String token) {
        var answer = get(Map.of("Authorization", "Bearer " + token));
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.message()).isNotBlank();
        assertThat(answer.body()).doesNotContain("hidden");
    }

    @Test
    @ExtendWith(OutputCaptureExtension.class)
    void doesNotTakeABadTokenForAFailure(CapturedOutput output) {
        var answer = get(Map.of("Authorization", "Bearer expired"));
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.code()).isEqualTo("invalid-jwt");
        assertThat(output).doesNotContain("ERROR");
    }

    @Test
    void readsTheClientsHeadersInBothModes() {
        assertThat(answered(get(Map.of("cookie", "a=b; session=12; c=d")))).contains("\"x-hasura-user-id\":\"12\"");
        assertThat(answered(post("""
                        {"headers": {"Cookie": "session=\\\"13\\\"", "X-Webhook-Secret": "of the client"}, "request": null}"""))).contains("\"x-hasura-user-id\":\"13\"");
        assertThat(answered(post("""
                        {"headers": {"AUTHORIZATION": "Bearer operations"}, "request": [{"query": "{a}"}, {"query": "{b}"}]}"""))).isEqualTo("{\"x-hasura-role\":\"n2\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nonsense", "[]", "{\"headers\": 7}", "null"})
    void answers401ToBodiesThatAreNone(String body) {
        assertThat(post(body).status()).isEqualTo(401);
    }

    @Test
    void takesItsSecretFromThePath() {
        try (var dispatching = Dispatching.to(Hook.class)) {
            WebhookHeaders client = WebhookHeaders.of(Map.of("Authorization", "Bearer variables"));
            assertThat(dispatching
                            .send(WebhookKind.AUTH_HOOK, "GET", "secret", "", client, null)
                            .status())
                    .isEqualTo(200);
            assertThat(dispatching
                            .send(WebhookKind.AUTH_HOOK, "GET", "secreT", "", client, null)
                            .status())
                    .isEqualTo(401);
            assertThat(dispatching
                            .send(WebhookKind.AUTH_HOOK, "GET", null, "", client, null)
                            .status())
                    .isEqualTo(401);
        }
    }

    @Test
    void isTheOnlyOneWhoseSecretMayStandInThePath() {
        try (var dispatching = Dispatching.to(Hook.class)) {
            assertThat(dispatching
                            .send(WebhookKind.ACTION, "secret", "{}", WebhookHeaders.none())
                            .status())
                    .isEqualTo(401);
        }
    }

    @Test
    void answers401ToOtherMethods() {
        try (var dispatching = Dispatching.to(Hook.class)) {
            assertThat(dispatching
                            .send(WebhookKind.AUTH_HOOK, "PUT", null, "{}", Dispatching.AUTHENTICATED, null)
                            .status())
                    .isEqualTo(401);
        }
    }

    @Test
    void answers401WithoutAHook() {
        try (var dispatching = Dispatching.to(Object.class)) {
            assertThat(dispatching
                            .send(WebhookKind.AUTH_HOOK, "GET", null, "", Dispatching.AUTHENTICATED, null)
                            .status())
                    .isEqualTo(401);
        }
    }

    @Test
    void resultsRefuseWhatTheEngineWould() {
        assertThatThrownBy(() -> AuthHookResult.ofRole(" ")).hasMessageContaining("role is blank");
        assertThatThrownBy(() -> AuthHookResult.of(SessionVariables.empty())).hasMessageContaining("no x-hasura-role");
        assertThatThrownBy(() -> AuthHookResult.ofRole("user").variable("name", 1))
                .hasMessageContaining("begin with x-hasura-");
        assertThatThrownBy(() -> AuthHookResult.ofRole("user").cacheFor(Duration.ofMillis(900)))
                .hasMessageContaining("whole seconds");
        assertThat(AuthHookResult.ofRole("user").userId("secret id")).asString().doesNotContain("secret id");
    }
}
