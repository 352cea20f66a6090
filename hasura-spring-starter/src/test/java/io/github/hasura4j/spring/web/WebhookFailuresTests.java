package io.github.hasura4j.spring.web;

import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import io.github.hasura4j.payload.EventPayload;
import io.github.hasura4j.spring.HasuraAction;
import io.github.hasura4j.spring.HasuraActionException;
import io.github.hasura4j.spring.HasuraAuthHook;
import io.github.hasura4j.spring.HasuraEvent;
import io.github.hasura4j.spring.HasuraScheduled;
import io.github.hasura4j.spring.HasuraValidation;
import io.github.hasura4j.spring.WebhookHeader;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/** One row for each way a request can fail: kind by cause, with the status, the content type and the body it gets. */
@SpringBootTest(
        classes = WebhookFailuresTests.Application.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "hasura.webhook.secret=table-secret",
            "hasura.webhook.max-body-size=64KB",
            "hasura.webhook.auth-hook.secret=hook-secret",
        })
class WebhookFailuresTests {

    private static final String ACTION_BODY = """
            {"action": {"name": "%s"}, "input": {"name": "Ada"}, "session_variables": {"x-hasura-role": "user"}, "request_query": null}""";

    private static final String EVENT_BODY = """
            {"id": "1", "created_at": "2024-01-01T00:00:00", "table": {"schema": "public", "name": "t"}, "trigger": {"name": "%s"},
             "delivery_info": {"current_retry": 0, "max_retries": 0},
             "event": {"op": "INSERT", "session_variables": null, "trace_context": null, "data": {"old": null, "new": {"name": "Ada"}}}}""";

    private static final String SCHEDULED_BODY = """
            {"id": "1", "name": "%s", "scheduled_time": "2024-01-01T00:00:00Z", "payload": {"name": "Ada"}}""";

    private static final String VALIDATION_BODY = """
            {"version": 1, "role": "user", "session_variables": {"x-hasura-role": "user"}, "data": {"input": [{"name": "Ada"}]}}""";

    private static final String AUTH_HOOK_BODY = """
            {"headers": {"Authorization": "Bearer %s"}, "request": {"query": "{ a }"}}""";

    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    @LocalServerPort
    private int port;

    /** A way to fail. */
    record Row(
            String kind,
            String cause,
            String path,
            UnaryOperator<HttpRequest.Builder> change,
            int status,
            String code) {

        @Override
        public String toString() {
            return kind + ": " + cause + " → " + status + " " + code;
        }
    }

    static Stream<Row> rows() {
        List<Row> rows = new ArrayList<>();
        add(rows, "action", "/hasura/actions", ACTION_BODY, "unknown-action");
        add(rows, "event", "/hasura/events", EVENT_BODY, "unknown-trigger");
        add(rows, "scheduled", "/hasura/scheduled", SCHEDULED_BODY, "unknown-trigger");
        rows.add(row(
                "scheduled",
                "a one-off event without a name in the path",
                "/hasura/scheduled",
                json(SCHEDULED_BODY.replace("\"name\": \"%s\",", "")),
                400,
                "invalid-input"));
        addValidations(rows);
        addAuthHooks(rows);
        rows.add(row(
                "action",
                "the handler refuses",
                "/hasura/actions",
                json(ACTION_BODY.formatted("refuses")),
                422,
                "taken"));
        rows.add(row(
                "action",
                "the answer cannot be written",
                "/hasura/actions",
                json(ACTION_BODY.formatted("unwritable")),
                500,
                "internal-error"));
        rows.add(row(
                "action",
                "an argument does not fit",
                "/hasura/actions",
                json(ACTION_BODY.formatted("counts").replace("\"Ada\"", "\"Ada\", \"count\": 1.5")),
                400,
                "invalid-input"));
        rows.add(row(
                "action",
                "a required argument is missing",
                "/hasura/actions",
                json(ACTION_BODY.formatted("counts")),
                400,
                "invalid-input"));
        return rows.stream();
    }

