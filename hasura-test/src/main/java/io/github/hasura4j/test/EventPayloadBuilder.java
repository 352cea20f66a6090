package io.github.hasura4j.test;

import java.time.Instant;
import java.util.UUID;

import io.github.hasura4j.payload.DeliveryInfo;
import io.github.hasura4j.payload.EngineTimestamp;
import io.github.hasura4j.payload.Event;
import io.github.hasura4j.payload.EventPayload;
import io.github.hasura4j.payload.Operation;
import io.github.hasura4j.payload.RowChange;
import io.github.hasura4j.payload.SessionVariables;
import io.github.hasura4j.payload.TableName;
import io.github.hasura4j.payload.TriggerReference;
import io.github.hasura4j.test.engine.EngineJson;
import org.jspecify.annotations.Nullable;

/** Makes the payload of an event: the first delivery of a change by {@code admin}, unless said otherwise. Not for several threads. */
public final class EventPayloadBuilder {

    private final String trigger;
    private String id = UUID.randomUUID().toString();
    private Instant createdAt = Instant.now();
    private TableName table;
    private @Nullable SessionVariables session = SessionVariables.ofRole("admin");
    private DeliveryInfo delivery = new DeliveryInfo(0, 0);

    EventPayloadBuilder(String trigger) {
        this.trigger = trigger;
        this.table = TableName.of(trigger);
    }

    /** The event's id, which stays the same when it is delivered again. */
    public EventPayloadBuilder id(String eventId) {
        id = eventId;
        return this;
    }

    /** When it happened. */
    public EventPayloadBuilder createdAt(Instant moment) {
        createdAt = moment;
        return this;
    }

    /** The table; the trigger's name in the schema {@code public} if left out. */
    public EventPayloadBuilder table(TableName name) {
        table = name;
        return this;
    }

    /** Who made the change; null for plain SQL. */
    public EventPayloadBuilder session(@Nullable SessionVariables variables) {
        session = variables;
        return this;
    }

    /** The tries already made, and how often the engine tries again. */
    public EventPayloadBuilder retry(int current, int max) {
        delivery = new DeliveryInfo(current, max);
        return this;
    }

    /** A row was inserted. */
    public <N extends @Nullable Object, O extends @Nullable Object> EventPayload<N, O> insert(N row) {
        return of(Operation.INSERT, row, null);
    }

    /** A row was updated. */
    public <N extends @Nullable Object, O extends @Nullable Object> EventPayload<N, O> update(O before, N after) {
        return of(Operation.UPDATE, after, before);
    }

    /** A row was deleted. */
    public <N extends @Nullable Object, O extends @Nullable Object> EventPayload<N, O> delete(O row) {
        return of(Operation.DELETE, null, row);
    }

    /** Somebody fired the trigger by hand. */
    public <N extends @Nullable Object, O extends @Nullable Object> EventPayload<N, O> manual(N payload) {
        return of(Operation.MANUAL, payload, null);
    }

    private <N extends @Nullable Object, O extends @Nullable Object> EventPayload<N, O> of(
            Operation operation, @Nullable N newRow, @Nullable O oldRow) {
        String utc = EngineJson.utc(createdAt);
        return new EventPayload<>(
                id,
                new EngineTimestamp(utc.substring(0, utc.length() - 1)),
                table,
                new TriggerReference(trigger),
                new Event<>(operation.name(), new RowChange<>(oldRow, newRow), session, null),
                delivery);
    }
}
