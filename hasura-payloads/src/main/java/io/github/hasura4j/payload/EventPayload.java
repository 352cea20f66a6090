package io.github.hasura4j.payload;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import org.jspecify.annotations.Nullable;

/**
 * What the engine posts when an event trigger fires ({@code webhooks.md} 2.1).
 *
 * <p>Delivery is at least once and in no order: {@link #id()} stays the same over retries and redelivery and is the key to
 * deduplicate by. {@code toString()} leaves the rows out.
 *
 * @param <N> the new row's type; {@code Void} if you do not want it
 * @param <O> the old row's type; {@code Void} if you do not want it, as with triggers on insert only
 * @param id the event's id, a uuid as text
 * @param createdAt when the row changed, as the engine wrote it: see {@link EngineTimestamp} before you compute with it
 * @param table the table by its database name
 * @param trigger which trigger fired
 * @param event the change
 * @param deliveryInfo which attempt this is; null from engines that do not say, such as the first ones
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record EventPayload<N extends @Nullable Object, O extends @Nullable Object>(
        @JsonProperty("id") @NotBlank String id,
        @JsonProperty("created_at") @NotNull EngineTimestamp createdAt,
        @JsonProperty("table") @NotNull @Valid TableName table,
        @JsonProperty("trigger") @NotNull @Valid TriggerReference trigger,
        @JsonProperty("event") @NotNull Event<N, O> event,
        @JsonProperty("delivery_info") @Nullable DeliveryInfo deliveryInfo) {

    public EventPayload {
        Required.field(id, "id", "event");
        Required.field(createdAt, "created_at", "event");
        Required.field(table, "table", "event");
        Required.field(trigger, "trigger", "event");
        Required.field(event, "event", "event");
    }

    /** The row after the change; null for DELETE, any JSON for MANUAL. */
    public @Nullable N newRow() {
        return event.data() == null ? null : event.data().newRow();
    }

    /** The row before the change; null for INSERT and MANUAL. */
    public @Nullable O oldRow() {
        return event.data() == null ? null : event.data().oldRow();
    }

    /** What happened to the row. */
    public Operation operation() {
        return event.operation();
    }

    /** Whose mutation it was, or null for a change made outside the engine. */
    public @Nullable SessionVariables sessionVariables() {
        return event.sessionVariables();
    }

    @Override
    public String toString() {
        return "EventPayload[id=" + id + ", trigger=" + trigger.name() + ", table=" + table + ", op=" + event.op()
                + ", " + deliveryInfo + "]";
    }
}
