package io.github.hasura4j.client;

import java.nio.charset.StandardCharsets;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/** Keeps the newest answer until somebody takes it, and the one taken last to know it again after an interruption. */
final class DefaultLiveQuery<T> extends Feed<String, T> implements LiveQuery<T> {

    private final GraphQlRequest request;
    private final String payload;
    private final Function<Answer, T> decoder;
    private @Nullable String newest;
    private @Nullable String delivered;
    private boolean first;

    DefaultLiveQuery(
            Subscriptions subscriptions, Identity identity, GraphQlRequest request, Function<Answer, T> decoder) {
        super(subscriptions, identity);
        this.request = request;
        this.payload = subscriptions.payload(request);
        this.decoder = decoder;
    }

    @Override
    public LiveQuery<T> listener(SubscriptionListener listener) {
        listenWith(listener);
        return this;
    }

    @Override
    public GraphQlRequest request() {
        return request;
    }

    @Override
    public String payload() {
        return payload;
    }

    @Override
    public void subscribed() {
        first = true;
        super.subscribed();
    }

    @Override
    void arrived(String answer) {
        lock.lock();
        try {
            boolean known = first && answer.equals(delivered);
            first = false;
            newest = known ? null : answer;
        } finally {
            lock.unlock();
        }
        signal();
    }

    @Override
    @Nullable
    String poll() {
        String taken = newest;
        if (taken != null) {
            newest = null;
            delivered = taken;
        }
        return taken;
    }

    @Override
    boolean isEmpty() {
        return newest == null;
    }

    @Override
    void clear() {
        newest = null;
        delivered = null;
    }

    @Override
    T decode(String answer) {
        return decoder.apply(Answer.of(
                request,
                answer.getBytes(StandardCharsets.UTF_8),
                subscriptions.mapper(),
                200,
                Subscriptions.NO_HEADERS));
    }
}
