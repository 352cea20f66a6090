package io.github.hasura4j.spring.autoconfigure;

import java.time.Duration;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How many calls handlers get at once and in a time; what is too much comes again, or waits and is refused.
 *
 * @param all For all calls together.
 * @param deliveries For events and scheduled triggers together.
 * @param handlers For single handlers by their names, in place of their @Limit.
 * @param maxWait How long an action, a validation or an auth hook waits for room before it is refused as too-busy.
 * @param maxWaiting How many calls wait for room at most.
 * @param spread Over which time the deliveries are spread that were sent away.
 */
@ConfigurationProperties("hasura.limits")
public record HasuraLimitsProperties(
        @DefaultValue Quota all,
        @DefaultValue Quota deliveries,
        @DefaultValue Map<String, Quota> handlers,
        @DefaultValue("2s") Duration maxWait,
        @DefaultValue("100") int maxWaiting,
        @DefaultValue("10s") Duration spread) {

    /**
     * How much of one thing.
     *
     * @param concurrency How many calls run at once; 0 for any number.
     * @param rate How many calls begin in a time, such as 100/min, 5/s or 30/10s. Needs Bucket4j.
     */
    public record Quota(
            @DefaultValue("0") int concurrency, @Nullable String rate) {}
}
