package io.github.hasura4j.spring.autoconfigure;

import java.util.function.BiFunction;

import io.github.hasura4j.client.RetryPolicy;
import io.github.hasura4j.client.SubscriptionSettings;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/** Turns properties into the client's own settings, and says which property it is that the client does not accept. */
final class ClientSettings {

    private ClientSettings() {}

    /** @param prefix where the properties stand, such as {@code hasura.client.retry} */
    static RetryPolicy retry(String prefix, HasuraClientProperties.Retry given) {
        RetryPolicy policy = RetryPolicy.standard();
        policy = with(policy, RetryPolicy::maxAttempts, prefix, "max-attempts", given.maxAttempts());
        return with(
                policy,
                (it, first) -> it.backoff(first, given.longestBackoff()),
                prefix,
                "first-backoff",
                given.firstBackoff());
    }

    /** @param prefix where the properties stand, such as {@code hasura.client.subscriptions} */
    static SubscriptionSettings subscriptions(String prefix, HasuraClientProperties.Subscriptions given) {
        SubscriptionSettings settings = SubscriptionSettings.create();
        settings = with(
                settings,
                SubscriptionSettings::acknowledgeTimeout,
                prefix,
                "acknowledge-timeout",
                given.acknowledgeTimeout());
        settings = with(settings, SubscriptionSettings::pingInterval, prefix, "ping-interval", given.pingInterval());
        settings =
                with(settings, SubscriptionSettings::silenceTimeout, prefix, "silence-timeout", given.silenceTimeout());
        settings = with(
                settings,
                (it, first) -> it.backoff(first, given.longestBackoff()),
                prefix,
                "first-backoff",
                given.firstBackoff());
        settings = with(settings, SubscriptionSettings::maxAttempts, prefix, "max-attempts", given.maxAttempts());
        settings = with(settings, SubscriptionSettings::idleTimeout, prefix, "idle-timeout", given.idleTimeout());
        settings = with(settings, SubscriptionSettings::renewBefore, prefix, "renew-before", given.renewBefore());
        settings = with(
                settings,
                SubscriptionSettings::maxMessageLength,
                prefix,
                "max-message-length",
                given.maxMessageLength());
        settings = with(
                settings,
                (it, batches) -> it.streamBuffer(batches, 1),
                prefix,
                "stream-buffer-batches",
                given.streamBufferBatches());
        return with(
                settings,
                (it, size) -> it.streamBuffer(given.streamBufferBatches(), size.toBytes()),
                prefix,
                "stream-buffer-size",
                given.streamBufferSize());
    }

    /** One step further, if the property says anything. */
    static <S, V> S with(S settings, BiFunction<S, V, S> step, String prefix, String property, @Nullable V value) {
        if (value == null) {
            return settings;
        }
        try {
            return step.apply(settings, value);
        } catch (IllegalArgumentException e) {
            throw new InvalidConfigurationPropertyValueException(
                    prefix + "." + property, value, String.valueOf(e.getMessage()));
        }
    }
}