    /** Refused input is 400 whatever the reason; what is wrong with the setup keeps its own status. */
    private static void addValidations(List<Row> rows) {
        String path = "/hasura/validations/fine";
        String fine = VALIDATION_BODY;
        String kind = "validation";
        rows.add(row(
                kind,
                "no secret",
                path,
                to -> json(fine).apply(to.setHeader("X-Webhook-Secret", "")),
                401,
                "unauthenticated"));
        rows.add(row(kind, "GET", path, to -> to.GET(), 405, "method-not-allowed"));
        rows.add(row(
                kind,
                "text/plain",
                path,
                to -> json(fine).apply(to).setHeader("Content-Type", "text/plain"),
                415,
                "unsupported-media-type"));
        rows.add(row(kind, "an unknown name", "/hasura/validations/unknown", json(fine), 404, "unknown-validation"));
        rows.add(row(kind, "no name in the path", "/hasura/validations", json(fine), 400, "invalid-input"));
        rows.add(row(kind, "too large", path, json(fine.replace("Ada", "a".repeat(70_000))), 400, "payload-too-large"));
        rows.add(row(kind, "an empty body", path, json(""), 400, "invalid-json"));
        rows.add(row(kind, "half a JSON", path, json(fine.substring(0, 40)), 400, "invalid-json"));
        rows.add(row(kind, "a list", path, json("[" + fine + "]"), 400, "invalid-json"));
        rows.add(row(kind, "a row of another type", path, json(fine.replace("\"Ada\"", "{}")), 400, "invalid-input"));
        rows.add(row(
                kind, "no list of rows", path, json(fine.replace("[{", "{").replace("}]", "}")), 400, "invalid-input"));
        rows.add(row(kind, "a constraint is broken", path, json(fine.replace("Ada", " ")), 400, "validation-failed"));
        rows.add(row(kind, "the handler refuses", "/hasura/validations/refuses", json(fine), 400, "taken"));
        rows.add(row(kind, "the handler breaks", "/hasura/validations/breaks", json(fine), 500, "internal-error"));
    }

    /** The engine knows nothing beside 200 and 401. */
    private static void addAuthHooks(List<Row> rows) {
        String path = "/hasura/auth-hook/hook-secret";
        String kind = "auth hook";
        String nobody = AUTH_HOOK_BODY.formatted("nobody");
        rows.add(row(kind, "no secret", "/hasura/auth-hook", json(nobody), 401, "unauthenticated"));
        rows.add(row(kind, "a wrong secret", "/hasura/auth-hook/wrong", json(nobody), 401, "unauthenticated"));
        rows.add(row(
                kind,
                "the secret of others in the header",
                "/hasura/auth-hook",
                to -> json(nobody).apply(to),
                401,
                "unauthenticated"));
        rows.add(row(kind, "an unknown client", path, json(nobody), 401, "unauthenticated"));
        rows.add(row(kind, "an unknown client, GET", path, to -> to.GET(), 401, "unauthenticated"));
        rows.add(row(kind, "PUT", path, to -> to.PUT(BodyPublishers.ofString(nobody)), 401, "method-not-allowed"));
        rows.add(row(
                kind,
                "text/plain",
                path,
                to -> json(nobody).apply(to).setHeader("Content-Type", "text/plain"),
                401,
                "unsupported-media-type"));
        rows.add(row(
                kind, "too large", path, json(nobody.replace("{ a }", "a".repeat(70_000))), 401, "payload-too-large"));
        rows.add(row(kind, "an empty body", path, json(""), 401, "invalid-json"));
        rows.add(row(kind, "a list", path, json("[]"), 401, "invalid-json"));
        rows.add(row(kind, "headers of another type", path, json("{\"headers\": 7}"), 401, "invalid-input"));
        rows.add(row(kind, "the handler refuses", path, json(AUTH_HOOK_BODY.formatted("refused")), 401, "expired"));
        rows.add(
                row(kind, "the handler breaks", path, json(AUTH_HOOK_BODY.formatted("broken")), 401, "internal-error"));
        rows.add(row(kind, "no role", path, json(AUTH_HOOK_BODY.formatted("roleless")), 401, "internal-error"));
    }

