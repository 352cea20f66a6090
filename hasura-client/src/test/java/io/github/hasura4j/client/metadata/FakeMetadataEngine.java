package io.github.hasura4j.client.metadata;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.hasura4j.client.HasuraClient;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Keeps metadata as the engine does ({@code metadata.md} B): one document with a version, replaced as a whole, refused where
 * another version was meant or an action's handler names an unknown variable. Commands that it does not play answer what the test
 * says.
 */
final class FakeMetadataEngine implements AutoCloseable {

    static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private static final String SECRET = "s3cret";

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private final Map<String, Answer> scripted = new ConcurrentHashMap<>();
    private final Object lock = new Object();
    private ObjectNode document = json("""
            {"version": 3, "sources": [{"name": "default", "kind": "postgres", "tables": [], "configuration": {}}]}""");
    private long version = 7;
    private volatile Runnable beforeReplacing = () -> {};

    FakeMetadataEngine() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    record Received(String method, String path, Headers headers, JsonNode body) {

        String type() {
            return body.path("type").asString("");
        }

        JsonNode args() {
            return body.path("args");
        }
    }

    record Answer(int status, String body) {}

    static ObjectNode json(String text) {
        return (ObjectNode) JSON.readTree(text);
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    HasuraClient.Builder client() {
        return HasuraClient.builder().endpoint(uri()).adminSecret(SECRET);
    }

    MetadataClient metadata() {
        return client().build().metadata();
    }

    /** What to answer to a command, or to a path such as {@code /healthz}. */
    FakeMetadataEngine answers(String typeOrPath, String body) {
        return answers(typeOrPath, 200, body);
    }

    FakeMetadataEngine answers(String typeOrPath, int status, String body) {
        scripted.put(typeOrPath, new Answer(status, body));
        return this;
    }

    FakeMetadataEngine has(String metadata) {
        synchronized (lock) {
            document = json(metadata);
        }
        return this;
    }

    /** Runs before each {@code replace_metadata} is looked at, as if somebody else were faster. */
    FakeMetadataEngine beforeReplacing(Runnable somethingElse) {
        this.beforeReplacing = somethingElse;
        return this;
    }

    void somebodyElseChanges() {
        synchronized (lock) {
            version++;
        }
    }

    ObjectNode document() {
        synchronized (lock) {
            return document.deepCopy();
        }
    }

    long version() {
        synchronized (lock) {
            return version;
        }
    }

    List<Received> received() {
        return received;
    }

    List<String> types() {
        return received.stream().map(Received::type).toList();
    }

    Received asked() {
        if (received.size() != 1) {
            throw new AssertionError("Expected one request, but got " + types());
        }
        return received.get(0);
    }

    private void handle(HttpExchange exchange) throws IOException {
        String text = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        Received request = new Received(
                exchange.getRequestMethod(),
                exchange.getRequestURI().getPath(),
                exchange.getRequestHeaders(),
                text.isEmpty() ? JsonNodeFactory.instance.missingNode() : JSON.readTree(text));
        received.add(request);
        Answer answer = answer(request);
        byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json; charset=utf-8");
        exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private Answer answer(Received request) {
        Answer byPath = scripted.get(request.path());
        if (byPath != null) {
            return byPath;
        }
        if (!request.path().endsWith("/v1/metadata") && !request.path().endsWith("/v2/query")) {
            return error(404, "not-found", "$", "resource does not exist");
        }
        String secret = request.headers().getFirst("x-hasura-admin-secret");
        if (!SECRET.equals(secret)) {
            return error(401, "access-denied", "$", "invalid \"x-hasura-admin-secret\"");
        }
        if (request.headers().getFirst("x-hasura-role") != null) {
            return error(400, "access-denied", "$.args", "restricted access : admin only");
        }
        if (request.type().equals("replace_metadata")) {
            beforeReplacing.run();
        }
        synchronized (lock) {
            return transaction(request.body());
        }
    }

    /** The version is compared at the end, and everything undone if it is another one. */
    private Answer transaction(JsonNode command) {
        ObjectNode before = document.deepCopy();
        Answer answer = run(command);
        boolean modified = answer.status() == 200 && !document.equals(before);
        if (modified
                && command.has("resource_version")
                && command.get("resource_version").longValue() != version) {
            document = before;
            return error(
                    409,
                    "conflict",
                    "$",
                    "metadata resource version referenced (%d) did not match current version"
                            .formatted(command.get("resource_version").longValue()));
        }
        if (answer.status() != 200) {
            document = before;
        } else if (modified) {
            version++;
        }
        return answer;
    }

    private Answer run(JsonNode command) {
        String type = command.path("type").asString("");
        JsonNode args = command.path("args");
        Answer known = scripted.get(type);
        if (known != null) {
            return known;
        }
        return switch (type) {
            case "export_metadata" -> ok("{\"resource_version\": %d, \"metadata\": %s}".formatted(version, document));
            case "replace_metadata" -> replace(args);
            case "get_inconsistent_metadata", "reload_metadata" ->
                ok("{\"is_consistent\": %s, \"inconsistent_objects\": %s}"
                        .formatted(inconsistent(document).isEmpty(), inconsistent(document)));
            case "create_action" -> createAction(args);
            case "bulk" -> bulk(args);
            case "bulk_keep_going" -> keepGoing(args);
            case "bulk_atomic" -> bulkAtomic(args);
            default ->
                error(
                        400,
                        "parse-failed",
                        "$",
                        "unknown metadata command \"%s\"; \"%s\" was not recognized as a valid backend name"
                                .formatted(type, type.split("_")[0]));
        };
    }

    private Answer replace(JsonNode args) {
        ObjectNode replacement = (ObjectNode) args.path("metadata");
        ArrayNode inconsistent = inconsistent(replacement);
        if (!inconsistent.isEmpty() && !args.path("allow_inconsistent_metadata").asBoolean(false)) {
            ObjectNode error = json(error(400, "unexpected", "$.args", "cannot continue due to inconsistent metadata")
                    .body());
            error.set("internal", inconsistent);
            return new Answer(400, error.toString());
        }
        document = replacement.deepCopy();
        return ok("{\"is_consistent\": %s, \"inconsistent_objects\": %s}"
                .formatted(inconsistent.isEmpty(), inconsistent));
    }

    private static ArrayNode inconsistent(ObjectNode metadata) {
        ArrayNode objects = JsonNodeFactory.instance.arrayNode();
        for (JsonNode action : metadata.path("actions")) {
            if (action.path("definition").path("handler").asString("").contains("{{UNKNOWN")) {
                objects.addObject()
                        .put(
                                "reason",
                                "Inconsistent object: in action \"%s\"; Value for environment variables not found: UNKNOWN"
                                        .formatted(action.path("name").asString()))
                        .put("name", "action " + action.path("name").asString())
                        .put("type", "action")
                        .set("definition", action);
            }
        }
        return objects;
    }

    private Answer createAction(JsonNode args) {
        String name = args.path("name").asString();
        ArrayNode actions = document.withArrayProperty("actions");
        for (JsonNode action : actions) {
            if (action.path("name").asString().equals(name)) {
                return error(400, "already-exists", "$.args", "action with name \"%s\" already exists".formatted(name));
            }
        }
        actions.add(args);
        return ok("{\"message\": \"success\"}");
    }

    private Answer bulk(JsonNode commands) {
        List<String> answers = new ArrayList<>();
        for (int i = 0; i < commands.size(); i++) {
            Answer answer = run(commands.get(i));
            if (answer.status() != 200) {
                ObjectNode error = json(answer.body());
                error.put(
                        "path",
                        "$.args[" + i + "]" + error.get("path").stringValue().substring(1));
                return new Answer(answer.status(), error.toString());
            }
            answers.add(answer.body());
        }
        return ok(answers.toString());
    }

    private Answer keepGoing(JsonNode commands) {
        List<String> answers = new ArrayList<>();
        commands.forEach(command -> answers.add(run(command).body()));
        return ok(answers.toString());
    }

    private Answer bulkAtomic(JsonNode commands) {
        for (JsonNode command : commands) {
            if (!command.path("type").asString().contains("relationship")) {
                return error(500, "unexpected", "$.args", "Bulk atomic does not support this command");
            }
        }
        return ok("{\"message\": \"success\"}");
    }

    private static Answer ok(String body) {
        return new Answer(200, body);
    }

    static Answer error(int status, String code, String path, String message) {
        return new Answer(
                status,
                JsonNodeFactory.instance
                        .objectNode()
                        .put("error", message)
                        .put("path", path)
                        .put("code", code)
                        .toString());
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
