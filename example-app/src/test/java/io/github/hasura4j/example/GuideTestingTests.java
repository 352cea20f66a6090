package io.github.hasura4j.example;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.hasura4j.payload.EventPayload;
import io.github.hasura4j.spring.HasuraEvent;
import io.github.hasura4j.test.Payloads;
import io.github.hasura4j.test.spring.DeliveryReport;
import io.github.hasura4j.test.spring.HasuraTest;
import io.github.hasura4j.test.spring.HasuraTester;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.TestPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/** The code of docs/testing.md. */
class GuideTestingTests {

    /** Sends a welcome to a new user, once. */
    static class Welcomes {

        private final Set<String> seen = ConcurrentHashMap.newKeySet();
        private final AtomicInteger sent = new AtomicInteger();

        @HasuraEvent("newUser")
        void welcome(EventPayload<User, Void> event) {
            if (seen.add(event.id())) {
                sent.incrementAndGet();
            }
        }

        int sent() {
            return sent.get();
        }

        void forget() {
            seen.clear();
            sent.set(0);
        }
    }

    @Nested
    class Unit {

        // tag::unit[]
        @Test
        void welcomesANewUser() {
            Welcomes welcomes = new Welcomes();
            welcomes.welcome(Payloads.event("newUser").insert(new User(UUID.randomUUID(), "Ada")));
            assertThat(welcomes.sent()).isEqualTo(1);
        }
        // end::unit[]
    }

    @Nested
    @HasuraTest(Welcomes.class)
    @Import(Welcomes.class)
    class Simulator {

        @Autowired
        HasuraTester tester;

        @Autowired
        Welcomes welcomes;

        private final User ada = new User(UUID.randomUUID(), "Ada");

        @BeforeEach
        void forget() {
            welcomes.forget();
        }

        // tag::simulator[]
        @Test
        void welcomesOnceHoweverOftenTheEventComes() {
            DeliveryReport report = tester.event("newUser")
                    .insert(ada)
                    .withoutSession()
                    .deliveredTwice()
                    .concurrently()
                    .deliver();

            assertThat(report).succeeded().times(2);
            assertThat(welcomes.sent()).isEqualTo(1);
        }

        @Test
        void welcomesOnceWhenTheAnswerIsLost() {
            DeliveryReport report = tester.event("newUser")
                    .insert(ada)
                    .withRetries(3, Duration.ofMinutes(10))
                    .losingAnswers(1)
                    .deliver();

            assertThat(report).succeeded().at(Duration.ZERO, Duration.ofMinutes(10));
            assertThat(welcomes.sent()).isEqualTo(1);
        }
        // end::simulator[]
    }

    @Nested
    @SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
    @TestPropertySource(properties = {"hasura.webhook.secret=s3cret", "hasura.jwt.secret=" + LoginTests.JWT_SECRET})
    class OverHttp {

        // tag::over-http[]
        @Test
        void logsInThroughTheWholeApplication(@LocalServerPort int port) {
            HasuraTester tester = HasuraTester.over(URI.create("http://localhost:" + port), "s3cret")
                    .withProject(Path.of("hasura"));

            tester.action("login")
                    .input(Map.of("username", "username", "password", "password"))
                    .asRole("anonymous")
                    .execute()
                    .succeeds();
        }
        // end::over-http[]
    }
}
