package io.github.hasura4j.client;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.hasura4j.client.FakeSocketEngine.Conversation;
import io.github.hasura4j.client.HasuraTransportException.Reason;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The engine's dialect of graphql-transport-ws, frame by frame, with time in the test's hand. */
@Timeout(30)
class SubscriptionProtocolTests {

    private static final String DOCUMENT = "subscription events { event { seq } }";

    @AutoClose
    private final FakeSocketEngine engine = new FakeSocketEngine();

    private final ManualTiming timing = new ManualTiming();
    private final Hearing hearing = new Hearing();
    private HasuraClient hasura =
            engine.client().adminSecret("s3cret").timing(timing).build();

    @AfterEach
    void close() {
        hasura.close();
    }

    record Event(long seq) {}

    private LiveQuery<List<Event>> events(HasuraClient client) {
        return client.document(DOCUMENT).liveList("event", Event.class);
    }

    private Iterator<List<Event>> opened() {
        return events(hasura).listener(hearing).iterator();
    }

    private static String event(int seq) {
        return "{\"event\":[{\"seq\":%d}]}".formatted(seq);
    }

    private static List<Event> one(int seq) {
        return List.of(new Event(seq));
    }

    @Nested
    class TheHandshake {

        @Test
        void offersOneProtocolAndSendsCredentialsInTheFirstMessageOnly() {
            LiveQuery<List<Event>> live = events(hasura.asRole("editor"));
            live.iterator();

            Conversation connection = engine.accept();
            JsonNode init = connection.expect("connection_init");

            assertThat(connection.request).startsWith("GET /v1/graphql ");
            assertThat(connection.headers).containsEntry("Sec-WebSocket-Protocol", "graphql-transport-ws");
            assertThat(connection.headers).doesNotContainKeys("x-hasura-admin-secret", "x-hasura-role");
            assertThat(init.path("payload").toString())
                    .isEqualTo("{\"headers\":{\"x-hasura-admin-secret\":\"s3cret\",\"x-hasura-role\":\"editor\"}}");
        }

        @Test
        void subscribesAfterTheAcknowledgementAndNotBefore() {
            opened();
            Conversation connection = engine.accept();
            connection.expect("connection_init");
            connection.send("{\"type\":\"ping\"}").expect("pong");

            connection.send("{\"type\":\"connection_ack\"}");

            JsonNode subscribe = connection.expect("subscribe");
            assertThat(subscribe.path("id").isString()).isTrue();
            assertThat(subscribe.path("payload").toString())
                    .isEqualTo("{\"query\":\"%s\",\"operationName\":\"events\"}".formatted(DOCUMENT));
        }

        @Test
        void answersAPingBeforeTheAcknowledgement() {
            Iterator<List<Event>> values = opened();
            Conversation connection = engine.accept();
            connection.send("{\"type\":\"ping\",\"payload\":{\"message\":\"keepalive\"}}");

            connection.expect("connection_init");
            connection.expect("pong");
            connection.send("{\"type\":\"connection_ack\"}");
            connection.next(connection.subscribed(), event(1));

            assertThat(values.next()).isEqualTo(one(1));
        }

        @Test
        void ignoresKeepAlivesOfTheOldProtocolAndWhatItDoesNotKnow() {
            Iterator<List<Event>> values = opened();
            Conversation connection = engine.accept();
            connection
                    .send("{\"type\":\"ka\"}")
                    .send("{\"type\":\"greetings\",\"payload\":[1]}")
                    .send("[]");
            connection.expect("connection_init");
            connection
                    .send("{\"type\":\"connection_ack\"}")
                    .send("{\"type\":\"ka\"}")
                    .send("{\"payload\":7}");
            connection.next(connection.subscribed(), event(1));

            assertThat(values.next()).isEqualTo(one(1));
            hearing.await("connecting", "connected");
        }

