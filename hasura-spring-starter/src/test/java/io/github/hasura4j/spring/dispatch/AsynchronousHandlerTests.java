package io.github.hasura4j.spring.dispatch;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.hasura4j.spring.HasuraAction;
import io.github.hasura4j.spring.HasuraActionException;
import io.github.hasura4j.spring.HasuraEvent;
import io.github.hasura4j.spring.dispatch.Dispatching.Answer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/** Handlers whose answer comes later. */
class AsynchronousHandlerTests {

    private final Dispatching dispatching = Dispatching.to(Later.class);

    @AfterEach
    void close() {
        dispatching.close();
    }

    @Test
    void answerWithWhatTheirFutureBrings() {
        assertThat(dispatching.action("future", "{}").body()).isEqualTo("\"from a future\"");
        assertThat(dispatching.action("stage", "{}").body()).isEqualTo("[1,2]");
        assertThat(dispatching.action("mono", "{}").body()).isEqualTo("\"from a mono\"");
        assertThat(dispatching.action("empty", "{}").body()).isEqualTo("null");
        assertThat(dispatching.action("optional", "{}").body()).isEqualTo("null");
        assertThat(dispatching.event("handled", "{}"))
                .extracting(Answer::status, Answer::body)
                .containsExactly(200, "{}");
    }

    @Test
    void answerWithWhatTheyRefuseOrBreakOnLater() {
        assertThat(dispatching.action("refuses", "{}"))
                .extracting(Answer::status, Answer::body)
                .containsExactly(409, "{\"message\":\"Taken\",\"extensions\":{\"code\":\"taken\"}}");
        assertThat(dispatching.action("breaks", "{}").status()).isEqualTo(500);
        assertThat(dispatching.action("breaks", "{}").body())
                .contains("\"code\":\"internal-error\"")
                .doesNotContain("secret detail");
        assertThat(dispatching.event("failing", "{}").status()).isEqualTo(500);
        assertThat(dispatching.action("nothing", "{}").body()).isEqualTo("null");
    }

    @Test
    void areGivenUpAfterATime() {
        CompletableFuture<String> never = new CompletableFuture<>();
        Later.NEVER.add(never);
        try (Dispatching impatient = Dispatching.to(Later.class)
                .settings(new WebhookSettings(
                        "X-Webhook-Secret", List.of("secret"), false, 1000, Duration.ofMillis(20)))) {
            Dispatching.Answer answer = impatient.action("never", "{}");
            assertThat(answer.status()).isEqualTo(500);
            assertThat(answer.headers()).doesNotContainKey("Retry-After");
        }
        assertThat(never).isCancelled();
    }

    static class Later {

        static final List<CompletableFuture<String>> NEVER = new CopyOnWriteArrayList<>();

        @HasuraAction
        CompletableFuture<String> future() {
            return CompletableFuture.supplyAsync(() -> "from a future");
        }

        @HasuraAction
        CompletionStage<List<Integer>> stage() {
            return CompletableFuture.completedStage(List.of(1, 2));
        }

        @HasuraAction
        Mono<String> mono() {
            return Mono.delay(Duration.ofMillis(1)).map(tick -> "from a mono");
        }

        @HasuraAction
        Mono<String> empty() {
            return Mono.empty();
        }

        @HasuraAction
        CompletableFuture<Optional<String>> optional() {
            return CompletableFuture.completedFuture(Optional.empty());
        }

        @HasuraAction
        Mono<String> refuses() {
            return Mono.error(HasuraActionException.of("taken", "Taken").withStatus(409));
        }

        @HasuraAction
        CompletableFuture<String> breaks() {
            return CompletableFuture.supplyAsync(() -> {
                throw new IllegalStateException("secret detail");
            });
        }

        @HasuraAction
        CompletableFuture<String> nothing() {
            return CompletableFuture.completedFuture(null);
        }

        @HasuraAction
        CompletableFuture<String> never() {
            return NEVER.get(0);
        }

        @HasuraEvent
        Mono<Void> handled() {
            return Mono.empty();
        }

        @HasuraEvent
        CompletableFuture<Void> failing() {
            return CompletableFuture.failedFuture(new IllegalStateException("again"));
        }
    }
}
