package io.github.hasura4j.spring.delivery;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;

import io.github.hasura4j.spring.HasuraAction;
import io.github.hasura4j.spring.HasuraEvent;
import io.github.hasura4j.spring.HasuraScheduled;
import io.github.hasura4j.spring.WebhookKind;
import io.github.hasura4j.spring.dispatch.InvalidHandlerException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class RetryTests {

    private final SettableClock clock = new SettableClock();
    private final List<DeadLetter> letters = new ArrayList<>();
    private final Failing failing = new Failing();
    private DeadLetterHandler deadLetters = (letter, cause) -> letters.add(letter);
    private final Instance instance = instance(failing);

    private Instance instance(Object bean) {
        return new Instance(
                bean, new RetryAdvisor((letter, cause) -> deadLetters.handle(letter, cause), clock, new Random(1)));
    }

    @AfterEach
    void close() {
        instance.close();
    }

    static class Failing {

        Exception failure = new IllegalStateException("on purpose");

        @HasuraEvent("mail")
        @Retry(first = "10s", max = "2m", attempts = 6, giveUpOn = IllegalArgumentException.class)
        void mail(Map<String, Object> row) throws Exception {
            throw failure;
        }

        @HasuraEvent
        void plain(Map<String, Object> row) throws Exception {
            throw failure;
        }

        @HasuraEvent
        @Retry(retryOn = IOException.class)
        void onlyIo(Map<String, Object> row) throws Exception {
            throw failure;
        }

        @HasuraEvent
        @Retry(attempts = Retry.AS_CONFIGURED)
        void asConfigured(Map<String, Object> row) throws Exception {
            throw failure;
        }

        @HasuraEvent
        @Retry
        CompletableFuture<Void> later(Map<String, Object> row) {
            return CompletableFuture.failedFuture(failure);
        }

        @HasuraScheduled
        @Retry(first = "10s", max = "1m", attempts = 3)
        void nightly() throws Exception {
            throw failure;
        }
    }

    private Instance.Answer attempt(String trigger, int retry) {
        return instance.event(trigger, "e1", retry, "2026-01-01T00:00:00Z", "{\"id\": 1}");
    }

    @Test
    void doublesTheTimeUpToTheLongestWithSomeChance() {
        int[] nominal = {10, 20, 40, 80, 120};
        for (int retry = 0; retry < nominal.length; retry++) {
            Instance.Answer answer = attempt("mail", retry);

            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.retryAfter())
                    .isBetween((int) (nominal[retry] * 0.75), Math.min(120, (int) (nominal[retry] * 1.25) + 1));
        }
        assertThat(letters).isEmpty();
    }

    @Test
    void acknowledgesTheLastAttemptAndHandsItOverWithPayloadAndCause() {
        Instance.Answer answer = attempt("mail", 5);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.retryAfter()).isNull();
        assertThat(letters).singleElement().satisfies(letter -> {
            assertThat(letter.kind()).isEqualTo(WebhookKind.EVENT);
            assertThat(letter.handler()).isEqualTo("mail");
            assertThat(letter.eventId()).isEqualTo("e1");
            assertThat(letter.payload()).contains("\"new\": {\"id\": 1}");
            assertThat(letter.cause()).isEqualTo("java.lang.IllegalStateException");
            assertThat(letter.message()).isEqualTo("on purpose");
            assertThat(letter.at()).isEqualTo(clock.instant());
            assertThat(letter.toString()).doesNotContain("on purpose", "\"new\"");
        });
    }

    @Test
    void isTriedAgainWhereNobodyTakesTheDeadLetter() {
        deadLetters = (letter, cause) -> {
            throw new IllegalStateException("the table is missing");
        };

        Instance.Answer answer = attempt("mail", 5);

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.retryAfter()).isEqualTo(120);
    }

    @Test
    void givesUpAtOnceOnWhatNoRetryCanHelp() {
        for (Exception each : List.of(new GiveUpException("no such user"), new NumberFormatException())) {
            failing.failure = each;
            assertThat(attempt("mail", 0).status()).isEqualTo(200);
        }
        assertThat(letters).hasSize(2);
    }

    @Test
    void retriesOnlyWhatItNames() {
        failing.failure = new IOException();
        assertThat(attempt("onlyIo", 0).retryAfter()).isPositive();
        failing.failure = new UncheckedIOException(new IOException());
        assertThat(attempt("onlyIo", 0).status()).isEqualTo(200);
    }

    @Test
    void comesAgainWhenTheHandlerSaysButNotLaterThanTheLongestTime() {
        failing.failure = new RetryLaterException(Duration.ofMillis(33_100));
        assertThat(attempt("mail", 0).retryAfter()).isEqualTo(34);
        failing.failure = new RetryLaterException(Duration.ofDays(1));
        assertThat(attempt("mail", 0).retryAfter()).isEqualTo(120);
        failing.failure = new RetryLaterException(Duration.ZERO);
        assertThat(attempt("mail", 0).retryAfter()).isEqualTo(1);
        assertThat(attempt("mail", 5).status()).isEqualTo(200);
    }

    @Test
    void recognisesTheEnginesLastAttempt() {
        assertThat(attempt("asConfigured", 2).retryAfter()).isPositive();
        assertThat(attempt("asConfigured", 3).status()).isEqualTo(200);
    }

    @Test
    void decidesAboutFuturesAsWell() {
        assertThat(attempt("later", 0).retryAfter()).isPositive();
    }

    @Nested
    class WithoutTheAnnotation {

        @Test
        void leavesFailuresToTheEngine() {
            Instance.Answer answer = attempt("plain", 99);

            assertThat(answer.status()).isEqualTo(500);
            assertThat(answer.retryAfter()).isNull();
            assertThat(letters).isEmpty();
        }

        @Test
        void stillHearsTheTwoExceptions() {
            failing.failure = new RetryLaterException(Duration.ofSeconds(5));
            assertThat(attempt("plain", 0).retryAfter()).isEqualTo(5);
            assertThat(attempt("plain", 9).status()).isEqualTo(200);
            failing.failure = new GiveUpException("never");
            assertThat(attempt("plain", 0).status()).isEqualTo(200);
            assertThat(letters).hasSize(2);
        }
    }

    @Nested
    class OfScheduledTriggers {

        @Test
        void countsByTheTimeSinceTheEventWasDue() {
            assertThat(instance.scheduled("nightly", "2026-01-01T00:00:00Z").retryAfter())
                    .isBetween(7, 13);
            clock.advance(Duration.ofSeconds(15));
            assertThat(instance.scheduled("nightly", "2026-01-01T00:00:00Z").retryAfter())
                    .isBetween(15, 25);
            clock.advance(Duration.ofSeconds(15));
            assertThat(instance.scheduled("nightly", "2026-01-01T00:00:00Z").status())
                    .isEqualTo(200);
            assertThat(letters).hasSize(1);
        }
    }

    static class OnAnAction {
        @HasuraAction
        @Retry
        void act() {}
    }

    static class TooShort {
        @HasuraEvent
        @Retry(first = "1m", max = "1s")
        void event() {}
    }

    static class NoTime {
        @HasuraEvent
        @Retry(first = "soon")
        void event() {}
    }

    @Test
    void stopsTheApplicationOverMistakes() {
        for (Object each : List.of(new OnAnAction(), new TooShort(), new NoTime())) {
            assertThatExceptionOfType(InvalidHandlerException.class)
                    .isThrownBy(() -> instance(each))
                    .withMessageContaining(each.getClass().getName());
        }
    }
}
