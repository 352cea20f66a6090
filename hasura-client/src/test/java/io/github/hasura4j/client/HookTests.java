package io.github.hasura4j.client;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.GZIPOutputStream;

import com.sun.net.httpserver.HttpExchange;
import io.github.hasura4j.client.HasuraTransportException.Reason;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class HookTests {

    private static final String HI = "{\"data\": {\"hello\": \"hi\"}}";

    @AutoClose
    private final FakeEngine engine = new FakeEngine().answers(HI);

    @Nested
    class AnInterceptor {

        @Test
        void seesTheOperationAndChangesItsHeaders() {
            List<String> seen = new CopyOnWriteArrayList<>();
            HasuraClient hasura = engine.client()
                    .adminSecret("s3cret")
                    .interceptor((operation, chain) -> {
                        seen.add(operation.kind() + " " + operation.name().orElse("?") + " "
                                + operation.role().orElse("admin"));
                        return chain.proceed(operation.withHeader("x-request-id", "7"));
                    })
                    .build();

            hasura.asRole("editor").query("hello").execute();

            assertThat(seen).containsExactly("QUERY hello editor");
            assertThat(engine.asked().headers().getFirst("x-request-id")).isEqualTo("7");
        }

        @Test
        void seesTheAnswerOfABlockingAndOfAnAsynchronousCall() throws Exception {
            List<String> seen = new CopyOnWriteArrayList<>();
            HasuraClient hasura = engine.client()
                    .interceptor((operation, chain) -> chain.proceed(operation)
                            .whenComplete(
                                    (response, failure) -> seen.add(response.status() + " " + response.hasErrors())))
                    .build();

            hasura.query("hello").execute();
            hasura.query("hello").executeAsync().get();

            assertThat(seen).containsExactly("200 false", "200 false");
        }

        @Test
        void standsAroundThoseAddedLater() {
            List<String> seen = new CopyOnWriteArrayList<>();
            HasuraClient hasura = engine.client()
                    .interceptor(noting(seen, "outer"))
                    .interceptor(noting(seen, "inner"))
                    .build();

            hasura.query("hello").execute();

            assertThat(seen).containsExactly("outer", "inner", "inner done", "outer done");
        }

        @Test
        void mayRefuse() {
            HasuraClient hasura = engine.client()
                    .interceptor((operation, chain) -> {
                        throw new UnsupportedOperationException("not today");
                    })
                    .build();

            assertThatThrownBy(() -> hasura.query("hello").execute())
                    .isInstanceOf(UnsupportedOperationException.class)
                    .hasMessage("not today");
            assertThat(engine.received()).isEmpty();
        }

        @Test
        void mayAnswerLater() {
            HasuraClient hasura = engine.client()
                    .interceptor((operation, chain) ->
                            CompletableFuture.supplyAsync(() -> operation).thenCompose(chain::proceed))
                    .build();

            assertThat(hasura.query("hello").execute().row(String.class)).contains("hi");
        }

        @Test
        void seesTheFailureThatTheCallerSees() {
            List<Throwable> seen = new CopyOnWriteArrayList<>();
            HasuraClient hasura = engine.answers(404, "")
                    .client()
                    .interceptor((operation, chain) ->
                            chain.proceed(operation).whenComplete((response, failure) -> seen.add(failure)))
                    .build();

            HasuraTransportException e = catchThrowableOfType(
                    HasuraTransportException.class, () -> hasura.query("hello").execute());

            assertThat(seen).containsExactly(e);
            assertThat(e.getStackTrace())
                    .as("leads to the caller")
                    .anyMatch(frame -> frame.getClassName().contains("HookTests"));
        }

        private ClientInterceptor noting(List<String> seen, String name) {
            return (operation, chain) -> {
                seen.add(name);
                return chain.proceed(operation).whenComplete((response, failure) -> seen.add(name + " done"));
            };
        }
    }

    @Nested
    class AnObserver {

        @Test
        void doesNotDisturbTheCallByFailing() {
            HasuraClient hasura = engine.client()
                    .observer(new ClientObserver() {
                        @Override
                        public void sending(ClientOperation operation, int attempt) {
                            throw new IllegalStateException("broken");
                        }
                    })
                    .build();

            assertThat(hasura.query("hello").execute().row(String.class)).contains("hi");
        }

        @Test
        void hearsThatThereIsNoAnswer() {
            RetryTests.Recorder recorder = new RetryTests.Recorder();
            HasuraClient hasura =
                    engine.answers(404, "").client().observer(recorder).build();

            assertThatThrownBy(() -> hasura.query("hello").execute()).isInstanceOf(HasuraTransportException.class);

            assertThat(recorder.events)
                    .containsExactly("sending 1", "answering 1: 404", "failed: HasuraTransportException");
        }
    }

    @Nested
    class AHeader {

        @Test
        void goesWithOneCall() {
            engine.admin().query("hello").header("x-trace", "a").execute();

            assertThat(engine.asked().headers().getFirst("x-trace")).isEqualTo("a");
            assertThatThrownBy(() -> engine.admin().query("hello").header("x-hasura-role", "admin"))
                    .isInstanceOf(IllegalArgumentException.class);
        }

        @Test
        void comesBackWithTheAnswer() {
            engine.answersWith(exchange -> {
                exchange.getResponseHeaders().set("x-request-id", "42");
                FakeEngine.reply(exchange, 200, HI);
            });

            assertThat(engine.admin().query("hello").execute().headers().firstValue("X-Request-Id"))
                    .contains("42");
            assertThat(engine.admin().document("{ hello }").execute().headers().firstValue("x-request-id"))
                    .contains("42");
        }
    }

    @Nested
    class Compression {

        @Test
        void isNotAskedForUnlessWanted() {
            engine.admin().query("hello").execute();

            assertThat(engine.asked().headers()).doesNotContainKey("Accept-encoding");
        }

        @Test
        void isUnpacked() {
            engine.answersWith(exchange -> packed(exchange, HI));

            assertThat(engine.client()
                            .compression(true)
                            .build()
                            .query("hello")
                            .execute()
                            .row(String.class))
                    .contains("hi");
            assertThat(engine.asked().headers().getFirst("Accept-Encoding")).isEqualTo("gzip");
        }

        @Test
        void isNoWayAroundTheLimit() {
            engine.answersWith(exchange -> packed(exchange, " ".repeat(1_000_000) + HI));

            assertTooLong(engine.client().compression(true).maxAnswerSize(100_000));
        }

        private void packed(HttpExchange exchange, String body) throws IOException {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
                out.write(body.getBytes(StandardCharsets.UTF_8));
            }
            exchange.getResponseHeaders().set("Content-Encoding", "gzip");
            exchange.sendResponseHeaders(200, bytes.size());
            exchange.getResponseBody().write(bytes.toByteArray());
            exchange.close();
        }
    }

    @Test
    void anAnswerThatIsTooLongIsRefused() {
        engine.answers(" ".repeat(1_000_000) + HI);

        assertTooLong(engine.client().maxAnswerSize(100_000));
    }

    private static void assertTooLong(HasuraClient.Builder client) {
        HasuraTransportException e = catchThrowableOfType(
                HasuraTransportException.class,
                () -> client.build().query("hello").execute());

        assertThat(e.reason()).isEqualTo(Reason.LIMIT);
        assertThat(e).hasMessageContaining("100000 bytes of maxAnswerSize");
    }
}
