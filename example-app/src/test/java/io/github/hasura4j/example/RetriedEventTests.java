package io.github.hasura4j.example;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.hasura4j.payload.DeliveryInfo;
import io.github.hasura4j.payload.EventPayload;
import io.github.hasura4j.spring.HasuraEvent;
import io.github.hasura4j.test.LocalHasura;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;

/** A handler that throws gets its event again: the engine reads the status, and nothing of the exception. */
@SpringBootTest(
        classes = RetriedEventTests.Application.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {"hasura.webhook.secret=retry-secret", "spring.graphql.schema.locations=classpath:none/"})
@ExtendWith(OutputCaptureExtension.class)
class RetriedEventTests {

    static final List<DeliveryInfo> ATTEMPTS = new CopyOnWriteArrayList<>();

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(Flaky.class)
    static class Application {}

    static class Flaky {

        @HasuraEvent
        void newUser(EventPayload<User, Void> event) {
            ATTEMPTS.add(event.deliveryInfo());
            if (ATTEMPTS.size() == 1) {
                throw new IllegalStateException("the details stay here");
            }
        }
    }

    @Test
    void isDeliveredAgainAfterAnException(@LocalServerPort int port, CapturedOutput output) throws Exception {
        // The project retries after ten seconds; the test does not wait for that, it sets the clock of the row back.
        try (LocalHasura hasura = LocalHasura.forProject(Path.of("hasura"))
                .environment("HANDLER_URL", "http://localhost:" + port)
                .environment("WEBHOOK_SECRET", "retry-secret")
                .eventsInterval(Duration.ofMillis(20))
                .start()) {
            Engine.at(hasura.port()).send("mutation { insert_user_one(object: {name: \"Ada\"}) { id } }");

            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .until(() ->
                            sql(hasura, "UPDATE hdb_catalog.event_log SET next_retry_at = now() WHERE tries = 1") == 1);
            Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> ATTEMPTS.size() == 2);

            assertThat(ATTEMPTS).containsExactly(new DeliveryInfo(0, 3), new DeliveryInfo(1, 3));
            assertThat(
                            sql(
                                    hasura,
                                    "UPDATE hdb_catalog.event_invocation_logs SET status = status WHERE status = 500"
                                            + " AND response::text LIKE '%internal-error%' AND response::text NOT LIKE '%details%'"))
                    .isOne();
            assertThat(output).contains("the details stay here").contains("reference");
        }
    }

    private static int sql(LocalHasura hasura, String update) throws java.sql.SQLException {
        try (var connection = java.sql.DriverManager.getConnection(hasura.jdbcUrl());
                var statement = connection.createStatement()) {
            return statement.executeUpdate(update);
        }
    }
}
