package io.github.hasura4j.spring.web;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.github.hasura4j.spring.HasuraAction;
import io.github.hasura4j.spring.HasuraActionException;
import io.github.hasura4j.spring.HasuraEvent;
import jakarta.validation.constraints.NotBlank;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/** Every way a request can go, over real HTTP: on Spring MVC with Tomcat, and once more on Spring WebFlux with Netty (see the pom). */
@SpringBootTest(
        classes = WebhookHttpTests.Application.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {"hasura.webhook.secrets=s3cret-old,s3cret-new", "spring.main.banner-mode=off"})
@ExtendWith(OutputCaptureExtension.class)
class WebhookHttpTests {

    private static final List<Object> RAN = new CopyOnWriteArrayList<>();

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @LocalServerPort
    private int port;

    @AfterEach
    void forget() {
        RAN.clear();
    }

    @Nested
    class AnAction {

        @Test
        void isAnsweredWithTheBareResult() {
            assertThat(call("login", "{\"username\": \"ada\", \"password\": \"p\"}"))
                    .isEqualTo(new Answer(200, "application/json", "{\"AccessToken\":\"token of ada\"}"));
        }

        @Test
        void isFoundByTheNameInThePath() {
            HttpResponse<String> response = send(
                    post("/hasura/actions/login", json("{\"input\": {\"username\": \"ada\", \"password\": \"p\"}}")));
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(send(post("/hasura/actions/", json(action("nothing", "{}"))))
                            .statusCode())
                    .isEqualTo(200);
        }

        @Test
        void isFoundByTheNameInThePathWithASlashAfterIt() {
            assertThat(send(post("/hasura/actions/nothing/", json("{\"input\": {}}")))
                            .statusCode())
                    .isEqualTo(200);
            // Nobody's name, or a path that Spring Security's firewall does not like.
            assertThat(send(post("/hasura/actions/nothing//", json("{\"input\": {}}")))
                            .statusCode())
                    .isIn(404, 400);
        }

        @Test
        void withoutResultIsAnsweredWithNull() {
            assertThat(call("nothing", "{}")).isEqualTo(new Answer(200, "application/json", "null"));
        }

        @Test
        void withTextIsAnsweredWithAJsonString() {
            assertThat(call("text", "{}")).isEqualTo(new Answer(200, "application/json", "\"zażółć\""));
        }

        @Test
        void mayBeAnsweredLater() {
            assertThat(call("later", "{}")).isEqualTo(new Answer(200, "application/json", "\"at last\""));
            assertThat(call("neverSo", "{}")).isEqualTo(new Answer(409, "application/json", """
                            {"message":"Not so","extensions":{"code":"not-so"}}"""));
        }

        @Test
        void runsWhereItMayBlock() {
            assertThat(call("thread", "{}").body())
                    .doesNotContain("reactor-http")
                    .doesNotContain("epoll");
        }

        @Test
        void isRefusedInWordsOfItsOwn() {
            assertThat(call("taken", "{}")).isEqualTo(new Answer(400, "application/json", """
                            {"message":"That e-mail is in use","extensions":{"code":"email-taken","field":"email"}}"""));
        }

        @Test
        void isValidatedFirst() {
            Answer answer = call("login", "{\"username\": \"\", \"password\": \"hunter2\"}");
            assertThat(answer).isEqualTo(new Answer(400, "application/json", """
                            {"message":"The input is not valid","extensions":{"code":"validation-failed",\
                            "violations":[{"path":"username","message":"must not be blank"}]}}"""));
            assertThat(RAN).isEmpty();
        }
    }

    @Nested
    class AnEvent {

        @Test
        void isAnsweredWithAnEmptyObject() {
            HttpResponse<String> response = send(post("/hasura/events", json(event("newUser"))));
            assertThat(Answer.of(response)).isEqualTo(new Answer(200, "application/json", "{}"));
            assertThat(RAN).containsExactly(new User(1, "Ada"));
        }

        @Test
        void isFoundByTheNameInThePath() {
            assertThat(send(post("/hasura/events/newUser", json(event("renamed"))))
                            .statusCode())
                    .isEqualTo(200);
        }

