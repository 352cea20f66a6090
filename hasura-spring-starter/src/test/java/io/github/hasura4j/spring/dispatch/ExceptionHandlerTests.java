package io.github.hasura4j.spring.dispatch;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

import io.github.hasura4j.payload.ActionError;
import io.github.hasura4j.payload.SessionVariables;
import io.github.hasura4j.spring.HasuraAction;
import io.github.hasura4j.spring.HasuraActionException;
import io.github.hasura4j.spring.HasuraEvent;
import io.github.hasura4j.spring.HasuraExceptionHandler;
import io.github.hasura4j.spring.WebhookCall;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class ExceptionHandlerTests {

    static class SoldOut extends RuntimeException {}

    static class ReallySoldOut extends SoldOut {}

    static class Shop {

        @HasuraAction
        String buy(String what) throws Exception {
            switch (what) {
                case "sold out" -> throw new SoldOut();
                case "really sold out" -> throw new ReallySoldOut();
                case "state" -> throw new IllegalStateException("hidden detail");
                case "wrapped" -> throw new RuntimeException(new IOException(new SoldOut()));
                case "file" -> throw new FileNotFoundException("hidden detail");
                case "io" -> throw new IOException("hidden detail");
                case "argument" -> throw new IllegalArgumentException("hidden detail");
                case "breaks again" -> throw new UnsupportedOperationException("hidden detail");
                case "own words" -> throw HasuraActionException.of("own", "Own words");
                case "error" -> throw new AssertionError("hidden detail");
                default -> throw new NullPointerException("hidden detail");
            }
        }

        @HasuraAction
        CompletableFuture<String> later() {
            return CompletableFuture.failedFuture(new CompletionException(new SoldOut()));
        }

        @HasuraEvent
        void sold() {
            throw new SoldOut();
        }

        @HasuraExceptionHandler
        HasuraActionException soldOut(SoldOut e, WebhookCall call, SessionVariables who) {
            return HasuraActionException.of("sold-out", "Sold out")
                    .withStatus(409)
                    .with("in", call.name())
                    .with("for", who.userId().orElse("nobody"));
        }

        @HasuraExceptionHandler
        ActionError reallySoldOut(ReallySoldOut e) {
            return ActionError.of("really-sold-out", "Really sold out");
        }
    }

    static class OtherShop {

        @HasuraAction
        String order() {
            throw new SoldOut();
        }
    }

    static class ForAll {

        @HasuraExceptionHandler({IllegalStateException.class, IllegalArgumentException.class})
        HasuraActionException state(RuntimeException e) {
            return e instanceof IllegalArgumentException ? null : HasuraActionException.of("busy", "Busy");
        }

        @HasuraExceptionHandler
        HasuraActionException io(IOException e) {
            return HasuraActionException.of("io", "No connection");
        }

        @HasuraExceptionHandler(UnsupportedOperationException.class)
        HasuraActionException breaksItself() {
            throw new IllegalStateException("hidden detail");
        }

        @HasuraExceptionHandler
        ActionError any(SoldOut e) {
            return ActionError.of("sold-out-anywhere", "Sold out anywhere");
        }

        @HasuraExceptionHandler
        HasuraActionException error(AssertionError e) {
            throw HasuraActionException.of("error", "Thrown instead of returned");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "sold out, 409, sold-out",
        "really sold out, 400, really-sold-out",
        "wrapped, 409, sold-out",
        "state, 400, busy",
        "file, 400, io",
        "io, 400, io",
        "own words, 400, own",
        "error, 400, error",
        "argument, 500, internal-error",
        "breaks again, 500, internal-error",
        "unheard of, 500, internal-error"
    })
    void refusesInTheWordsOfTheNearest(String what, int status, String code) {
        try (var dispatching = Dispatching.to(Shop.class, OtherShop.class, ForAll.class)) {
            var answer = dispatching.action("buy", "{\"what\": \"%s\"}".formatted(what));
            assertThat(answer.code()).isEqualTo(code);
            assertThat(answer.status()).isEqualTo(status);
            assertThat(answer.body()).doesNotContain("hidden");
        }
    }

    @Test
    void knowsTheCall() {
        try (var dispatching = Dispatching.to(Shop.class)) {
            assertThat(dispatching
                            .action("buy", "{\"what\": \"sold out\"}")
                            .json()
                            .path("extensions"))
                    .hasToString("{\"code\":\"sold-out\",\"in\":\"buy\",\"for\":\"7\"}");
        }
    }

    @Test
    void ofABeanWithHandlersCountsForThoseOnly() {
        try (var dispatching = Dispatching.to(Shop.class, OtherShop.class)) {
            assertThat(dispatching.action("order", "{}").status()).isEqualTo(500);
        }
        try (var dispatching = Dispatching.to(Shop.class, OtherShop.class, ForAll.class)) {
            assertThat(dispatching.action("order", "{}").code()).isEqualTo("sold-out-anywhere");
        }
    }

    @Test
    void takesWhatFailsLater() {
        try (var dispatching = Dispatching.to(Shop.class)) {
            assertThat(dispatching.action("later", "{}").code()).isEqualTo("sold-out");
        }
    }

    @Test
    void doesNotMakeAnEventDelivered() {
        try (var dispatching = Dispatching.to(Shop.class)) {
            var answer = dispatching.event("sold", "{\"op\": \"INSERT\", \"data\": {\"old\": null, \"new\": {}}}");
            assertThat(answer.status()).isEqualTo(409);
            assertThat(answer.json().at("/extensions/for").asString()).isEqualTo("nobody");
        }
    }
}
