package io.github.hasura4j.spring.delivery;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.hasura4j.spring.HasuraEvent;
import io.github.hasura4j.spring.WebhookHeaders;
import io.github.hasura4j.spring.WebhookKind;
import io.github.hasura4j.spring.dispatch.WebhookDispatcher;
import io.github.hasura4j.spring.dispatch.WebhookRequest;
import org.awaitility.Awaitility;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.modulith.events.ApplicationModuleListener;
import org.springframework.modulith.events.IncompleteEventPublications;
import org.springframework.stereotype.Component;

import static org.assertj.core.api.Assertions.assertThat;

/** Spring Modulith's registry behind a durable acknowledgement. */
@SpringBootTest(
        classes = GuideModulithTests.Application.class,
        properties = {
            "hasura.webhook.secret=secret",
            "hasura.inbox.initialize-schema=true",
            "spring.modulith.events.jdbc.schema-initialization.enabled=true",
            "spring.graphql.schema.locations=classpath:none/"
        })
class GuideModulithTests {

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import({Orders.class, Points.class})
    static class Application {

        @Bean(destroyMethod = "dispose")
        JdbcConnectionPool database() {
            return JdbcConnectionPool.create("jdbc:h2:mem:modulith", "sa", "");
        }
    }

    private static final List<String> BOOKED = new CopyOnWriteArrayList<>();

    private static volatile boolean down;

    private static void book(int orderId, int points) {
        if (down) {
            throw new IllegalStateException("come back later");
        }
        BOOKED.add(orderId + ": " + points);
    }

    record Order(int id, int points) {}

    // tag::publish[]
    record OrderPlaced(int orderId, int points) {}

    @Component
    static class Orders {

        @HasuraEvent("order_placed")
        @Idempotent
        @PublishAsApplicationEvent
        OrderPlaced placed(Order order) {
            return new OrderPlaced(order.id(), order.points());
        }
    }

    @Component
    static class Points {

        @ApplicationModuleListener
        void on(OrderPlaced event) {
            book(event.orderId(), event.points());
        }
    }
    // end::publish[]

    @Autowired
    private WebhookDispatcher dispatcher;

    @Autowired
    private IncompleteEventPublications incomplete;

    @Autowired
    private JdbcTemplate jdbc;

    @BeforeEach
    void clear() {
        BOOKED.clear();
        down = false;
    }

    private int deliver(String id, String row) {
        return dispatcher
                .dispatch(new WebhookRequest(
                        WebhookKind.EVENT,
                        "POST",
                        null,
                        WebhookHeaders.of(Map.of("X-Webhook-Secret", "secret")),
                        "127.0.0.1",
                        new ByteArrayInputStream("""
                                {"id": "%s", "created_at": "2026-01-01T00:00:00Z", "table": {"schema": "public", "name": "order"},
                                 "trigger": {"name": "order_placed"}, "delivery_info": {"current_retry": 0, "max_retries": 3},
                                 "event": {"op": "INSERT", "data": {"old": null, "new": %s}, "session_variables": null}}""".formatted(id, row).getBytes(StandardCharsets.UTF_8))))
                .toCompletableFuture()
                .join()
                .status();
    }

    private void awaitBooked(String... events) {
        Awaitility.await().untilAsserted(() -> assertThat(BOOKED).containsExactly(events));
    }

    private int open() {
        return count("completion_date IS NULL");
    }

    private int count(String condition) {
        return jdbc.queryForObject("SELECT COUNT(*) FROM event_publication WHERE " + condition, Integer.class);
    }

    @Test
    void handsAnEventOnOnceHoweverOftenItIsDelivered() {
        String id = UUID.randomUUID().toString();
        assertThat(deliver(id, "{\"id\": 1, \"points\": 30}")).isEqualTo(200);
        assertThat(deliver(id, "{\"id\": 1, \"points\": 30}")).isEqualTo(200);

        awaitBooked("1: 30");
        Awaitility.await().until(() -> open() == 0);
        assertThat(BOOKED).hasSize(1);
    }

    @Test
    void keepsAnAcknowledgedEventUntilItsListenerHasTakenIt() {
        down = true;
        assertThat(deliver(UUID.randomUUID().toString(), "{\"id\": 2, \"points\": 5}"))
                .isEqualTo(200);
        Awaitility.await().until(() -> count("status = 'FAILED'") == 1);
        assertThat(BOOKED).isEmpty();

        down = false;
        incomplete.resubmitIncompletePublications(publication -> true);

        awaitBooked("2: 5");
        Awaitility.await().until(() -> open() == 0);
    }

    @Test
    void writesNothingDownOfAHandlerThatFails() {
        int before = count("true");

        assertThat(deliver(UUID.randomUUID().toString(), "null")).isEqualTo(500);

        assertThat(count("true")).isEqualTo(before);
    }
}
