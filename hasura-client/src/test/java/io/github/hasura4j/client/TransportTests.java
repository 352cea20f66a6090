package io.github.hasura4j.client;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

import io.github.hasura4j.client.HasuraTransportException.Reason;
import io.github.hasura4j.client.HasuraTransportException.Sent;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class TransportTests {

    @AutoClose
    private final FakeEngine engine = new FakeEngine();

    @Test
    void speaksHttp11WithoutOfferingAnUpgrade() {
        engine.admin().query("hello").execute();

        assertThat(engine.asked().headers()).doesNotContainKeys("Upgrade", "Http2-settings");
    }

    @Nested
    class WhereNobodyListens {

        @Test
        void wasSurelyNotSent() throws IOException {
            int free;
            try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                free = socket.getLocalPort();
            }

            HasuraTransportException e = failing(HasuraClient.builder()
                    .endpoint(URI.create("http://127.0.0.1:" + free))
                    .adminSecret("s3cret")
                    .build());

            assertThat(e.reason()).isEqualTo(Reason.CONNECT);
            assertThat(e.sent()).isEqualTo(Sent.NO);
            assertThat(e.status()).isEmpty();
            assertThat(e).hasMessageContaining("'hello' could not connect").hasMessageContaining(":" + free);
        }

        @Test
        void wasSurelyNotSentToAnUnknownHost() {
            HasuraTransportException e = failing(HasuraClient.builder()
                    .endpoint(URI.create("http://nobody.invalid"))
                    .build());

            assertThat(e.reason()).isEqualTo(Reason.CONNECT);
            assertThat(e.sent()).isEqualTo(Sent.NO);
        }
    }

    @Nested
    class WhereTheAnswerTakesTooLong {

        @Test
        void mayHaveBeenSent() {
            CountDownLatch done = new CountDownLatch(1);
            engine.answersWith(exchange -> awaits(done));

            HasuraTransportException e = failing(
                    engine.client().requestTimeout(Duration.ofMillis(200)).build());
            done.countDown();

            assertThat(e.reason()).isEqualTo(Reason.TIMEOUT);
            assertThat(e.sent()).isEqualTo(Sent.MAYBE);
            assertThat(e).hasMessageContaining("PT0.2S");
        }

        @Test
        void doesNotWaitForTheRestOfABodyEither() {
            CountDownLatch done = new CountDownLatch(1);
            engine.answersWith(exchange -> {
                exchange.sendResponseHeaders(200, 1000);
                exchange.getResponseBody().write('{');
                exchange.getResponseBody().flush();
                awaits(done);
            });

            HasuraTransportException e = failing(
                    engine.client().requestTimeout(Duration.ofMillis(200)).build());
            done.countDown();

            assertThat(e.reason()).isEqualTo(Reason.TIMEOUT);
        }
    }

    @Nested
    class WhereTimeoutsAreAbsurd {

        @Test
        void waitsForAVeryLongTimeAllTheSame() {
            Duration longer = Duration.ofDays(146_000);
            engine.answers("{\"data\": {\"hello\": \"hi\"}}");

            HasuraClient patient = engine.client()
                    .connectTimeout(longer)
                    .requestTimeout(longer)
                    .build();

            assertThat(patient.query("hello").execute().row(String.class)).contains("hi");
        }
    }

    @Nested
    class WhereTheConnectionBreaks {

        @Test
        void mayHaveBeenSent() throws Exception {
            try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                Thread closing = new Thread(() -> {
                    try (Socket socket = server.accept()) {
                        socket.getInputStream().read();
                    } catch (IOException e) {
                        // The test fails by itself.
                    }
                });
                closing.start();

                HasuraTransportException e = failing(HasuraClient.builder()
                        .endpoint(URI.create("http://127.0.0.1:" + server.getLocalPort()))
                        .retry(RetryPolicy.none())
                        .build());
                closing.join();

                assertThat(e.reason()).isEqualTo(Reason.BROKEN);
                assertThat(e.sent()).isEqualTo(Sent.MAYBE);
            }
        }
    }

    @Nested
    class WhereTheThreadIsInterrupted {

        @Test
        void stopsWaitingAndKeepsTheFlag() throws Exception {
            CountDownLatch arrived = new CountDownLatch(1);
            CountDownLatch done = new CountDownLatch(1);
            engine.answersWith(exchange -> {
                arrived.countDown();
                awaits(done);
            });
            AtomicReference<HasuraTransportException> failure = new AtomicReference<>();
            AtomicBoolean flag = new AtomicBoolean();
            Thread caller = new Thread(() -> {
                failure.set(failing(engine.admin()));
                flag.set(Thread.currentThread().isInterrupted());
            });
            caller.start();
            arrived.await();
            caller.interrupt();
            caller.join();
            done.countDown();

            assertThat(failure.get().reason()).isEqualTo(Reason.INTERRUPTED);
            assertThat(flag).isTrue();
        }
    }

    @Nested
    class WhereSomethingElseAnswers {

        @ParameterizedTest
        @ValueSource(ints = {400, 404, 429, 502, 503})
        void tellsTheStatusButNotTheBody(int status) {
            engine.answers(status, "<html>hunter2</html>");

            HasuraTransportException e = failing(engine.admin());

            assertThat(e.reason()).isEqualTo(Reason.STATUS);
            assertThat(e.status()).hasValue(status);
            assertThat(e).hasMessageContaining("HTTP status " + status).hasMessageNotContaining("hunter2");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{\"error\": \"Bad Gateway\", \"code\": 502, \"path\": \"$\"}",
                    "{\"error\": \"Bad Gateway\", \"code\": \"E502\", \"path\": \"/v1/graphql\"}",
                    "{\"error\": \"Bad Gateway\", \"path\": \"$\"}",
                    "{\"code\": \"E502\"}",
                    "{\"errors\": {\"message\": \"Bad Gateway\"}}",
                    "{\"errors\": \"Bad Gateway\"}",
                    "{\"data\": null}"
                })
        void takesNothingElseForTheEnginesErrors(String body) {
            engine.answers(502, body);

            HasuraTransportException e = failing(engine.admin());

            assertThat(e.reason()).isEqualTo(Reason.STATUS);
            assertThat(e.status()).hasValue(502);
        }

        @Test
        void doesNotFollowRedirects() {
            engine.answersWith(exchange -> {
                exchange.getResponseHeaders().set("Location", engine.uri() + "/elsewhere");
                FakeEngine.reply(exchange, 308, "");
            });

            HasuraTransportException e = failing(engine.admin());

            assertThat(e.status()).hasValue(308);
            assertThat(e).hasMessageContaining("Redirects are not followed");
            assertThat(engine.received()).hasSize(1);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "<html>hunter2</html>",
                    "hunter2",
                    "[]",
                    "null",
                    "{}",
                    "{\"hunter2\": 1}",
                    "{\"data\": {\"hello\": \"hunter2\"",
                    "{\"data\": hunter2}",
                    "{\"data\": {\"hello\": \"hi\"}, hunter2}"
                })
        void refusesWhatIsNotGraphQl(String body) {
            engine.answers(body);

            HasuraTransportException e = failing(engine.admin());

            assertThat(e.reason()).isEqualTo(Reason.NOT_GRAPHQL);
            assertThat(e.sent()).isEqualTo(Sent.YES);
            assertThat(org.assertj.core.util.Throwables.getStackTrace(e)).doesNotContain("hunter2");
        }
    }

    private static HasuraTransportException failing(HasuraClient client) {
        return catchThrowableOfType(
                HasuraTransportException.class,
                () -> client.query("hello").execute().row(String.class));
    }

    private static void awaits(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
