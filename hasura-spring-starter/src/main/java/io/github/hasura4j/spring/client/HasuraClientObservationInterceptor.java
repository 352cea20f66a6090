package io.github.hasura4j.spring.client;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

import io.github.hasura4j.client.ClientInterceptor;
import io.github.hasura4j.client.ClientOperation;
import io.github.hasura4j.client.ClientResponse;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;

/**
 * Makes an observation of every call, with all its attempts, and sends along what a tracer wants to travel. The starter adds it
 * to its own clients; add it to one that you build yourself. Safe to share.
 */
public final class HasuraClientObservationInterceptor implements ClientInterceptor {

    private static final HasuraClientObservationConvention USUAL = new HasuraClientObservationConvention() {};

    private final String client;
    private final ObservationRegistry registry;
    private final @Nullable HasuraClientObservationConvention convention;

    /**
     * An interceptor for one client.
     *
     * @param client how the client is called in metrics
     * @param registry who wants to know
     * @param convention how things are named; {@code null} for the usual
     */
    public HasuraClientObservationInterceptor(
            String client, ObservationRegistry registry, @Nullable HasuraClientObservationConvention convention) {
        this.client = client;
        this.registry = registry;
        this.convention = convention;
    }

    @Override
    public CompletableFuture<ClientResponse> intercept(ClientOperation operation, Chain chain) {
        HasuraClientObservationContext context = new HasuraClientObservationContext(client, operation);
        Observation observation = Observation.createNotStarted(convention, USUAL, () -> context, registry);
        if (observation.isNoop()) {
            return chain.proceed(operation);
        }
        observation.start();
        CompletableFuture<ClientResponse> answer;
        try (Observation.Scope scope = observation.openScope()) {
            answer = chain.proceed(withHeaders(operation, context.getCarrier()));
        } catch (Throwable e) {
            observation.error(e);
            observation.stop();
            throw e;
        }
        return answer.whenComplete((response, failure) -> {
            if (failure == null) {
                context.setResponse(response);
            } else {
                observation.error(unwrapped(failure));
            }
            observation.stop();
        });
    }

    private static ClientOperation withHeaders(ClientOperation operation, @Nullable Map<String, String> headers) {
        ClientOperation more = operation;
        if (headers != null) {
            for (Map.Entry<String, String> header : headers.entrySet()) {
                try {
                    more = more.withHeader(header.getKey(), header.getValue());
                } catch (IllegalArgumentException e) {
                    // Baggage may be anything; a call does not fail because of what cannot be told along.
                }
            }
        }
        return more;
    }

    private static Throwable unwrapped(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }
}
