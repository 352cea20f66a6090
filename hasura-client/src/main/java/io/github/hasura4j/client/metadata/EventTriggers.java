package io.github.hasura4j.client.metadata;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * The events of the event triggers of one Postgres source: what waits, what became of what was sent, and once more. For other
 * databases {@link MetadataClient#call} the command with their prefix, such as {@code mssql_redeliver_event}.
 */
public interface EventTriggers {

    /**
     * Invokes a trigger by hand, as the console does; the handler gets it as operation {@code MANUAL}.
     *
     * @param trigger the trigger's name
     * @param payload what the handler gets as the row: anything that is written as JSON
     * @return the event's id
     * @throws HasuraMetadataException with code {@code not-supported} unless the trigger has {@code enable_manual}
     */
    String invoke(String trigger, @Nullable Object payload);

    /**
     * Has an event delivered once more, with the same id and as many retries as a new one.
     *
     * @throws HasuraMetadataException if there is no such event
     */
    void redeliver(String eventId);

    /**
     * Has all events delivered once more that were given up after a moment, as after an outage. Events that succeeded or are still
     * tried are left alone.
     *
     * @param since when the events were recorded at the earliest
     * @return how many were
     * @throws HasuraMetadataException with code {@code not-exists} if there is no such trigger
     */
    default int redeliverFailed(String trigger, Instant since) {
        List<LoggedEvent> failed = new ArrayList<>();
        int size = 100;
        for (int offset = 0; ; offset += size) {
            List<LoggedEvent> page = events(trigger, EventStatus.PROCESSED, new Page(size, offset));
            page.stream()
                    .filter(event -> event.failed() && !event.createdAt().isBefore(since))
                    .forEach(failed::add);
            // The newest come first.
            if (page.size() < size || page.get(size - 1).createdAt().isBefore(since)) {
                break;
            }
        }
        failed.forEach(event -> redeliver(event.id()));
        return failed.size();
    }

    /** The newest hundred events of a trigger, or fewer. */
    default List<LoggedEvent> events(String trigger) {
        return events(trigger, EventStatus.ALL, Page.first(100));
    }

    /**
     * Events of a trigger, the newest first.
     *
     * @throws HasuraMetadataException with code {@code not-exists} if there is no such trigger
     */
    List<LoggedEvent> events(String trigger, EventStatus status, Page page);

    /** Attempts to deliver events of a trigger, the newest first. */
    List<Invocation> invocations(String trigger, Page page);

    /** One event; empty if there is none. */
    Optional<LoggedEvent> event(String eventId);

    /** Attempts to deliver one event, the newest first; empty also if there is no such event. */
    List<Invocation> invocationsOf(String eventId, Page page);

    /** Which events. */
    enum EventStatus {
        /** Those still to be delivered. */
        PENDING,
        /** Those that were delivered, or given up. */
        PROCESSED,
        /** All of them. */
        ALL
    }
}
