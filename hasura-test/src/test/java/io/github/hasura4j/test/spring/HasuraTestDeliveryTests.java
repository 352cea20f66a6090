package io.github.hasura4j.test.spring;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

import io.github.hasura4j.spring.HasuraAction;
import io.github.hasura4j.spring.HasuraEvent;
import io.github.hasura4j.spring.HasuraScheduled;
import io.github.hasura4j.spring.delivery.Idempotent;
import io.github.hasura4j.spring.delivery.KeepOrder;
import io.github.hasura4j.spring.delivery.OnlyWhen;
import io.github.hasura4j.spring.delivery.PublishAsApplicationEvent;
import io.github.hasura4j.spring.delivery.Retry;
import io.github.hasura4j.test.spring.shop.ShopApplication;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.context.event.EventListener;
import org.springframework.test.context.ContextConfiguration;

import static org.assertj.core.api.Assertions.assertThat;

/** Annotations about delivery do in the slice what they do in production. */
@HasuraTest(
        handlers = HasuraTestDeliveryTests.Handlers.class,
        properties = {"hasura.delivery.dead-letters=jdbc", "spring.application.name=x"})
@ContextConfiguration(classes = ShopApplication.class)
@Import(HasuraTestDeliveryTests.Handlers.class)
class HasuraTestDeliveryTests {

    record Order(Integer id, String status) {}

    record Ordered(int id) {}

    static class Handlers {

        final List<Object> seen = Collections.synchronizedList(new ArrayList<>());
        private int failures;

        private void see(Object what) {
            seen.add(what);
            if (failures > 0) {
                failures--;
                throw new IllegalStateException("not yet");
            }
        }

        @HasuraEvent
        @OnlyWhen(changed = "status", to = "paid")
        void paid(Order order) {
            see(order.id());
        }

        @HasuraEvent
        @Idempotent
        void once(Order order) {
            see(order.id());
        }

        @HasuraEvent
        @Idempotent(mode = Idempotent.Mode.LEASE)
        void leased(Order order) {
            see(order.id());
        }

        @HasuraEvent
        @Retry(first = "10s", attempts = 3, giveUpOn = IllegalArgumentException.class)
        void retried(Order order) {
            if (order.id() < 0) {
                throw new IllegalArgumentException("gives up at once");
            }
            see(order.id());
        }

        @HasuraEvent
        @KeepOrder(key = "#order.id")
        void inOrder(Order order) {
            see(order.status());
        }

        @HasuraScheduled
        @Idempotent
        @PublishAsApplicationEvent
        Ordered published() {
            return new Ordered(1);
        }

        @EventListener
        void heard(Ordered ordered) {
            see(ordered);
        }

        @HasuraAction
        @Idempotent(key = "#requestId")
        String redeem(String requestId) {
            see(requestId);
            return "redeemed";
        }
    }

    @Autowired
    HasuraTester tester;

    @Autowired
    Handlers handlers;

    @BeforeEach
    void forget() {
        handlers.seen.clear();
        handlers.failures = 0;
    }

    private static Map<String, Object> order(int id, String status) {
        return Map.of("id", id, "status", status);
    }

    @Test
    void whatDoesNotFitIsAcknowledgedWithoutTheHandler() {
        assertThat(tester.event("paid")
                        .update(order(1, "new"), order(1, "sent"))
                        .deliver())
                .succeeded();
        assertThat(tester.event("paid")
                        .update(order(2, "new"), order(2, "paid"))
                        .deliver())
                .succeeded();

        assertThat(handlers.seen).containsExactly(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"once", "leased"})
    void aRepeatDoesNotRun(String handler) {
        assertThat(tester.event(handler)
                        .insert(order(1, "new"))
                        .deliveredTwice()
                        .deliver())
                .succeeded()
                .times(2);

        assertThat(handlers.seen).hasSize(1);
    }

    @Test
    void twoAtOnceRunOnce() {
        assertThat(tester.event("once")
                        .insert(order(1, "new"))
                        .delivered(8)
                        .concurrently()
                        .deliver())
                .succeeded()
                .times(8);

        assertThat(handlers.seen).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"once", "leased"})
    void whatFailedRunsAgain(String handler) {
        handlers.failures = 1;

        assertThat(tester.event(handler)
                        .insert(order(1, "new"))
                        .withRetries(1, Duration.ofMinutes(1))
                        .deliver())
                .succeeded();

        assertThat(handlers.seen).hasSize(2);
    }

    @Test
    void aRepeatOfAnActionGetsTheAnswerOfTheFirst() {
        for (int i = 0; i < 2; i++) {
            tester.action("redeem").input(Map.of("requestId", "r")).execute().hasJson("\"redeemed\"");
        }

        assertThat(handlers.seen).containsExactly("r");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void marksAreThoseOfOneTest(int any) {
        tester.action("redeem").input(Map.of("requestId", "r")).execute().succeeds();

        assertThat(handlers.seen).containsExactly("r");
    }

    @Test
    void retriesAreTheHandlersOwn() {
        handlers.failures = 9;
        DeliveryReport report = tester.event("retried")
                .insert(order(1, "new"))
                .withRetries(9, Duration.ofHours(1))
                .deliver();
        assertThat(report).succeeded(); // As a dead letter.
        assertThat(handlers.seen).hasSize(3);

        assertThat(tester.event("retried").insert(order(-1, "new")).deliver())
                .succeeded()
                .times(1);
    }

    @Test
    void anOlderEventOfTheSameKeyIsSkipped() {
        assertThat(tester.event("inOrder")
                        .insert(order(1, "first"))
                        .and(tester.event("inOrder").insert(order(1, "second")))
                        .outOfOrder()
                        .deliver())
                .succeeded();

        assertThat(handlers.seen).containsExactly("second");
    }

    @Test
    void whatIsReturnedIsPublished() {
        tester.scheduled("published").deliver().succeeds();

        assertThat(handlers.seen).containsExactly(new Ordered(1));
    }
}
