package io.github.hasura4j.spring.delivery;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.github.hasura4j.spring.HasuraAction;
import io.github.hasura4j.spring.HasuraEvent;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.security.autoconfigure.SecurityAutoConfiguration;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@Timeout(60)
class PushBackHttpTests {

    private static final String EVENT = """
            {"id": "e1", "created_at": "2026-01-01T00:00:00Z", "table": {"schema": "public", "name": "t"},
             "trigger": {"name": "slow"}, "event": {"op": "INSERT", "data": {"old": null, "new": {"id": 1}},
             "session_variables": null}, "delivery_info": {"current_retry": 0, "max_retries": 3}}""";

    private static final String ACTION = """
            {"action": {"name": "pay"}, "input": {}, "session_variables": {"x-hasura-role": "user"}}""";

    private final HttpClient http = HttpClient.newHttpClient();

    static class Handlers {

        final CountDownLatch running = new CountDownLatch(1);
        final CountDownLatch release = new CountDownLatch(1);
        final CountDownLatch paying = new CountDownLatch(1);
        final CompletableFuture<String> paid = new CompletableFuture<>();

        @HasuraEvent
        void slow(Map<String, Object> row) throws InterruptedException {
            running.countDown();
            release.await();
        }

        // tag::limit[]
        @HasuraAction
        @Limit(concurrency = 1)
        CompletableFuture<String> pay() {
            paying.countDown();
            return paid;
        }
        // end::limit[]
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration(exclude = SecurityAutoConfiguration.class)
    static class Application {

        @Bean
        Handlers handlers() {
            return new Handlers();
        }
    }

    private static ConfigurableApplicationContext start(WebApplicationType type, String... more) {
        return new SpringApplicationBuilder(Application.class)
                .web(type)
                .properties("server.port=0", "hasura.webhook.secret=secret", "spring.main.banner-mode=off")
                .properties(more)
                .run();
    }

    private CompletableFuture<HttpResponse<String>> post(
            ConfigurableApplicationContext context, String kind, String body) {
        int port = ((WebServerApplicationContext) context).getWebServer().getPort();
        return http.sendAsync(
                HttpRequest.newBuilder(URI.create("http://localhost:%d/hasura/%s".formatted(port, kind)))
                        .header("Content-Type", "application/json")
                        .header("X-Webhook-Secret", "secret")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    @ParameterizedTest
    @EnumSource(names = {"SERVLET", "REACTIVE"})
    void finishesWhatRunsAndSendsAwayWhatIsNewWhileTheApplicationEnds(WebApplicationType type) throws Exception {
        ConfigurableApplicationContext context = start(type);
        Handlers handlers = context.getBean(Handlers.class);
        CompletableFuture<HttpResponse<String>> first = post(context, "events", EVENT);
        handlers.running.await();
        DeliveryDrain drain = context.getBean(DeliveryDrain.class);
        // Not in the common pool, whose only thread on a small machine would be missed by the client.
        CompletableFuture<Void> closed =
                CompletableFuture.runAsync(context::close, closing -> new Thread(closing).start());
        await().until(drain::isDraining);

        HttpResponse<String> second = post(context, "events", EVENT).get();

        assertThat(second.statusCode()).isEqualTo(503);
        assertThat(second.headers().firstValueAsLong("Retry-After").orElseThrow())
                .isBetween(1L, 5L);
        assertThat(closed).isNotDone();
        handlers.release.countDown();
        assertThat(first.get().statusCode()).isEqualTo(200);
        closed.get(30, TimeUnit.SECONDS);
    }

    @ParameterizedTest
    @EnumSource(names = {"SERVLET", "REACTIVE"})
    void sendsAwayEventsAndRefusesActions(WebApplicationType type) throws Exception {
        try (ConfigurableApplicationContext context = start(
                type,
                "hasura.limits.handlers.slow.concurrency=1",
                "hasura.limits.spread=3s",
                "hasura.limits.max-wait=1ms",
                "hasura.shutdown.drain=false")) {
            assertThat(context.getBeanProvider(DeliveryDrain.class).getIfAvailable())
                    .isNull();
            Handlers handlers = context.getBean(Handlers.class);
            CompletableFuture<HttpResponse<String>> first = post(context, "events", EVENT);
            handlers.running.await();

            HttpResponse<String> second = post(context, "events", EVENT).get();
            assertThat(second.statusCode()).isEqualTo(429);
            assertThat(second.headers().firstValueAsLong("Retry-After").orElseThrow())
                    .isBetween(1L, 4L);
            handlers.release.countDown();
            assertThat(first.get().statusCode()).isEqualTo(200);

            CompletableFuture<HttpResponse<String>> paying = post(context, "actions", ACTION);
            handlers.paying.await();
            HttpResponse<String> refused = post(context, "actions", ACTION).get();
            assertThat(refused.statusCode()).isEqualTo(429);
            assertThat(refused.body()).contains("\"code\":\"too-busy\"");
            assertThat(refused.headers().firstValue("Retry-After")).isEmpty();
            handlers.paid.complete("paid");
            assertThat(paying.get().body()).isEqualTo("\"paid\"");
        }
    }
}
