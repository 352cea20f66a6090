package io.github.hasura4j.client;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpClient.Version;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.net.http.WebSocket;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeoutException;
import java.util.function.IntConsumer;

import javax.net.ssl.SSLHandshakeException;

import io.github.hasura4j.client.HasuraTransportException.Reason;
import io.github.hasura4j.client.HasuraTransportException.Sent;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;

/** Sends one request and waits for its answer. Shared by all views of a client. */
final class Transport {

    private final URI endpoint;
    private final Duration connectTimeout;
    private final Duration timeout;
    private final JsonMapper mapper;
    private final boolean compression;
    private final int maxAnswerSize;
    private final Executor executor;
    private final Patience patience = new Patience();
    private final Set<CompletableFuture<?>> underWay = ConcurrentHashMap.newKeySet();
    private volatile @Nullable HttpClient http;

    Transport(URI endpoint, HttpSettings settings, JsonMapper mapper) {
        this.endpoint = endpoint;
        this.connectTimeout = settings.connectTimeout();
        this.timeout = settings.requestTimeout();
        this.mapper = mapper;
        this.compression = settings.compression();
        this.maxAnswerSize = settings.maxAnswerSize();
        // Without TLS the JDK would offer an upgrade to HTTP/2 with every request, which helps nobody here.
        boolean plain = "http".equalsIgnoreCase(endpoint.getScheme());
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(plain ? Version.HTTP_1_1 : Version.HTTP_2)
                .connectTimeout(settings.connectTimeout());
        settings.customizer().accept(builder);
        HttpClient built = builder.followRedirects(Redirect.NEVER).build();
        this.http = built;
        this.executor = built.executor().orElseGet(ForkJoinPool::commonPool);
    }

    URI endpoint() {
        return endpoint;
    }

    Duration timeout() {
        return timeout;
    }

    JsonMapper mapper() {
        return mapper;
    }

    WebSocket.Builder webSocket() {
        HttpClient open = http;
        if (open == null) {
            throw new IllegalStateException("The client is closed. Close it when nobody subscribes any more.");
        }
        return open.newWebSocketBuilder().connectTimeout(connectTimeout);
    }

    /** Where work goes that must not be done in a thread of the JDK's. */
    Executor executor() {
        return executor;
    }