        @Test
        void thatFailsMakesTheEngineRetryAsConfigured() {
            HttpResponse<String> response = send(post("/hasura/events", json(event("broken"))));
            assertThat(response.statusCode()).isEqualTo(500);
            assertThat(response.headers().firstValue("Retry-After")).isEmpty();
        }
    }

    @Nested
    class TheSecret {

        @ParameterizedTest
        @ValueSource(strings = {"s3cret-old", "s3cret-new"})
        void isAnyOfThoseConfigured(String secret) {
            assertThat(sendWithSecrets(secret).statusCode()).isEqualTo(200);
        }

        @Test
        void isRequired() {
            assertThat(Answer.of(sendWithSecrets())).isEqualTo(new Answer(401, "application/json", """
                            {"message":"The webhook secret is missing or wrong","extensions":{"code":"unauthenticated"}}"""));
            assertThat(RAN).isEmpty();
        }

        @ParameterizedTest
        @ValueSource(strings = {"s3cret", "s3cret-old2", "S3CRET-OLD", ""})
        void mustBeRight(String secret) {
            assertThat(sendWithSecrets(secret).statusCode()).isEqualTo(401);
        }

        @Test
        void mustNotHaveCompany() {
            assertThat(sendWithSecrets("guess", "s3cret-old").statusCode()).isEqualTo(401);
        }

        @Test
        void isLookedAtBeforeAnythingElse() {
            HttpRequest request = HttpRequest.newBuilder(uri("/hasura/actions/unknown"))
                    .header("Content-Type", "text/plain")
                    .PUT(BodyPublishers.ofString("{"))
                    .build();
            assertThat(send(request).statusCode()).isEqualTo(401);
        }

