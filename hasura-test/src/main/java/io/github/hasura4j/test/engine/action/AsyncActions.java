package io.github.hasura4j.test.engine.action;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import graphql.normalized.ExecutableNormalizedField;
import io.github.hasura4j.client.project.ActionMetadata;
import io.github.hasura4j.test.engine.EngineException;
import io.github.hasura4j.test.engine.EngineJson;
import io.github.hasura4j.test.engine.Session;
import io.github.hasura4j.test.engine.Trace;
import io.github.hasura4j.test.engine.WorkQueue;
import io.github.hasura4j.test.engine.catalog.PostgresServer;
import io.github.hasura4j.test.engine.sql.PostgresErrors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * Asynchronous actions: the client gets an id, the handler is called once and never again, and whoever has the session
 * variables of the one who asked may fetch what came of it ({@code webhooks.md} 1.6).
 */
public final class AsyncActions implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(AsyncActions.class);
    private static final int PARALLEL = 10;

    private final ActionLog log;
    private volatile @Nullable ActionWebhook webhook;
    private final WorkQueue<ActionLog.Waiting> queue;
    private volatile Map<String, ActionMetadata> actions = Map.of();

    public AsyncActions(PostgresServer postgres) {
        this.log = new ActionLog(postgres);
        this.queue = new WorkQueue<>("asynchronous actions", PARALLEL, this::due, this::run);
    }

    /** Takes these for the actions there are, from the next call on. */
    public void use(Collection<ActionMetadata> all, ActionWebhook caller) {
        webhook = caller;
        Map<String, ActionMetadata> asynchronous = new LinkedHashMap<>();
        all.stream().filter(ActionMetadata::asynchronous).forEach(action -> asynchronous.put(action.name(), action));
        actions = asynchronous;
    }

    /** Looks for actions that wait, now and again after each interval. */
    public void start(Duration interval) throws SQLException {
        log.create();
        queue.start(interval);
    }

    public WorkQueue<?> queue() {
        return queue;
    }

    private ActionWebhook webhook() {
        return Objects.requireNonNull(webhook, "nothing calls actions before use");
    }

    /** Keeps an action for later; gives its id. */
    String accept(ActionMetadata action, JsonNode input, Session session) {
        try {
            return log.insert(action, input, session);
        } catch (SQLException e) {
            throw PostgresErrors.translate(e, "$");
        }
    }

    /** The field that tells what became of an action: null for those whom it does not concern. */
    JsonNode result(ActionMetadata action, ExecutableNormalizedField field, Session session, TableJoins joins) {
        ActionLog.Entry entry =
                entry(String.valueOf(field.getResolvedArguments().get("id")));
        if (entry == null || !mayRead(session, entry)) {
            return NullNode.instance;
        }
        ObjectNode result = JsonNodeFactory.instance.objectNode();
        for (ExecutableNormalizedField child : field.getChildren()) {
            JsonNode value = switch (child.getName()) {
                case "id" -> StringNode.valueOf(entry.id());
                case "created_at" -> StringNode.valueOf(EngineJson.utc(entry.createdAt()));
                case "errors" -> entry.errors() == null ? NullNode.instance : errors(entry.errors(), session);
                case "output" ->
                    entry.response() == null
                            ? NullNode.instance
                            : joins.select(
                                    webhook().output(),
                                    entry.response(),
                                    action.outputType(),
                                    child.getChildren(),
                                    session);
                default -> StringNode.valueOf(action.name());
            };
            result.set(child.getResultKey(), value);
        }
        return result;
    }

    /** Whether it is known what became of an action. */
    boolean finished(ExecutableNormalizedField field) {
        ActionLog.Entry entry =
                entry(String.valueOf(field.getResolvedArguments().get("id")));
        return entry != null && (entry.response() != null || entry.errors() != null);
    }

    private ActionLog.@Nullable Entry entry(String id) {
        try {
            return log.entry(id);
        } catch (SQLException e) {
            throw PostgresErrors.translate(e, "$");
        }
    }

    private static boolean mayRead(Session session, ActionLog.Entry entry) {
        return session.admin() || EngineJson.tree(session.variables().asMap()).equals(entry.sessionVariables());
    }

    private static JsonNode errors(JsonNode stored, Session session) {
        if (!session.admin() && stored instanceof ObjectNode error) {
            error.remove("internal");
        }
        return stored;
    }

    private List<ActionLog.Waiting> due() throws SQLException {
        return actions.isEmpty() ? List.of() : log.due();
    }

    private void run(ActionLog.Waiting waiting) throws SQLException {
        ActionMetadata action = actions.get(waiting.action());
        if (action == null) {
            LOG.warn("Asynchronous action '{}' is gone; {} stays undone", waiting.action(), waiting.id());
            return;
        }
        try {
            ActionWebhook.Reply reply = webhook()
                    .post(new ActionWebhook.Call(
                            action,
                            waiting.input(),
                            waiting.sessionVariables(),
                            null,
                            headers(waiting.headers()),
                            Trace.fresh()));
            log.completed(waiting.id(), reply.json());
        } catch (EngineException e) {
            if (!Thread.currentThread().isInterrupted()) {
                LOG.info("Asynchronous action '{}' failed: {}", action.name(), e.getMessage());
                log.failed(waiting.id(), error(e));
            }
        }
    }

    private static Map<String, List<String>> headers(JsonNode stored) {
        Map<String, List<String>> headers = new LinkedHashMap<>();
        stored.properties()
                .forEach(header ->
                        headers.put(header.getKey(), List.of(header.getValue().asString())));
        return headers;
    }

    /** An error as it is stored: what a handler put into {@code extensions} is lost. */
    private static ObjectNode error(EngineException e) {
        ObjectNode error = JsonNodeFactory.instance.objectNode();
        error.put("error", e.getMessage()).put("path", e.path()).put("code", e.code());
        if (e.internal() != null) {
            error.set("internal", e.internal());
        }
        return error;
    }

    /** Stops; what was under way is called again by the next engine on this database. */
    @Override
    public void close() {
        queue.close();
        try {
            log.giveBack();
        } catch (SQLException e) {
            LOG.warn("Cannot give back asynchronous actions that were under way", e);
        }
    }
}
