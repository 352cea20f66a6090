package io.github.hasura4j.spring.dispatch;

import java.io.IOException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

import com.sun.net.httpserver.HttpServer;
import io.github.hasura4j.client.HasuraClient;
import io.github.hasura4j.payload.EventPayload;
import io.github.hasura4j.payload.ValidationPayload;
import io.github.hasura4j.spring.AsCaller;
import io.github.hasura4j.spring.Fetch;
import io.github.hasura4j.spring.FetchFailedException;
import io.github.hasura4j.spring.HasuraAction;
import io.github.hasura4j.spring.HasuraEvent;
import io.github.hasura4j.spring.HasuraScheduled;
import io.github.hasura4j.spring.HasuraValidation;
import io.github.hasura4j.spring.WebhookKind;
import io.github.hasura4j.spring.client.LoopbackEngine;
import io.github.hasura4j.spring.delivery.IdempotencyAdvisor;
import io.github.hasura4j.spring.delivery.Idempotent;
import io.github.hasura4j.spring.delivery.InMemoryInboxStore;
import io.github.hasura4j.spring.delivery.InboxSettings;
import io.github.hasura4j.spring.delivery.Retry;
import io.github.hasura4j.spring.delivery.RetryAdvisor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class FetchTests {

    private static final String ROW = "{\"id\": 12345678901234567890, \"user_id\": \"u1\", \"amount\": 10.50}";

    private final LoopbackEngine engine = new LoopbackEngine();

    record Payment(BigDecimal id, String userId) {}

    record User(String email) {}

    record PaymentView(BigDecimal amount, @Nullable User user) {}

    @AfterEach
    void close() {
        engine.close();
    }

    private HasuraClient client(String adminSecret) {
        return HasuraClient.builder()
                .endpoint(engine.uri())
                .adminSecret(adminSecret)
                .build();
    }

    private Dispatching to(Class<?> handlers) {
        Dispatching dispatching = Dispatching.to(handlers);
        dispatching
                .context()
                .registerBean("hasura", HasuraClient.class, () -> client("admin"), primary -> primary.setPrimary(true));
        dispatching.context().registerBean("other", HasuraClient.class, () -> client("other"));
        return dispatching;
    }

    private static String event(String op, String oldRow, String newRow, String session) {
        return "{\"op\": \"%s\", \"data\": {\"old\": %s, \"new\": %s}, \"session_variables\": %s}"
                .formatted(op, oldRow, newRow, session);
    }

    private static String insert() {
        return event("INSERT", "null", ROW, "null");
    }

    private JsonNode sent(int index) {
        return JsonMapper.shared().readTree(engine.received().get(index).text());
    }

    private JsonNode variables() {
        return sent(engine.received().size() - 1).path("variables");
    }

    @Nested
    class TheVariables {

        static class Handlers {

            @HasuraEvent
            void paid(@Fetch("payment-with-user") Optional<PaymentView> view) {}

            @HasuraEvent
            void listed(@Fetch("user-payments") List<PaymentView> payments) {}

            @HasuraScheduled
            void nightly(Map<String, Object> payload, @Fetch("user-payments") JsonNode payments) {}

            record Account(String userId) {}

            @HasuraAction
            int count(Account account, @Fetch("user-payments") List<PaymentView> payments) {
                return payments.size();
            }

            @HasuraAction
            int countOf(String userId, int limit, @Fetch("user-payments") List<PaymentView> payments) {
                return payments.size();
            }
        }

        @Test
        void haveTheEnginesOwnValuesToTheLastDigit() {
            engine.answers(200, "{\"data\": {\"payment_by_pk\": null}}");
            try (Dispatching dispatching = to(Handlers.class)) {
                assertThat(dispatching.event("paid", insert()).status()).isEqualTo(200);
            }
            assertThat(variables().toString()).isEqualTo("{\"id\":12345678901234567890}");
        }

        @Test
        void comeFromTheOldRowOfADelete() {
            engine.answers(200, "{\"data\": {\"payment_by_pk\": null}}");
            try (Dispatching dispatching = to(Handlers.class)) {
                dispatching.event("paid", event("DELETE", "{\"id\": 3}", "null", "null"));
            }
            assertThat(variables().toString()).isEqualTo("{\"id\":3}");
        }

        @Test
        void areFoundInEitherSpellingAndLeftToTheirDefaultsWhereNothingWasSent() {
            engine.answers(200, "{\"data\": {\"latest\": []}}");
            try (Dispatching dispatching = to(Handlers.class)) {
                dispatching.event(
                        "listed",
                        event("INSERT", "null", "{\"user_id\": \"u1\", \"limit\": null, \"note\": null}", "null"));
            }
            assertThat(variables().toString()).isEqualTo("{\"userId\":\"u1\",\"note\":null}");
        }

        @Test
        void comeFromThePayloadOfASchedule() {
            engine.answers(200, "{\"data\": {\"latest\": []}}");
            try (Dispatching dispatching = to(Handlers.class)) {
                dispatching.scheduled("nightly", """
                        {"id": "s", "name": "nightly", "scheduled_time": "2026-01-01T00:00:00Z", "payload": {"userId": "u2"}}""");
            }
            assertThat(variables().toString()).isEqualTo("{\"userId\":\"u2\"}");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{\"userId\": \"u3\"}",
                    "{\"account\": {\"user_id\": \"u3\"}}",
                })
        void comeFromTheInputOfAnActionOrFromInsideOfItsOnlyArgument(String input) {
            engine.answers(200, "{\"data\": {\"latest\": [{\"amount\": 1}, {\"amount\": 2}]}}");
            try (Dispatching dispatching = to(Handlers.class)) {
                assertThat(dispatching.action("count", input).body()).isEqualTo("2");
            }
            assertThat(variables().toString()).isEqualTo("{\"userId\":\"u3\"}");
        }

        @Test
        void comeFromTheSingleArgumentsOfAnAction() {
            engine.answers(200, "{\"data\": {\"latest\": []}}");
            try (Dispatching dispatching = to(Handlers.class)) {
                assertThat(dispatching
                                .action("countOf", "{\"userId\": \"u3\", \"limit\": 5}")
                                .body())
                        .isEqualTo("0");
            }
            assertThat(variables().toString()).isEqualTo("{\"userId\":\"u3\",\"limit\":5}");
        }

        @Test
        void thatAreMissingFailTheCallBeforeAnythingIsSent() {
            try (Dispatching dispatching = to(Handlers.class)) {
                assertThat(dispatching
                                .event("paid", event("INSERT", "null", "{\"amount\": 1}", "null"))
                                .status())
                        .isEqualTo(500);
            }
            assertThat(engine.received()).isEmpty();
        }
    }

    @Nested
    class TheValue {

        static Object got;

        static class Handlers {

            @HasuraEvent
            void view(Payment payment, @Fetch("payment-with-user") PaymentView view) {
                got = view;
            }

            @HasuraEvent
            void perhaps(@Fetch("payment-with-user") Optional<PaymentView> view) {
                got = view;
            }

            @HasuraEvent
            void nullable(@Fetch("payment-with-user") @Nullable PaymentView view) {
                got = view;
            }

            @HasuraEvent
            void deeper(@Fetch(value = "payment-with-user", path = "payment_by_pk.user.email") String email) {
                got = email;
            }

            @HasuraEvent
            void whole(@Fetch("totals") JsonNode totals) {
                got = totals.at("/user_aggregate/aggregate/count").asInt();
            }
        }

        private int answered(String handler, String data) {
            got = "not called";
            engine.answers(200, "{\"data\": " + data + "}");
            try (Dispatching dispatching = to(Handlers.class)) {
                return dispatching.event(handler, insert()).status();
            }
        }

        @Test
        void isTheSingleRootField() {
            String data = "{\"payment_by_pk\": {\"amount\": 10.50, \"user\": {\"email\": \"a@b.c\"}}}";
            assertThat(answered("view", data)).isEqualTo(200);
            assertThat(got).isEqualTo(new PaymentView(new BigDecimal("10.50"), new User("a@b.c")));
            answered("perhaps", data);
            assertThat(got).isEqualTo(Optional.of(new PaymentView(new BigDecimal("10.50"), new User("a@b.c"))));
            answered("deeper", data);
            assertThat(got).isEqualTo("a@b.c");
        }

        @Test
        void isTheWholeDataOfSeveralRootFields() {
            answered("whole", "{\"payment_aggregate\": {}, \"user_aggregate\": {\"aggregate\": {\"count\": 7}}}");
            assertThat(got).isEqualTo(7);
        }

        @Test
        void mayBeNullOnlyWhereTheParameterSaysSo() {
            String nothing = "{\"payment_by_pk\": null}";
            assertThat(answered("perhaps", nothing)).isEqualTo(200);
            assertThat(got).isEqualTo(Optional.empty());
            assertThat(answered("nullable", nothing)).isEqualTo(200);
            assertThat(got).isNull();
            assertThat(answered("view", nothing)).isEqualTo(500);
            assertThat(got).isEqualTo("not called");
        }
    }

    @Nested
    class Identity {

        static class Handlers {

            @HasuraEvent
            void asItself(@Fetch("payment-with-user") Optional<PaymentView> view) {}

            @HasuraEvent
            void elsewhere(@Fetch("payment-with-user") @Qualifier("other") Optional<PaymentView> view) {}

            @HasuraEvent
            void asTheCaller(@Fetch("payment-with-user") @AsCaller Optional<PaymentView> view) {}
        }

        private final String session = "{\"x-hasura-role\": \"user\", \"x-hasura-user-id\": \"7\"}";

        @Test
        void isTheClientsOwnUnlessTheCallerIsAskedFor() {
            try (Dispatching dispatching = to(Handlers.class)) {
                engine.answers(200, "{\"data\": {\"payment_by_pk\": null}}");
                dispatching.event("asItself", event("INSERT", "null", ROW, session));
                assertThat(engine.headers().getFirst("x-hasura-role")).isNull();
                assertThat(engine.headers().getFirst("x-hasura-admin-secret")).isEqualTo("admin");

                engine.answers(200, "{\"data\": {\"payment_by_pk\": null}}");
                dispatching.event("asTheCaller", event("INSERT", "null", ROW, session));
                assertThat(engine.headers().getFirst("x-hasura-role")).isEqualTo("user");
                assertThat(engine.headers().getFirst("x-hasura-user-id")).isEqualTo("7");
            }
        }

        @Test
        void isThatOfAnotherClientWhereOneIsChosen() {
            engine.answers(200, "{\"data\": {\"payment_by_pk\": null}}");
            try (Dispatching dispatching = to(Handlers.class)) {
                dispatching.event("elsewhere", insert());
            }
            assertThat(engine.headers().getFirst("x-hasura-admin-secret")).isEqualTo("other");
        }

        @Test
        void isNeverTheAdministratorsWhereACallerIsMissing() {
            try (Dispatching dispatching = to(Handlers.class)) {
                assertThat(dispatching.event("asTheCaller", insert()).status()).isEqualTo(500);
            }
            assertThat(engine.received()).isEmpty();
        }
    }

    @Nested
    class AFailure {

        static int calls;

        static class Handlers {

            @HasuraEvent
            @Retry(giveUpOn = RuntimeException.class)
            void stubborn(@Fetch("payment-with-user") Optional<PaymentView> view) {
                calls++;
            }
        }

        @ParameterizedTest
        @ValueSource(strings = {"{\"errors\": [{\"message\": \"SECRET\"}]}", "{}", "<html>"})
        void isTriedAgainWhateverTheHandlerGivesUpOn(String answer) {
            calls = 0;
            engine.answers(200, answer);
            try (Dispatching dispatching = to(Handlers.class)
                    .advising(new RetryAdvisor(
                            (letter, cause) -> {
                                throw new AssertionError("given up", cause);
                            },
                            InstantSource.system(),
                            () -> 0))) {
                Dispatching.Answer answered = dispatching.event("stubborn", insert());

                assertThat(answered.status()).isEqualTo(503);
                assertThat(answered.headers()).containsKey("Retry-After");
                assertThat(answered.body()).doesNotContain("SECRET");
            }
            assertThat(calls).isZero();
        }

        @Test
        void saysWhichFetchAndNothingOfTheEnginesWords() {
            engine.answers(200, "{\"errors\": [{\"message\": \"SECRET\"}]}");
            List<Throwable> thrown = new ArrayList<>();
            try (Dispatching dispatching = to(TheValue.Handlers.class).intercepting((call, chain) -> {
                try {
                    return chain.proceed();
                } catch (FetchFailedException e) {
                    thrown.add(e);
                    throw e;
                }
            })) {
                assertThat(dispatching.event("view", insert()).status()).isEqualTo(500);
            }
            assertThat(thrown.get(0))
                    .hasMessageContaining("@Fetch(\"payment-with-user\") failed with a Hasura")
                    .hasMessageNotContaining("SECRET");
        }
    }

    @Nested
    class SeveralOfThem {

        static class Handlers {

            static String got;

            @HasuraEvent
            void both(
                    @Fetch("payment-with-user") PaymentView view,
                    Payment payment,
                    @Fetch("user-payments") List<PaymentView> others) {
                got = view.amount() + " " + payment.userId() + " " + others.size();
            }
        }

        @Test
        void runAtTheSameTime() throws IOException {
            CyclicBarrier both = new CyclicBarrier(2);
            ExecutorService threads = Executors.newCachedThreadPool();
            HttpServer meeting = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            meeting.setExecutor(threads);
            meeting.createContext("/", exchange -> {
                try {
                    both.await(10, TimeUnit.SECONDS);
                } catch (Exception e) {
                    throw new IOException("the other one did not come", e);
                }
                String text = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
                byte[] answer = (text.contains("paymentWithUser")
                                ? "{\"data\": {\"payment_by_pk\": {\"amount\": 1}}}"
                                : "{\"data\": {\"latest\": [{\"amount\": 2}]}}")
                        .getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(200, answer.length);
                exchange.getResponseBody().write(answer);
                exchange.close();
            });
            meeting.start();
            try (Dispatching dispatching = Dispatching.to(Handlers.class)) {
                dispatching
                        .context()
                        .registerBean(
                                HasuraClient.class,
                                () -> HasuraClient.builder()
                                        .endpoint(URI.create("http://127.0.0.1:"
                                                + meeting.getAddress().getPort()))
                                        .build());
                assertThat(dispatching.event("both", insert()).status()).isEqualTo(200);
                assertThat(Handlers.got).isEqualTo("1 null 1");
            } finally {
                meeting.stop(0);
                threads.shutdownNow();
            }
        }
    }

    @Nested
    class AtStartUp {

        static class Missing {
            @HasuraEvent
            void paid(@Fetch("no-such") PaymentView view) {}
        }

        static class Outside {
            @HasuraEvent
            void paid(@Fetch("../secrets") PaymentView view) {}
        }

        static class Broken {
            @HasuraEvent
            void paid(@Fetch("broken") PaymentView view) {}
        }

        static class Two {
            @HasuraEvent
            void paid(@Fetch("two") PaymentView view) {}
        }

        static class Writing {
            @HasuraEvent
            void paid(@Fetch("delete-payment") PaymentView view) {}
        }

        static class Unknown {
            record Slim(BigDecimal amount) {}

            @HasuraEvent
            void paid(EventPayload<Slim, Void> event, @Fetch("user-payments") List<PaymentView> payments) {}
        }

        static class UnknownInput {
            record Slim(BigDecimal amount) {}

            @HasuraAction
            int pay(Slim input, @Fetch("payment-with-user") PaymentView view) {
                return 1;
            }
        }

        static class Validating {
            @HasuraValidation
            void check(ValidationPayload<Payment> rows, @Fetch("totals") JsonNode totals) {}
        }

        static class Nobody {
            @HasuraScheduled
            void nightly(@Fetch("totals") @AsCaller JsonNode totals) {}
        }

        static class KeyOfFetched {
            @HasuraEvent
            @Idempotent(key = "#view.amount")
            void paid(@Fetch("payment-with-user") PaymentView view) {}
        }

        static class Elsewhere {
            @HasuraEvent
            void paid(@Fetch("totals") @Qualifier("third") JsonNode totals) {}
        }

        private void refuses(Class<?> handlers, String... message) {
            try (Dispatching dispatching = to(handlers)) {
                assertThatThrownBy(dispatching::start)
                        .isInstanceOf(InvalidHandlerException.class)
                        .hasMessageContainingAll(message);
            }
        }

        @Test
        void refusesDocumentsThatAreNotThereOrNoQuery() {
            refuses(Missing.class, "Missing.paid", "graphql/no-such.graphql", "class path");
            refuses(Outside.class, "below graphql/");
            refuses(Broken.class, "@Fetch(\"broken\")", "no valid GraphQL");
            refuses(Two.class, "2 operations");
            refuses(Writing.class, "is a mutation");
        }

        @Test
        void refusesVariablesThatTheHandlersOwnTypesDoNotKnow() {
            refuses(Unknown.class, "$userId", "Slim has no property userId or user_id");
            refuses(UnknownInput.class, "$id", "Slim has no property id");
        }

        @Test
        void refusesWhereThereIsNothingToFetchByOrNobodyToFetchAs() {
            refuses(Validating.class, "Remove it");
            refuses(Nobody.class, "without a session");
            refuses(Elsewhere.class, "HasuraClient", "@Qualifier");
        }

        @Test
        void refusesWithoutAClient() {
            try (Dispatching dispatching = Dispatching.to(TheValue.Handlers.class)) {
                assertThatThrownBy(dispatching::start)
                        .isInstanceOf(InvalidHandlerException.class)
                        .hasMessageContaining("hasura.client.endpoint");
            }
        }

        @Test
        void keepsFetchedValuesOutOfKeys() {
            try (Dispatching dispatching = to(KeyOfFetched.class)
                    .advising(new IdempotencyAdvisor(() -> null, () -> null, InboxSettings.defaults(), () -> 0))) {
                assertThatThrownBy(dispatching::start).hasMessageContaining("there is no #view");
            }
        }
    }

    static class Once {

        @HasuraEvent
        @Idempotent(mode = Idempotent.Mode.LEASE)
        void once(@Fetch("payment-with-user") Optional<PaymentView> view) {}
    }

    @Test
    void isNotRunForARepeat() {
        engine.answers(200, "{\"data\": {\"payment_by_pk\": null}}");
        InMemoryInboxStore inbox = new InMemoryInboxStore(InstantSource.system(), 10);
        try (Dispatching dispatching = to(Once.class)
                .advising(new IdempotencyAdvisor(() -> inbox, () -> null, InboxSettings.defaults(), () -> 0))) {
            assertThat(dispatching.event("once", insert()).status()).isEqualTo(200);
            assertThat(dispatching.event("once", insert()).status()).isEqualTo(200);
        }
        assertThat(engine.received()).hasSize(1);
    }

    static class Plain {

        @HasuraAction
        int plain(String text) {
            return text.length();
        }
    }

    @Test
    void costsHandlersWithoutItNothing() {
        try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext(Plain.class)) {
            Handler plain = new HandlerRegistry(
                            context.getBeanFactory(), JsonMapper.shared(), null, List.of(), List.of())
                    .find(WebhookKind.ACTION, "plain");

            assertThat(plain.keepsBody()).isFalse();
            assertThat(plain.advice().interceptors()).isEmpty();
        }
    }
}