        @Test
        void triesAgainIfItIsNotAcknowledgedInTime() {
            opened();
            Conversation silent = engine.accept();
            silent.expect("connection_init");

            timing.pass(Duration.ofSeconds(10));

            silent.awaitEnd();
            hearing.await("connecting", "interrupted 1");
            assertThat(hearing.lastCause()).hasMessageContaining("not acknowledged within PT10S");
            timing.pass(Duration.ofMillis(100));
            engine.welcome().subscribed();
            hearing.await("connecting", "interrupted 1", "connected");
        }

        @ParameterizedTest
        @ValueSource(strings = {"graphql-ws", ""})
        void failsAtOnceIfTheServerChoosesAnotherProtocol(String protocol) {
            engine.speaks(protocol);

            assertThatExceptionOfType(HasuraTransportException.class)
                    .isThrownBy(opened()::hasNext)
                    .withMessageContaining("graphql-transport-ws")
                    .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.NOT_GRAPHQL));
        }

        @Test
        void failsAtOnceIfThereIsNoWebSocketAtTheAddress() {
            engine.answers(404);

            assertThatExceptionOfType(HasuraTransportException.class)
                    .isThrownBy(opened()::hasNext)
                    .withMessageContaining("404")
                    .satisfies(e -> assertThat(e.status()).hasValue(404));
        }

        @Test
        void triesAgainIfTheServerIsShuttingDown() {
            engine.answers(503);
            opened();
            hearing.await("connecting", "interrupted 1");

            engine.answers(101);
            timing.pass(Duration.ofMillis(100));

            engine.welcome().subscribed();
        }

        @Test
        void triesAgainIfNobodyListens() throws IOException {
            engine.close();
            opened();

            hearing.await("connecting", "interrupted 1");
            assertThat(hearing.lastCause())
                    .isInstanceOfSatisfying(
                            HasuraTransportException.class,
                            e -> assertThat(e.reason()).isEqualTo(Reason.CONNECT));
        }

        @Test
        void failsAtOnceIfThereAreNoCredentialsToBeginWith() {
            hasura = engine.client().bearerToken(() -> "").timing(timing).build();

            assertThatThrownBy(opened()::hasNext)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("bearer token");
        }

        @Test
        void failsForACloseThatIsBeyondTheLimitsOfAMessage() {
            hasura = engine.client()
                    .timing(timing)
                    .subscriptions(SubscriptionSettings.create().maxMessageLength(1000))
                    .build();
            Iterator<List<Event>> values = opened();
            Conversation connection = engine.welcome();

            connection.next(connection.subscribed(), "\"" + "x".repeat(2000) + "\"");

            assertThatExceptionOfType(HasuraTransportException.class)
                    .isThrownBy(values::hasNext)
                    .withMessageContaining("1000")
                    .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.LIMIT));
        }
    }

    @Nested
    class ARefusal {

        private final AtomicInteger asked = new AtomicInteger();

        ARefusal() {
            hasura = engine.client()
                    .bearerToken(() -> "t" + asked.incrementAndGet())
                    .timing(timing)
                    .build();
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "4403|{\"server_error_msg\":\"4403: Forbidden\"}",
                    "4401|Unauthorized",
                    "4400|{\"server_error_msg\":\"4400: Connection initialization failed: Could not verify JWT: JWTExpired\"}",
                    "1000|{\"server_error_msg\":\"4400: Connection initialization failed: Authentication hook unauthorized this request\"}",
                    "1000|4403: Forbidden"
                })
        void asksForCredentialsOnceMoreAndThenFails(int code, String reason) {
            Iterator<List<Event>> values = opened();
            Conversation first = engine.accept();
            assertThat(token(first)).isEqualTo("Bearer t1");
            first.close(code, reason);

            Conversation second = engine.accept();
            assertThat(token(second)).isEqualTo("Bearer t2");
            second.close(code, reason);

            assertThatExceptionOfType(HasuraGraphQlException.class)
                    .isThrownBy(values::hasNext)
                    .satisfies(e -> assertThat(e.code().orElseThrow()).isIn("access-denied", "invalid-jwt"));
            hearing.await("connecting", "interrupted 1", "failed");
            assertThat(asked).hasValue(2);
        }

        @Test
        void mayBeAConnectionErrorWithText() {
            Iterator<List<Event>> values = opened();
            for (int i = 0; i < 2; i++) {
                Conversation refused = engine.accept();
                refused.expect("connection_init");
                refused.send("{\"type\":\"connection_error\",\"payload\":\"Could not verify JWT: JWTExpired\"}");
                refused.awaitEnd();
            }

            assertThatExceptionOfType(HasuraGraphQlException.class)
                    .isThrownBy(values::hasNext)
                    .withMessageContaining("JWTExpired")
                    .satisfies(e -> assertThat(e.code()).contains("invalid-jwt"));
        }

        @ParameterizedTest
        @ValueSource(ints = {401, 403})
        void mayBeTheStatusOfAGatewayInFront(int status) {
            engine.answers(status);

            assertThatExceptionOfType(HasuraGraphQlException.class).isThrownBy(opened()::hasNext);
            assertThat(asked).hasValue(2);
        }

        @Test
        void makesASupplierDropTheTokenItKept() {
            hasura = engine.client()
                    .credentials(Credentials.bearer(TokenSupplier.cached(
                            () -> AccessToken.of("t" + asked.incrementAndGet()), Duration.ofSeconds(30))))
                    .timing(timing)
                    .build();
            opened();
            Conversation first = engine.accept();
            assertThat(token(first)).isEqualTo("Bearer t1");
            first.close(4403, "");

            assertThat(token(engine.accept())).isEqualTo("Bearer t2");
        }

        @Test
        void isForgottenOnceFreshCredentialsWork() {
            Iterator<List<Event>> values = opened();
            for (int i = 1; i <= 3; i++) {
                Conversation refused = engine.accept();
                refused.expect("connection_init");
                refused.close(4403, "");
                Conversation accepted = engine.welcome();
                accepted.next(accepted.subscribed(), event(i));
                assertThat(values.next()).isEqualTo(one(i));
                accepted.close(4403, "expired");
                Conversation again = engine.welcome();
                again.next(again.subscribed(), event(10 + i));
                assertThat(values.next()).isEqualTo(one(10 + i));
                again.cut();
                timing.pass(Duration.ofMillis(100));
            }
        }

        private String token(Conversation connection) {
            return connection
                    .expect("connection_init")
                    .path("payload")
                    .path("headers")
                    .path("authorization")
                    .asString();
        }
    }

    @Nested
    class AnInterruption {

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "1012|Server state changed, restarting the server",
                    "1000|''",
                    "1001|going away",
                    "1011|Connection initialisation timed out",
                    "4408|Connection initialisation timed out"
                })
        void isEveryCloseWithoutAComplete(int code, String reason) {
            Iterator<List<Event>> values = opened();
            Conversation first = engine.welcome();
            String id = first.subscribed();
            first.next(id, event(1)).close(code, reason);
            assertThat(values.next()).isEqualTo(one(1));

            timing.pass(Duration.ofMillis(100));
            Conversation second = engine.welcome();
            String newId = second.subscribed();
            second.next(newId, event(2));

            assertThat(values.next()).isEqualTo(one(2));
            assertThat(newId).isNotEqualTo(id);
            hearing.await("connecting", "connected", "interrupted 1", "resumed");
            assertThat(hearing.lastCause()).hasMessageContaining("closed with " + code);
        }

        @Test
        void mayBeAConnectionThatBreaks() {
            Iterator<List<Event>> values = opened();
            Conversation first = engine.welcome();
            first.next(first.subscribed(), event(1));
            assertThat(values.next()).isEqualTo(one(1));
            first.sendBeginning("{\"type\":\"next\",\"id\":\"1\",\"payload\":{}}", 20)
                    .cut();

            timing.pass(Duration.ofMillis(100));
            Conversation second = engine.welcome();
            second.next(second.subscribed(), event(2));

            assertThat(values.next()).isEqualTo(one(2));
        }

        @Test
        void mayBeAConnectionErrorAtAnyTime() {
            Iterator<List<Event>> values = opened();
            Conversation first = engine.welcome();
            first.subscribed();
            first.send("{\"type\":\"connection_error\",\"payload\":{\"message\":\"something is wrong\"}}");

            first.awaitEnd();
            timing.pass(Duration.ofMillis(100));
            Conversation second = engine.welcome();
            second.next(second.subscribed(), event(2));

            assertThat(values.next()).isEqualTo(one(2));
            assertThat(hearing.lastCause()).hasMessageContaining("connection_error: something is wrong");
        }

        @Test
        void mayBeAMessageThatIsNoJson() {
            opened();
            Conversation first = engine.welcome();
            first.subscribed();
            first.send("oops");

            timing.pass(Duration.ofMillis(100));

            engine.welcome().subscribed();
        }

        @Test
        void endsWithFreshCredentialsWhenATokenExpires() {
            AtomicInteger asked = new AtomicInteger();
            hasura = engine.client()
                    .bearerToken(() -> "t" + asked.incrementAndGet())
                    .timing(timing)
                    .build();
            opened();
            Conversation first = engine.welcome();
            first.subscribed();
            first.cut();

            timing.pass(Duration.ofMillis(100));

            JsonNode init = engine.accept().expect("connection_init");
            assertThat(init.at("/payload/headers/authorization").asString()).isEqualTo("Bearer t2");
        }

        @Test
        void waitsLongerEachTimeUpToALimit() {
            timing.random(0.999_999_999);
            engine.answers(503);
            opened();
            List<Duration> most = List.of(
                    Duration.ofMillis(200), Duration.ofMillis(400), Duration.ofMillis(800), Duration.ofMillis(1600));
            for (int i = 0; i < 12; i++) {
                int attempt = i;
                Await.until(() -> timing.delays().size() == 1, () -> "scheduled " + timing.delays());
                Duration wait = timing.delays().get(0);
                Duration expected = attempt < 4 ? most.get(attempt) : Duration.ofSeconds(30);
                if (attempt < 4 || attempt > 8) {
                    assertThat(wait).isBetween(expected.minusMillis(1), expected);
                }
                timing.advance(wait);
            }
        }

        @Test
        void countsFromOneAgainAfterSomethingArrived() {
            Iterator<List<Event>> values = opened();
            for (int i = 1; i <= 4; i++) {
                Conversation connection = engine.welcome();
                connection.next(connection.subscribed(), event(i));
                assertThat(values.next()).isEqualTo(one(i));
                connection.cut();
                timing.pass(Duration.ofMillis(100));
            }
        }

        @Test
        void waitsLongerIfTheServerAcceptsAndThenClosesEachTime() {
            opened();
            for (int wait : new int[] {100, 200, 400, 800}) {
                Conversation connection = engine.welcome();
                connection.subscribed();
                connection.close(1011, "");
                timing.pass(Duration.ofMillis(wait));
            }
        }

        @Test
        void isTheEndAfterTheAttemptsThatAreAllowed() {
            engine.answers(503);
            hasura = engine.client()
                    .timing(timing)
                    .subscriptions(SubscriptionSettings.create().maxAttempts(3))
                    .build();
            Iterator<List<Event>> values = opened();
            timing.pass(Duration.ofMillis(100));
            timing.pass(Duration.ofMillis(200));

            assertThatExceptionOfType(HasuraTransportException.class)
                    .isThrownBy(values::hasNext)
                    .withMessageContaining("503");
            hearing.await("connecting", "interrupted 1", "interrupted 2", "failed");
        }

        @Test
        void isNotEndedByAWrongAddressThatWasRightBefore() {
            opened();
            Conversation first = engine.welcome();
            first.subscribed();
            engine.answers(404);
            first.cut();
            timing.pass(Duration.ofMillis(100));
            hearing.await("connecting", "connected", "interrupted 1", "interrupted 2");

            engine.answers(101);
            timing.pass(Duration.ofMillis(200));

            engine.welcome().subscribed();
        }
    }

    @Nested
    class SignsOfLife {

        @Test
        void areAskedForEveryTwentySeconds() {
            opened();
            Conversation connection = engine.welcome();
            connection.subscribed();

            for (int i = 0; i < 5; i++) {
                timing.pass(Duration.ofSeconds(20));
                connection.expect("ping");
                connection
                        .send("{\"type\":\"pong\"}")
                        .send("{\"type\":\"ping\"}")
                        .expect("pong");
            }
            assertThat(connection.hasEnded()).isFalse();
        }

        @Test
        void areMissedAfterTwoPingsWithoutAnAnswer() {
            opened();
            Conversation connection = engine.welcome();
            connection.subscribed();

            timing.pass(Duration.ofSeconds(20));
            connection.expect("ping");
            timing.pass(Duration.ofSeconds(20));

            connection.awaitEnd();
            hearing.await("connecting", "connected", "interrupted 1");
            assertThat(hearing.lastCause()).hasMessageContaining("silent for PT40S");
            timing.pass(Duration.ofMillis(100));
            engine.welcome().subscribed();
        }
    }

    @Nested
    class AnOperation {

        @Test
        void endsNormallyWithACompleteOnly() {
            Iterator<List<Event>> values = opened();
            Conversation connection = engine.welcome();
            String id = connection.subscribed();
            connection.next(id, event(1)).complete(id);

            assertThat(values.next()).isEqualTo(one(1));
            assertThat(values.hasNext()).isFalse();
            hearing.await("connecting", "connected", "completed");
        }

        @Test
        void failsAloneWithAnErrorMessage() {
            Iterator<List<Event>> failing = opened();
            Iterator<List<Event>> other = events(hasura).iterator();
            Conversation connection = engine.welcome();
            String first = connection.subscribed();
            String second = connection.subscribed();

            connection.send(
                    "{\"type\":\"error\",\"id\":\"%s\",\"payload\":[{\"message\":\"field 'x' not found\",\"extensions\":{\"code\":\"validation-failed\",\"path\":\"$.x\"}}]}"
                            .formatted(first));
            connection.complete(first).next(second, event(2));

            assertThatExceptionOfType(HasuraGraphQlException.class)
                    .isThrownBy(failing::hasNext)
                    .withMessageContaining("'events'")
                    .satisfies(e -> assertThat(e.code()).contains("validation-failed"));
            assertThat(other.next()).isEqualTo(one(2));
            hearing.await("connecting", "connected", "failed");
        }

        @Test
        void failsWithAnErrorInTheOldShape() {
            Iterator<List<Event>> failing = opened();
            Conversation connection = engine.welcome();
            connection.send(
                    "{\"type\":\"error\",\"id\":\"%s\",\"payload\":{\"errors\":[{\"path\":\"$\",\"error\":\"no\",\"code\":\"access-denied\"}]}}"
                            .formatted(connection.subscribed()));

            assertThatExceptionOfType(HasuraGraphQlException.class)
                    .isThrownBy(failing::hasNext)
                    .satisfies(e -> assertThat(e.code()).contains("access-denied"));
        }

        @Test
        void staysWhenThePollOfTheEngineFails() {
            Iterator<List<Event>> values = opened();
            Conversation connection = engine.welcome();
            String id = connection.subscribed();
            connection.next(id, event(1));
            assertThat(values.next()).isEqualTo(one(1));

            connection.send(
                    "{\"type\":\"next\",\"id\":\"%s\",\"payload\":{\"data\":null,\"errors\":[{\"message\":\"database query error\",\"extensions\":{\"code\":\"unexpected\",\"path\":\"$\"}}]}}"
                            .formatted(id));
            hearing.await("connecting", "connected", "interrupted 0");
            connection.next(id, event(2));

            assertThat(values.next()).isEqualTo(one(2));
            hearing.await("connecting", "connected", "interrupted 0", "resumed");
            assertThat(hearing.lastCause()).isInstanceOf(HasuraGraphQlException.class);
        }

        @Test
        void failsIfItCompletesWithAnErrorAsItsLastWord() {
            Iterator<List<Event>> values = opened();
            Conversation connection = engine.welcome();
            String id = connection.subscribed();
            connection
                    .send("{\"type\":\"next\",\"id\":\"%s\",\"payload\":{\"errors\":[{\"message\":\"no such field\"}]}}"
                            .formatted(id))
                    .complete(id);

            assertThatExceptionOfType(HasuraGraphQlException.class)
                    .isThrownBy(values::hasNext)
                    .withMessageContaining("no such field");
            hearing.await("connecting", "connected", "interrupted 0", "failed");
        }

        @Test
        void isEndedInTheEngineWhenItIsClosed() {
            LiveQuery<List<Event>> live = events(hasura);
            live.iterator();
            Conversation connection = engine.welcome();
            String id = connection.subscribed();

            live.close();

            assertThat(connection.expect("complete").path("id").asString()).isEqualTo(id);
        }

        @Test
        void getsAMessageInPieces() {
            Iterator<List<Event>> values = opened();
            Conversation connection = engine.welcome();
            connection.sendInTwo("{\"id\":\"%s\",\"payload\":{\"data\":{\"event\":[{\"seq\":1}]}},\"type\":\"next\"}"
                    .formatted(connection.subscribed()));

            assertThat(values.next()).isEqualTo(one(1));
        }

        @Test
        void getsAMessageAsLongAsTheEngineLikes() {
            Iterator<List<Event>> values = opened();
            Conversation connection = engine.welcome();
            connection.next(
                    connection.subscribed(),
                    "{\"event\":[" + "{\"seq\":1,\"kind\":\"ü€😀\"},".repeat(20_000) + "{\"seq\":2}]}");

            assertThat(values.next()).hasSize(20_001).endsWith(new Event(2));
        }
    }

    @Nested
    class TheConnection {

        @Test
        void isSharedByEverybodyWhoAsksAsTheSameIdentity() {
            events(hasura.asRole("a")).iterator();
            events(hasura.asRole("a")).iterator();
            events(hasura.asRole("b")).iterator();

            for (int i = 0; i < 2; i++) {
                Conversation connection = engine.accept();
                String role = connection
                        .expect("connection_init")
                        .at("/payload/headers/x-hasura-role")
                        .asString();
                connection.send("{\"type\":\"connection_ack\"}");
                connection.subscribed();
                if (role.equals("a")) {
                    connection.subscribed();
                }
                connection.send("{\"type\":\"ping\"}").expect("pong");
            }
            assertThat(engine.all()).hasSize(2);
        }

        @Test
        void isClosedWhenNobodyHasNeededItForAWhile() {
            LiveQuery<List<Event>> live = events(hasura);
            live.iterator();
            Conversation connection = engine.welcome();
            connection.subscribed();
            live.close();
            connection.expect("complete");

            timing.pass(Duration.ofSeconds(5));

            assertThat(connection.awaitEnd()).isEqualTo(1000);
        }

        @Test
        void isUsedAgainBeforeThat() {
            LiveQuery<List<Event>> live = events(hasura);
            live.iterator();
            Conversation connection = engine.welcome();
            connection.subscribed();
            live.close();
            connection.expect("complete");

            events(hasura).iterator();
            connection.subscribed();
            timing.advance(Duration.ofSeconds(5));

            assertThat(connection.hasEnded()).isFalse();
        }

        @Test
        void endsWithTheClientAndSoDoWaitingReaders() {
            Iterator<List<Event>> values = opened();
            Conversation connection = engine.welcome();
            connection.subscribed();

            hasura.close();

            assertThat(values.hasNext()).isFalse();
            assertThat(connection.awaitEnd()).isEqualTo(1000);
            hearing.await("connecting", "connected", "completed");
            assertThatThrownBy(events(hasura)::iterator)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("closed");
        }

        @Test
        void endsWithTheClientAndNotWithAnErrorOfThePast() {
            Iterator<List<Event>> values = opened();
            Conversation connection = engine.welcome();
            connection.send("{\"type\":\"next\",\"id\":\"%s\",\"payload\":{\"errors\":[{\"message\":\"away\"}]}}"
                    .formatted(connection.subscribed()));
            hearing.await("connecting", "connected", "interrupted 0");

            hasura.close();

            assertThat(values.hasNext()).isFalse();
        }

        @Test
        void endsWithTheClientWhileItIsBeingMade() {
            Iterator<List<Event>> values = opened();
            Conversation connection = engine.accept();

            hasura.close();

            assertThat(values.hasNext()).isFalse();
            connection.awaitEnd();
        }

        @Test
        void leavesNoThreadBehind() {
            Iterator<List<Event>> values = opened();
            Conversation connection = engine.welcome();
            connection.next(connection.subscribed(), event(1));
            values.next();
            assertThat(ours()).isNotEmpty();

            hasura.close();

            Await.until(() -> ours().isEmpty(), () -> "still there: " + ours());
            assertThat(connection.awaitEnd()).isEqualTo(1000);
        }

        @Test
        void leavesNoThreadBehindInRealTimeEither() {
            hasura.close();
            hasura = engine.client().adminSecret("s3cret").build();
            Iterator<List<Event>> values = opened();
            Conversation connection = engine.welcome();
            connection.next(connection.subscribed(), event(1));
            values.next();
            assertThat(ours()).contains("hasura-subscriptions-timer");

            hasura.close();

            Await.until(() -> ours().isEmpty(), () -> "still there: " + ours());
        }

        private List<String> ours() {
            return Thread.getAllStackTraces().keySet().stream()
                    .map(Thread::getName)
                    .filter(name -> name.startsWith("hasura-"))
                    .toList();
        }
    }

    @Nested
    class ATokenThatSaysWhenItExpires {

        private final AtomicInteger asked = new AtomicInteger();
        private volatile long lifetime = 300;

        ATokenThatSaysWhenItExpires() {
            hasura = engine.client()
                    .bearerToken(() -> {
                        asked.incrementAndGet();
                        return token(timing.now().getEpochSecond() + lifetime);
                    })
                    .subscriptions(SubscriptionSettings.create().pingInterval(Duration.ofDays(1)))
                    .timing(timing)
                    .build();
        }

        @Test
        void isReplacedByAFreshOneOnANewConnectionBeforeTheOldOneEnds() {
            Iterator<List<Event>> values = opened();
            Conversation old = engine.welcome();
            String id = old.subscribed();
            old.next(id, event(1));
            assertThat(values.next()).isEqualTo(one(1));

            timing.pass(Duration.ofSeconds(270));
            Conversation fresh = engine.accept();
            fresh.expect("connection_init");
            old.next(id, event(2));
            assertThat(values.next()).isEqualTo(one(2));
            fresh.send("{\"type\":\"connection_ack\"}");

            String newId = fresh.subscribed();
            assertThat(old.awaitEnd()).isEqualTo(1000);
            fresh.next(newId, event(2)).next(newId, event(3));
            assertThat(values.next()).isEqualTo(one(3));
            hearing.await("connecting", "connected");
        }

        @Test
        void isAskedForAgainIfItIsNoNewer() {
            opened();
            Conversation old = engine.welcome();
            old.subscribed();
            lifetime = 30;
            timing.pass(Duration.ofSeconds(270));
            assertThat(old.hasEnded()).isFalse();

            Await.until(() -> asked.get() == 2, () -> "asked " + asked);
            lifetime = 300;
            timing.pass(Duration.ofSeconds(10));

            Conversation fresh = engine.welcome();
            fresh.subscribed();
            assertThat(asked).hasValue(3);
            assertThat(old.awaitEnd()).isEqualTo(1000);
        }

        @Test
        void isReplacedTheOrdinaryWayIfThatDoesNotWork() {
            opened();
            Conversation old = engine.welcome();
            old.subscribed();
            engine.answers(503);
            timing.pass(Duration.ofSeconds(270));
            timing.pass(Duration.ofSeconds(10));
            engine.answers(101);
            old.cut();

            Await.until(() -> timing.isWaitingFor(Duration.ofMillis(100)), () -> "waits " + timing.delays());
            timing.advance(Duration.ofMillis(100));

            engine.welcome().subscribed();
        }

        private static String token(long expiry) {
            Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
            return base64.encodeToString("{}".getBytes(StandardCharsets.UTF_8))
                    + "."
                    + base64.encodeToString("{\"exp\":%d}".formatted(expiry).getBytes(StandardCharsets.UTF_8))
                    + ".c2lnbmF0dXJl";
        }
    }
}
