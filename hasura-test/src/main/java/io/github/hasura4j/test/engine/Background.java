package io.github.hasura4j.test.engine;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.github.hasura4j.client.project.Metadata;
import io.github.hasura4j.payload.SessionVariables;
import io.github.hasura4j.test.LocalHasuraException;
import io.github.hasura4j.test.engine.action.ActionWebhook;
import io.github.hasura4j.test.engine.action.AsyncActions;
import io.github.hasura4j.test.engine.event.EventDelivery;
import io.github.hasura4j.test.engine.schedule.OneOffEvent;
import io.github.hasura4j.test.engine.schedule.Schedules;
import tools.jackson.databind.JsonNode;

/** What the engine does without being asked: events, asynchronous actions, schedules. */
public final class Background implements AutoCloseable {

    private final EventDelivery events;
    private final AsyncActions asyncActions;
    private final Schedules schedules;
    private final WorkQueues queues;

    public Background(EventDelivery events, AsyncActions asyncActions, Schedules schedules) {
        this.events = events;
        this.asyncActions = asyncActions;
        this.schedules = schedules;
        this.queues = new WorkQueues(List.of(events.queue(), asyncActions.queue(), schedules.queue()));
    }

    /** Begins to look for work, each kind after its interval. */
    public void start(Duration eventsInterval, Duration asyncActionsInterval, Duration schedulesInterval)
            throws SQLException {
        events.start(eventsInterval);
        asyncActions.start(asyncActionsInterval);
        schedules.start(schedulesInterval);
    }

    /** Prepares the tables; nothing else works before. */
    public void prepare() throws SQLException {
        schedules.prepare();
    }

    /** Takes actions and cron triggers from these metadata; event triggers are installed by themselves. */
    public void use(Metadata metadata, ActionWebhook caller) throws SQLException {
        asyncActions.use(metadata.actions(), caller);
        schedules.use(metadata.cronTriggers());
    }

    /**
     * Forgets all events, asynchronous actions and schedules, while nobody is at work on them.
     *
     * @param limit how long to wait for handlers that are
     * @param forgetting does so, given the statements that do it in the database
     */
    public void forget(Duration limit, boolean otherTime, Forgetting forgetting) {
        List<String> statements = new ArrayList<>(List.of(
                "DELETE FROM hdb_catalog.event_invocation_logs",
                "DELETE FROM hdb_catalog.event_log",
                "DELETE FROM hdb_catalog.hdb_action_log"));
        statements.addAll(Schedules.forgetting(otherTime));
        queues.whileIdle(limit, () -> {
            try {
                forgetting.run(statements);
                schedules.writeDown();
            } catch (SQLException e) {
                throw new LocalHasuraException("Cannot clean the data of the local engine: " + e.getMessage(), e);
            }
        });
    }

    /** Forgets in the database. */
    public interface Forgetting {
        void run(List<String> statements) throws SQLException;
    }

    /** Creates a one-off event; gives its id. */
    public String scheduleEvent(OneOffEvent event) {
        try {
            return schedules.create(event);
        } catch (SQLException e) {
            throw new LocalHasuraException("Cannot create the one-off event: " + e.getMessage(), e);
        }
    }

    /** Creates a one-off event from the arguments of {@code create_scheduled_event}; gives its id. */
    public String scheduleEvent(JsonNode arguments) {
        try {
            return scheduleEvent(OneOffEvent.from(arguments));
        } catch (EngineException e) {
            throw new LocalHasuraException("Cannot create the one-off event: " + e.getMessage(), e);
        }
    }

    /** Invokes an event trigger by hand, as an admin; gives the event's id. */
    public String invoke(String trigger, JsonNode payload) {
        Map<String, List<String>> headers = Map.of();
        Session admin =
                new Session(Session.ADMIN, SessionVariables.ofRole(Session.ADMIN), false, headers, Trace.fresh());
        try {
            return events.invoke(trigger, payload, admin);
        } catch (SQLException | EngineException e) {
            throw new LocalHasuraException("Cannot invoke '" + trigger + "': " + e.getMessage(), e);
        }
    }

    /** Delivers an event once more. */
    public void redeliver(String eventId) {
        try {
            events.redeliver(eventId);
        } catch (SQLException | EngineException e) {
            throw new LocalHasuraException("Cannot deliver '" + eventId + "' again: " + e.getMessage(), e);
        }
    }

    public EventDelivery events() {
        return events;
    }

    public AsyncActions asyncActions() {
        return asyncActions;
    }

    public Schedules schedules() {
        return schedules;
    }

    public WorkQueues queues() {
        return queues;
    }

    @Override
    public void close() {
        schedules.close();
        asyncActions.close();
        events.close();
    }
}
