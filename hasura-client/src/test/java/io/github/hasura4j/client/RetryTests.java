package io.github.hasura4j.client;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

import io.github.hasura4j.client.HasuraTransportException.Reason;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class RetryTests {

    private static final String HI = "{\"data\": {\"hello\": \"hi\"}}";
    private static final String BUSY =
            "{\"errors\": [{\"message\": \"max connections reached\", \"extensions\": {\"path\": \"$\", \"code\": \"postgres-max-connections-error\"}}]}";

    @AutoClose
    private final FakeEngine engine = new FakeEngine();

    private final RetryPolicy quick = RetryPolicy.standard().backoff(Duration.ZERO, Duration.ofMillis(1));
    private final HasuraClient hasura = engine.client().retry(quick).build();

    @Nested
    class AQuery {

        @ParameterizedTest
        @ValueSource(ints = {429, 502, 503, 504})
        void isRepeatedWhereSomethingInBetweenWasNotUpToIt(int status) {
            engine.answersInTurn(FakeEngine.answer(status, ""), FakeEngine.answer(200, HI));

            assertThat(hello()).isEqualTo("hi");
            assertThat(engine.received()).hasSize(2);
        }

        @Test
        void isRepeatedWhenTheConnectionBreaks() {
            engine.answersInTurn(RetryTests::breakOff, RetryTests::breakOff, FakeEngine.answer(200, HI));

            assertThat(hello()).isEqualTo("hi");
            assertThat(engine.received()).hasSize(3);
        }

        @Test
        void isGivenUpAfterThreeAttempts() {
            engine.answers(503, "");

            HasuraTransportException e = failing();

            assertThat(e.status()).hasValue(503);
            assertThat(e.getSuppressed()).hasSize(2);
            assertThat(engine.received()).hasSize(3);
        }

        @ParameterizedTest
        @ValueSource(ints = {400, 401, 404, 500, 308})
        void isNotRepeatedWhereThatWouldNotHelp(int status) {
            engine.answers(status, "");

            assertThat(failing().status()).hasValue(status);
            assertThat(engine.received()).hasSize(1);
        }

        @Test
        void isNotRepeatedForAnErrorOfTheEngine() {
            engine.answers(BUSY);

            assertThat(hasura.query("hello").execute().hasErrors()).isTrue();
            assertThat(engine.received()).hasSize(1);
        }

        @Test
        void isRepeatedForAnErrorThatTheUserNames() {
            engine.answersInTurn(FakeEngine.answer(200, BUSY), FakeEngine.answer(200, HI));
            HasuraClient stubborn = engine.client()
                    .retry(quick.retryOn(e -> e.hasCode("postgres-max-connections-error")))
                    .build();

            assertThat(stubborn.query("hello").execute().row(String.class)).contains("hi");
        }
    }

    @Nested
    class AMutation {

        @ParameterizedTest
        @ValueSource(ints = {502, 503, 504})
        void isNotRepeatedIfItMayHaveBeenRun(int status) {
            engine.answers(status, "");

            assertThat(catchThrowableOfType(
                                    HasuraTransportException.class,
                                    () -> hasura.mutation("ping").execute())
                            .status())
                    .hasValue(status);
            assertThat(engine.received()).hasSize(1);
        }

        @Test
        void isNotRepeatedWhenTheConnectionBreaks() {
            engine.answersWith(RetryTests::breakOff);

            assertThat(catchThrowableOfType(
                                    HasuraTransportException.class,
                                    () -> hasura.mutation("ping").execute())
                            .reason())
                    .isEqualTo(Reason.BROKEN);
            assertThat(engine.received()).hasSize(1);
        }

        @Test
        void isRepeatedIfItWasTurnedAway() {
            engine.answersInTurn(FakeEngine.answer(429, ""), FakeEngine.answer(200, "{\"data\": {\"ping\": 1}}"));

            assertThat(hasura.mutation("ping").execute().row(Integer.class)).contains(1);
        }

        @Test
        void isRepeatedIfNobodyListened() throws IOException {
            int free;
            try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                free = socket.getLocalPort();
            }
            Recorder recorder = new Recorder();
            HasuraClient lonely = HasuraClient.builder()
                    .endpoint(URI.create("http://127.0.0.1:" + free))
                    .retry(quick)
                    .observer(recorder)
                    .build();

            assertThat(catchThrowableOfType(
                                    HasuraTransportException.class,
                                    () -> lonely.mutation("ping").execute())
                            .reason())
                    .isEqualTo(Reason.CONNECT);
            assertThat(recorder.events).contains("sending 3").doesNotContain("sending 4");
        }

        @Test
        void isRepeatedIfItsCallerSaysThatItMayRunTwice() {
            engine.answersInTurn(FakeEngine.answer(503, ""), FakeEngine.answer(200, "{\"data\": {\"ping\": 1}}"));

            assertThat(hasura.mutation("ping").idempotent().execute().row(Integer.class))
                    .contains(1);
        }

        @Test
        void isOneInADocumentToo() {
            engine.answers(503, "");

            assertThat(catchThrowableOfType(
                                    HasuraTransportException.class,
                                    () -> hasura.document("mutation { ping }").execute())
                            .status())
                    .hasValue(503);
            assertThat(engine.received()).hasSize(1);
        }
    }

    @Nested
    class TheDeadline {

        @Test
        void holdsForAllAttemptsTogether() {
            CountDownLatch done = new CountDownLatch(1);
            engine.answersInTurn(FakeEngine.answer(503, ""), exchange -> {
                try {
                    done.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });

            HasuraTransportException e = catchThrowableOfType(
                    HasuraTransportException.class,
                    () -> hasura.query("hello").timeout(Duration.ofMillis(300)).execute());
            done.countDown();

            assertThat(e.reason()).isEqualTo(Reason.TIMEOUT);
            assertThat(e).hasMessageContaining("PT0.3S");
            assertThat(e.getSuppressed()).hasSize(1);
        }

        @Test
        void isNotWaitedForIfTheNextAttemptWouldBeginLater() {
            engine.answersWith(exchange -> {
                exchange.getResponseHeaders().set("Retry-After", "3600");
                FakeEngine.reply(exchange, 503, "");
            });

            HasuraTransportException e = failing();

            assertThat(e.retryAfter()).contains(Duration.ofHours(1));
            assertThat(engine.received()).hasSize(1);
        }

        @Test
        void leavesTimeForARetryAfterThatIsShort() {
            engine.answersInTurn(
                    exchange -> {
                        exchange.getResponseHeaders().set("Retry-After", "0");
                        FakeEngine.reply(exchange, 503, "");
                    },
                    FakeEngine.answer(200, HI));

            assertThat(hello()).isEqualTo("hi");
        }
    }

    @Nested
    class APolicy {

        private final HasuraTransportException unavailable = new HasuraTransportException(
                "", Reason.STATUS, HasuraTransportException.Sent.YES, 503, Duration.ofSeconds(7), null);

        @Test
        void waitsNoLongerThanItsBackoffAndNoShorterThanRetryAfter() {
            RetryPolicy policy = RetryPolicy.standard().maxAttempts(100);
            HasuraTransportException broken =
                    new HasuraTransportException("", Reason.BROKEN, HasuraTransportException.Sent.MAYBE, null, null);

            assertThat(policy.delayAfter(1, true, broken)).isLessThanOrEqualTo(Duration.ofMillis(100));
            assertThat(policy.delayAfter(2, true, broken)).isLessThanOrEqualTo(Duration.ofMillis(200));
            assertThat(policy.delayAfter(99, true, broken)).isLessThanOrEqualTo(Duration.ofSeconds(5));
            assertThat(policy.delayAfter(1, true, unavailable)).isEqualTo(Duration.ofSeconds(7));
        }

        @Test
        void refusesNonsense() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> RetryPolicy.standard().maxAttempts(0));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> RetryPolicy.standard().backoff(Duration.ofSeconds(2), Duration.ofSeconds(1)));
        }
    }

    @Nested
    class AnObserver {

        @Test
        void hearsOfEveryAttempt() {
            engine.answersInTurn(FakeEngine.answer(503, ""), FakeEngine.answer(200, HI));
            Recorder recorder = new Recorder();

            engine.client()
                    .retry(quick)
                    .observer(recorder)
                    .build()
                    .query("hello")
                    .execute();

            assertThat(recorder.events)
                    .containsExactly(
                            "sending 1",
                            "answering 1: 503",
                            "repeating 1",
                            "sending 2",
                            "answering 2: 200",
                            "answered after 2");
        }
    }

    /** Writes down what it hears. */
    static final class Recorder implements ClientObserver {

        final List<String> events = new CopyOnWriteArrayList<>();

        @Override
        public void sending(ClientOperation operation, int attempt) {
            events.add("sending " + attempt);
        }

        @Override
        public void answering(ClientOperation operation, int attempt, int status) {
            events.add("answering " + attempt + ": " + status);
        }

        @Override
        public void repeating(ClientOperation operation, int attempt, Duration delay, HasuraException failure) {
            events.add("repeating " + attempt);
        }

        @Override
        public void answered(ClientResponse response) {
            events.add("answered after " + response.attempts());
        }

        @Override
        public void failed(ClientOperation operation, RuntimeException failure) {
            events.add("failed: " + failure.getClass().getSimpleName());
        }
    }

    private static void breakOff(com.sun.net.httpserver.HttpExchange exchange) {
        exchange.close();
    }

    private String hello() {
        return hasura.query("hello").execute().row(String.class).orElseThrow();
    }

    private HasuraTransportException failing() {
        return catchThrowableOfType(
                HasuraTransportException.class, () -> hasura.query("hello").execute());
    }
}
