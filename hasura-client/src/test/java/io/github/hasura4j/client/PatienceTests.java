package io.github.hasura4j.client;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** One look for many waits. */
class PatienceTests {

    private final Patience patience = new Patience();

    private CompletableFuture<String> wait(Duration time) {
        CompletableFuture<String> result = new CompletableFuture<>();
        patience.limit(result, Deadline.in(time), Runnable::run);
        return result;
    }

    @Test
    void endsEachAtItsOwnDeadlineInWhateverOrderTheyCame() throws Exception {
        List<String> ended = Collections.synchronizedList(new ArrayList<>());
        CompletableFuture<?> never = wait(Duration.ofHours(1));
        CompletableFuture<?> last = wait(Duration.ofMillis(600)).whenComplete((value, failure) -> ended.add("last"));
        CompletableFuture<?> first = wait(Duration.ofMillis(10)).whenComplete((value, failure) -> ended.add("first"));
        CompletableFuture<?> then = wait(Duration.ofMillis(300)).whenComplete((value, failure) -> ended.add("then"));

        for (CompletableFuture<?> each : List.of(first, then, last)) {
            each.handle((value, failure) -> assertThat(failure).hasRootCauseInstanceOf(TimeoutException.class))
                    .get(30, TimeUnit.SECONDS);
        }

        assertThat(ended).containsExactly("first", "then", "last");
        assertThat(never).isNotDone();
    }

    @Test
    void endsThemAllEvenIfNobodyIsThereToTell() throws Exception {
        List<CompletableFuture<Throwable>> all = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            CompletableFuture<String> each = new CompletableFuture<>();
            patience.limit(each, Deadline.in(Duration.ofMillis(20)), task -> {
                throw new RejectedExecutionException();
            });
            all.add(each.handle((value, failure) -> failure));
        }

        for (CompletableFuture<Throwable> each : all) {
            assertThat(each.get(30, TimeUnit.SECONDS)).isInstanceOf(TimeoutException.class);
        }
    }

    @Test
    void leavesAloneWhatIsThereInTime() throws Exception {
        CompletableFuture<String> inTime = wait(Duration.ofMillis(50));
        inTime.complete("here");
        CompletableFuture<String> after = wait(Duration.ofMillis(60));

        assertThat(after.handle((value, failure) -> failure).get(30, TimeUnit.SECONDS))
                .isInstanceOf(TimeoutException.class);
        assertThat(inTime).isCompletedWithValue("here");
    }

    @Test
    void looksAgainForWhatCameWhileItLooked() throws Exception {
        List<CompletableFuture<Throwable>> all = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            all.add(wait(Duration.ofNanos(i * 100_000L)).handle((value, failure) -> failure));
        }

        for (CompletableFuture<Throwable> each : all) {
            assertThat(each.get(30, TimeUnit.SECONDS)).isInstanceOf(TimeoutException.class);
        }
    }
}
