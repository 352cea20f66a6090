package io.github.hasura4j.client;

import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

import io.github.hasura4j.client.Identity.Sending;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * One WebSocket: credentials, handshake, signs of life. It is used and tells of itself on the inbox only; the JDK's threads
 * put messages together and wait until each was dealt with.
 */
final class Channel implements WebSocket.Listener {

    private static final String PROTOCOL = "graphql-transport-ws";
    private static final Duration FAREWELL = Duration.ofSeconds(2);
    private static final int LARGE = 1 << 20;

    /** Hears about a channel, on the inbox. */
    interface Events {

        void acknowledged(Channel channel);

        void received(Channel channel, Frame frame);

        /** Nothing follows. Not called for a channel that was closed. */
        void ended(Channel channel, Ending ending);
    }

    private final Subscriptions subscriptions;
    private final Identity identity;
    private final Executor inbox;
    private final Events events;
    private final Queue<String> outbox = new ArrayDeque<>();
    private StringBuilder text = new StringBuilder();
    private @Nullable WebSocket socket;
    private @Nullable Sending sent;
    private @Nullable Instant expiry;
    private boolean sending;
    private boolean acknowledged;
    private boolean ended;
    private Runnable timer = () -> {};
    private volatile Runnable farewell = () -> {};
    private volatile long lastHeard;

    Channel(Subscriptions subscriptions, Identity identity, Executor inbox, Events events) {
        this.subscriptions = subscriptions;
        this.identity = identity;
        this.inbox = inbox;
        this.events = events;
    }

    /**
     * Asks for credentials and connects.
     *
     * @param refused what the engine did not accept just before, or null
     * @param laterThan opens nothing if the credentials expire no later; null for any
     */
    void open(@Nullable Sending refused, @Nullable Instant laterThan) {
        try {
            subscriptions.executor().execute(() -> askForCredentials(refused, laterThan));
        } catch (RejectedExecutionException e) { // It was shut down, by whoever owns it.
            inbox.execute(() -> end(Ending.noCredentials(e)));
        }
    }

    /** Away from the inbox: whoever supplies credentials may have to ask somebody for them. */
    private void askForCredentials(@Nullable Sending refused, @Nullable Instant laterThan) {
        Sending sending;
        try {
            if (refused != null) {
                refused.reject();
            }
            sending = identity.sending();
        } catch (RuntimeException e) {
            inbox.execute(() -> end(Ending.noCredentials(e)));
            return;
        }
        inbox.execute(() -> connect(sending, laterThan));
    }

    private void connect(Sending sending, @Nullable Instant laterThan) {
        if (ended) {
            return;
        }
        sent = sending;
        expiry = sending.expiry();
        if (laterThan != null && expiry != null && !expiry.isAfter(laterThan)) {
            end(Ending.notFresher());
            return;
        }
        String init = subscriptions.message("connection_init", null, Map.of("headers", sending.headers()));
        try {
            subscriptions
                    .transport()
                    .webSocket()
                    .subprotocols(PROTOCOL)
                    .buildAsync(subscriptions.address(), this)
                    .whenComplete((opened, failure) -> inbox.execute(() -> connected(opened, failure, init)));
        } catch (IllegalStateException e) { // The client was closed in between.
            end(Ending.broken(e));
        }
    }

    private void connected(@Nullable WebSocket opened, @Nullable Throwable failure, String init) {
        if (opened == null) {
            end(Ending.notConnected(failure == null ? new IllegalStateException("no socket") : failure));
        } else if (ended) {
            opened.abort();
        } else {
            socket = opened;
            if (!PROTOCOL.equals(opened.getSubprotocol())) {
                end(Ending.wrongProtocol());
                return;
            }
            Duration timeout = subscriptions.settings().acknowledgeTimeout();
            timer = later(timeout, () -> end(Ending.notAcknowledged(timeout)));
            send(init);
            opened.request(1);
        }
    }

