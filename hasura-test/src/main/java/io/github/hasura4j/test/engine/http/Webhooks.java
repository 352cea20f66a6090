package io.github.hasura4j.test.engine.http;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.github.hasura4j.client.project.HeaderMetadata;
import io.github.hasura4j.test.engine.Environment;
import io.github.hasura4j.test.engine.Trace;
import io.github.hasura4j.test.engine.TraceHeaders;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Calls webhooks and remote schemas with the headers the engine sends ({@code local-engine.md} E.1). */
public final class Webhooks {

    /** What the engine says it is. */
    public static final String USER_AGENT = "hasura-graphql-engine/v2.48.0-hasura4j";

    /** Headers the JDK's client insists on setting by itself. */
    private static final Set<String> NOT_OURS_TO_SET = Set.of(
            "connection", "content-length", "expect", "host", "upgrade", "transfer-encoding", "keep-alive", "te");

    /** Null where an exchange answers instead: a client has a thread of its own. */
    private final @Nullable HttpClient http;

    private final Map<String, String> routes;
    private final boolean configuredFirst;
    private final TraceHeaders traces = new TraceHeaders();
    private final @Nullable Exchange exchange;

    /**
     * @param routes where calls to a {@code host:port} go instead, as another {@code host:port}; a host alone stands for all its ports
     * @param configuredFirst whether configured headers win over their client's
     */
    public Webhooks(Map<String, String> routes, boolean configuredFirst) {
        this(routes, configuredFirst, null);
    }

    /** Sends nothing by itself: calls go to somebody who answers them, who may not be behind HTTP at all. */
    public Webhooks(Exchange exchange) {
        this(Map.of(), false, exchange);
    }

    private Webhooks(Map<String, String> routes, boolean configuredFirst, @Nullable Exchange exchange) {
        this.routes = new ConcurrentHashMap<>(routes);
        this.configuredFirst = configuredFirst;
        this.exchange = exchange;
        this.http = exchange == null ? client() : null;
    }

