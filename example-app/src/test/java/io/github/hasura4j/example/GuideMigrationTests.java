package io.github.hasura4j.example;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import io.github.hasura4j.spring.HasuraAction;
import io.github.hasura4j.spring.HasuraActionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

/** What docs/migration.md says of a controller written by hand, and of the handler that takes its place. */
@SpringBootTest(
        classes = GuideMigrationTests.Application.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "hasura.webhook.secret=guide-secret",
            "webhook-secret=guide-secret",
            "spring.graphql.schema.locations=classpath:none/"
        })
class GuideMigrationTests {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @LocalServerPort
    private int port;

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import({DiscountController.class, Discounts.class, Reports.class})
    static class Application {}

    // tag::before[]
    record DiscountInput(String code, Integer total) {}

    record Discount(int percent) {}

    record Action(String name) {}

    record DiscountCall(Action action, DiscountInput input, Map<String, String> session_variables) {}

    @RestController
    static class DiscountController {

        @Value("${webhook-secret}")
        String secret;

        @PostMapping("/discount")
        ResponseEntity<?> discount(@RequestHeader("X-Webhook-Secret") String header, @RequestBody DiscountCall call) {
            if (!secret.equals(header)) {
                return ResponseEntity.status(401).body(Map.of("message", "Unauthorized"));
            }
            if (!call.input().code().equals("SPRING")) {
                return ResponseEntity.badRequest()
                        .body(Map.of("message", "No such code", "extensions", Map.of("code", "no-such-code")));
            }
            return ResponseEntity.ok(new Discount(call.input().total() > 100 ? 20 : 10));
        }
    }
    // end::before[]

    // tag::after[]
    @Component
    static class Discounts {

        @HasuraAction
        Discount discount(String code, int total) {
            if (!code.equals("SPRING")) {
                throw HasuraActionException.of("no-such-code", "No such code");
            }
            return new Discount(total > 100 ? 20 : 10);
        }
    }
    // end::after[]

    // tag::later[]
    @Component
    static class Reports {

        @HasuraAction
        CompletableFuture<String> monthlyReport(int month) {
            return CompletableFuture.supplyAsync(() -> "Report of month " + month);
        }
    }
    // end::later[]

    @ParameterizedTest
    @ValueSource(strings = {"/discount", "/hasura/actions/discount", "/hasura/actions"})
    void bothAnswerAndRefuseAlike(String path) {
        HttpResponse<String> answer = post(path, "guide-secret", call("{\"code\": \"SPRING\", \"total\": 120}"));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{\"percent\":20}");

        HttpResponse<String> refused = post(path, "guide-secret", call("{\"code\": \"FALL\", \"total\": 120}"));
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body())
                .contains("\"message\":\"No such code\"")
                .contains("\"extensions\":{\"code\":\"no-such-code\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"code\": \"SPRING\", \"total\": \"many\"}", "{\"code\": \"SPRING\"}"})
    void onlyTheHandlerSaysWhatIsWrongWithTheInput(String input) {
        assertThat(post("/discount", "guide-secret", call(input)).body()).doesNotContain("\"message\"");

        HttpResponse<String> handled = post("/hasura/actions", "guide-secret", call(input));
        assertThat(handled.statusCode()).isEqualTo(400);
        assertThat(handled.body()).contains("\"message\"").contains("total");
    }

    @Test
    void onlyTheHandlerAnswersACallWithoutTheHeader() {
        assertThat(post("/discount", null, call("{}")).body()).doesNotContain("\"message\"");

        HttpResponse<String> handled = post("/hasura/actions", null, call("{}"));
        assertThat(handled.statusCode()).isEqualTo(401);
        assertThat(handled.body()).contains("\"message\"");
    }

    @Test
    void anAnswerMayComeLater() {
        String call =
                "{\"action\": {\"name\": \"monthlyReport\"}, \"input\": {\"month\": 3}, \"session_variables\": {}}";
        assertThat(post("/hasura/actions", "guide-secret", call).body()).isEqualTo("\"Report of month 3\"");
    }

    private static String call(String input) {
        return "{\"action\": {\"name\": \"discount\"}, \"input\": %s, \"session_variables\": {\"x-hasura-role\": \"user\"}}"
                .formatted(input);
    }

    private HttpResponse<String> post(String path, String secret, String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        if (secret != null) {
            request.header("X-Webhook-Secret", secret);
        }
        try {
            return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
