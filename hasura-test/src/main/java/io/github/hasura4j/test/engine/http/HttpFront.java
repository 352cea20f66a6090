package io.github.hasura4j.test.engine.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.hasura4j.test.LocalHasuraException;
import io.github.hasura4j.test.LocalHasuraPortInUseException;
import io.github.hasura4j.test.engine.Authenticator;
import io.github.hasura4j.test.engine.EngineException;
import io.github.hasura4j.test.engine.EngineJson;
import io.github.hasura4j.test.engine.GraphQlEngine;
import io.github.hasura4j.test.engine.Session;
import io.github.hasura4j.test.engine.metadata.LoadedMetadata;
import io.github.hasura4j.test.engine.metadata.MetadataApi;
import io.github.hasura4j.test.engine.metadata.MetadataLoader;
import io.github.hasura4j.test.engine.socket.SharedPort;
import io.github.hasura4j.test.engine.socket.SocketFront;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** The engine's HTTP server, on the loopback only ({@code graphql-api.md} C). */
public final class HttpFront implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(HttpFront.class);
    private static final String NOT_STARTED = "The server serves nothing yet";
    private static final String REST = "/api/rest";
    private static final String REQUEST_ID = "x-request-id";
    private static final String JSON = "application/json; charset=utf-8";
    private static final List<String> NOT_SUPPORTED = List.of(
            "/v1/relay",
            "/v1beta1/relay",
            "/v1alpha1/graphql",
            "/v1alpha1/config",
            "/v1/graphql/explain",
            "/api/swagger",
            "/console");

    private final SharedPort port;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "local-hasura-http");
        thread.setDaemon(true);
        return thread;
    });
    private @Nullable Authenticator authenticator;
    private @Nullable MetadataLoader loader;
    private @Nullable MetadataApi metadata;

    private @Nullable SocketFront sockets;

    private HttpFront(SharedPort port, HttpServer server) {
        this.port = port;
        this.server = server;
    }

    /**
     * Takes a port, without serving anything yet.
     *
     * @param port the port; 0 for any free one
     */
    public static HttpFront bind(int port) {
        try {
            SharedPort shared = SharedPort.bind(port);
            try {
                return new HttpFront(
                        shared, HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
            } catch (IOException e) {
                shared.close();
                throw e;
            }
        } catch (BindException e) {
            throw new LocalHasuraPortInUseException(port, e);
        } catch (IOException e) {
            throw new LocalHasuraException("Cannot open port " + port + " on the loopback address", e);
        }
    }

    /** Begins to serve. */
    public void serve(
            Authenticator requests,
            MetadataLoader engines,
            MetadataApi api,
            Clock clock,
            SocketFront.Settings settings) {
        authenticator = requests;
        loader = engines;
        metadata = api;
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
        SocketFront front = new SocketFront(requests, () -> engines.current().engine(), clock, settings);
        engines.whenChanged(front::restart);
        sockets = front;
        port.serve(server.getAddress().getPort(), front::serve);
    }

    public int port() {
        return port.number();
    }

    /**
     * Sends subscribers what has changed, without waiting for the next interval.
     *
     * @throws LocalHasuraException if a subscriber does not read within the limit
     */
    public void refreshSubscriptions(Duration limit) {
        Objects.requireNonNull(sockets, NOT_STARTED).refresh(limit);
    }

    @Override
    public void close() {
        if (sockets != null) {
            sockets.close();
        }
        port.close();
        if (authenticator == null) {
            // A server that never started keeps its port when it is stopped.
            server.start();
        }
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String id = exchange.getRequestHeaders().getFirst(REQUEST_ID);
            exchange.getResponseHeaders()
                    .set(REQUEST_ID, id == null ? UUID.randomUUID().toString() : id);
            // A client must not ask for a WebSocket on a connection that already goes to this server, as the JDK's
            // would.
            exchange.getResponseHeaders().set("Connection", "close");
            try {
                route(exchange);
            } catch (EngineException e) {
                // Outside of /v1/graphql errors have another shape: metadata.md B.1.
                answer(exchange, e.status(), JSON, EngineJson.write(e.metadataBody()));
            } catch (RuntimeException e) {
                LOG.error(
                        "The local engine failed on {} {}",
                        exchange.getRequestMethod(),
                        exchange.getRequestURI().getPath(),
                        e);
                answer(
                        exchange,
                        500,
                        JSON,
                        "{\"path\":\"$\",\"error\":\"internal error of the local engine, see its log\",\"code\":\"unexpected\"}");
            }
        }
    }

    private void route(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String method = exchange.getRequestMethod();
        switch (path) {
            case "/v1/graphql" -> {
                if (method.equals("POST")) {
                    graphQl(exchange);
                } else {
                    GraphQlEngine.Response response = GraphQlEngine.failure(
                            EngineException.of("not-supported", "$", "PersistedQueryNotSupported"), false);
                    answer(exchange, 200, JSON, response.json());
                }
            }
            case "/v1/metadata", "/v1/query", "/v2/query" -> {
                if (!method.equals("POST")) {
                    throw EngineException.of("method-not-allowed", "$", "allowed methods: POST");
                }
                administer(exchange, path);
            }
            case "/v1/version" ->
                answer(exchange, 200, JSON, "{\"server_type\":\"ce\",\"version\":\"v2.48.0-hasura4j\"}");
            case "/healthz", "/hasura/healthz" -> health(exchange);
            default -> {
                if (path.equals(REST) || path.startsWith(REST + "/")) {
                    rest(exchange);
                    return;
                }
                if (NOT_SUPPORTED.stream().anyMatch(path::startsWith)) {
                    throw EngineException.notSupported("$", path);
                }
                answer(
                        exchange,
                        404,
                        JSON,
                        "{\"path\":\"$\",\"error\":\"resource does not exist\",\"code\":\"not-found\"}");
            }
        }
    }

    private void health(HttpExchange exchange) throws IOException {
        boolean consistent = loader().current().problems().inconsistentObjects().isEmpty();
        boolean strict = String.valueOf(exchange.getRequestURI().getQuery()).contains("strict=true");
        answer(
                exchange,
                !consistent && strict ? 500 : 200,
                "text/plain; charset=utf-8",
                consistent ? "OK" : (strict ? "ERROR" : "WARN") + ": inconsistent objects in schema");
    }

    /** Metadata and SQL; errors have their own statuses. */
    private void administer(HttpExchange exchange, String path) throws IOException {
        Body body = body(exchange);
        Session session =
                authenticator().identify(headers(exchange), body.json()).session();
        MetadataApi api = Objects.requireNonNull(metadata, NOT_STARTED);
        JsonNode request = body.required();
        JsonNode answer = path.equals("/v1/metadata") ? api.metadata(request, session) : api.query(request, session);
        answer(exchange, 200, JSON, answer.toString());
    }

    private MetadataLoader loader() {
        return Objects.requireNonNull(loader, NOT_STARTED);
    }

    private Authenticator authenticator() {
        return Objects.requireNonNull(authenticator, NOT_STARTED);
    }

    /** Whatever goes wrong here is said with status 200. */
    private void graphQl(HttpExchange exchange) throws IOException {
        GraphQlEngine engine = loader().current().engine();
        GraphQlEngine.Response response;
        List<String> cookies = new ArrayList<>();
        try {
            Body body = body(exchange);
            Authenticator.Identity sender = authenticator().identify(headers(exchange), body.json());
            JsonNode request = body.required();
            if (request.isArray()) {
                response = batch(request, sender.session(), engine);
            } else {
                cookies.addAll(sender.cookies());
                response = engine.execute(request, sender.session());
            }
        } catch (EngineException e) {
            response = GraphQlEngine.failure(e, false);
        } catch (RuntimeException e) {
            LOG.error("The local engine failed on a GraphQL request", e);
            response = GraphQlEngine.failure(
                    EngineException.unexpected("internal error of the local engine, see its log"), false);
        }
        cookies.addAll(response.cookies());
        for (String cookie : cookies) {
            exchange.getResponseHeaders().add("Set-Cookie", cookie);
        }
        answer(exchange, 200, JSON, response.json());
    }

    /** A REST endpoint; errors have their own statuses, and the shape they have outside of GraphQL. */
    private void rest(HttpExchange exchange) throws IOException {
        LoadedMetadata loaded = loader().current();
        Body body = body(exchange);
        Authenticator.Identity sender = authenticator().identify(headers(exchange), null);
        URI uri = exchange.getRequestURI();
        try {
            JsonNode request = loaded.rest()
                    .request(
                            exchange.getRequestMethod(),
                            uri.getPath()
                                    .substring(Math.min(
                                            REST.length() + 1, uri.getPath().length())),
                            Objects.requireNonNullElse(uri.getRawQuery(), ""),
                            body.json() == null ? MissingNode.getInstance() : body.json());
            GraphQlEngine.Response response =
                    loaded.engine().plan(request, sender.session()).runForData();
            sender.cookies().forEach(cookie -> exchange.getResponseHeaders().add("Set-Cookie", cookie));
            response.cookies().forEach(cookie -> exchange.getResponseHeaders().add("Set-Cookie", cookie));
            answer(exchange, response.status(), JSON, response.json());
        } catch (EngineException e) {
            answer(
                    exchange,
                    e.status(),
                    JSON,
                    EngineJson.write(e.metadataBody(sender.session().admin())));
        }
    }

    private static GraphQlEngine.Response batch(JsonNode requests, Session session, GraphQlEngine engine) {
        List<String> answers = new ArrayList<>();
        requests.forEach(request -> answers.add(engine.execute(request, session).json()));
        return new GraphQlEngine.Response("[" + String.join(",", answers) + "]", List.of(), 200);
    }

    /**
     * A request's body.
     *
     * @param json the JSON; null if it is none
     * @param problem what is wrong with it; null if nothing is
     */
    private record Body(@Nullable JsonNode json, @Nullable EngineException problem) {

        static Body bad(String why) {
            return new Body(null, EngineException.of("invalid-json", "$", "Error in $: " + why));
        }

        JsonNode required() {
            if (problem != null) {
                throw problem;
            }
            return Objects.requireNonNull(json);
        }
    }

    private static Body body(HttpExchange exchange) throws IOException {
        try (InputStream in = exchange.getRequestBody()) {
            JsonNode json = EngineJson.parse(in.readAllBytes());
            return json.isObject() || json.isArray()
                    ? new Body(json, null)
                    : Body.bad("expected a JSON object or a list of them");
        } catch (JacksonException e) {
            return Body.bad(e.getOriginalMessage());
        }
    }

    /** The client's headers, and the id that the engine gives to requests without one. */
    private static Map<String, List<String>> headers(HttpExchange exchange) {
        Map<String, List<String>> copy = new LinkedHashMap<>();
        exchange.getRequestHeaders().forEach((name, values) -> copy.put(name, List.copyOf(values)));
        copy.putIfAbsent("X-request-id", exchange.getResponseHeaders().get(REQUEST_ID));
        return copy;
    }

    private static void answer(HttpExchange exchange, int status, String type, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        Headers headers = exchange.getResponseHeaders();
        headers.set("Content-Type", type);
        boolean head = exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(status, head || bytes.length == 0 ? -1 : bytes.length);
        if (!head) {
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(bytes);
            }
        }
    }
}
