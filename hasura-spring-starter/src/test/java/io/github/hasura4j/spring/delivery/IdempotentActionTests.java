package io.github.hasura4j.spring.delivery;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;

import io.github.hasura4j.spring.ActionResult;
import io.github.hasura4j.spring.HasuraAction;
import io.github.hasura4j.spring.HasuraActionException;
import io.github.hasura4j.spring.HasuraEvent;
import io.github.hasura4j.spring.HasuraValidation;
import io.github.hasura4j.spring.dispatch.InvalidHandlerException;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class IdempotentActionTests {

    private final SettableClock clock = new SettableClock();

    private Instance instance(Object bean) {
        InboxStore store = new InMemoryInboxStore(clock, 100);
        InboxSettings small = new InboxSettings(Duration.ofDays(1), Duration.ofMinutes(1), 10, 60);
        return new Instance(bean, new IdempotencyAdvisor(() -> store, () -> null, small, new Random(1)));
    }

    record Payment(String requestId, int amount) {}

    record Receipt(int number, BigDecimal total, String note) {}

    static class Payments {

        int calls;
        CompletableFuture<Integer> open = new CompletableFuture<>();

        @HasuraAction
        @Idempotent(
                mode = Idempotent.Mode.LEASE,
                key = "#session.require('x-hasura-user-id') + ':' + #payment.requestId")
        Receipt pay(Payment payment) {
            calls++;
            if (payment.amount() < 0) {
                throw HasuraActionException.of("negative", "Too little");
            }
            return new Receipt(calls, new BigDecimal("1.50"), "x".repeat(payment.amount()));
        }

        @HasuraAction
        @Idempotent(mode = Idempotent.Mode.LEASE, key = "#requestId")
        CompletableFuture<Integer> later(String requestId) {
            calls++;
            return open;
        }
    }

    private final Payments payments = new Payments();

    @Test
    void givesARepeatTheRecordedAnswer() {
        try (Instance instance = instance(payments)) {
            String first = instance.action("pay", "{\"requestId\": \"a\", \"amount\": 1}")
                    .body();

            assertThat(first).isEqualTo("{\"number\":1,\"total\":1.50,\"note\":\"x\"}");
            assertThat(instance.action("pay", "{\"requestId\": \"a\", \"amount\": 1}")
                            .body())
                    .isEqualTo(first);
            assertThat(instance.action("pay", "{\"requestId\": \"b\", \"amount\": 1}")
                            .body())
                    .contains("\"number\":2");
        }
    }

    @Test
    void runsARefusedCallAgain() {
        try (Instance instance = instance(payments)) {
            for (int i = 0; i < 2; i++) {
                assertThat(instance.action("pay", "{\"requestId\": \"a\", \"amount\": -1}")
                                .body())
                        .contains("negative");
            }
            assertThat(payments.calls).isEqualTo(2);
        }
    }

    @Test
    void refusesRepeatsOfAnAnswerTooLargeToKeep() {
        try (Instance instance = instance(payments)) {
            assertThat(instance.action("pay", "{\"requestId\": \"a\", \"amount\": 99}")
                            .status())
                    .isEqualTo(200);
            assertThat(instance.action("pay", "{\"requestId\": \"a\", \"amount\": 99}")
                            .body())
                    .contains("answer-not-recorded");
            assertThat(payments.calls).isEqualTo(1);
        }
    }

    @Test
    void refusesACallWithoutItsKey() {
        try (Instance instance = instance(payments)) {
            assertThat(instance.action("later", "{\"requestId\": \" \"}").body())
                    .contains("missing-key");
            assertThat(payments.calls).isZero();
        }
    }

    @Test
    void marksAnAnswerThatComesLaterAndRefusesItsTwinMeanwhile() throws Exception {
        try (Instance instance = instance(payments)) {
            CompletableFuture<Instance.Answer> first =
                    CompletableFuture.supplyAsync(() -> instance.action("later", "{\"requestId\": \"a\"}"));
            while (payments.open.getNumberOfDependents() == 0) {
                Thread.onSpinWait();
            }
            Instance.Answer twin = instance.action("later", "{\"requestId\": \"a\"}");
            assertThat(twin.status()).isEqualTo(409);
            assertThat(twin.body()).contains("in-progress");

            payments.open.complete(7);
            assertThat(first.get().body()).isEqualTo("7");
            assertThat(instance.action("later", "{\"requestId\": \"a\"}").body())
                    .isEqualTo("7");
            assertThat(payments.calls).isEqualTo(1);
        }
    }

    @Nested
    class Mistakes {

        static class WithoutKey {
            @HasuraAction
            @Idempotent(mode = Idempotent.Mode.LEASE)
            void act(String a) {}
        }

        static class NoSuchVariable {
            @HasuraAction
            @Idempotent(mode = Idempotent.Mode.LEASE, key = "#order.id")
            void act(String a) {}
        }

        static class NoExpression {
            @HasuraAction
            @Idempotent(mode = Idempotent.Mode.LEASE, key = "#a +")
            void act(String a) {}
        }

        static class Constant {
            @HasuraAction
            @Idempotent(mode = Idempotent.Mode.LEASE, key = "'always'")
            void act(String a) {}
        }

        static class Cookies {
            @HasuraAction
            @Idempotent(mode = Idempotent.Mode.LEASE, key = "#a")
            ActionResult<String> act(String a) {
                return ActionResult.of(a);
            }
        }

        static class AsynchronousInATransaction {
            @HasuraEvent
            @Idempotent
            CompletableFuture<Void> event() {
                return CompletableFuture.completedFuture(null);
            }
        }

        static class TransactionInMemory {
            @HasuraEvent
            @Idempotent
            void event() {}
        }

        static class OfAValidation {
            @HasuraValidation
            @Idempotent(mode = Idempotent.Mode.LEASE)
            void validate() {}
        }

        @Test
        void stopTheApplication() {
            assertMistake(new WithoutKey(), "have no id");
            assertMistake(new NoSuchVariable(), "there is no #order. Known: #a, #payload, #session");
            assertMistake(new NoExpression(), "no Spring expression");
            assertMistake(new Constant(), "the same for every call");
            assertMistake(new Cookies(), "cookies are not recorded");
            assertMistake(new AsynchronousInATransaction(), "answers later");
            assertMistake(new TransactionInMemory(), "mode = LEASE");
            assertMistake(new OfAValidation(), "repeats no call");
        }

        @Test
        void includeAMissingStore() {
            assertThatExceptionOfType(InvalidHandlerException.class)
                    .isThrownBy(() -> new Instance(
                            new TransactionInMemory(),
                            new IdempotencyAdvisor(() -> null, () -> null, InboxSettings.defaults(), new Random(1))))
                    .withMessageContaining("hasura.inbox.store");
        }

        private void assertMistake(Object bean, String message) {
            assertThatExceptionOfType(InvalidHandlerException.class)
                    .isThrownBy(() -> instance(bean))
                    .withMessageContaining(message);
        }
    }
}
