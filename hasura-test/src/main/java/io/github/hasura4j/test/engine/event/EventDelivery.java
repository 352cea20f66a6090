package io.github.hasura4j.test.engine.event;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

import io.github.hasura4j.client.project.EventTriggerMetadata;
import io.github.hasura4j.test.engine.EngineJson;
import io.github.hasura4j.test.engine.Environment;
import io.github.hasura4j.test.engine.catalog.PostgresServer;
import io.github.hasura4j.test.engine.http.Webhooks;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Delivers recorded events: at least once, in no promised order, with retries ({@code webhooks.md} 2.8).
 *
 * <p>A handler that answers with 2xx has the event; anything else, silence included, means again while the trigger's retries
 * last. A {@code Retry-After} of whole seconds forces another try even past them.
 */
public final class EventDelivery implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EventDelivery.class);
    private static final int BATCH = 100;
    private static final Pattern WHOLE_NUMBER = Pattern.compile("\\s*[0-9]{1,9}\\s*");

    private static final String FETCH = """
            UPDATE hdb_catalog.event_log SET locked = now() WHERE id IN (
                SELECT id FROM hdb_catalog.event_log
                WHERE NOT delivered AND NOT error AND NOT archived
                  AND (locked IS NULL OR locked < now() - interval '30 minutes')
                  AND (next_retry_at IS NULL OR next_retry_at <= now())
                ORDER BY created_at LIMIT ? FOR UPDATE SKIP LOCKED)
            RETURNING id, schema_name, table_name, trigger_name, payload::text, tries, to_json(created_at)::text""";

    private final PostgresServer postgres;
    private final EventTriggers triggers;
    private final Webhooks webhooks;
    private final Environment environment;
    private final ScheduledExecutorService fetcher =
            Executors.newSingleThreadScheduledExecutor(task -> daemon(task, "local-hasura-events"));
    private final ExecutorService workers =
            Executors.newCachedThreadPool(task -> daemon(task, "local-hasura-event-delivery"));
    private final Semaphore free = new Semaphore(BATCH);

    public EventDelivery(PostgresServer postgres, EventTriggers triggers, Webhooks webhooks, Environment environment) {
        this.postgres = postgres;
        this.triggers = triggers;
        this.webhooks = webhooks;
        this.environment = environment;
    }

    /** Looks for events to deliver now and again after each interval. */
    public void start(Duration interval) {
        fetcher.scheduleWithFixedDelay(this::deliverDue, 0, Math.max(1, interval.toMillis()), TimeUnit.MILLISECONDS);
    }

    private void deliverDue() {
        try {
            for (Event event : fetch()) {
                free.acquire();
                workers.execute(() -> {
                    try {
                        deliver(event);
                    } finally {
                        free.release();
                    }
                });
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (SQLException | RuntimeException e) {
            if (!fetcher.isShutdown()) {
                LOG.warn("Cannot fetch events; trying again after the interval", e);
            }
        }
    }

    private List<Event> fetch() throws SQLException {
        List<Event> events = new ArrayList<>();
        try (Connection connection = postgres.connection();
                PreparedStatement statement = connection.prepareStatement(FETCH)) {
            statement.setInt(1, BATCH);
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    events.add(new Event(
                            result.getString(1),
                            result.getString(2),
                            result.getString(3),
                            result.getString(4),
                            EngineJson.parse(result.getString(5)),
                            result.getInt(6),
                            EngineJson.parse(result.getString(7))));
                }
            }
        }
        return events;
    }

    private void deliver(Event event) {
        EventTriggerMetadata trigger = triggers.trigger(event.trigger);
        try {
            if (trigger == null) {
                finish(event, "error = true, locked = NULL", null);
            } else if (trigger.requestTransform() != null) {
                LOG.warn(
                        "Event {} of trigger '{}' is not delivered: the local engine does not support its transform",
                        event.id,
                        trigger.name());
                finish(event, "error = true, locked = NULL", null);
            } else {
                attempt(event, trigger);
            }
        } catch (SQLException | RuntimeException e) {
            if (!fetcher.isShutdown()) {
                LOG.warn("Cannot record what became of event {} of trigger '{}'", event.id, event.trigger, e);
            }
        }
    }

    private void attempt(Event event, EventTriggerMetadata trigger) throws SQLException {
        ObjectNode body = body(event, trigger);
        Map<String, String> headers = headers(event, trigger);
        Webhooks.Answer answer = null;
        String failure = null;
        try {
            answer = webhooks.post(
                    environment.url(trigger.webhook(), trigger.webhookFromEnv()),
                    headers,
                    EngineJson.write(body),
                    Duration.ofSeconds(trigger.timeoutSeconds()));
        } catch (IOException | RuntimeException e) {
            failure = e.toString();
        }
        log(event, trigger, body, answer, failure);
        if (answer != null && answer.status() >= 200 && answer.status() < 300) {
            finish(event, "delivered = true, locked = NULL, tries = tries + 1, next_retry_at = NULL", null);
            return;
        }
        Integer retryAfter = answer == null ? null : retryAfter(answer);
        LOG.info(
                "Event {} of trigger '{}' was not accepted ({}), try {} of {}",
                event.id,
                trigger.name(),
                answer == null ? failure : "status " + answer.status(),
                event.tries + 1,
                trigger.numRetries() + 1);
        if (retryAfter != null || event.tries < trigger.numRetries()) {
            int seconds = retryAfter != null ? retryAfter : trigger.intervalSeconds();
            finish(
                    event,
                    "locked = NULL, tries = tries + 1, next_retry_at = now() + make_interval(secs => ?)",
                    seconds);
        } else {
            finish(event, "error = true, locked = NULL, tries = tries + 1", null);
        }
    }

    /** Only a positive whole number of seconds counts; dates and decimals are ignored, as in the engine. */
    private static @Nullable Integer retryAfter(Webhooks.Answer answer) {
        List<String> values = answer.headers().getOrDefault("retry-after", List.of());
        if (values.isEmpty() || !WHOLE_NUMBER.matcher(values.get(0)).matches()) {
            return null;
        }
        int seconds = Integer.parseInt(values.get(0).strip());
        return seconds > 0 ? seconds : null;
    }

    private static ObjectNode body(Event event, EventTriggerMetadata trigger) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.set("created_at", event.createdAt);
        body.putObject("delivery_info").put("current_retry", event.tries).put("max_retries", trigger.numRetries());
        body.set("event", event.payload);
        body.put("id", event.id);
        body.putObject("table").put("name", event.table).put("schema", event.schema);
        body.putObject("trigger").put("name", trigger.name());
        return body;
    }

    private Map<String, String> headers(Event event, EventTriggerMetadata trigger) {
        Map<String, String> headers = webhooks.headers(trigger.headers(), environment);
        JsonNode trace = event.payload.path("trace_context");
        if (trace.path("trace_id").isString()) {
            headers.put("X-B3-TraceId", trace.path("trace_id").stringValue());
            headers.put("X-B3-ParentSpanId", trace.path("span_id").asString(""));
        }
        return headers;
    }

    private void finish(Event event, String changes, @Nullable Integer seconds) throws SQLException {
        try (Connection connection = postgres.connection();
                PreparedStatement statement =
                        connection.prepareStatement("UPDATE hdb_catalog.event_log SET " + changes + " WHERE id = ?")) {
            int next = 1;
            if (seconds != null) {
                statement.setInt(next++, seconds);
            }
            statement.setString(next, event.id);
            statement.executeUpdate();
        }
    }

    private void log(
            Event event,
            EventTriggerMetadata trigger,
            ObjectNode body,
            Webhooks.@Nullable Answer answer,
            @Nullable String failure)
            throws SQLException {
        ObjectNode request = JsonNodeFactory.instance.objectNode();
        request.put("version", "2");
        request.set("payload", body);
        ObjectNode response = JsonNodeFactory.instance.objectNode();
        response.put("version", "2");
        if (answer == null) {
            response.put("type", "client_error").putObject("data").put("message", failure);
        } else {
            response.put("type", "webhook_response")
                    .putObject("data")
                    .put("status", answer.status())
                    .put("body", answer.text());
        }
        try (Connection connection = postgres.connection();
                PreparedStatement statement = connection.prepareStatement("INSERT INTO"
                        + " hdb_catalog.event_invocation_logs (trigger_name, event_id, status, request, response)"
                        + " VALUES (?, ?, ?, ?::json, ?::json)")) {
            statement.setString(1, trigger.name());
            statement.setString(2, event.id);
            statement.setInt(3, answer == null ? 1000 : answer.status());
            statement.setString(4, EngineJson.write(request));
            statement.setString(5, EngineJson.write(response).replace("\\u0000", ""));
            statement.executeUpdate();
        }
    }

    /** Stops fetching, and waits a moment for deliveries under way. */
    @Override
    public void close() {
        fetcher.shutdownNow();
        try {
            fetcher.awaitTermination(5, TimeUnit.SECONDS);
            workers.shutdown();
            if (!workers.awaitTermination(2, TimeUnit.SECONDS)) {
                workers.shutdownNow();
                workers.awaitTermination(2, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            workers.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    private record Event(
            String id, String schema, String table, String trigger, JsonNode payload, int tries, JsonNode createdAt) {}
}
