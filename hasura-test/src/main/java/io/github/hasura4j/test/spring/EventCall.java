package io.github.hasura4j.test.spring;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;

import io.github.hasura4j.client.project.EventTriggerMetadata;
import io.github.hasura4j.payload.SessionVariables;
import io.github.hasura4j.spring.WebhookKind;
import io.github.hasura4j.test.engine.EngineJson;
import io.github.hasura4j.test.engine.Trace;
import io.github.hasura4j.test.engine.http.WebhookDelivery;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One event or several, and what production does to them: {@link #deliver()} delivers each once, in order, and tries again as
 * {@code retry_conf} says; the other steps add duplicates, disorder and failures. Time is simulated, so nothing waits. Not for
 * several threads.
 */
public final class EventCall {

    private final HasuraTester tester;
    private final FiredTrigger trigger;
    private final FiredTrigger.Change change;
    private final List<EventCall> more = new ArrayList<>();
    private final Faults faults = new Faults();
    private @Nullable SessionVariables session = SessionVariables.ofRole("admin");
    private boolean sqlServer;
    private boolean oldEngine;
    private int numRetries;
    private int intervalSeconds;
    private Duration timeout;
    private int copies = 1;
    private boolean outOfOrder;

    EventCall(HasuraTester tester, FiredTrigger trigger, FiredTrigger.Change change) {
        this.tester = tester;
        this.trigger = trigger;
        this.change = change;
        EventTriggerMetadata declared = trigger.declared();
        this.numRetries = declared == null ? 0 : declared.numRetries();
        this.intervalSeconds = declared == null ? 10 : declared.intervalSeconds();
        this.timeout = Duration.ofSeconds(declared == null ? 60 : declared.timeoutSeconds());
    }

    /** Who made the change. */
    public EventCall asRole(String role) {
        return session(SessionVariables.ROLE, role);
    }

    /** One more session variable of who made the change. */
    public EventCall session(String variable, Object value) {
        session = (session == null ? SessionVariables.empty() : session).with(variable, value);
        return this;
    }

    /** The change was made without Hasura, by SQL: {@code session_variables} and {@code trace_context} are null. */
    public EventCall withoutSession() {
        session = null;
        return this;
    }

    /** The event has the shape that it has on SQL Server: without session, and without columns that are null on updates. */
    public EventCall fromSqlServer() {
        sqlServer = true;
        return this;
    }

    /** The event has the shape of engines of 2020 and 2021: zoned {@code created_at}, no trace, {@code data.row} if manual. */
    public EventCall fromOldEngine() {
        oldEngine = true;
        return this;
    }

    /** How often and after which pause a failed delivery is tried again, instead of what the project says. */
    public EventCall withRetries(int times, Duration pause) {
        numRetries = times;
        intervalSeconds = Math.toIntExact(pause.toSeconds());
        return this;
    }

    /** How long the engine waits for an answer, instead of what the project says: real time, of the handler. */
    public EventCall withTimeout(Duration limit) {
        timeout = limit;
        return this;
    }

    /** One more event, delivered after this one. How they are delivered is said on the first. */
    public EventCall and(EventCall next) {
        more.add(next);
        return this;
    }

    /** The engine delivers each event a second time, with the same id. */
    public EventCall deliveredTwice() {
        return delivered(2);
    }

    /** The engine delivers each event so often, with the same id. */
    public EventCall delivered(int times) {
        if (times < 1) {
            throw new IllegalArgumentException("Delivered %d times is not delivered. Give 1 or more".formatted(times));
        }
        copies = times;
        return this;
    }

    /** All that is due is delivered at the same time, on threads of its own. */
    public EventCall concurrently() {
        faults.concurrent = true;
        return this;
    }

    /** What happened last comes first. */
    public EventCall outOfOrder() {
        outOfOrder = true;
        return this;
    }

    /** The first so many answers to each event are lost: the handler did its work, but the engine does not know. */
    public EventCall losingAnswers(int times) {
        faults.lost = times;
        return this;
    }

    /** The first so many answers to each event come after the engine has stopped waiting. */
    public EventCall timingOut(int times) {
        faults.late = times;
        return this;
    }

    /** The handler's process is killed before it can do anything, the first so many times. */
    public EventCall refusingConnections(int times) {
        faults.refused = times;
        return this;
    }

    /** The engine stops while each event is under way, and delivers it again after it has started: with the same count of tries. */
    public EventCall restartingEngine() {
        faults.restart = true;
        return this;
    }

    /**
     * Delivers, and tries again until all is delivered or given up.
     *
     * @throws AssertionError if a handler asks for more tries for ever, by {@code Retry-After}
     */
    public DeliveryReport deliver() {
        tester.requireHandler(WebhookKind.EVENT, trigger.name());
        List<Deliveries.Job> jobs = new ArrayList<>();
        Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
        List<EventCall> calls = new ArrayList<>(List.of(this));
        calls.addAll(more);
        for (int i = 0; i < calls.size(); i++) {
            jobs.add(calls.get(i).job(now.plusMillis(i)));
        }
        if (outOfOrder) {
            Collections.reverse(jobs);
        }
        List<Deliveries.Job> all = new ArrayList<>();
        for (int i = 0; i < copies; i++) {
            all.addAll(jobs);
        }
        return new Deliveries(tester.caller(), faults).run(all);
    }

    private Deliveries.Job job(Instant createdAt) {
        String id = UUID.randomUUID().toString();
        Trace trace = Trace.fresh();
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("created_at", createdAt(createdAt));
        body.set("event", event(trace));
        body.put("id", id);
        body.putObject("table")
                .put("name", trigger.table().name())
                .put(
                        "schema",
                        sqlServer && trigger.declared() == null
                                ? "dbo"
                                : trigger.table().schema());
        body.putObject("trigger").put("name", trigger.name());
        WebhookDelivery.Target target = new WebhookDelivery.Target(
                tester.caller().url(WebhookKind.EVENT),
                null,
                tester.caller().headers(WebhookKind.EVENT),
                timeout,
                null,
                null);
        return new Deliveries.Job(
                "event trigger '" + trigger.name() + "'",
                id,
                target,
                tries -> {
                    ObjectNode now = body.deepCopy();
                    now.putObject("delivery_info").put("current_retry", tries).put("max_retries", numRetries);
                    return now;
                },
                numRetries,
                intervalSeconds,
                trace);
    }

    private String createdAt(Instant moment) {
        String utc = EngineJson.utc(moment);
        return oldEngine ? utc : utc.substring(0, utc.length() - 1);
    }

    private ObjectNode event(Trace trace) {
        ObjectNode event = JsonNodeFactory.instance.objectNode();
        event.put("op", change.operation());
        ObjectNode data = event.putObject("data");
        if (oldEngine && change.operation().equals("MANUAL")) {
            data.set("row", change.after());
        } else {
            boolean shortened = sqlServer && change.operation().equals("UPDATE");
            data.set("old", shortened ? withoutNulls(change.before()) : change.before());
            data.set("new", shortened ? withoutNulls(change.after()) : change.after());
        }
        if (!sqlServer) {
            event.set("session_variables", session == null ? NullNode.instance : EngineJson.tree(session.asMap()));
            if (!oldEngine) {
                event.set("trace_context", session == null ? NullNode.instance : trace.context());
            }
        }
        return event;
    }

    private static JsonNode withoutNulls(JsonNode row) {
        if (!row.isObject()) {
            return row;
        }
        ObjectNode shorter = ((ObjectNode) row).deepCopy();
        row.properties().forEach(column -> {
            if (column.getValue().isNull()) {
                shorter.remove(column.getKey());
            }
        });
        return shorter;
    }

    /** What goes wrong on the way. */
    static final class Faults {
        boolean concurrent;
        boolean restart;
        int refused;
        int lost;
        int late;
    }
}
