package io.github.hasura4j.payload;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * The trace an event belongs to ({@code webhooks.md} 2.3).
 *
 * @param traceId 32 hexadecimal digits, 16 from older engines
 * @param spanId 16 hexadecimal digits
 * @param samplingState {@code "1"} sampled, {@code "0"} not, null when the decision is left to others
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record TraceContext(
        @JsonProperty("trace_id") @Nullable String traceId,
        @JsonProperty("span_id") @Nullable String spanId,
        @JsonProperty("sampling_state") @Nullable String samplingState) {}