    private static HttpClient client() {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(5))
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build();
    }

    /** How traces travel with the calls. */
    public TraceHeaders traces() {
        return traces;
    }

    /** Answers calls in the place of a server. */
    @FunctionalInterface
    public interface Exchange {

        /**
         * Answers a call.
         *
         * @throws IOException if there is no answer
         */
        Answer call(String method, String url, Map<String, String> headers, @Nullable String body, Duration timeout)
                throws IOException;
    }

    /**
     * Sends calls elsewhere from now on.
     *
     * @param from {@code host:port}, or a host for all its ports
     * @param to {@code host:port}
     */
    public void route(String from, String to) {
        routes.put(from, to);
    }

    /**
     * An answer.
     *
     * @param status the HTTP status
     * @param headers the headers, names in lower case
     * @param body the body; empty for none
     */
    public record Answer(int status, Map<String, List<String>> headers, byte[] body) {

        /** The body as text. */
        public String text() {
            return new String(body, StandardCharsets.UTF_8);
        }

        /** The same with another body. */
        public Answer withText(String other) {
            return new Answer(status, headers, other.getBytes(StandardCharsets.UTF_8));
        }

        /** The headers as the engine's logs and errors list them. */
        public ArrayNode headerList() {
            ArrayNode list = JsonNodeFactory.instance.arrayNode();
            headers.forEach((name, values) ->
                    values.forEach(value -> list.addObject().put("name", name).put("value", value)));
            return list;
        }
    }

    /**
     * Posts a JSON body.
     *
     * @throws IOException if there is no answer: refused, unknown host, timed out
     */
    public Answer post(String url, Map<String, String> headers, String body, Duration timeout) throws IOException {
        return call("POST", url, headers, body, timeout);
    }

    /**
     * Calls with any method.
     *
     * @param body the body; null for none
     * @throws IOException if there is no answer: refused, unknown host, timed out
     */
    public Answer call(String method, String url, Map<String, String> headers, @Nullable String body, Duration timeout)
            throws IOException {
        if (exchange != null) {
            return exchange.call(method, url, headers, body, timeout);
        }
        URI target;
        HttpRequest.Builder request;
        try {
            target = URI.create(url);
            request = HttpRequest.newBuilder(route(target));
        } catch (IllegalArgumentException e) {
            throw new IOException("'%s' is not a URL to call: %s".formatted(url, e.getMessage()), e);
        }
        for (Map.Entry<String, String> header : headers.entrySet()) {
            if (!NOT_OURS_TO_SET.contains(header.getKey().toLowerCase(Locale.ROOT))) {
                set(request, header.getKey(), header.getValue());
            }
        }
        request.method(
                method, body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        // Not the request's own timeout, which ends with the headers of the answer.
        CompletableFuture<HttpResponse<byte[]>> exchange =
                Objects.requireNonNull(http).sendAsync(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        try {
            HttpResponse<byte[]> response = exchange.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
            return new Answer(response.statusCode(), response.headers().map(), response.body());
        } catch (TimeoutException e) {
            exchange.cancel(true);
            throw new IOException("request timed out after " + timeout.toSeconds() + " s", e);
        } catch (ExecutionException e) {
            throw new IOException("no answer from " + place(target) + ": " + words(e.getCause()), e.getCause());
        } catch (InterruptedException e) {
            exchange.cancel(true);
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /** The JDK leaves out why it does not get through. */
    private static String words(@Nullable Throwable cause) {
        for (Throwable each = cause; each != null; each = each.getCause()) {
            if (each instanceof UnresolvedAddressException || each instanceof UnknownHostException) {
                return "unknown host";
            }
        }
        return cause instanceof ConnectException && cause.getMessage() == null
                ? "connection refused"
                : String.valueOf(cause);
    }

    /** The JDK quotes a value that it refuses, and values are secrets. */
    private static void set(HttpRequest.Builder request, String name, String value) throws IOException {
        try {
            request.setHeader(name, value);
        } catch (IllegalArgumentException e) {
            throw new IOException("header '" + name + "' has a name or value that HTTP does not allow");
        }
    }

    /** The headers of a call that the engine makes by itself: the two defaults, the configured ones, and a trace. */
    public Map<String, String> headers(List<HeaderMetadata> configured, Environment environment, Trace trace) {
        return headers(configured, environment, Map.of(), trace);
    }

    /**
     * The headers of a call that may forward its client's. Of equal names a client's wins over the defaults, and these over
     * configured ones, or the other way round if so set ({@code local-engine.md} E.1).
     *
     * @param forwarded the client's headers, as far as they are forwarded
     */
    public Map<String, String> headers(
            List<HeaderMetadata> configured, Environment environment, Map<String, String> forwarded, Trace trace) {
        Map<String, String> own = new LinkedHashMap<>();
        configured.forEach(header -> own.putIfAbsent(header.name(), environment.header(header)));
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        if (configuredFirst) {
            own.forEach(headers::putIfAbsent);
        }
        forwarded.forEach(headers::putIfAbsent);
        headers.putIfAbsent("Content-Type", "application/json");
        headers.putIfAbsent("User-Agent", USER_AGENT);
        own.forEach(headers::putIfAbsent);
        headers.putAll(traces.of(trace.child()));
        return headers;
    }

    private URI route(URI uri) {
        String place = place(uri);
        boolean withPort = place.matches(".*:[0-9]+");
        String host = withPort ? place.substring(0, place.lastIndexOf(':')) : place;
        String port =
                withPort ? place.substring(place.lastIndexOf(':') + 1) : "https".equals(uri.getScheme()) ? "443" : "80";
        String target = routes.getOrDefault(host + ":" + port, routes.get(host));
        if (target == null && host.equals("host.docker.internal")) {
            target = "127.0.0.1:" + port;
        }
        return target == null ? uri : URI.create(uri.toString().replaceFirst("//[^/?#]*", "//" + target));
    }

    /** Host and port as written, without user and password. Not getHost(), which is null for the underscores of compose files. */
    private static String place(URI uri) {
        String authority = uri.getRawAuthority() == null ? "" : uri.getRawAuthority();
        return authority.substring(authority.lastIndexOf('@') + 1);
    }
}
