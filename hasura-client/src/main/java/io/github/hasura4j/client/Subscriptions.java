package io.github.hasura4j.client;

import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;

/**
 * All subscriptions of a client and its views: one link, and so one WebSocket, for everybody who asks as the same identity.
 * Holds no thread and no connection while there are none.
 */
final class Subscriptions {

    static final HttpHeaders NO_HEADERS = HttpHeaders.of(Map.of(), (name, value) -> true);

    private static final AtomicInteger THREADS = new AtomicInteger();

    private final Transport transport;
    private final SubscriptionSettings settings;
    private final Timing timing;
    private final Executor executor;
    private final @Nullable ThreadPoolExecutor own;
    private final Map<Identity, Link> links = new HashMap<>();
    private boolean closed;

    Subscriptions(Transport transport, SubscriptionSettings settings, Timing timing) {
        this.transport = transport;
        this.settings = settings;
        this.timing = timing;
        this.own = settings.executor().isPresent() ? null : threads();
        this.executor = own != null ? own : settings.executor().orElseThrow();
    }

    private static ThreadPoolExecutor threads() {
        return new ThreadPoolExecutor(0, Integer.MAX_VALUE, 5, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
            Thread thread = new Thread(task, "hasura-subscriptions-" + THREADS.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }

    Transport transport() {
        return transport;
    }

    SubscriptionSettings settings() {
        return settings;
    }

    Timing timing() {
        return timing;
    }

    Executor executor() {
        return executor;
    }

    JsonMapper mapper() {
        return transport.mapper();
    }

    /** The endpoint's, with the scheme of a WebSocket. */
    URI address() {
        URI endpoint = transport.endpoint();
        String scheme = "https".equalsIgnoreCase(endpoint.getScheme()) ? "wss" : "ws";
        return URI.create(scheme + "://" + endpoint.getRawAuthority() + endpoint.getRawPath());
    }

    /** One operation more on the identity's link. */
    Link open(Identity identity, Operation operation) {
        synchronized (links) {
            if (closed) {
                throw new IllegalStateException(
                        "The client is closed, so it opens no subscriptions. Make a new one, or close it later.");
            }
            Link link = links.computeIfAbsent(identity, who -> new Link(this, who));
            link.add(operation);
            return link;
        }
    }

    /** Forgets a link that has nothing to do; false if it has got something in the meantime. */
    boolean retire(Identity identity, Link link) {
        synchronized (links) {
            return !link.isWanted() && links.remove(identity, link);
        }
    }

    /** Ends everything; done when the engine was told, or does not listen. */
    CompletableFuture<Void> close() {
        List<Link> all;
        synchronized (links) {
            closed = true;
            all = List.copyOf(links.values());
            links.clear();
        }
        CompletableFuture<?>[] farewells = all.stream().map(Link::close).toArray(CompletableFuture<?>[]::new);
        if (own != null) {
            own.shutdown();
        }
        return CompletableFuture.allOf(farewells).completeOnTimeout(null, 1, TimeUnit.SECONDS);
    }

    /** What is subscribed, as JSON. */
    String payload(GraphQlRequest request) {
        return new String(transport.body(request), StandardCharsets.UTF_8);
    }

    /** A message of the protocol. */
    String message(String type, @Nullable String id, @Nullable Object payload) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = mapper().createGenerator(text)) {
            json.writeStartObject();
            json.writeStringProperty("type", type);
            if (id != null) {
                json.writeStringProperty("id", id);
            }
            if (payload instanceof RawJson raw) {
                json.writeName("payload");
                json.writeRawValue(raw.text());
            } else if (payload != null) {
                json.writePOJOProperty("payload", payload);
            }
            json.writeEndObject();
        }
        return text.toString();
    }

    /** The exception that this list of errors, or object with such a list, stands for; its type is the same as over HTTP. */
    RuntimeException failure(GraphQlRequest request, String errors, boolean isAnswer) {
        String body = isAnswer ? errors : "{\"errors\":" + errors + "}";
        try {
            Answer.of(request, body.getBytes(StandardCharsets.UTF_8), mapper(), 200, Subscriptions.NO_HEADERS)
                    .treeOrThrow();
            return new IllegalStateException(
                    "Operation '%s' failed, and the engine does not say why".formatted(request.shownName()));
        } catch (HasuraException e) {
            return e;
        }
    }

    /** JSON that is written as it is. */
    record RawJson(String text) {}
}
