package io.github.hasura4j.test.spring.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.hasura4j.client.HasuraClient;
import io.github.hasura4j.spring.HasuraEvent;
import io.github.hasura4j.spring.delivery.DeadLetter;
import io.github.hasura4j.spring.delivery.DeadLetterHandler;
import io.github.hasura4j.spring.delivery.GiveUpException;
import io.github.hasura4j.spring.delivery.Retry;
import io.github.hasura4j.test.LocalHasura;
import io.github.hasura4j.test.spring.AutoConfigureLocalHasura;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/** What {@code @Retry} says is what the engine does. */
@SpringBootTest(classes = RetriesOnTheEnginesClockTests.Application.class, webEnvironment = WebEnvironment.RANDOM_PORT)
@AutoConfigureLocalHasura(project = "src/test/resources/spring/retries")
class RetriesOnTheEnginesClockTests {

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {

        @Bean
        Handlers handlers() {
            return new Handlers();
        }

        @Bean
        DeadLetterHandler deadLetters(Handlers handlers) {
            return (letter, cause) -> handlers.dead.add(letter);
        }
    }

    record Task(Integer id, String what) {}

    static class Handlers {

        final List<DeadLetter> dead = new CopyOnWriteArrayList<>();
        final AtomicInteger calls = new AtomicInteger();
        volatile boolean well;

        @HasuraEvent("task")
        @Retry(first = "10s", max = "1m", attempts = 5)
        void task(Task task) {
            calls.incrementAndGet();
            if (!well) {
                throw task.what().equals("hopeless")
                        ? new GiveUpException("no way")
                        : new IllegalStateException("the other side is down");
            }
        }
    }

    @Autowired
    private LocalHasura hasura;

    @Autowired
    private HasuraClient client;

    @Autowired
    private Handlers handlers;

    @BeforeEach
    void forget() {
        handlers.dead.clear();
        handlers.calls.set(0);
        handlers.well = false;
    }

    private void insert(String what) {
        client.document("mutation ($what: String) { insert_task_one(object: {what: $what}) { id } }")
                .variable("what", what)
                .execute();
        hasura.awaitIdle();
    }

    private LoggedRetry event() {
        var event = client.metadata().eventTriggers().events("task").get(0);
        return new LoggedRetry(event.id(), event.nextRetryAt(), event.delivered(), event.failed());
    }

    private record LoggedRetry(String id, Instant next, boolean delivered, boolean failed) {}

    @Test
    void backOffGrowsAsTheAnnotationSaysAndEndsWithADeadLetter() {
        insert("mail");
        List<Duration> pauses = new ArrayList<>();
        while (!event().delivered()) {
            Duration pause = Duration.between(hasura.now(), event().next());
            pauses.add(pause);
            hasura.advanceClock(pause.plusSeconds(1));
            hasura.awaitIdle();
        }

        assertThat(handlers.calls).hasValue(5);
        assertThat(pauses).hasSize(4);
        long[] expected = {10, 20, 40, 60};
        for (int i = 0; i < expected.length; i++) {
            assertThat(pauses.get(i).toSeconds()).isBetween(expected[i] * 3 / 4 - 2, expected[i] * 5 / 4 + 1);
        }
        assertThat(handlers.dead).singleElement().satisfies(letter -> {
            assertThat(letter.handler()).isEqualTo("task");
            assertThat(letter.payload()).contains("\"what\":\"mail\"");
            assertThat(letter.cause()).isEqualTo(IllegalStateException.class.getName());
            assertThat(letter.message()).isEqualTo("the other side is down");
            assertThat(letter.eventId()).isEqualTo(event().id());
        });
    }

    @Test
    void aDeadLetterCanBeDeliveredOnceMore() {
        insert("hopeless");
        handlers.well = true;

        client.metadata().eventTriggers().redeliver(handlers.dead.get(0).eventId());
        hasura.awaitIdle();

        assertThat(handlers.calls).hasValue(2);
        assertThat(handlers.dead).hasSize(1);
        assertThat(hasura.deliveries("task")).succeeded().times(1);
    }

    @Test
    void whatWasGivenUpNeverComesAgain() {
        insert("hopeless");

        hasura.advanceClock(Duration.ofDays(2));
        hasura.awaitIdle();

        assertThat(handlers.calls).hasValue(1);
        assertThat(handlers.dead).hasSize(1);
        assertThat(event().delivered()).isTrue();
    }
}
