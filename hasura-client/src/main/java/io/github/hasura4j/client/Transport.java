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
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

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
    private final HttpClient http;

    Transport(URI endpoint, Duration connectTimeout, Duration requestTimeout, JsonMapper mapper) {
        this.endpoint = endpoint;
        this.connectTimeout = connectTimeout;
        this.timeout = requestTimeout;
        this.mapper = mapper;
        // Without TLS the JDK would offer an upgrade to HTTP/2 with every request, which helps nobody here.
        boolean plain = "http".equalsIgnoreCase(endpoint.getScheme());
        this.http = HttpClient.newBuilder()
                .version(plain ? Version.HTTP_1_1 : Version.HTTP_2)
                .followRedirects(Redirect.NEVER)
                .connectTimeout(connectTimeout)
                .build();
    }

    URI endpoint() {
        return endpoint;
    }

    JsonMapper mapper() {
        return mapper;
    }

    WebSocket.Builder webSocket() {
        return http.newWebSocketBuilder().connectTimeout(connectTimeout);
    }

    Answer send(GraphQlRequest request, Identity identity) {
        return send(request, identity, mapper);
    }

    /** @param reading the mapper for the answer */
    Answer send(GraphQlRequest request, Identity identity, JsonMapper reading) {
        byte[] body = body(request);
        HttpRequest.Builder post = HttpRequest.newBuilder(endpoint)
                .header("Content-Type", "application/json")
                .header("Accept", "application/json")
                .POST(BodyPublishers.ofByteArray(body));
        identity.writeTo(post::setHeader);
        HttpResponse<byte[]> response = exchange(request, post.build());
        return Answer.of(request, response.body(), reading, response.statusCode());
    }

    // HttpRequest.timeout ends with the headers; this one covers the body too. Cancelling aborts the exchange.
    private HttpResponse<byte[]> exchange(GraphQlRequest request, HttpRequest post) {
        CompletableFuture<HttpResponse<byte[]>> exchange = http.sendAsync(post, BodyHandlers.ofByteArray());
        try {
            return exchange.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            exchange.cancel(true);
            Thread.currentThread().interrupt();
            throw failure(request, "was interrupted", Reason.INTERRUPTED, Sent.MAYBE, e);
        } catch (TimeoutException e) {
            exchange.cancel(true);
            throw failure(request, "was not answered within " + timeout, Reason.TIMEOUT, Sent.MAYBE, e);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            if (neverConnected(cause)) {
                throw failure(request, "could not connect", Reason.CONNECT, Sent.NO, cause);
            }
            if (cause instanceof IOException) {
                throw failure(request, "lost its connection", Reason.BROKEN, Sent.MAYBE, cause);
            }
            throw failure(request, "could not be sent", Reason.BROKEN, Sent.MAYBE, cause);
        }
    }

    private static boolean neverConnected(@Nullable Throwable cause) {
        return cause instanceof ConnectException
                || cause instanceof HttpConnectTimeoutException
                || cause instanceof UnresolvedAddressException
                || cause instanceof SSLHandshakeException;
    }

    private HasuraTransportException failure(
            GraphQlRequest request, String what, Reason reason, Sent sent, Throwable cause) {
        return new HasuraTransportException(
                "Operation '%s' %s (%s)".formatted(request.shownName(), what, endpoint), reason, sent, null, cause);
    }

    /** The request as JSON: the body of a POST, and the payload of a subscription. */
    byte[] body(GraphQlRequest request) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = mapper.createGenerator(bytes)) {
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
        return bytes.toByteArray();
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
