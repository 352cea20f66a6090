package io.github.hasura4j.test;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.hasura4j.test.engine.EngineJson;
import tools.jackson.databind.JsonNode;

/** A webhook server that answers as told and remembers what it was sent. */
final class StubHandler implements AutoCloseable {

    record Received(String method, String path, String query, Map<String, List<String>> headers, String body) {

        JsonNode json() {
            return EngineJson.parse(body);
        }

        /** The first value of a header; null if it was not sent. */
        String header(String name) {
            return headers.entrySet().stream()
                    .filter(entry -> entry.getKey().equalsIgnoreCase(name))
                    .map(entry -> entry.getValue().get(0))
                    .findFirst()
                    .orElse(null);
        }
    }

    record Reply(int status, Map<String, List<String>> headers, String body) {

        static Reply json(int status, String body) {
            return new Reply(status, Map.of("Content-Type", List.of("application/json")), body);
        }
    }

    private final HttpServer server;
    private final BlockingQueue<Received> received = new LinkedBlockingQueue<>();
    private final Semaphore stalled = new Semaphore(0);
    private volatile Function<Received, Reply> answer = request -> Reply.json(200, "{}");

    StubHandler() {
        this(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    /** On another address than the loopback, for engines elsewhere. */
    StubHandler(InetSocketAddress address) {
        try {
            server = HttpServer.create(address, 0);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        server.createContext("/", this::handle);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    int port() {
        return server.getAddress().getPort();
    }

    void answers(Function<Received, Reply> how) {
        answer = how;
    }

    void answers(int status, String body) {
        answer = request -> Reply.json(status, body);
    }

    /** Answers a path with the beginning of a body, and says no more until this handler is closed. */
    void stallsInTheMiddleOf(String path) {
        server.createContext(path, exchange -> {
            exchange.sendResponseHeaders(200, 100);
            exchange.getResponseBody().write('[');
            exchange.getResponseBody().flush();
            stalled.release();
        });
    }

    /** Ends the stalling. */
    void answersAgain(String path) {
        server.removeContext(path);
    }

    /** Waits until somebody has been stalled. */
    void awaitStalled() {
        try {
            if (!stalled.tryAcquire(20, TimeUnit.SECONDS)) {
                throw new AssertionError("Nobody was stalled within 20 seconds");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The next request; waits for it, and fails after a while. */
    Received next() {
        try {
            Received next = received.poll(20, TimeUnit.SECONDS);
            if (next == null) {
                throw new AssertionError("No request came within 20 seconds");
            }
            return next;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    boolean hasReceivedNothingMore() {
        return received.isEmpty();
    }

    void forget() {
        received.clear();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Received request = new Received(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().getPath(),
                    exchange.getRequestURI().getRawQuery(),
                    Map.copyOf(exchange.getRequestHeaders()),
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            Reply reply = answer.apply(request);
            reply.headers()
                    .forEach((name, values) -> exchange.getResponseHeaders().put(name, values));
            byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(reply.status(), body.length == 0 ? -1 : body.length);
            if (body.length > 0) {
                exchange.getResponseBody().write(body);
            }
            received.add(request);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
