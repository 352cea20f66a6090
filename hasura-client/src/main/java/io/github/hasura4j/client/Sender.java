package io.github.hasura4j.client;

import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.github.hasura4j.client.Attempts.Next;

/** Sends an operation as often as it takes, waiting for it or not. Shared by all views of a client. */
final class Sender {

    private final Transport transport;
    private final RetryPolicy policy;
    private final ClientObserver observer;

    Sender(Transport transport, RetryPolicy policy, ClientObserver observer) {
        this.transport = transport;
        this.policy = policy;
        this.observer = observer;
    }

    ClientResponse send(ClientOperation operation, Identity identity) {
        Attempts attempts = attempts(operation, identity);
        while (true) {
            Next next = attempt(attempts);
            if (next instanceof Next.Done done) {
                return done.response();
            }
            if (next instanceof Next.Failed failed) {
                throw failed.failure();
            }
        }
    }

    private Next attempt(Attempts attempts) {
        Next next;
        try {
            HttpRequest request = attempts.request();
            next = attempts.answered(
                    transport.exchange(attempts.shown(), request, attempts.deadline(), attempts::answering));
        } catch (RuntimeException e) {
            next = attempts.failed(e);
        }
        if (next instanceof Next.Again again && !again.delay().isZero()) {
            try {
                TimeUnit.NANOSECONDS.sleep(again.delay().toNanos());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return attempts.interrupted(e);
            }
        }
        return next;
    }

    CompletableFuture<ClientResponse> sendAsync(
            ClientOperation operation, Identity identity, Cancellation cancellation) {
        CompletableFuture<ClientResponse> result = new CompletableFuture<>();
        attemptAsync(attempts(operation, identity), cancellation, result);
        return result;
    }

    private void attemptAsync(Attempts attempts, Cancellation cancellation, CompletableFuture<ClientResponse> result) {
        if (cancellation.isCancelled()) {
            result.cancel(true);
            return;
        }
        try {
            HttpRequest request = attempts.request();
            transport
                    .exchangeAsync(attempts.shown(), request, attempts.deadline(), attempts::answering, cancellation)
                    .whenComplete((response, failure) -> {
                        try {
                            go(
                                    failure == null ? attempts.answered(response) : after(attempts, failure),
                                    attempts,
                                    cancellation,
                                    result);
                        } catch (RuntimeException | Error e) {
                            result.completeExceptionally(e);
                        }
                    });
        } catch (RuntimeException e) {
            go(attempts.failed(e), attempts, cancellation, result);
        }
    }

    private static Next after(Attempts attempts, Throwable failure) {
        Throwable cause = Futures.unwrapped(failure);
        return attempts.failed(
                cause instanceof RuntimeException known ? known : new IllegalStateException("The call broke", cause));
    }

    private void go(Next next, Attempts attempts, Cancellation cancellation, CompletableFuture<ClientResponse> result) {
        if (next instanceof Next.Done done) {
            result.complete(done.response());
        } else if (next instanceof Next.Failed failed) {
            result.completeExceptionally(failed.failure());
        } else if (next instanceof Next.Again again) {
            Duration delay = again.delay();
            // A supplier of tokens may block, so not in a thread of the JDK's.
            CompletableFuture.delayedExecutor(delay.toNanos(), TimeUnit.NANOSECONDS, transport.executor())
                    .execute(() -> attemptAsync(attempts, cancellation, result));
        }
    }

    private Attempts attempts(ClientOperation operation, Identity identity) {
        return new Attempts(operation, identity, transport, policy, observer);
    }
}
