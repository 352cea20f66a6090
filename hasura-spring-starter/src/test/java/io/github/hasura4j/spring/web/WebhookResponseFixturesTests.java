package io.github.hasura4j.spring.web;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

import io.github.hasura4j.spring.ActionResult;
import io.github.hasura4j.spring.HasuraAction;
import io.github.hasura4j.spring.HasuraActionException;
import io.github.hasura4j.spring.HasuraAuthHook;
import io.github.hasura4j.spring.HasuraValidation;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A handler that means what the contract's response fixtures say, good or bad, and says it in Java: what comes out is never one of
 * the answers that the engine fails on by itself.
 */
@SpringBootTest(
        classes = WebhookResponseFixturesTests.Application.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {"hasura.webhook.secret=fixture-secret", "hasura.webhook.auth-hook.secret=hook-secret"})
class WebhookResponseFixturesTests {

    private static final AtomicReference<JsonNode> MEANT = new AtomicReference<>();

    @LocalServerPort
    private int port;

    static Stream<Fixture> actions() throws IOException {
        return Fixture.ofKind("action-response");
    }

    static Stream<Fixture> validations() throws IOException {
        return Fixture.ofKind("validate-input-response");
    }

    static Stream<Fixture> authHooks() throws IOException {
        return Fixture.ofKind("auth-hook-response");
    }

    @Test
    void thereAreFixtures() throws IOException {
        assertThat(actions()).hasSize(16);
        assertThat(validations()).hasSize(4);
        assertThat(authHooks()).hasSize(7);
    }

    @ParameterizedTest
    @MethodSource("actions")
    void anActionIsAlwaysAnsweredInJson(Fixture fixture) throws Exception {
        HttpResponse<String> answer = send("/hasura/actions", fixture, Map.of("X-Webhook-Secret", "fixture-secret"));

        JsonNode body = json(answer);
        JsonNode meant = fixture.response();
        int status = meant.path("status").asInt();
        if (status < 300) {
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(body).isEqualTo(meant.has("body") ? meant.path("body") : Fixture.EXACT.nullNode());
            assertThat(answer.headers().allValues("Set-Cookie"))
                    .isEqualTo(meant.at("/headers/Set-Cookie")
                            .valueStream()
                            .map(JsonNode::asString)
                            .toList());
        } else if (status < 500) {
            assertThat(answer.statusCode()).isEqualTo(status);
            assertThat(body.path("message").isString()).isTrue();
            assertThat(body.path("message").asString())
                    .isEqualTo(meant.at("/body/message").asString("Refused"));
            // What the engine would overlook beside extensions stands inside of them.
            assertThat(body.has("code")).isFalse();
            assertThat(body.at("/extensions/code").asString())
                    .isEqualTo(meant.at("/body/code").asString("refused"));
        } else {
            assertThat(answer.statusCode()).isEqualTo(500);
            assertThat(answer.body()).doesNotContain("boom");
        }
    }

    @ParameterizedTest
    @MethodSource("validations")
    void aValidationIs200Or400WithAMessage(Fixture fixture) throws Exception {
        HttpResponse<String> answer =
                send("/hasura/validations/doIt", fixture, Map.of("X-Webhook-Secret", "fixture-secret"));

        JsonNode body = json(answer);
        if (fixture.response().path("status").asInt() == 200) {
            assertThat(answer.statusCode()).isEqualTo(200);
        } else {
            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(body.path("message").asString())
                    .isEqualTo(fixture.response().at("/body/message").asString("Refused"));
        }
    }

    @ParameterizedTest
    @MethodSource("authHooks")
    void anAuthHookIs200WithTextsOr401(Fixture fixture) throws Exception {
        HttpResponse<String> answer = send("/hasura/auth-hook/hook-secret", fixture, Map.of());

        JsonNode body = json(answer);
        JsonNode meant = fixture.response();
        if (meant.path("status").asInt() == 200 && meant.path("body").has("X-Hasura-Role")) {
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(body.valueStream()).allMatch(JsonNode::isString);
            assertThat(body.path("x-hasura-role").asString()).isEqualTo("user");
        } else {
            assertThat(answer.statusCode()).isEqualTo(401);
        }
    }

    private HttpResponse<String> send(String path, Fixture fixture, Map<String, String> headers) throws Exception {
        MEANT.set(fixture.response());
        return fixture.sendTo("http://localhost:" + port + path, headers);
    }

    private static JsonNode json(HttpResponse<String> answer) {
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(answer.body()).isNotEmpty();
        try {
            return Fixture.EXACT.readTree(answer.body());
        } catch (JacksonException e) {
            throw new AssertionError("Not JSON: " + answer.body(), e);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(Handlers.class)
    static class Application {}

    static class Handlers {

        @HasuraAction
        ActionResult<@Nullable Object> doIt() {
            ActionResult<@Nullable Object> result = ActionResult.of(meant());
            for (JsonNode cookie : MEANT.get().at("/headers/Set-Cookie")) {
                result = result.cookie(cookie.asString());
            }
            return result;
        }

        @HasuraValidation("doIt")
        @Nullable
        Object validate() {
            return meant();
        }

        @HasuraAuthHook
        @Nullable
        Object who() {
            return meant();
        }

        /** Says in Java what the fixture says in HTTP. */
        private static @Nullable Object meant() {
            JsonNode response = MEANT.get();
            int status = response.path("status").asInt();
            if (status >= 500) {
                throw new IllegalStateException("boom");
            }
            if (status >= 400) {
                HasuraActionException refusal = HasuraActionException.of(
                                response.at("/body/code").asString("refused"),
                                response.at("/body/message").asString("Refused"))
                        .withStatus(status);
                for (Map.Entry<String, JsonNode> extension :
                        response.at("/body/extensions").properties()) {
                    refusal = refusal.with(extension.getKey(), extension.getValue());
                }
                throw refusal;
            }
            Map<String, Object> body = null;
            if (response.path("body").has("X-Hasura-Role")
                    || response.path("body").has("X-Hasura-User-Id")) {
                body = Fixture.EXACT.convertValue(response.path("body"), Map.class);
                body.remove("Cache-Control");
            }
            return body != null ? body : response.has("body") ? response.path("body") : null;
        }
    }
}