    HttpRequest.Builder post(byte[] body) {
        HttpRequest.Builder post = HttpRequest.newBuilder(endpoint)
                .header("Content-Type", "application/json")
                .header("Accept", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        return compression ? post.header("Accept-Encoding", "gzip") : post;
    }

    HttpResponse<byte[]> exchange(String what, HttpRequest request, Duration timeout) {
        HttpRequest limited = HttpRequest.newBuilder(request, (name, value) -> true)
                .timeout(timeout)
                .build();
        return exchange(what, limited, Deadline.in(timeout), status -> {});
    }

    /**
     * Waits in this thread. Sending asynchronously and waiting for that would be simpler, but the JDK hands such answers to the
     * common pool, which makes a new thread for each where there are no more than two processors.
     *
     * @param request with a timeout of its own, which ends with the head of the answer; the deadline holds for its body
     */
    HttpResponse<byte[]> exchange(String what, HttpRequest request, Deadline deadline, IntConsumer onHead) {
        try {
            return open().send(request, answer(deadline, onHead));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failure(what, request, "was interrupted", Reason.INTERRUPTED, Sent.MAYBE, e);
        } catch (IOException e) {
            throw failed(what, request, deadline, e);
        }
    }

    /** The same for those who do not wait; fails with a {@link HasuraTransportException}, or because it was cancelled. */
    CompletableFuture<HttpResponse<byte[]>> exchangeAsync(
            String what, HttpRequest request, Deadline deadline, IntConsumer onHead, Cancellation cancellation) {
        CompletableFuture<HttpResponse<byte[]>> exchange = start(request, onHead);
        cancellation.running(exchange);
        CompletableFuture<HttpResponse<byte[]>> result = new CompletableFuture<>();
        CompletableFuture<HttpResponse<byte[]>> inTime = exchange.copy();
        patience.limit(inTime, deadline, executor);
        inTime.whenComplete((response, failure) -> {
            Throwable cause = failure == null ? null : Futures.unwrapped(failure);
            if (cause == null) {
                result.complete(response);
            } else if (cause instanceof CancellationException) {
                result.completeExceptionally(http == null ? closed(what, request, cause) : cause);
            } else {
                exchange.cancel(true); // It may only be late.
                result.completeExceptionally(failed(what, request, deadline, cause));
            }
        });
        return result;
    }

    private AnswerBody answer(Deadline deadline, IntConsumer onHead) {
        // Only the thread that waits hangs on these bytes, so no executor need be free to wake it.
        return new AnswerBody(
                maxAnswerSize, compression, onHead, bytes -> patience.limit(bytes, deadline, Runnable::run));
    }

    private CompletableFuture<HttpResponse<byte[]>> start(HttpRequest request, IntConsumer onHead) {
        CompletableFuture<HttpResponse<byte[]>> exchange =
                open().sendAsync(request, new AnswerBody(maxAnswerSize, compression, onHead, bytes -> {}));
        underWay.add(exchange);
        exchange.whenComplete((response, failure) -> underWay.remove(exchange));
        if (http == null) {
            exchange.cancel(true); // It was closed in between.
        }
        return exchange;
    }

    private HttpClient open() {
        HttpClient open = http;
        if (open == null) {
            throw new IllegalStateException("The client is closed. Close it when nobody calls any more.");
        }
        return open;
    }

    /**
     * Ends what is under way and refuses what comes.
     *
     * @param farewells what the JDK's client may still finish
     */
    void close(CompletionStage<?> farewells) {
        HttpClient open = http;
        http = null;
        underWay.forEach(each -> each.cancel(true));
        if (open != null) {
            farewells.whenComplete((said, failure) -> HttpClients.shutdown(open));
        }
    }

    private HasuraTransportException failed(String what, HttpRequest request, Deadline deadline, Throwable cause) {
        if (http == null) {
            return closed(what, request, cause);
        }
        if (neverConnected(cause)) {
            return failure(what, request, "could not connect", Reason.CONNECT, Sent.NO, cause);
        }
        for (Throwable each = cause; each != null; each = each.getCause()) {
            if (each instanceof AnswerBody.TooLong) {
                return failure(
                        what,
                        request,
                        "got an answer of more than the %d bytes of maxAnswerSize(…). Ask for less, or raise it"
                                .formatted(maxAnswerSize),
                        Reason.LIMIT,
                        Sent.YES,
                        cause);
            }
            if (each instanceof TimeoutException || each instanceof HttpTimeoutException) {
                return failure(
                        what,
                        request,
                        "was not answered within " + deadline.whole(),
                        Reason.TIMEOUT,
                        Sent.MAYBE,
                        cause);
            }
        }
        if (cause instanceof IOException) {
            return failure(what, request, "lost its connection", Reason.BROKEN, Sent.MAYBE, cause);
        }
        return failure(what, request, "could not be sent", Reason.BROKEN, Sent.MAYBE, cause);
    }

    private static boolean neverConnected(@Nullable Throwable cause) {
        return cause instanceof ConnectException
                || cause instanceof HttpConnectTimeoutException
                || cause instanceof UnresolvedAddressException
                || cause instanceof SSLHandshakeException;
    }

    private static HasuraTransportException closed(String what, HttpRequest request, Throwable cause) {
        return failure(what, request, "was under way when the client was closed", Reason.CLOSED, Sent.MAYBE, cause);
    }

    private static HasuraTransportException failure(
            String what, HttpRequest request, String happened, Reason reason, Sent sent, Throwable cause) {
        return new HasuraTransportException(
                "%s %s (%s)".formatted(what, happened, request.uri()), reason, sent, null, cause);
    }

    byte[] body(ClientOperation operation) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        try (JsonGenerator json = mapper.createGenerator(bytes)) {
            if (operation.isBatch()) {
                json.writeStartArray();
                operation.requests().forEach(request -> write(json, request));
                json.writeEndArray();
            } else {
                write(json, operation.requests().get(0));
            }
        }
        return bytes.toByteArray();
    }

    /** One request as JSON, as the payload of a subscription. */
    byte[] body(GraphQlRequest request) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        try (JsonGenerator json = mapper.createGenerator(bytes)) {
            write(json, request);
        }
        return bytes.toByteArray();
    }

    private static void write(JsonGenerator json, GraphQlRequest request) {
        json.writeStartObject();
        json.writeStringProperty("query", request.document());
        if (request.operationName() != null) {
            json.writeStringProperty("operationName", request.operationName());
        }
        if (!request.variables().isEmpty()) {
            json.writeName("variables");
            json.writeStartObject();
            for (Map.Entry<String, @Nullable Object> variable :
                    request.variables().entrySet()) {
                json.writeName(variable.getKey());
                write(json, request, variable.getKey(), variable.getValue());
            }
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    // One by one, so that no setting of the user's mapper drops a null and a failure has a name.
    private static void write(JsonGenerator json, GraphQlRequest request, String name, @Nullable Object value) {
        if (value == null) {
            json.writeNull();
            return;
        }
        try {
            json.writePOJO(value);
        } catch (JacksonException e) {
            throw new HasuraRequestException(
                    "The variable '%s' of operation '%s' is a %s, which cannot be written as JSON. Give a map, a list, a record or a plain value; nothing was sent."
                            .formatted(
                                    name, request.shownName(), value.getClass().getTypeName()),
                    HasuraException.withoutMessage(e));
        }
    }
}
