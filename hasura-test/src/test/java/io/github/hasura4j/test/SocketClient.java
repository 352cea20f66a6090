package io.github.hasura4j.test;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.github.hasura4j.test.engine.EngineJson;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A client of the engine's WebSocket that says exactly what the test says. */
final class SocketClient implements AutoCloseable {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final WebSocket socket;
    private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
    private final CompletableFuture<String> end = new CompletableFuture<>();

    private SocketClient(LocalHasura engine, HttpClient http, @Nullable String protocol, String... headers) {
        WebSocket.Builder builder = http.newWebSocketBuilder();
        if (protocol != null) {
            builder.subprotocols(protocol);
        }
        for (int i = 0; i < headers.length; i += 2) {
            builder.header(headers[i], headers[i + 1]);
        }
        socket = builder.buildAsync(URI.create("ws://localhost:" + engine.port() + "/v1/graphql"), new Listener())
                .join();
    }

    static SocketClient to(LocalHasura engine, String... headers) {
        return new SocketClient(engine, HTTP, "graphql-transport-ws", headers);
    }

    /** The same by a client that may have connections already. */
    static SocketClient by(HttpClient http, LocalHasura engine) {
        return new SocketClient(engine, http, "graphql-transport-ws");
    }

    static SocketClient legacy(LocalHasura engine, @Nullable String protocol) {
        return new SocketClient(engine, HTTP, protocol);
    }

    /** Says who it is, and waits for the engine's welcome. */
    SocketClient init(String headers) {
        send("{\"type\":\"connection_init\",\"payload\":{\"headers\":" + headers + "}}");
        next("connection_ack");
        return this;
    }

    SocketClient send(String text) {
        socket.sendText(text, true).join();
        return this;
    }

    SocketClient subscribe(String id, String document) {
        return send("{\"id\":\"" + id + "\",\"type\":\"subscribe\",\"payload\":{\"query\":" + EngineJson.tree(document)
                + "}}");
    }

    String protocol() {
        return socket.getSubprotocol();
    }

    /** The next message that is no sign of life. */
    String next() {
        try {
            while (true) {
                String message = received.poll(10, TimeUnit.SECONDS);
                if (message == null) {
                    throw new AssertionError("No message came");
                }
                if (!message.contains("keepalive") && !message.equals("{\"type\":\"ka\"}")) {
                    return message;
                }
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    JsonNode next(String type) {
        String message = next();
        JsonNode json = EngineJson.parse(message);
        if (!json.path("type").asString("").equals(type)) {
            throw new AssertionError("Expected " + type + ", but got " + message);
        }
        return json;
    }

    /** The next message, signs of life too. */
    String raw() {
        try {
            return String.valueOf(received.poll(10, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    boolean hasReceivedNothingMore() {
        return received.stream().allMatch(message -> message.contains("keepalive"));
    }

    /** How the engine has ended it: the code and the reason. */
    String end() {
        return end.orTimeout(10, TimeUnit.SECONDS).join();
    }

    @Override
    public void close() {
        socket.abort();
    }

    private final class Listener implements WebSocket.Listener {

        private final StringBuilder message = new StringBuilder();

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            message.append(data);
            if (last) {
                received.add(message.toString());
                message.setLength(0);
            }
            from.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
            end.complete(code + " " + reason);
            return null;
        }

        @Override
        public void onError(WebSocket from, Throwable error) {
            end.complete("1006 ");
        }
    }
}