    private static void add(List<Row> rows, String kind, String path, String body, String unknown) {
        String fine = body.formatted("fine");
        rows.add(row(
                kind,
                "no secret",
                path,
                to -> json(fine).apply(to.setHeader("X-Webhook-Secret", "")),
                401,
                "unauthenticated"));
        rows.add(row(
                kind,
                "a wrong secret",
                path,
                to -> json(fine).apply(to.setHeader("X-Webhook-Secret", "table-secreT")),
                401,
                "unauthenticated"));
        rows.add(row(
                kind,
                "two secrets",
                path,
                to -> json(fine).apply(to.header("X-Webhook-Secret", "table-secret")),
                401,
                "unauthenticated"));
        for (String method : List.of("GET", "PUT", "PATCH", "DELETE", "OPTIONS")) {
            rows.add(row(
                    kind,
                    method,
                    path,
                    to -> to.method(method, BodyPublishers.ofString(fine)),
                    405,
                    "method-not-allowed"));
        }
        for (String type : List.of(
                "text/plain",
                "application/xml",
                "application/x-www-form-urlencoded",
                "multipart/form-data; boundary=x",
                "nonsense")) {
            rows.add(row(
                    kind,
                    type,
                    path,
                    to -> json(fine).apply(to).setHeader("Content-Type", type),
                    415,
                    "unsupported-media-type"));
        }
        rows.add(row(kind, "too large", path, json(fine.replace("Ada", "a".repeat(70_000))), 413, "payload-too-large"));
        rows.add(row(
                kind,
                "too large in chunks",
                path,
                to -> to.POST(chunked(fine.replace("Ada", "a".repeat(70_000)))),
                413,
                "payload-too-large"));
        rows.add(row(kind, "an empty body", path, json(""), 400, "invalid-json"));
        rows.add(row(kind, "no JSON", path, json("nonsense"), 400, "invalid-json"));
        rows.add(row(kind, "half a JSON", path, json(fine.substring(0, fine.length() / 2)), 400, "invalid-json"));
        rows.add(row(kind, "a JSON and more", path, json(fine + "{}"), 400, "invalid-json"));
        rows.add(row(kind, "null", path, json("null"), 400, "invalid-json"));
        rows.add(row(kind, "a list", path, json("[" + fine + "]"), 400, "invalid-json"));
        rows.add(row(kind, "a text", path, json("\"text\""), 400, "invalid-json"));
        rows.add(row(
                kind,
                "no UTF-8",
                path,
                to -> to.POST(
                        BodyPublishers.ofByteArray(fine.replace("Ada", "é").getBytes(StandardCharsets.ISO_8859_1))),
                400,
                "invalid-json"));
        rows.add(row(
                kind,
                "nested without end",
                path,
                json(fine.replace("\"Ada\"", "\"Ada\", \"more\": " + "[".repeat(20_000) + "]".repeat(20_000))),
                400,
                "invalid-json"));
        rows.add(row(kind, "no name", path, json("{}"), 400, "invalid-input"));
        rows.add(row(kind, "an unknown name", path, json(body.formatted("unknown")), 404, unknown));
        rows.add(row(kind, "an unknown name in the path", path + "/unknown", json(fine), 404, unknown));
        rows.add(row(
                kind,
                "another type than the handler's",
                path,
                json(fine.replace("\"Ada\"", "{\"first\": 1}")),
                400,
                "invalid-input"));
        rows.add(row(kind, "a constraint is broken", path, json(fine.replace("Ada", " ")), 400, "validation-failed"));
        rows.add(row(kind, "the handler breaks", path, json(body.formatted("breaks")), 500, "internal-error"));
        rows.add(
                row(kind, "the handler ends with an error", path, json(body.formatted("errs")), 500, "internal-error"));
    }

