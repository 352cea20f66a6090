package io.github.hasura4j.test.spring;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

import io.github.hasura4j.test.spring.shop.Ledger;
import io.github.hasura4j.test.spring.shop.Orders;
import io.github.hasura4j.test.spring.shop.ShopApplication;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.ContextConfiguration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@HasuraTest
@ContextConfiguration(classes = ShopApplication.class)
@Import(Ledger.class)
class HasuraTesterTests {

    private static final Path PROJECT = Path.of("src/test/resources/shop");

    @Autowired
    HasuraTester tester;

    @Autowired
    Ledger ledger;

    @BeforeEach
    void forget() {
        ledger.clear();
    }

    private static void fails(Runnable call, String... words) {
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(call::run)
                .satisfies(e -> assertThat(e.getMessage()).contains(words));
    }

    @Nested
    class Actions {

        @Test
        void answer() {
            tester.action("placeOrder")
                    .input(Map.of("amount", 3))
                    .asRole("user")
                    .session("x-hasura-user-id", 7)
                    .execute()
                    .succeeds()
                    .hasJson("""
                            {"id": "7", "amount": 3, "currency": "EUR"}""")
                    .satisfies(
                            Orders.Order.class,
                            order -> assertThat(order.amount()).isEqualTo(3));
        }

        @Test
        void refuse() {
            tester.action("placeOrder")
                    .input(Map.of("amount", 3000))
                    .execute()
                    .hasError()
                    .withCode("too-much")
                    .withMessage("No more than 1000");
        }

        @Test
        void areValidated() {
            assertThat(tester.action("placeOrder")
                            .input(Map.of("amount", -1))
                            .execute()
                            .isOk())
                    .isFalse();
        }

        @Test
        void setCookies() {
            tester.action("signIn").input(Map.of("name", "Ada")).execute().hasCookie("session");
        }

        @Test
        void failWithAnInternalError() {
            tester.action("failing").execute().hasError().withMessage("internal error");
        }

        @Test
        void thatAreWrongAreToldSo() {
            ActionOutcome refused =
                    tester.action("placeOrder").input(Map.of("amount", 3000)).execute();
            fails(refused::succeeds, "action 'placeOrder'", "'too-much'", "No more than 1000");
            fails(() -> refused.hasError().withCode("zero"), "Expected the code 'zero'", "it is 'too-much'");
            fails(
                    () -> tester.action("placeorder").execute(),
                    "There is no handler for the action 'placeorder'. There are handlers for: brokenOrder, failing, placeOrder, signIn");
        }
    }

    @Nested
    class WithAProject {

        private final HasuraTester strict = tester.withProject(PROJECT);

        @Test
        void answersThatFitPass() {
            strict.action("placeOrder")
                    .input(Map.of("amount", 3))
                    .asRole("user")
                    .execute()
                    .succeeds();
        }

        @Test
        void answersThatTheEngineRefusesFail() {
            fails(
                    () -> strict.action("brokenOrder").execute(),
                    "The engine does not take the answer of action 'brokenOrder': expecting not null value for field \"id\"");
        }

        @Test
        void inputThatTheEngineRefusesFails() {
            fails(() -> strict.action("placeOrder").execute(), "missing required field 'amount'");
            fails(
                    () -> strict.action("placeOrder")
                            .input(Map.of("amount", "3"))
                            .execute(),
                    "expected a 32-bit integer for type 'Int', but found a string");
            fails(
                    () -> strict.action("placeOrder")
                            .input(Map.of("amount", 3, "colour", "red"))
                            .execute(),
                    "'placeOrder' has no argument named 'colour'. Its arguments: amount, note");
        }

        @Test
        void rolesWithoutPermissionFail() {
            fails(
                    () -> strict.action("placeOrder")
                            .input(Map.of("amount", 3))
                            .asRole("guest")
                            .execute(),
                    "field 'placeOrder' not found in type: 'mutation_root'",
                    "Roles with permission: user");
        }

        @Test
        void unknownNamesFail() {
            fails(
                    () -> strict.action("cancel").execute(),
                    "There is no action 'cancel' in the project. It has: brokenOrder, placeOrder, signIn");
            fails(
                    () -> strict.event("paid").insert(Map.of()),
                    "There is no event trigger 'paid' in the project. It has: order_paid");
            fails(() -> strict.scheduled("weekly").deliver(), "There is no cron trigger 'weekly'", "nightly");
        }

        @Test
        void triggersFireAndTellAsDeclared() {
            fails(() -> strict.event("order_paid").delete(Map.of()), "does not fire on DELETE", "INSERT, UPDATE");
            fails(
                    () -> strict.event("order_paid").update(Map.of("note", "a"), Map.of("note", "b")),
                    "no column that it listens to changes. These are: paid");
            strict.event("order_paid")
                    .update(Map.of("paid", false), Map.of("paid", true, "note", "b"))
                    .deliver()
                    .succeeds();
            assertThat(ledger.entries()).singleElement().isEqualTo("UPDATE {paid=true} by admin, retry 0");
        }

        @Test
        void cronTriggersBringTheirPayload() {
            strict.scheduled("nightly")
                    .at(Instant.parse("2026-02-03T03:00:00Z"))
                    .deliver()
                    .succeeds();
            assertThat(ledger.entries()).singleElement().isEqualTo("nightly 2026-02-03T03:00:00Z {keep_days=30}");
        }
    }

