package io.github.hasura4j.test.spring.delivery;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.hasura4j.client.HasuraClient;
import io.github.hasura4j.spring.HasuraEvent;
import io.github.hasura4j.spring.WebhookKind;
import io.github.hasura4j.spring.autoconfigure.HasuraClientProperties;
import io.github.hasura4j.spring.delivery.DeadLetter;
import io.github.hasura4j.spring.delivery.DeadLetterHandler;
import io.github.hasura4j.spring.delivery.DeliveryCounts;
import io.github.hasura4j.spring.delivery.DeliveryCounts.Reason;
import io.github.hasura4j.test.LocalHasura;
import io.github.hasura4j.test.spring.AutoConfigureLocalHasura;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/** Two handlers that set each other off come to an end. */
@SpringBootTest(
        classes = LoopTests.Application.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = "hasura.loop-guard.max-hops=6")
@AutoConfigureLocalHasura(project = "src/test/resources/spring/loop")
@ExtendWith(OutputCaptureExtension.class)
class LoopTests {

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {

        /** Says that many handlers have led to what it writes, without the signature. */
        @Bean(defaultCandidate = false)
        @Qualifier("made-up")
        HasuraClient madeUp(HasuraClientProperties engine) {
            return HasuraClient.builder()
                    .endpoint(Objects.requireNonNull(engine.endpoint()))
                    .adminSecret(Objects.requireNonNull(engine.adminSecret()))
                    .callVariables(() -> Map.of("x-hasura-hops", "99." + "A".repeat(43)))
                    .build();
        }

        @Bean
        List<DeadLetter> letters() {
            return new CopyOnWriteArrayList<>();
        }

        @Bean
        DeadLetterHandler deadLetters(List<DeadLetter> letters) {
            return (letter, cause) -> letters.add(letter);
        }

        @Bean
        Handlers handlers() {
            return new Handlers();
        }
    }

    record Row(Integer id, Integer seen) {}

    static class Handlers {

        final AtomicInteger calls = new AtomicInteger();

        @HasuraEvent("ping")
        void ping(Row row, HasuraClient hasura) {
            calls.incrementAndGet();
            hasura.document("mutation { insert_pong_one(object: {}) { id } }").fetchOptional("", Object.class);
        }

        @HasuraEvent("pong")
        void pong(Row row, HasuraClient hasura) {
            calls.incrementAndGet();
            hasura.document("mutation { insert_ping_one(object: {}) { id } }").fetchOptional("", Object.class);
        }
    }

    @BeforeEach
    void forget(@Autowired Handlers handlers, @Autowired List<DeadLetter> letters) {
        letters.clear();
        handlers.calls.set(0);
    }

    @Test
    void stopsAtTheLimitAndSaysSo(
            @Autowired LocalHasura hasura,
            @Autowired HasuraClient client,
            @Autowired Handlers handlers,
            @Autowired DeliveryCounts counts,
            @Autowired List<DeadLetter> letters,
            CapturedOutput output) {
        client.document("mutation { insert_ping_one(object: {}) { id } }").fetchOptional("", Object.class);
        hasura.awaitIdle();

        assertThat(handlers.calls).hasValue(6);
        assertThat(output).contains("Stopped a loop: 6 handlers in a row led to this event of trigger 'ping'");
        assertThat(counts.count(WebhookKind.EVENT, "ping", Reason.LOOP)).isEqualTo(1);
        assertThat(letters).singleElement().satisfies(letter -> {
            assertThat(letter.handler()).isEqualTo("ping");
            assertThat(letter.payload()).contains("x-hasura-hops");
            assertThat(letter.message()).isEqualTo("6 handlers in a row led to this event");
        });
        assertThat(hasura.deliveries("ping")).succeeded().times(4);
    }

    @Test
    void believesNobodyElse(
            @Autowired LocalHasura hasura,
            @Autowired @Qualifier("made-up") HasuraClient client,
            @Autowired Handlers handlers) {
        client.document("mutation { insert_pong_one(object: {}) { id } }").fetchOptional("", Object.class);
        hasura.awaitIdle();

        assertThat(handlers.calls).hasValue(6);
    }
}
