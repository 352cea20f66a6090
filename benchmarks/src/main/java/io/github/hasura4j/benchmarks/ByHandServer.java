package io.github.hasura4j.benchmarks;

import java.util.Map;

import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.validation.Valid;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** The controller one would write by hand: one path a handler, the secret compared, the input validated. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import(ByHandServer.Webhooks.class)
public class ByHandServer {

    private static final String SECRET = "benchmark-secret-0123456789";

    public static void main(String[] args) {
        SpringApplication.run(ByHandServer.class, args);
    }

    record Action(String name) {}

    record ActionRequest(
            Action action,
            @Valid Rows.LoginInput input,
            @JsonProperty("session_variables") Map<String, String> session,
            @JsonProperty("request_query") @Nullable String query) {}

    record EventRequest<N>(
            String id,
            @JsonProperty("created_at") String createdAt,
            Table table,
            Trigger trigger,
            Event<N> event,
            @JsonProperty("delivery_info") Delivery delivery) {}

    record Table(String schema, String name) {}

    record Trigger(String name) {}

    record Event<N>(
            String op,
            Data<N> data,
            @JsonProperty("session_variables") @Nullable Map<String, String> session,
            @JsonProperty("trace_context") @Nullable Map<String, String> trace) {}

    record Data<N>(@JsonProperty("new") @Nullable N newRow) {}

    record Delivery(
            @JsonProperty("current_retry") Integer currentRetry,
            @JsonProperty("max_retries") Integer maxRetries) {}

    @RestController
    static class Webhooks {

        @PostMapping("/login")
        Rows.LoginResponse login(
                @RequestHeader("X-Webhook-Secret") String secret, @Valid @RequestBody ActionRequest request) {
            check(secret);
            return new Rows.LoginResponse("token for " + request.input().username());
        }

        @PostMapping("/small")
        Map<String, Object> small(
                @RequestHeader("X-Webhook-Secret") String secret, @RequestBody EventRequest<Rows.Order> request) {
            return take(secret, request);
        }

        @PostMapping("/large")
        Map<String, Object> large(
                @RequestHeader("X-Webhook-Secret") String secret, @RequestBody EventRequest<Rows.Order> request) {
            return take(secret, request);
        }

        /** What one does by hand when only two columns matter: the same row type as ever. */
        @PostMapping("/narrow")
        Map<String, Object> narrow(
                @RequestHeader("X-Webhook-Secret") String secret, @RequestBody EventRequest<Rows.Order> request) {
            return take(secret, request);
        }

        private static Map<String, Object> take(String secret, EventRequest<?> request) {
            check(secret);
            Sink.take(request.event().data().newRow());
            return Map.of();
        }

        private static void check(String secret) {
            if (!SECRET.equals(secret)) {
                throw new ResponseStatusException(HttpStatus.UNAUTHORIZED);
            }
        }
    }
}