    private void receive(Frame frame) {
        if (ended) {
            return;
        }
        switch (frame.type()) {
            case "connection_ack" -> {
                if (!acknowledged) {
                    acknowledged = true;
                    timer.run();
                    timer = later(subscriptions.settings().pingInterval(), this::ping);
                    events.acknowledged(this);
                }
            }
            case "ping" -> {
                if (outbox.isEmpty()) { // Else there is a sign of life under way, and an engine that does not read it.
                    send("{\"type\":\"pong\"}");
                }
            }
            case "connection_error" -> end(Ending.connectionError(frame.payload(), mapper()));
            case "next", "error", "complete" -> events.received(this, frame);
            default -> {} // A pong, the old protocol's ka, or something that is yet to be invented.
        }
    }

    /** Also finds the ends that the JDK (17 to 25) misses: without a close, right after a message. */
    private void ping() {
        Duration timeout = subscriptions.settings().silenceTimeout();
        if (subscriptions.timing().nanoTime() - lastHeard >= timeout.toNanos()) {
            end(Ending.silent(timeout));
            return;
        }
        send("{\"type\":\"ping\"}");
        timer = later(subscriptions.settings().pingInterval(), this::ping);
    }

    boolean isAcknowledged() {
        return acknowledged && !ended;
    }

    /** When the credentials expire that it was opened with, if they say so. */
    @Nullable
    Instant expiry() {
        return expiry;
    }

    /** The credentials it was opened with. */
    @Nullable
    Sending sent() {
        return sent;
    }

    void send(String message) {
        outbox.add(message);
        flush();
    }

    private void flush() {
        WebSocket open = socket;
        if (open == null || sending || ended) {
            return;
        }
        String message = outbox.poll();
        if (message != null) {
            sending = true;
            open.sendText(message, true)
                    .whenComplete((sent, failure) -> inbox.execute(() -> {
                        sending = false;
                        if (failure != null) {
                            end(Ending.broken(failure));
                        } else {
                            flush();
                        }
                    }));
        }
    }

    /** Ends it from this side, with a farewell that the engine gets some time to answer; done when that was sent. */
    CompletableFuture<?> close() {
        WebSocket open = socket;
        if (ended || open == null) {
            ended = true;
            timer.run();
            return CompletableFuture.completedFuture(null);
        }
        ended = true;
        timer.run();
        open.request(Long.MAX_VALUE);
        farewell = subscriptions.timing().after(FAREWELL, open::abort);
        return open.sendClose(WebSocket.NORMAL_CLOSURE, "").whenComplete((closing, failure) -> {
            if (failure != null) {
                farewell.run();
                open.abort();
            }
        });
    }

    private void end(Ending ending) {
        if (ended) {
            return;
        }
        ended = true;
        timer.run();
        if (socket != null) {
            socket.abort();
        }
        events.ended(this, ending);
    }

    private Runnable later(Duration delay, Runnable task) {
        return subscriptions
                .timing()
                .after(
                        delay,
                        () -> inbox.execute(() -> {
                            if (!ended) {
                                task.run();
                            }
                        }));
    }

    private JsonMapper mapper() {
        return subscriptions.mapper();
    }

    @Override
    public void onOpen(WebSocket opened) {
        lastHeard = subscriptions.timing().nanoTime();
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
        lastHeard = subscriptions.timing().nanoTime();
        int limit = subscriptions.settings().maxMessageLength();
        if (part.length() > limit - text.length()) {
            text = new StringBuilder();
            inbox.execute(() -> end(Ending.tooLong(limit)));
            return null;
        }
        text.append(part);
        if (!last) {
            from.request(1);
            return null;
        }
        String message = text.toString();
        if (text.capacity() > LARGE) {
            text = new StringBuilder();
        } else {
            text.setLength(0);
        }
        try {
            Frame frame = Frame.parse(mapper(), message);
            inbox.execute(() -> {
                receive(frame);
                from.request(1);
            });
        } catch (JacksonException e) {
            inbox.execute(() -> end(Ending.notJson(e)));
        }
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onBinary(WebSocket from, ByteBuffer part, boolean last) {
        from.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onPing(WebSocket from, ByteBuffer message) {
        lastHeard = subscriptions.timing().nanoTime();
        from.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onPong(WebSocket from, ByteBuffer message) {
        lastHeard = subscriptions.timing().nanoTime();
        from.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
        farewell.run();
        inbox.execute(() -> {
            socket = null; // The JDK says farewell by itself.
            end(Ending.closed(code, reason, mapper()));
        });
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable failure) {
        farewell.run();
        inbox.execute(() -> end(Ending.broken(failure)));
    }
}
