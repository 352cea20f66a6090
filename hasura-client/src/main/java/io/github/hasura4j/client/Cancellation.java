package io.github.hasura4j.client;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;

import org.jspecify.annotations.Nullable;

/** Carries a caller's {@code cancel} to what is under way, which changes from attempt to attempt. */
final class Cancellation {

    private @Nullable Future<?> running;
    private boolean cancelled;

    /** A future for the caller whose cancelling ends what is under way. */
    <T> CompletableFuture<T> over(CompletionStage<T> result) {
        CompletableFuture<T> outer = new CompletableFuture<>() {
            @Override
            public boolean cancel(boolean mayInterruptIfRunning) {
                boolean done = super.cancel(mayInterruptIfRunning);
                Cancellation.this.cancel();
                return done;
            }
        };
        result.whenComplete((value, failure) -> {
            if (failure == null) {
                outer.complete(value);
            } else {
                outer.completeExceptionally(Futures.unwrapped(failure));
            }
        });
        return outer;
    }

    void running(Future<?> next) {
        boolean late;
        synchronized (this) {
            running = next;
            late = cancelled;
        }
        if (late) {
            next.cancel(true);
        }
    }

    synchronized boolean isCancelled() {
        return cancelled;
    }

    private void cancel() {
        Future<?> current;
        synchronized (this) {
            cancelled = true;
            current = running;
        }
        if (current != null) {
            current.cancel(true);
        }
    }
}
