package io.github.hasura4j.test.spring;

import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import com.sun.net.httpserver.HttpServer;
import io.github.hasura4j.spring.WebhookKind;
import io.github.hasura4j.test.spring.shop.Ledger;
import io.github.hasura4j.test.spring.shop.Orders;
import io.github.hasura4j.test.spring.shop.Shipping;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class HasuraTesterOverHttpTests {

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @ConfigurationPropertiesScan("io.github.hasura4j.test.spring.shop")
    @Import({Orders.class, Shipping.class, Ledger.class})
    static class RunningShop {}

    @Nested
    @SpringBootTest(
            classes = RunningShop.class,
            webEnvironment = WebEnvironment.RANDOM_PORT,
            properties = {"hasura.webhook.secret=s3cret", "hasura.webhook.auth-hook.secret=own"})
    class AgainstAnApplicationThatRuns {

        @Autowired
        Ledger ledger;

        private final HasuraTester tester;

        AgainstAnApplicationThatRuns(@Value("${local.server.port}") int port) {
            this.tester = HasuraTester.over(URI.create("http://localhost:" + port), "s3cret")
                    .withSecret(WebhookKind.AUTH_HOOK, "own");
        }

        @Test
        void everyKindIsCalled() {
            ledger.clear();
            tester.action("placeOrder")
                    .input(Map.of("amount", 3))
                    .execute()
                    .satisfies(
                            Orders.Order.class,
                            order -> assertThat(order.amount()).isEqualTo(3));
            tester.action("placeOrder")
                    .input(Map.of("amount", 3000))
                    .execute()
                    .hasError()
                    .withCode("too-much");
            tester.action("signIn").input(Map.of("name", "Ada")).execute().hasCookie("session");
            tester.event("order_paid").insert(Map.of("id", 1)).deliver().succeeds();
            tester.scheduled("nightly").deliver().succeeds();
            tester.oneOff("reminder").deliver().succeeds();
            assertThat(ledger.entries()).hasSize(3);
            tester.validation("newOrder")
                    .validate(Map.of("amount", 0))
                    .refuses()
                    .withMessage("An order for nothing");
            tester.authHook(Map.of("Authorization", "Bearer good")).ask().allowsRole("user");
        }

        @Test
        void theWrongSecretIsRefused(@Value("${local.server.port}") int port) {
            HasuraTester wrong = HasuraTester.over(URI.create("http://localhost:" + port), "wrong");
            wrong.action("placeOrder")
                    .input(Map.of("amount", 3))
                    .execute()
                    .hasError()
                    .withCode("unauthenticated");
            assertThat(wrong.event("order_paid").insert(Map.of()).deliver()).failed();
        }
    }

    @Nested
    class AgainstSomethingElse {

        private final HttpServer server = start();
        private final AtomicInteger calls = new AtomicInteger();
        private final List<String> paths = new CopyOnWriteArrayList<>();
        private volatile Map<String, List<String>> lastHeaders = Map.of();
        private volatile String lastBody = "";
        private final HasuraTester tester = HasuraTester.over(
                URI.create("http://localhost:" + server.getAddress().getPort()), "s3cret");

        private static HttpServer start() {
            try {
                HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
                server.start();
                return server;
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }

        @AfterEach
        void stop() {
            server.stop(0);
        }

        private void answers(int status, String retryAfter, int untilCall, String body) {
            server.createContext("/", exchange -> {
                boolean now = calls.incrementAndGet() <= untilCall;
                byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
                lastBody = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
                lastHeaders = Map.copyOf(exchange.getRequestHeaders());
                paths.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
                if (now && !retryAfter.isEmpty()) {
                    exchange.getResponseHeaders().add("Retry-After", retryAfter);
                }
                exchange.sendResponseHeaders(now ? status : 200, bytes.length == 0 ? -1 : bytes.length);
                try (OutputStream out = exchange.getResponseBody()) {
                    out.write(bytes);
                }
            });
        }

        private void actionFailsWith(String words) {
            assertThatExceptionOfType(AssertionError.class)
                    .isThrownBy(() -> tester.action("any").execute())
                    .withMessageContaining(words)
                    .withMessageNotContaining("s3cret");
        }

        @Test
        void actionsAreSentAsTheEngineSendsThem() {
            answers(200, "", 1, "{}");
            tester.action("pay")
                    .input(Map.of("amount", new BigDecimal("100.00")))
                    .asRole("user")
                    .header("Cookie", "a=b")
                    .header("x-hasura-wish", "not forwarded")
                    .selecting("id")
                    .execute()
                    .succeeds();
            assertThat(paths).containsExactly("POST /hasura/actions");
            assertThat(lastHeaders)
                    .containsEntry("Content-type", List.of("application/json"))
                    .containsEntry("X-webhook-secret", List.of("s3cret"))
                    .containsEntry("Cookie", List.of("a=b"))
                    .containsKeys("X-b3-traceid", "X-b3-spanid")
                    .doesNotContainKey("X-hasura-wish");
            assertThat(lastHeaders.get("User-agent")).singleElement().asString().startsWith("hasura-graphql-engine/");
            assertThat(lastBody).contains("\"amount\":100.0}");
            assertThat(JsonMapper.shared().readTree(lastBody))
                    .isEqualTo(JsonMapper.shared().readTree("""
                    {"action": {"name": "pay"}, "input": {"amount": 100.0},
                     "session_variables": {"x-hasura-role": "user"}, "request_query": "mutation { pay { id } }"}"""));
        }

        @Test
        void eventsAreSentAsTheEngineSendsThem() {
            answers(200, "", 1, "");
            tester.event("paid")
                    .inTable("shop", "orders")
                    .insert(Map.of("id", 1))
                    .withoutSession()
                    .withRetries(3, Duration.ofSeconds(1))
                    .deliver()
                    .succeeds();
            JsonNode body = JsonMapper.shared().readTree(lastBody);
            assertThat(paths).containsExactly("POST /hasura/events");
            assertThat(body.path("created_at").asString()).doesNotContain("Z");
            assertThat(body.path("event")).isEqualTo(JsonMapper.shared().readTree("""
                    {"op": "INSERT", "data": {"old": null, "new": {"id": 1}}, "session_variables": null,
                     "trace_context": null}"""));
            assertThat(body.path("table").toString()).contains("shop").contains("orders");
            assertThat(body.path("delivery_info").path("max_retries").asInt()).isEqualTo(3);
        }

        @Test
        void oneOffEventsNameTheirHandlerInThePathAlone() {
            answers(200, "", 1, "");
            tester.oneOff("remind me").deliver().succeeds();
            assertThat(paths).containsExactly("POST /hasura/scheduled/remind%20me");
            assertThat(JsonMapper.shared().readTree(lastBody).propertyNames())
                    .containsExactlyInAnyOrder("id", "scheduled_time", "payload", "created_at");
        }

        @Test
        void pagesAreNoAnswer() {
            answers(200, "", 1, "<html>");
            actionFailsWith("action 'any': not a valid json response from webhook");
        }

        @Test
        void refusalsNeedAMessage() {
            answers(400, "", 1, "{\"detail\": \"no\"}");
            actionFailsWith("key \"message\" not found");
        }

        @Test
        void nobodyThereIsNoAnswer() {
            server.stop(0);
            actionFailsWith("http exception when calling webhook");
        }

        @Test
        void validationsNeedAMessage() {
            answers(422, "", 1, "{}");
            assertThatExceptionOfType(AssertionError.class)
                    .isThrownBy(() -> tester.validation("any").validate())
                    .withMessageContaining("internal error when validating input data");
        }

        @Test
        void authHooksKnowTwoStatuses() {
            answers(403, "", 1, "{}");
            assertThatExceptionOfType(AssertionError.class)
                    .isThrownBy(() -> tester.authHook(Map.of()).ask())
                    .withMessageContaining("Invalid response from authorization hook");
        }

        @Test
        void retryAfterGoesBeyondTheLimit() {
            answers(503, "30", 2, "{}");
            assertThat(tester.event("any").insert(Map.of()).deliver())
                    .succeeded()
                    .at(Duration.ZERO, Duration.ofSeconds(30), Duration.ofSeconds(60));
        }

        @Test
        void retryAfterThatIsADateIsIgnored() {
            answers(503, "Wed, 21 Oct 2026 07:28:00 GMT", 2, "{}");
            assertThat(tester.event("any").insert(Map.of()).deliver()).failed().times(1);
        }

        @Test
        void retryAfterForEverIsFound() {
            answers(503, "1", Integer.MAX_VALUE, "{}");
            assertThatExceptionOfType(AssertionError.class)
                    .isThrownBy(() -> tester.event("any").insert(Map.of()).deliver())
                    .withMessageContaining("the engine tries again for ever");
        }
    }
}
