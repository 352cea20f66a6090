package io.github.hasura4j.client;

import java.util.concurrent.CompletableFuture;

/**
 * Stands around every call of a client: sees the operation before it is sent, may change its headers or refuse it, and sees
 * the answer.
 *
 * <pre>{@code
 * (operation, chain) -> chain.proceed(operation.withHeader("x-request-id", requestId()))
 * }</pre>
 *
 * <p>It begins in the thread that makes the call and surrounds all attempts, not each of them. There is one form for both ways
 * of calling: for a blocking call the future of {@link Chain#proceed} is complete when it is given, for an asynchronous one it
 * is not, so what is to happen afterwards belongs into {@code whenComplete} and the like. The question for the schema passes
 * through as well.
 */
@FunctionalInterface
public interface ClientInterceptor {

    /** Calls {@link Chain#proceed} once, and gives its future or one made of it; or refuses by an exception. */
    CompletableFuture<ClientResponse> intercept(ClientOperation operation, Chain chain);

    /** What comes after an interceptor: the next one, or the sending. */
    interface Chain {

        /** Goes on with the operation. */
        CompletableFuture<ClientResponse> proceed(ClientOperation operation);
    }
}
