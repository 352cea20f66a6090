package io.github.hasura4j.spring.delivery;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;

import org.jspecify.annotations.Nullable;

/** An answer that comes later, and what is done once it is there; cancelling this cancels the handler's own future. */
final class Afterwards extends CompletableFuture<@Nullable Object> {

    private final CompletionStage<?> source;

    Afterwards(CompletionStage<?> source, Runnable then) {
        this.source = source;
        source.whenComplete((answer, thrown) -> {
            try {
                then.run();
            } finally {
                if (thrown == null) {
                    complete(answer);
                } else {
                    completeExceptionally(thrown);
                }
            }
        });
    }

    @Override
    public boolean cancel(boolean mayInterrupt) {
        if (source instanceof Future<?> running) {
            running.cancel(mayInterrupt);
        }
        return super.cancel(mayInterrupt);
    }
}
