package io.github.hasura4j.test.engine.event;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;

import io.github.hasura4j.client.project.EventTriggerMetadata;
import io.github.hasura4j.test.engine.EngineException;
import io.github.hasura4j.test.engine.Session;
import io.github.hasura4j.test.engine.Trace;
import io.github.hasura4j.test.engine.WorkQueue;
import io.github.hasura4j.test.engine.catalog.PostgresServer;
import io.github.hasura4j.test.engine.event.EventLog.Event;
import io.github.hasura4j.test.engine.http.WebhookDelivery;
import io.github.hasura4j.test.engine.transform.TransformException;
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
    private static final int PARALLEL = 100;
    private static final String LOG_VERSION = "2";

    private final EventLog log;
    private final EventTriggers triggers;
    private final WebhookDelivery webhooks;
    private final WorkQueue<Event> queue;

    public EventDelivery(PostgresServer postgres, EventTriggers triggers, WebhookDelivery webhooks, Clock clock) {
        this.log = new EventLog(postgres, clock);
        this.triggers = triggers;
        this.webhooks = webhooks;
        this.queue = new WorkQueue<>("events", PARALLEL, () -> log.due(triggers.names()), this::deliver);
    }

    /** Looks for events to deliver now and again after each interval. */
    public void start(Duration interval) throws SQLException {
        log.unlockAll();
        queue.start(interval);
    }

    public WorkQueue<?> queue() {
        return queue;
    }

    /**
     * Records an event of the operation MANUAL, as {@code pg_invoke_event_trigger} does.
     *
     * @param payload what {@code data.new} will be, any JSON
     * @param session who asks
     * @return the event's id
     * @throws EngineException if there is no such trigger, or it may not be invoked by hand
     */
    public String invoke(String trigger, JsonNode payload, Session session) throws SQLException {
        EventTriggers.Installed installed = triggers.installed(trigger);
        if (installed == null) {
            throw EngineException.of("not-exists", "$.args.name", "event trigger \"" + trigger + "\" does not exist");
        }
        if (!installed.trigger().enableManual()) {
            throw EngineException.of(
                    "not-supported", "$.args", "manual mode is not enabled for event trigger: \"" + trigger + "\"");
        }
        return log.insertManual(installed.table(), trigger, payload, session);
    }

    /**
     * Delivers an event once more, as {@code pg_redeliver_event} does: the same id, and the tries begin at 0.
     *
     * @throws EngineException if there is no such event
     */
    public void redeliver(String eventId) throws SQLException {
        if (!log.reset(eventId)) {
            throw EngineException.of("not-exists", "$.args.event_id", "event not found");
        }
    }

    private void deliver(Event event) throws SQLException {
        EventTriggers.Installed installed = triggers.installed(event.trigger());
        if (installed == null) {
            log.unlock(event);
        } else {
            attempt(event, installed.trigger());
        }
    }

    private void attempt(Event event, EventTriggerMetadata trigger) throws SQLException {
        WebhookDelivery.Target target = new WebhookDelivery.Target(
                trigger.webhook(),
                trigger.webhookFromEnv(),
                trigger.headers(),
                Duration.ofSeconds(trigger.timeoutSeconds()),
                trigger.requestTransform(),
                trigger.responseTransform());
        WebhookDelivery.Attempt attempt;
        try {
            attempt = webhooks.attempt(
                    target, body(event, trigger), Trace.of(event.payload().path("trace_context")), LOG_VERSION);
        } catch (TransformException e) {
            LOG.warn(
                    "Event {} of trigger '{}' is not delivered, its transform fails: {}",
                    event.id(),
                    trigger.name(),
                    e.getMessage());
            log.refused(event);
            return;
        }
        if (attempt.interrupted()) {
            return;
        }
        log.log(event, attempt);
        if (attempt.delivered()) {
            log.delivered(event);
            return;
        }
        LOG.info(
                "Event {} of trigger '{}' was not accepted ({}), try {} of {}",
                event.id(),
                trigger.name(),
                attempt.outcome(),
                event.tries() + 1,
                trigger.numRetries() + 1);
        if (attempt.retryAfter() != null) {
            log.retryAfter(event, attempt.retryAfter());
        } else if (event.tries() < trigger.numRetries()) {
            log.retryAfter(event, trigger.intervalSeconds());
        } else {
            log.failed(event);
        }
    }

    private static ObjectNode body(Event event, EventTriggerMetadata trigger) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.set("created_at", event.createdAt());
        body.putObject("delivery_info").put("current_retry", event.tries()).put("max_retries", trigger.numRetries());
        body.set("event", event.payload());
        body.put("id", event.id());
        body.putObject("table")
                .put("name", event.table().name())
                .put("schema", event.table().schema());
        body.putObject("trigger").put("name", trigger.name());
        return body;
    }

    /** Stops; what was under way will be delivered again by the next engine on this database. */
    @Override
    public void close() {
        queue.close();
    }
}
