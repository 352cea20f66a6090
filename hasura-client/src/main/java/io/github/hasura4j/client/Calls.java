package io.github.hasura4j.client;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

import io.github.hasura4j.client.HasuraTransportException.Reason;
import io.github.hasura4j.client.HasuraTransportException.Sent;

/** Leads operations through the interceptors to the sender. Shared by all views of a client. */
final class Calls {

    private final Sender sender;
    private final List<ClientInterceptor> interceptors;

    Calls(Sender sender, List<ClientInterceptor> interceptors) {
        this.sender = sender;
        this.interceptors = List.copyOf(interceptors);
    }

    ClientResponse send(ClientOperation operation, Identity identity) {
        if (interceptors.isEmpty()) {
            return sender.send(operation, identity);
        }
        // The sending waits in this thread, so that failures show where the call was made.
        return await(
                operation,
                from(0, sent -> {
                            try {
                                return CompletableFuture.completedFuture(sender.send(sent, identity));
                            } catch (RuntimeException e) {
                                return CompletableFuture.failedFuture(e);
                            }
                        })
                        .proceed(operation));
    }

    CompletableFuture<ClientResponse> sendAsync(
            ClientOperation operation, Identity identity, Cancellation cancellation) {
        try {
            return from(0, sent -> sender.sendAsync(sent, identity, cancellation))
                    .proceed(operation);
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private ClientInterceptor.Chain from(int index, ClientInterceptor.Chain sending) {
        return index == interceptors.size()
                ? sending
                : operation -> interceptors.get(index).intercept(operation, from(index + 1, sending));
    }

    private static ClientResponse await(ClientOperation operation, CompletableFuture<ClientResponse> response) {
        try {
            return response.get();
        } catch (InterruptedException e) {
            response.cancel(true);
            Thread.currentThread().interrupt();
            throw new HasuraTransportException(
                    operation.shown() + " was interrupted in an interceptor", Reason.INTERRUPTED, Sent.MAYBE, null, e);
        } catch (ExecutionException e) {
            Throwable cause = Futures.unwrapped(e);
            if (cause instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException("An interceptor failed", cause);
        }
    }
}
