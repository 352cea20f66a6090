package io.github.hasura4j.payload;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * Which attempt at delivering an event this is.
 *
 * @param currentRetry attempts made before this one: 0 at first, and again after a redelivery; may exceed
 *     {@code maxRetries} when handlers answer with {@code Retry-After}
 * @param maxRetries retries the trigger is configured for at this moment
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record DeliveryInfo(
        @JsonProperty("current_retry") int currentRetry,
        @JsonProperty("max_retries") int maxRetries) {

    /** Whether the engine gives up if this attempt fails without a {@code Retry-After}. */
    public boolean lastAttempt() {
        return currentRetry >= maxRetries;
    }
}
