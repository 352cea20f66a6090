package io.github.hasura4j.payload;

import java.time.Duration;
import java.time.Instant;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import org.jspecify.annotations.Nullable;

/**
 * What the engine posts when a cron trigger or a one-off scheduled event is due ({@code webhooks.md} 3).
 *
 * <p>It may be hours late after an outage, and may come twice: {@link #id()} tells occurrences apart, the time does not.
 * {@code toString()} leaves the payload out.
 *
 * @param <P> the type of the payload given in the metadata or when scheduling
 * @param id the occurrence's id, a uuid as text
 * @param name the cron trigger's name, which may hold spaces; null for a one-off event
 * @param scheduledTime when it was due, in UTC
 * @param payload any JSON, null too
 * @param comment the comment, null if none was set
 * @param createdAt when a one-off event was scheduled; null for cron
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record ScheduledPayload<P extends @Nullable Object>(
        @JsonProperty("id") @NotBlank String id,

        @JsonProperty("name") @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
        String name,

        @JsonProperty("scheduled_time") @NotNull EngineTimestamp scheduledTime,
        @JsonProperty("payload") @Nullable P payload,

        @JsonProperty("comment") @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
        String comment,

        @JsonProperty("created_at") @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
        EngineTimestamp createdAt) {

    public ScheduledPayload {
        Required.field(id, "id", "scheduled event");
        Required.field(scheduledTime, "scheduled_time", "scheduled event");
    }

    /** Whether a cron trigger sent this; otherwise it is a one-off event. */
    public boolean fromCron() {
        return name != null;
    }

    /**
     * How late this is: the engine looks for what is due every few seconds, and after an outage delivers what is up to {@code
     * tolerance_seconds} old, six hours if not said otherwise.
     *
     * @param now the time by your clock; negative if that is behind the engine's
     */
    public Duration lateBy(Instant now) {
        return Duration.between(scheduledTime.toInstant(), now);
    }

    @Override
    public String toString() {
        return "ScheduledPayload[id=" + id + ", name=" + name + ", scheduledTime=" + scheduledTime + "]";
    }
}
