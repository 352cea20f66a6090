package io.github.hasura4j.client;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import com.sun.net.httpserver.HttpExchange;
import io.github.hasura4j.client.HasuraTransportException.Reason;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.core.type.TypeReference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(60)
class AsyncTests {

    private static final String TWO = "{\"data\": {\"user\": [{\"name\": \"Ada\"}, {\"name\": \"Grace\"}]}}";

    @AutoClose
    private final FakeEngine engine = new FakeEngine();

    private final HasuraClient hasura = engine.admin();

    record User(String name) {}

    @Test
    void givesWhatTheBlockingMethodGives() throws Exception {
        engine.answers(TWO);

        assertThat(hasura.query("user")
                        .arg("limit", 2)
                        .select("name")
                        .executeAsync()
                        .get()
                        .rows(User.class))
                .containsExactly(new User("Ada"), new User("Grace"));
        DocumentCall call = hasura.document("{ user { name } }");
        assertThat(call.fetchListAsync("user", User.class).get()).hasSize(2);
        assertThat(call.executeAsync().get().data().at("/user/1/name").asString())
                .isEqualTo("Grace");
        assertThat(call.fetchOptionalAsync("user", List.class).get()).isPresent();
        assertThat(call.fetchListAsync("user", new TypeReference<Map<String, String>>() {})
                        .get())
                .hasSize(2);
        assertThat(call.fetchOptionalAsync("user", new TypeReference<List<User>>() {})
                        .get())
                .hasValue(List.of(new User("Ada"), new User("Grace")));
    }

    @Test
    void failsWithWhatTheBlockingMethodThrows() {
        assertFails(
                hasura.query("users").arg("limit", 1).select("id").executeAsync(),
                HasuraRequestException.class,
                "no field 'users'");
        assertFails(hasura.document("{ user {").executeAsync(), HasuraRequestException.class, "line 1");
        engine.answers("{\"errors\": [{\"message\": \"no\"}]}");
        assertFails(
                hasura.document("{ user { id } }").fetchListAsync("user", User.class),
                HasuraGraphQlException.class,
                "no");
        engine.answers(404, "");
        assertFails(hasura.query("hello").executeAsync(), HasuraTransportException.class, "404");
    }

    @Test
    void repeatsToo() throws Exception {
        engine.answersInTurn(FakeEngine.answer(503, ""), FakeEngine.answer(200, "{\"data\": {\"hello\": \"hi\"}}"));
        HasuraClient stubborn = engine.client()
                .retry(RetryPolicy.standard().backoff(Duration.ofMillis(1), Duration.ofMillis(2)))
                .build();

        assertThat(stubborn.query("hello").executeAsync().get().row(String.class))
                .contains("hi");
    }

    @Nested
    class WhileTheEngineTakesItsTime {

        private final CountDownLatch arrived = new CountDownLatch(1);
        private final CountDownLatch brokenOff = new CountDownLatch(1);
        private final CountDownLatch goOn = new CountDownLatch(1);

        WhileTheEngineTakesItsTime() {
            engine.answersWith(this::answerWithoutEnd);
        }

        @Test
        void doesNotWait() {
            assertThat(hasura.query("hello").executeAsync()).isNotDone();
            goOn.countDown();
        }

        @Test
        void isOverAtItsDeadline() {
            CompletableFuture<DynamicResult> answer =
                    hasura.query("hello").timeout(Duration.ofMillis(100)).executeAsync();

            assertThatThrownBy(answer::get)
                    .cause()
                    .isInstanceOfSatisfying(
                            HasuraTransportException.class,
                            e -> assertThat(e.reason()).isEqualTo(Reason.TIMEOUT));
            goOn.countDown();
        }

        @Test
        void abortsTheRequestWhenItIsCancelled() throws Exception {
            CompletableFuture<DynamicResult> answer = hasura.query("hello").executeAsync();
            assertThat(arrived.await(20, TimeUnit.SECONDS)).isTrue();

            answer.cancel(true);
            goOn.countDown();

            assertThatThrownBy(answer::get).isInstanceOf(CancellationException.class);
            assertThat(brokenOff.await(20, TimeUnit.SECONDS))
                    .as("the engine noticed")
                    .isTrue();
        }

        @Test
        void endsWhenTheClientIsClosed() throws Exception {
            CompletableFuture<DynamicResult> answer = hasura.query("hello").executeAsync();
            assertThat(arrived.await(20, TimeUnit.SECONDS)).isTrue();

            hasura.close();
            goOn.countDown();

            assertThatThrownBy(answer::get)
                    .cause()
                    .isInstanceOfSatisfying(
                            HasuraTransportException.class,
                            e -> assertThat(e.reason()).isEqualTo(Reason.CLOSED));
        }

        /** Begins an answer, and writes on until nobody listens. */
        private void answerWithoutEnd(HttpExchange exchange) {
            arrived.countDown();
            try {
                goOn.await();
                exchange.sendResponseHeaders(200, 0);
                while (!Thread.currentThread().isInterrupted()) {
                    exchange.getResponseBody().write(' ');
                    exchange.getResponseBody().flush();
                }
            } catch (IOException e) {
                brokenOff.countDown();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Nested
    class AClosedClient {

        @Test
        void refusesCalls() {
            HasuraClient view = hasura.asRole("user");
            hasura.close();

            assertThatThrownBy(() -> hasura.query("hello").execute())
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("closed");
            assertThatThrownBy(() -> view.query("hello").execute()).isInstanceOf(IllegalStateException.class);
            assertThat(hasura.query("hello").executeAsync()).isCompletedExceptionally();
        }

        @Test
        void isNotClosedThroughAView() {
            hasura.asRole("user").close();

            assertThat(hasura.query("hello").execute().hasErrors()).isFalse();
        }

        @Test
        void leavesNoThreadRunning() {
            Set<Thread> before = selectors();
            HasuraClient own = engine.client().build();
            own.query("hello").execute();
            Set<Thread> ours = selectors();
            ours.removeAll(before);
            assertThat(ours).isNotEmpty();

            own.close();

            while (ours.stream().anyMatch(Thread::isAlive)) {
                System.gc(); // Before Java 21 an HttpClient ends once nobody holds it.
                Thread.onSpinWait();
            }
        }

        private Set<Thread> selectors() {
            return Thread.getAllStackTraces().keySet().stream()
                    .filter(thread -> thread.getName().endsWith("-SelectorManager"))
                    .collect(Collectors.toSet());
        }
    }

    private static void assertFails(CompletableFuture<?> future, Class<? extends Exception> type, String message) {
        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(future::get)
                .withCauseInstanceOf(type)
                .havingCause()
                .withMessageContaining(message);
    }
}
