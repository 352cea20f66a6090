package io.github.hasura4j.spring.dispatch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.github.hasura4j.spring.AdvisedHandler;
import io.github.hasura4j.spring.FailurePolicy;
import io.github.hasura4j.spring.HandlerAdvisor;
import io.github.hasura4j.spring.HasuraEvent;
import io.github.hasura4j.spring.WebhookInterceptor;
import io.github.hasura4j.spring.WebhookKind;
import io.github.hasura4j.spring.delivery.CleanupAdvisor;
import io.github.hasura4j.spring.delivery.IdempotencyAdvisor;
import io.github.hasura4j.spring.delivery.InboxSettings;
import io.github.hasura4j.spring.delivery.OrderAdvisor;
import io.github.hasura4j.spring.delivery.PublicationAdvisor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.ErrorResponseException;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

class HandlerAdvisorTests {

    private static final String INSERT = """
            {"op": "INSERT", "data": {"old": null, "new": {"id": 1}}, "session_variables": null}""";

    static class Plain {

        int calls;

        @HasuraEvent
        void plain(Map<String, Object> row) {
            calls++;
        }

        @HasuraEvent
        void failing(Map<String, Object> row) {
            HttpHeaders headers = new HttpHeaders();
            headers.set("Retry-After", "7");
            ErrorResponseException e = new ErrorResponseException(HttpStatus.SERVICE_UNAVAILABLE);
            e.getHeaders().addAll(headers);
            throw e;
        }
    }

    @Test
    void putsNothingAroundHandlersWithoutAnnotations() {
        try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext(Plain.class)) {
            HandlerRegistry registry = new HandlerRegistry(
                    context.getBeanFactory(),
                    JsonMapper.shared(),
                    null,
                    List.of(),
                    List.of(
                            new OrderAdvisor(() -> fail(), () -> fail(), () -> 0),
                            new PublicationAdvisor(() -> fail(), event -> fail()),
                            new CleanupAdvisor(() -> fail(), () -> fail(), InboxSettings.defaults(), () -> fail()),
                            new IdempotencyAdvisor(() -> fail(), () -> fail(), InboxSettings.defaults(), () -> 0)));

            assertThat(registry.find(WebhookKind.EVENT, "plain").advice().interceptors())
                    .isEmpty();
        }
    }

    private static <T> T fail() {
        throw new AssertionError("Nobody needs that");
    }

    @Test
    void answersFailuresWithoutRetryAfterWhateverTheExceptionSays() {
        try (Dispatching dispatching = Dispatching.to(Plain.class)) {
            Dispatching.Answer answer = dispatching.event("failing", INSERT);

            assertThat(answer.status()).isEqualTo(500);
            assertThat(answer.headers()).doesNotContainKey("Retry-After");
        }
    }

    @Test
    void runsTheFirstAdvisorsInterceptorOutermostAndAllInsideOfGlobalOnes() {
        List<String> order = new ArrayList<>();
        try (Dispatching dispatching = Dispatching.to(Plain.class)
                .intercepting((call, chain) -> {
                    order.add("global");
                    return chain.proceed();
                })
                .advising(noting("first", order))
                .advising(noting("second", order))) {

            assertThat(dispatching.event("plain", INSERT).status()).isEqualTo(200);
            assertThat(order).containsExactly("global", "first", "second");
        }
    }

    private static HandlerAdvisor noting(String name, List<String> order) {
        return new HandlerAdvisor() {
            @Override
            public WebhookInterceptor interceptor(AdvisedHandler handler) {
                return (call, chain) -> {
                    order.add(name);
                    return chain.proceed();
                };
            }
        };
    }

    @Test
    void letsThePolicyOfAHandlerDecideAboutItsFailures() {
        List<FailurePolicy.FailedCall> failures = new ArrayList<>();
        HandlerAdvisor again = new HandlerAdvisor() {
            @Override
            public @Nullable FailurePolicy failurePolicy(AdvisedHandler handler) {
                return failed -> {
                    failures.add(failed);
                    return new FailurePolicy.Again(Duration.ofMillis(1200), false);
                };
            }
        };
        try (Dispatching dispatching = Dispatching.to(Plain.class).advising(again)) {
            Dispatching.Answer answer = dispatching.event("failing", INSERT);

            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.headers()).containsEntry("Retry-After", List.of("2"));
            assertThat(new String(failures.get(0).body(), java.nio.charset.StandardCharsets.UTF_8))
                    .contains("INSERT");
        }
    }
}