    private static Row row(
            String kind,
            String cause,
            String path,
            UnaryOperator<HttpRequest.Builder> change,
            int status,
            String code) {
        return new Row(kind, cause, path, change, status, code);
    }

    private static UnaryOperator<HttpRequest.Builder> json(String body) {
        return to -> to.POST(BodyPublishers.ofString(body));
    }

    private static BodyPublisher chunked(String body) {
        return BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void thereAreManyWays() {
        assertThat(rows()).hasSizeGreaterThan(110);
    }

    @ParameterizedTest
    @MethodSource("rows")
    void isAnsweredInWordsTheEngineUnderstands(Row row) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + row.path()))
                .timeout(Duration.ofSeconds(20))
                .header("Content-Type", "application/json")
                .header("X-Webhook-Secret", "table-secret");
        HttpResponse<String> answer =
                HTTP.send(row.change().apply(request).build(), HttpResponse.BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(row.status());
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(answer.headers().firstValue("Retry-After")).isEmpty();
        JsonNode body = JsonMapper.shared().readTree(answer.body());
        assertThat(body.propertyNames()).containsExactly("message", "extensions");
        assertThat(body.path("message").asString()).isNotBlank();
        assertThat(body.path("extensions").path("code").asString()).isEqualTo(row.code());
        assertThat(answer.body())
                .doesNotContain("hidden detail")
                .doesNotContain("Exception")
                .doesNotContain("\tat ");
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(Handlers.class)
    static class Application {}

    record Named(@NotBlank String name) {}

    record Unwritable(String name) {

        @SuppressWarnings("unused")
        public String getTrouble() {
            throw new IllegalStateException("hidden detail");
        }
    }

    static class Handlers {

        @HasuraAction("fine")
        String fineAction(Named input) {
            return input.name();
        }

        @HasuraAction("breaks")
        String breakingAction() {
            throw new IllegalStateException("hidden detail");
        }

        @HasuraAction("errs")
        String erringAction() {
            throw new AssertionError("hidden detail");
        }

        @HasuraAction
        String refuses() {
            throw HasuraActionException.of("taken", "Taken").withStatus(422);
        }

        @HasuraAction
        Unwritable unwritable() {
            return new Unwritable("x");
        }

        @HasuraAction
        int counts(int count) {
            return count;
        }

        @HasuraEvent("fine")
        void fineEvent(@Valid EventPayload<Named, Void> event) {}

        @HasuraEvent("breaks")
        void breakingEvent() {
            throw new IllegalStateException("hidden detail");
        }

        @HasuraEvent("errs")
        void erringEvent() {
            throw new AssertionError("hidden detail");
        }

        @HasuraScheduled("fine")
        void fineSchedule(@Valid Named payload) {}

        @HasuraScheduled("breaks")
        void breakingSchedule() {
            throw new IllegalStateException("hidden detail");
        }

        @HasuraScheduled("errs")
        void erringSchedule() {
            throw new AssertionError("hidden detail");
        }

        @HasuraValidation("fine")
        void fineValidation(List<Named> rows) {}

        @HasuraValidation("refuses")
        void refusingValidation() {
            throw HasuraActionException.of("taken", "Taken").withStatus(422);
        }

        @HasuraValidation("breaks")
        void breakingValidation() {
            throw new IllegalStateException("hidden detail");
        }

        @HasuraAuthHook
        @Nullable
        Object who(@WebhookHeader("authorization") @Nullable String authorization) {
            return switch (authorization == null ? "" : authorization) {
                case "Bearer refused" -> throw HasuraActionException.of("expired", "Expired");
                case "Bearer broken" -> throw new IllegalStateException("hidden detail");
                case "Bearer roleless" -> Map.of("x-hasura-user-id", "7");
                default -> null;
            };
        }
    }
}
