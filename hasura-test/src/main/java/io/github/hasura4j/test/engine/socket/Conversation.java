package io.github.hasura4j.test.engine.socket;

import java.io.IOException;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

import io.github.hasura4j.test.engine.Authenticator;
import io.github.hasura4j.test.engine.EngineException;
import io.github.hasura4j.test.engine.EngineJson;
import io.github.hasura4j.test.engine.GraphQlEngine;
import io.github.hasura4j.test.engine.Session;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** One client's connection: its messages are answered one after the other, as in the real engine. */
final class Conversation {

    private static final Logger LOG = LoggerFactory.getLogger(Conversation.class);
    private static final String REQUEST_ID = "x-request-id";
    private static final String LATE = "Connection initialisation timed out";

    private final WebSocket socket;
    private final Dialect dialect;
    private final Map<String, List<String>> upgradeHeaders;
    private final Authenticator authenticator;
    private final Supplier<GraphQlEngine> engine;
    private final Map<String, Operation> operations = new ConcurrentHashMap<>();
    private final long begin = System.nanoTime();
    private long spoke = begin;
    private boolean asked;
    private volatile Authenticator.@Nullable Identity client;

    Conversation(
            WebSocket socket,
            Dialect dialect,
            Map<String, List<String>> upgradeHeaders,
            Authenticator authenticator,
            Supplier<GraphQlEngine> engine) {
        this.socket = socket;
        this.dialect = dialect;
        this.upgradeHeaders = upgradeHeaders;
        this.authenticator = authenticator;
        this.engine = engine;
    }

    /** Answers messages until the connection ends. */
    void hold() throws IOException {
        try {
            for (String text = socket.read(); text != null; text = socket.read()) {
                answer(text);
            }
        } finally {
            operations.values().forEach(Operation::stop);
            operations.clear();
            socket.end();
        }
    }

    Collection<Operation> operations() {
        operations.values().removeIf(Operation::stopped);
        return operations.values();
    }

    /** Does what time asks for: signs of life, and the end of clients that are late or whose token has expired. */
    void tick(long nanos, Instant now, SocketFront.Settings settings) {
        Authenticator.Identity known = client;
        if (socket.overdue(nanos)) {
            socket.cut();
        } else if (known == null && nanos - begin > settings.initTimeout().toNanos()) {
            if (dialect == Dialect.TRANSPORT_WS) {
                socket.close(4408, Dialect.reason(4408, LATE));
            } else {
                socket.close(1011, LATE);
            }
        } else if (known != null && known.expires() != null && now.isAfter(known.expires())) {
            socket.cut();
        } else if (nanos - spoke >= settings.keepAlive().toNanos()) {
            spoke = nanos;
            socket.offer(dialect.keepAlive());
        }
    }

    /** Ends it, so that the client comes again. */
    void restart(String reason) {
        socket.close(1012, reason);
    }

    boolean ended() {
        return socket.ended();
    }

    void cut() {
        socket.cut();
    }

    private void answer(String text) {
        JsonNode message;
        try {
            message = EngineJson.parse(text);
        } catch (JacksonException e) {
            refuse("not valid JSON");
            return;
        }
        String id = message.path("id").asString("");
        switch (message.path("type").asString("")) {
            case "connection_init" -> init(message.path("payload"));
            case "start", "subscribe" -> start(id, message.path("payload"));
            case "stop", "complete" -> stop(id);
            case "ping" -> socket.send(pong(message.path("payload")));
            case "pong" -> {}
            case "connection_terminate" -> socket.close(1000, "GQL_CONNECTION_TERMINATE received");
            default -> refuse("Error in $: unknown message type");
        }
    }

    private void refuse(String why) {
        String message = "parsing ClientMessage failed: " + why;
        if (dialect == Dialect.TRANSPORT_WS) {
            socket.close(4400, Dialect.reason(4400, message));
        } else {
            socket.send(Dialect.connectionError(message));
        }
    }

    private static String pong(JsonNode payload) {
        return payload.isMissingNode()
                ? "{\"type\":\"pong\"}"
                : "{\"type\":\"pong\",\"payload\":" + EngineJson.write(payload) + "}";
    }

    private void init(JsonNode payload) {
        try {
            client = authenticator.identify(headers(payload.path("headers")), null);
            asked = true;
            socket.send("{\"type\":\"connection_ack\"}");
            socket.send(dialect.keepAlive());
        } catch (EngineException e) {
            client = null;
            if (dialect == Dialect.TRANSPORT_WS) {
                socket.close(4403, Dialect.reason(4403, "Forbidden"));
            } else {
                socket.send(Dialect.connectionError(String.valueOf(e.getMessage())));
                socket.close(4400, Dialect.reason(4400, "Connection initialization failed: " + e.getMessage()));
            }
        }
    }

    /** The headers of the upgrade and of the first message; later messages speak for themselves. */
    private Map<String, List<String>> headers(JsonNode given) {
        Map<String, List<String>> headers = new LinkedHashMap<>(asked ? Map.of() : upgradeHeaders);
        given.properties().forEach(header -> {
            headers.keySet().removeIf(header.getKey()::equalsIgnoreCase);
            headers.put(header.getKey(), List.of(header.getValue().asString("")));
        });
        if (headers.keySet().stream().noneMatch(REQUEST_ID::equalsIgnoreCase)) {
            headers.put(REQUEST_ID, List.of(UUID.randomUUID().toString()));
        }
        return headers;
    }

    private void start(String id, JsonNode request) {
        Authenticator.Identity known = client;
        if (known == null) {
            refuseStart(id, "start received before the connection is initialised");
        } else if (operations.containsKey(id) && !stopped(id)) {
            refuseStart(id, "an operation already exists with this id: " + id);
        } else {
            run(id, request, authenticator.next(known.session()));
        }
    }

    private boolean stopped(String id) {
        Operation operation = operations.get(id);
        return operation == null || operation.stopped();
    }

    private void refuseStart(String id, String why) {
        EngineException refusal = EngineException.of("start-failed", "$", why);
        socket.send(dialect.refusal(id, GraphQlEngine.errors(refusal, false)));
        if (dialect == Dialect.TRANSPORT_WS) {
            socket.close(1000, "");
        } else {
            socket.send(Dialect.complete(id));
        }
    }

    private void run(String id, JsonNode request, Session session) {
        boolean running = false;
        try {
            GraphQlEngine.Plan plan = engine.get().plan(request, session);
            if (plan.isSubscription()) {
                Operation operation = new Operation(id, plan.subscribe(), socket, dialect);
                begin(id, operation);
                return;
            }
            running = true;
            socket.send(dialect.result(id, plan.run().json()));
        } catch (EngineException e) {
            fail(id, running, e, session);
        } catch (RuntimeException e) {
            LOG.error("The local engine failed on an operation of a WebSocket", e);
            fail(id, running, EngineException.unexpected("internal error of the local engine, see its log"), session);
        }
        socket.send(Dialect.complete(id));
    }

    /** Known before its first answer is out: whoever has read that may have it asked again. */
    private void begin(String id, Operation operation) {
        synchronized (operation) {
            operations.put(id, operation);
            try {
                operation.refresh();
            } catch (RuntimeException e) {
                stop(id);
                throw e;
            }
        }
    }

    private void fail(String id, boolean running, EngineException why, Session session) {
        JsonNode errors = GraphQlEngine.errors(why, session.admin());
        socket.send(running ? dialect.failure(id, errors) : dialect.refusal(id, errors));
    }

    private void stop(String id) {
        Operation operation = operations.remove(id);
        if (operation != null) {
            operation.stop();
        }
    }
}
