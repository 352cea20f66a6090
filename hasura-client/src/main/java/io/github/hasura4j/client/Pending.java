package io.github.hasura4j.client;

import java.util.concurrent.CompletableFuture;

/**
 * What one of several operations that travel together will have answered. Safe to share between threads.
 *
 * @param <R> the result's type
 */
public final class Pending<R> {

    private final CompletableFuture<R> result = new CompletableFuture<>();
    private final String operation;

    Pending(String operation) {
        this.operation = operation;
    }

    void complete(R value) {
        result.complete(value);
    }

    /** Whether there is a result. */
    public boolean isDone() {
        return result.isDone();
    }

    /**
     * The result.
     *
     * @throws IllegalStateException if what it was added to has not been executed, or failed as a whole
     */
    public R get() {
        if (!result.isDone()) {
            throw new IllegalStateException(
                    "There is no answer to '%s': what it was added to has not been executed, or failed as a whole. Call execute() first."
                            .formatted(operation));
        }
        return result.join();
    }

    @Override
    public String toString() {
        return "Pending[" + operation + (result.isDone() ? ", done]" : "]");
    }
}