    @Nested
    class OtherKinds {

        @Test
        void oneOffEventsHaveNoName() {
            tester.oneOff("reminder").payload(Map.of("to", "Ada")).deliver().succeeds();
            assertThat(ledger.entries()).containsExactly("reminder, from cron: false");
        }

        @Test
        void validationsAcceptAndRefuse() {
            tester.validation("newOrder").validate(Map.of("amount", 1)).accepts();
            tester.validation("newOrder")
                    .validate(Map.of("amount", 1), Map.of("amount", 0))
                    .refuses()
                    .withMessage("An order for nothing");
            fails(
                    () -> tester.validation("newOrder")
                            .validate(Map.of("amount", 1))
                            .refuses(),
                    "to refuse");
        }

        @Test
        void authHooksLetInOrNot() {
            tester.authHook(Map.of("Authorization", "Bearer good")).ask().allowsRole("user");
            tester.authHook(Map.of("Authorization", "Bearer bad"))
                    .post("{ orders { id } }")
                    .ask()
                    .denies();
        }
    }

    @Nested
    class Simulated {

        private final Map<String, Object> unpaid = Map.of("id", 1, "paid", false);
        private final Map<String, Object> paid = Map.of("id", 1, "paid", true);

        private EventCall change() {
            return tester.event("order_paid").update(unpaid, paid);
        }

        @Test
        void duplicatesHaveTheSameId() {
            DeliveryReport report = change().deliveredTwice().deliver();
            assertThat(report).succeeded().times(2);
            assertThat(report.attempts().stream().map(DeliveryAttempt::eventId).distinct())
                    .hasSize(1);
        }

        @Test
        void duplicatesMayComeAtOnce() {
            assertThat(change().delivered(4).concurrently().deliver())
                    .succeeded()
                    .times(4);
            assertThat(ledger.entries()).hasSize(4);
        }

        @Test
        void whatHappenedLastMayComeFirst() {
            tester.event("order_paid")
                    .insert(unpaid)
                    .and(change())
                    .outOfOrder()
                    .deliver()
                    .succeeds();
            assertThat(ledger.entries())
                    .extracting(each -> each.substring(0, 6))
                    .containsExactly("UPDATE", "INSERT");
        }

        @Test
        void failuresAreTriedAgainInNoTime() {
            assertThat(tester.event("order_paid")
                            .insert(Map.of("kind", "fragile"))
                            .withRetries(3, Duration.ofMinutes(10))
                            .deliver())
                    .succeeded()
                    .at(Duration.ZERO, Duration.ofMinutes(10), Duration.ofMinutes(20));
            DeliveryReport givenUp = tester.event("order_paid")
                    .insert(Map.of("kind", "fragile"))
                    .withRetries(1, Duration.ofSeconds(10))
                    .deliver();
            assertThat(givenUp).failed().times(2);
            fails(givenUp::succeeds, "the engine gave up", "at 0 s, retry 0", "at 10 s, retry 1", "status 500");
        }

        @Test
        void lostAndLateAnswersBringTheEventAgain() {
            assertThat(change().withRetries(2, Duration.ofSeconds(10))
                            .losingAnswers(1)
                            .timingOut(1)
                            .deliver())
                    .succeeded()
                    .times(3);
            assertThat(ledger.entries()).hasSize(3);
        }

        @Test
        void refusedConnectionsNeverReachTheHandler() {
            assertThat(change().withRetries(1, Duration.ofSeconds(10))
                            .refusingConnections(1)
                            .deliver())
                    .succeeded()
                    .times(2);
            assertThat(ledger.entries()).hasSize(1);
        }

        @Test
        void handlersThatTakeTooLongAreTriedAgain() {
            DeliveryReport report = tester.event("never_done")
                    .insert(paid)
                    .withTimeout(Duration.ofMillis(10))
                    .withRetries(1, Duration.ofSeconds(10))
                    .deliver();
            assertThat(report).failed().times(2);
            assertThat(report.attempts().get(0).outcome()).startsWith("request timed out");
            assertThat(ledger.entries()).hasSize(2);
        }

        @Test
        void aRestartedEngineDeliversAgainWithTheSameCount() {
            assertThat(change().restartingEngine().deliver()).succeeded().times(2);
            assertThat(ledger.entries()).allSatisfy(each -> assertThat(each).endsWith("retry 0"));
        }

        @Test
        void plainSqlHasNoSession() {
            change().withoutSession().deliver().succeeds();
            assertThat(ledger.entries()).singleElement().asString().contains("by nobody");
        }

        @Test
        void sqlServerLeavesNullsAndTheSessionOut() {
            Map<String, Object> row = new HashMap<>(paid);
            row.put("note", null);
            tester.event("order_paid")
                    .update(unpaid, row)
                    .fromSqlServer()
                    .deliver()
                    .succeeds();
            assertThat(ledger.entries())
                    .singleElement()
                    .asString()
                    .doesNotContain("note")
                    .contains("by nobody");
        }

        @Test
        void oldEnginesCallAManualRowSo() {
            tester.event("order_paid").manual(paid).fromOldEngine().deliver().succeeds();
            assertThat(ledger.entries())
                    .singleElement()
                    .asString()
                    .startsWith("MANUAL")
                    .contains("paid=true");
        }
    }
}
