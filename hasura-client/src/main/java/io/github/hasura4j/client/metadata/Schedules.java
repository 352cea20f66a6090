package io.github.hasura4j.client.metadata;

import java.util.List;

import io.github.hasura4j.client.metadata.ScheduledEvent.Status;

/** Cron triggers and one-off events: what the engine sends when its time has come. */
public interface Schedules {

    /** All cron triggers, those outside of the metadata too. */
    List<CronTrigger> cronTriggers();

    /**
     * Creates a cron trigger.
     *
     * @throws HasuraMetadataException with code {@code already-exists} if there is one of that name
     */
    void createCronTrigger(CronTrigger trigger);

    /** Creates a cron trigger, or puts it in the place of the one of that name, whose waiting events are then made anew. */
    void createOrReplaceCronTrigger(CronTrigger trigger);

    /**
     * Deletes a cron trigger with all its events.
     *
     * @throws HasuraMetadataException with code {@code not-exists} if there is none of that name
     */
    void deleteCronTrigger(String name);

    /**
     * Has the engine send something once.
     *
     * @return the event's id, to delete it by
     */
    String schedule(OneOffEvent event);

    /**
     * One-off events.
     *
     * @param statuses which ones; all if none is named
     */
    List<ScheduledEvent> oneOffEvents(Page page, Status... statuses);

    /**
     * Events of a cron trigger, of which about a hundred wait at any time.
     *
     * @param statuses which ones; all if none is named
     */
    List<ScheduledEvent> cronEvents(String trigger, Page page, Status... statuses);

    /** Deletes a one-off event. */
    void deleteOneOffEvent(String eventId);

    /** Deletes a single event of a cron trigger. */
    void deleteCronEvent(String eventId);

    /** Attempts to deliver one-off events. */
    List<Invocation> oneOffInvocations(Page page);

    /** Attempts to deliver one one-off event. */
    List<Invocation> oneOffInvocationsOf(String eventId, Page page);

    /** Attempts to deliver events of a cron trigger. */
    List<Invocation> cronInvocations(String trigger, Page page);

    /** Attempts to deliver one event of a cron trigger. */
    List<Invocation> cronInvocationsOf(String eventId, Page page);
}
