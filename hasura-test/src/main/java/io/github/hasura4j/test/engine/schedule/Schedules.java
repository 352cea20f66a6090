package io.github.hasura4j.test.engine.schedule;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

import io.github.hasura4j.client.project.CronTriggerMetadata;
import io.github.hasura4j.client.project.CronTriggerMetadata.RetryConf;
import io.github.hasura4j.test.engine.EngineException;
import io.github.hasura4j.test.engine.EngineJson;
import io.github.hasura4j.test.engine.Environment;
import io.github.hasura4j.test.engine.Problems;
import io.github.hasura4j.test.engine.Trace;
import io.github.hasura4j.test.engine.WorkQueue;
import io.github.hasura4j.test.engine.catalog.PostgresServer;
import io.github.hasura4j.test.engine.http.WebhookDelivery;
import io.github.hasura4j.test.engine.transform.TransformException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Delivers what cron triggers and one-off events have due by the engine's clock ({@code webhooks.md} 3): at least once, with
 * retries, and not at all what is later than its tolerance.
 */
public final class Schedules implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Schedules.class);
    private static final int PARALLEL = 100;
    private static final String LOG_VERSION = "1";

    private final ScheduleLog log;
    private final CronTriggers cron;
    private final WebhookDelivery webhooks;
    private final Clock clock;
    private final WorkQueue<Due> queue;

    public Schedules(PostgresServer postgres, WebhookDelivery webhooks, Environment environment, Clock clock) {
        this.log = new ScheduleLog(postgres, clock);
        this.cron = new CronTriggers(log, environment, clock);
        this.webhooks = webhooks;
        this.clock = clock;
        this.queue = new WorkQueue<>("schedules", PARALLEL, this::due, this::deliver);
    }

    /** Prepares the tables; nothing else works before. */
    public void prepare() throws SQLException {
        log.create();
    }

    /**
     * Takes these for the cron triggers there are. Those that have not changed keep their occurrences; those that cannot work are
     * left out.
     */
    public void use(Collection<CronTriggerMetadata> triggers) throws SQLException {
        cron.use(triggers);
        cron.writeDown();
    }

    /**
     * What forgets one-off events, and the occurrences of cron triggers that have been tried.
     *
     * @param otherTime whether the clock has changed, so that those go too that are still to come
     */
    public static List<String> forgetting(boolean otherTime) {
        return List.of(
                "DELETE FROM " + ScheduleTable.ONE_OFF.logs(),
                "DELETE FROM " + ScheduleTable.ONE_OFF.events(),
                "DELETE FROM " + ScheduleTable.CRON.logs(),
                "DELETE FROM " + ScheduleTable.CRON.events()
                        + (otherTime ? "" : " WHERE status <> 'scheduled' OR tries > 0"));
    }

    /** Writes down what cron triggers have to do next. */
    public void writeDown() throws SQLException {
        cron.writeDown();
    }

    /** Reports what of these triggers cannot work. */
    public void report(Collection<CronTriggerMetadata> triggers, Problems problems) {
        cron.report(triggers, problems);
    }

    /** Looks for what is due now and again after each interval. */
    public void start(Duration interval) {
        queue.start(interval);
    }

    public WorkQueue<?> queue() {
        return queue;
    }

    /** Notes an event that is to happen once, as {@code create_scheduled_event} does; gives its id. */
    public String create(OneOffEvent event) throws SQLException {
        return log.insertOneOff(event);
    }

    /**
     * Deletes an event, as {@code delete_scheduled_event} does.
     *
     * @param oneOff whether it is a one-off event; else an occurrence of a cron trigger
     * @throws EngineException if there is none of this id
     */
    public void delete(boolean oneOff, String id) throws SQLException {
        if (!log.delete(oneOff ? ScheduleTable.ONE_OFF : ScheduleTable.CRON, id)) {
            throw EngineException.of("not-exists", "$.args.event_id", "scheduled event with id: " + id + " not found");
        }
    }

    /**
     * What is due.
     *
     * @param table where it waits
     * @param id its id
     * @param scheduledTime when it should have been delivered
     * @param tries how often it has been tried
     * @param retries how often and how long it may be tried
     * @param target who is called
     * @param body what is sent
     */
    private record Due(
            ScheduleTable table,
            String id,
            Instant scheduledTime,
            int tries,
            RetryConf retries,
            WebhookDelivery.Target target,
            ObjectNode body) {}

    private List<Due> due() throws SQLException {
        cron.writeDown();
        List<Due> due = new ArrayList<>();
        for (ScheduleLog.CronEvent event : log.dueCron(cron.names())) {
            CronTriggerMetadata trigger = cron.trigger(event.trigger());
            if (trigger != null) {
                due.add(due(event, trigger));
            }
        }
        for (ScheduleLog.DueOneOffEvent event : log.dueOneOff()) {
            due.add(due(event));
        }
        return due;
    }

    private static Due due(ScheduleLog.CronEvent event, CronTriggerMetadata trigger) {
        ObjectNode body = body(event.id(), event.scheduledTime(), trigger.payload(), trigger.comment());
        body.put("name", trigger.name());
        return new Due(
                ScheduleTable.CRON,
                event.id(),
                event.scheduledTime(),
                event.tries(),
                trigger.retryConf(),
                new WebhookDelivery.Target(
                        trigger.webhook(),
                        null,
                        trigger.headers(),
                        Duration.ofSeconds(trigger.retryConf().timeoutSeconds()),
                        trigger.requestTransform(),
                        trigger.responseTransform()),
                body);
    }

    private static Due due(ScheduleLog.DueOneOffEvent due) {
        OneOffEvent event = due.event();
        ObjectNode body = body(due.id(), due.scheduledTime(), event.payload(), event.comment());
        body.put("created_at", EngineJson.utc(due.createdAt()));
        return new Due(
                ScheduleTable.ONE_OFF,
                due.id(),
                due.scheduledTime(),
                due.tries(),
                event.retryConf(),
                new WebhookDelivery.Target(
                        event.webhook(),
                        null,
                        event.headers(),
                        Duration.ofSeconds(event.retryConf().timeoutSeconds()),
                        null,
                        null),
                body);
    }

    private static ObjectNode body(
            String id, Instant scheduledTime, @Nullable JsonNode payload, @Nullable String comment) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("id", id).put("scheduled_time", EngineJson.utc(scheduledTime));
        body.set("payload", payload == null ? NullNode.instance : payload);
        if (comment != null) {
            body.put("comment", comment);
        }
        return body;
    }

    private void deliver(Due due) throws SQLException {
        Duration late = Duration.between(due.scheduledTime(), clock.instant());
        if (late.compareTo(Duration.ofSeconds(due.retries().toleranceSeconds())) > 0) {
            LOG.info("Event {} of {} is dead: it is {} late", due.id(), due.target(), late);
            log.finish(due.table(), due.id(), "dead");
        } else {
            attempt(due);
        }
    }

    private void attempt(Due due) throws SQLException {
        WebhookDelivery.Attempt attempt;
        try {
            attempt = webhooks.attempt(due.target(), due.body(), Trace.fresh(), LOG_VERSION);
        } catch (TransformException e) {
            LOG.warn(
                    "Event {} of {} is not delivered, its transform fails: {}", due.id(), due.target(), e.getMessage());
            log.finish(due.table(), due.id(), "error");
            return;
        }
        if (attempt.interrupted()) {
            return;
        }
        log.log(due.table(), due.id(), attempt);
        if (attempt.delivered()) {
            log.finish(due.table(), due.id(), "delivered");
            return;
        }
        LOG.info(
                "Event {} of {} was not accepted ({}), try {} of {}",
                due.id(),
                due.target(),
                attempt.outcome(),
                due.tries() + 1,
                due.retries().numRetries() + 1);
        if (attempt.retryAfter() != null) {
            log.retryAfter(due.table(), due.id(), attempt.retryAfter());
        } else if (due.tries() < due.retries().numRetries()) {
            log.retryAfter(due.table(), due.id(), due.retries().intervalSeconds());
        } else {
            log.finish(due.table(), due.id(), "error");
        }
    }

    /** Stops; what was under way will be delivered again by the next engine on this database. */
    @Override
    public void close() {
        queue.close();
    }
}