        private HttpResponse<String> sendWithSecrets(String... secrets) {
            HttpRequest.Builder request = HttpRequest.newBuilder(uri("/hasura/events"))
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString(event("newUser")));
            for (String secret : secrets) {
                request.header("X-Webhook-Secret", secret);
            }
            return send(request.build());
        }
    }

    @Nested
    class TheRequest {

        @ParameterizedTest
        @ValueSource(strings = {"GET", "PUT", "PATCH", "DELETE", "OPTIONS"})
        void mustBeAPost(String method) {
            for (String path : List.of("/hasura/actions", "/hasura/actions/login", "/hasura/events")) {
                HttpResponse<String> response = send(authenticated(path)
                        .method(method, BodyPublishers.noBody())
                        .build());
                assertThat(Answer.of(response)).isEqualTo(new Answer(405, "application/json", """
                                {"message":"Webhooks are called with POST","extensions":{"code":"method-not-allowed"}}"""));
                assertThat(response.headers().firstValue("Allow")).contains("POST");
            }
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "text/plain",
                    "application/x-www-form-urlencoded",
                    "application/xml",
                    "nonsense",
                    "multipart/form-data"
                })
        void mustBeJson(String type) {
            HttpResponse<String> response = send(authenticated("/hasura/actions")
                    .header("Content-Type", type)
                    .POST(BodyPublishers.ofString(action("login", "{}")))
                    .build());
            assertThat(Answer.of(response)).isEqualTo(new Answer(415, "application/json", """
                            {"message":"Webhooks are called with JSON (Content-Type: application/json)",\
                            "extensions":{"code":"unsupported-media-type"}}"""));
        }

        @Test
        void isNotTakenApartBeforeTheSecretIsChecked() {
            HttpRequest request = HttpRequest.newBuilder(uri("/hasura/events"))
                    .header("Content-Type", "multipart/form-data; boundary=b")
                    .POST(BodyPublishers.ofString("broken"))
                    .build();
            assertThat(send(request).statusCode()).isEqualTo(401);
        }

        @Test
        void isNotReadAsAFormBeforeTheSecretIsChecked() {
            HttpRequest.Builder form = HttpRequest.newBuilder(uri("/hasura/actions/login"))
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .PUT(BodyPublishers.ofString("a=%zz&b"));
            assertThat(Answer.of(send(form.build()))
                            .error()
                            .at("/extensions/code")
                            .asString())
                    .isEqualTo("unauthenticated");
            form.header("X-Webhook-Secret", "s3cret-old");
            assertThat(Answer.of(send(form.build()))
                            .error()
                            .at("/extensions/code")
                            .asString())
                    .isEqualTo("method-not-allowed");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "application/json; charset=utf-8",
                    "Application/JSON",
                    "application/cloudevents+json;v=1",
                    "application/json ;a=b"
                })
        void maySayJsonInManyWays(String type) {
            HttpResponse<String> response = send(authenticated("/hasura/actions")
                    .header("Content-Type", type)
                    .POST(BodyPublishers.ofString(action("nothing", "{}")))
                    .build());
            assertThat(response.statusCode()).isEqualTo(200);
        }

        @Test
        void needNotSayItsType() {
            HttpResponse<String> response = send(authenticated("/hasura/actions")
                    .POST(BodyPublishers.ofString(action("nothing", "{}")))
                    .build());
            assertThat(response.statusCode()).isEqualTo(200);
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "not json", "{\"action\": {\"name\": \"login\"", "[]", "null", "{\"input\": {}}"})
        void mustHoldAnActionsJson(String body) {
            HttpResponse<String> response = send(post("/hasura/actions", json(body)));
            assertThat(response.statusCode()).isEqualTo(400);
            assertThat(Answer.of(response).error().path("message").asString()).isNotBlank();
            assertThat(Answer.of(response).error().at("/extensions/code").asString())
                    .isIn("invalid-json", "invalid-input");
        }

        @Test
        void mustFitTheHandlersTypes() {
            assertThat(call("login", "{\"username\": {\"first\": \"hunter2\"}}"))
                    .isEqualTo(new Answer(400, "application/json", """
                            {"message":"'username' does not have the expected form",\
                            "extensions":{"code":"invalid-input","path":"username"}}"""));
        }

        @Test
        void mustNameAHandler() {
            assertThat(call("logni", "{}")).isEqualTo(new Answer(404, "application/json", """
                            {"message":"No handler for the action 'logni'",\
                            "extensions":{"code":"unknown-action"}}"""));
            for (String path : List.of("/hasura/actions/unknown", "/hasura/actions/login/more")) {
                assertThat(Answer.of(send(post(path, json("{}"))))
                                .error()
                                .at("/extensions/code")
                                .asString())
                        .isEqualTo("unknown-action");
            }
            assertThat(Answer.of(send(post("/hasura/events", json(event("unknown")))))
                            .error()
                            .at("/extensions/code")
                            .asString())
                    .isEqualTo("unknown-trigger");
        }

        @Test
        void mayBeLarge() {
            HttpResponse<String> response =
                    send(post("/hasura/actions", json(action("nothing", "{\"x\": \"" + "x".repeat(9 << 20) + "\"}"))));
            assertThat(response.statusCode()).isEqualTo(200);
        }

        @Test
        void mustNotBeLargerThanTheLimit() {
            byte[] body = new byte[20 << 20];
            assertThat(Answer.of(send(post("/hasura/actions", BodyPublishers.ofByteArray(body)))))
                    .isEqualTo(new Answer(413, "application/json", """
                            {"message":"The body is larger than 10485760 bytes","extensions":{"code":"payload-too-large"}}"""));
        }

        @Test
        void mustNotBeLargerThanTheLimitWithoutSayingItsLengthEither() {
            BodyPublisher chunked =
                    BodyPublishers.ofInputStream(() -> (InputStream) new ByteArrayInputStream(new byte[20 << 20]));
            assertThat(send(post("/hasura/events", chunked)).statusCode()).isEqualTo(413);
        }

        @Test
        void thatBreaksOffIsSurvived() throws IOException {
            try (Socket socket = new Socket("localhost", port)) {
                String broken = "POST /hasura/actions HTTP/1.1\r\nHost: localhost\r\nX-Webhook-Secret: s3cret-old\r\n"
                        + "Content-Length: 1000\r\n\r\n{\"action\": ";
                socket.getOutputStream().write(broken.getBytes(StandardCharsets.US_ASCII));
            }
            assertThat(call("nothing", "{}").status()).isEqualTo(200);
        }
    }

    @Nested
    class ABug {

        @Test
        void isAnsweredWithAReferenceThatIsInTheLog(CapturedOutput output) {
            Answer answer = call("bug", "{}");
            assertThat(answer.status()).isEqualTo(500);
            assertThat(answer.contentType()).isEqualTo("application/json");
            assertThat(answer.error().path("message").asString()).isEqualTo("Internal error");
            String reference = answer.error().at("/extensions/reference").asString();
            assertThat(reference).hasSize(36);
            assertThat(output)
                    .contains(reference)
                    .contains("Handlers.bug() for action 'bug' failed")
                    .contains("the bug itself");
            assertThat(answer.body()).doesNotContain("the bug itself");
        }
    }

    @Nested
    class AnInterruptedHandler {

        @Test
        void isAnsweredAllTheSame() {
            Answer answer = call("interrupted", "{}");
            assertThat(answer.status()).isEqualTo(500);
            assertThat(answer.error().at("/extensions/reference").asString()).hasSize(36);
        }
    }

    @Nested
    class TheLog {

        @Test
        void holdsNeitherSecretsNorInput(CapturedOutput output) {
            call("login", "{\"username\": {\"first\": \"hunter2\"}}");
            call("login", "{\"username\": \"\", \"password\": \"hunter2\"}");
            call("logni", "{\"username\": \"hunter2\"}");
            send(post("/hasura/actions", json("{\"action\": hunter2")));
            assertThat(output).doesNotContain("hunter2").doesNotContain("s3cret");
        }
    }

    private Answer call(String action, String input) {
        return Answer.of(send(post("/hasura/actions", json(action(action, input)))));
    }

    private static String action(String name, String input) {
        return """
                {"action": {"name": "%s"}, "input": %s, "session_variables": {"x-hasura-role": "user"}, "request_query": ""}""".formatted(name, input);
    }

    private static String event(String trigger) {
        return """
                {"id": "85558393-0000-0000-0000-000000000000", "created_at": "2023-06-06T17:58:29.957389",
                 "table": {"schema": "public", "name": "user"}, "trigger": {"name": "%s"},
                 "event": {"op": "INSERT", "data": {"old": null, "new": {"id": 1, "name": "Ada"}}},
                 "delivery_info": {"current_retry": 0, "max_retries": 0}}""".formatted(trigger);
    }

    private static BodyPublisher json(String body) {
        return BodyPublishers.ofString(body);
    }

    private HttpRequest post(String path, BodyPublisher body) {
        return authenticated(path)
                .header("Content-Type", "application/json")
                .POST(body)
                .build();
    }

    private HttpRequest.Builder authenticated(String path) {
        return HttpRequest.newBuilder(uri(path)).header("X-Webhook-Secret", "s3cret-old");
    }

    private URI uri(String path) {
        return URI.create("http://localhost:" + port + path);
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return http.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    record Answer(int status, String contentType, String body) {

        static Answer of(HttpResponse<String> response) {
            return new Answer(
                    response.statusCode(),
                    response.headers().firstValue("Content-Type").orElse(null),
                    response.body());
        }

        JsonNode error() {
            return JsonMapper.shared().readTree(body);
        }
    }

    record LoginInput(@NotBlank String username, @NotBlank String password) {}

    record LoginResponse(@JsonProperty("AccessToken") String accessToken) {}

    record User(Integer id, String name) {}

    static class Handlers {

        @HasuraAction
        LoginResponse login(LoginInput input) {
            RAN.add(input);
            return new LoginResponse("token of " + input.username());
        }

        @HasuraAction
        void nothing() {}

        @HasuraAction
        CompletableFuture<String> later() {
            return CompletableFuture.supplyAsync(
                    () -> "at last", CompletableFuture.delayedExecutor(20, TimeUnit.MILLISECONDS));
        }

        @HasuraAction
        CompletableFuture<String> neverSo() {
            return CompletableFuture.supplyAsync(() -> {
                throw HasuraActionException.of("not-so", "Not so").withStatus(409);
            });
        }

        @HasuraAction
        String thread() {
            return Thread.currentThread().getName();
        }

        @HasuraAction
        String text() {
            return "zażółć";
        }

        @HasuraAction
        void taken() {
            throw HasuraActionException.of("email-taken", "That e-mail is in use")
                    .with("field", "email");
        }

        @HasuraAction
        void bug() {
            throw new IllegalStateException("the bug itself");
        }

        @HasuraAction
        void interrupted() throws InterruptedException {
            throw new InterruptedException();
        }

        @HasuraEvent
        void newUser(User user) {
            RAN.add(user);
        }

        @HasuraEvent
        void broken() {
            throw new IllegalStateException("the bug itself");
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(Handlers.class)
    static class Application {}
}
