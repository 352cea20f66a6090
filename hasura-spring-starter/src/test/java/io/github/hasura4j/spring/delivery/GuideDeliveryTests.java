package io.github.hasura4j.spring.delivery;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import io.github.hasura4j.payload.SessionVariables;
import io.github.hasura4j.spring.HasuraAction;
import io.github.hasura4j.spring.HasuraEvent;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.stereotype.Component;

import static org.assertj.core.api.Assertions.assertThat;

class GuideDeliveryTests {

    private final SettableClock clock = new SettableClock();
    private final JdbcConnectionPool database = JdbcConnectionPool.create("jdbc:h2:mem:guide", "sa", "");
    private final JdbcTemplate jdbc = new JdbcTemplate(database);
    private final InboxStore inbox = new JdbcInboxStore(database, clock, true);
    private final HandlerTransactions transactions =
            new SpringHandlerTransactions(new JdbcTransactionManager(database));

    private final List<DeadLetter> letters = new ArrayList<>();

    record Order(int id, int points) {}

    // tag::once[]
    @Component
    static class Points {

        private final JdbcTemplate jdbc;

        Points(JdbcTemplate jdbc) {
            this.jdbc = jdbc;
        }

        @HasuraEvent("order_placed")
        @Idempotent
        void add(Order order) {
            jdbc.update("INSERT INTO points (order_id, points) VALUES (?, ?)", order.id(), order.points());
        }
        // end::once[]

        // tag::action[]
        record Redeem(String requestId, int points) {}

        @HasuraAction
        @Idempotent(key = "#session.require('x-hasura-user-id') + ':' + #redeem.requestId")
        int redeem(Redeem redeem, SessionVariables session) {
            return jdbc.update("INSERT INTO points (order_id, points) VALUES (0, ?)", -redeem.points());
        }
        // end::action[]

        final List<String> sent = new ArrayList<>();

        record User(String email) {}

        // tag::retry[]
        @HasuraEvent("user_created")
        @Retry(first = "10s", max = "1h", attempts = 8, giveUpOn = IllegalArgumentException.class)
        void welcome(User user) {
            if (!user.email().contains("@")) {
                throw new IllegalArgumentException("no address"); // becomes a dead letter at once
            }
            sent.add(user.email());
        }
        // end::retry[]

        final List<Integer> shown = new ArrayList<>();

        // tag::order[]
        @HasuraEvent("points_changed")
        @KeepOrder(key = "#order.id")
        void show(Order order) {
            shown.add(order.points());
        }
        // end::order[]
    }

    @BeforeEach
    void create() {
        jdbc.execute("CREATE TABLE points (order_id INT, points INT)");
    }

    @AfterEach
    void dispose() {
        database.dispose();
    }

    private Instance instance(Points points) {
        return new Instance(
                points,
                new OrderAdvisor(() -> new JdbcOrderStore(database, clock, false), () -> transactions, new Random(1)),
                new IdempotencyAdvisor(() -> inbox, () -> transactions, InboxSettings.defaults(), new Random(1)),
                new RetryAdvisor((letter, cause) -> letters.add(letter), clock, new Random(1)));
    }

    private int sum() {
        return jdbc.queryForObject("SELECT SUM(points) FROM points", Integer.class);
    }

    @Test
    void runsOnceForEachEventAndEachRequest() {
        try (Instance instance = instance(new Points(jdbc))) {
            for (int i = 0; i < 3; i++) {
                instance.event("order_placed", "e1", i, "2026-01-01T00:00:00Z", "{\"id\": 1, \"points\": 30}");
                assertThat(instance.action("redeem", "{\"requestId\": \"r1\", \"points\": 10}")
                                .body())
                        .isEqualTo("1");
            }
            assertThat(sum()).isEqualTo(20);
        }
    }

    @Test
    void givesUpOnWhatNoRetryCanHelp() {
        try (Instance instance = instance(new Points(jdbc))) {
            assertThat(instance.event("user_created", "e1", 0, "2026-01-01T00:00:00Z", "{\"email\": \"nobody\"}")
                            .status())
                    .isEqualTo(200);
            assertThat(letters).extracting(DeadLetter::eventId).containsExactly("e1");
        }
    }

    @Test
    void showsNothingOlder() {
        Points points = new Points(jdbc);
        try (Instance instance = instance(points)) {
            instance.event("points_changed", "new", 0, "2026-01-01T00:00:02Z", "{\"id\": 1, \"points\": 2}");
            instance.event("points_changed", "old", 0, "2026-01-01T00:00:01Z", "{\"id\": 1, \"points\": 1}");
            assertThat(points.shown).containsExactly(2);
        }
    }
}
