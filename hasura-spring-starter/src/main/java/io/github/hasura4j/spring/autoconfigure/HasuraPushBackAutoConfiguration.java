package io.github.hasura4j.spring.autoconfigure;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;

import io.github.hasura4j.spring.delivery.DeliveryCounts;
import io.github.hasura4j.spring.delivery.DeliveryDrain;
import io.github.hasura4j.spring.delivery.FilterAdvisor;
import io.github.hasura4j.spring.delivery.LimitAdvisor;
import io.github.hasura4j.spring.delivery.LimitSettings;
import io.github.hasura4j.spring.delivery.LoopGuard;
import io.github.hasura4j.spring.delivery.Rate;
import io.github.hasura4j.spring.dispatch.HandlerRegistry;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.ClassUtils;
import org.springframework.util.StringUtils;

/** Leaves out what does not fit or goes round in circles, and sends away what is too much or comes while the application ends. */
@AutoConfiguration(before = HasuraWebhookAutoConfiguration.class)
@ConditionalOnWebApplication
@EnableConfigurationProperties({
    HasuraWebhookProperties.class,
    HasuraLimitsProperties.class,
    HasuraLoopGuardProperties.class,
    HasuraShutdownProperties.class
})
public final class HasuraPushBackAutoConfiguration {

    /** Good for many threads, and predictable by none. */
    private static final RandomGenerator CHANCE =
            () -> ThreadLocalRandom.current().nextLong();

    @Bean
    @ConditionalOnMissingBean
    DeliveryCounts hasuraDeliveryCounts() {
        return new DeliveryCounts();
    }

    @Bean
    @ConditionalOnMissingBean
    FilterAdvisor hasuraFilterAdvisor(DeliveryCounts counts) {
        return new FilterAdvisor(counts);
    }

    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnProperty("hasura.loop-guard.max-hops")
    LoopGuard hasuraLoopGuard(
            HasuraLoopGuardProperties properties, HasuraWebhookProperties webhooks, DeliveryCounts counts) {
        Integer maxHops = properties.maxHops();
        if (maxHops == null || maxHops < 1) {
            throw new InvalidConfigurationPropertyValueException(
                    "hasura.loop-guard.max-hops", maxHops, "Give at least 1, or leave it out.");
        }
        if (webhooks.allSecrets().isEmpty()) {
            throw new InvalidConfigurationPropertyValueException(
                    "hasura.loop-guard.max-hops",
                    maxHops,
                    "The number of hops is signed with hasura.webhook.secret, and there is none.");
        }
        return new LoopGuard(maxHops, webhooks.allSecrets(), counts);
    }

    @Bean
    @ConditionalOnMissingBean
    LimitAdvisor hasuraLimitAdvisor(
            HasuraLimitsProperties properties, DeliveryCounts counts, ConfigurableListableBeanFactory beans) {
        boolean keepsRates = ClassUtils.isPresent("io.github.bucket4j.Bucket", beans.getBeanClassLoader());
        return new LimitAdvisor(settings(properties), keepsRates, counts, CHANCE);
    }

    @Bean
    SmartInitializingSingleton hasuraLimitVerification(
            LimitAdvisor limits, HandlerRegistry handlers, HasuraLimitsProperties properties) {
        return () -> {
            if (!properties.handlers().isEmpty()) {
                handlers.handlers(); // All of them have been looked at after this.
                limits.requireHandlers();
            }
        };
    }

    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnProperty(name = "hasura.shutdown.drain", matchIfMissing = true)
    DeliveryDrain hasuraDeliveryDrain(DeliveryCounts counts) {
        return new DeliveryDrain(counts, CHANCE);
    }

    /** Only with Micrometer. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(MeterBinder.class)
    static class Meters {

        @Bean
        MeterBinder hasuraDeliveryMeters(DeliveryCounts counts, HandlerRegistry handlers) {
            return registry -> {
                handlers.handlers(); // All counters are there after this.
                counts.all()
                        .forEach(each -> FunctionCounter.builder(
                                        "hasura.calls.not.handled",
                                        counts,
                                        all -> all.count(each.kind(), each.handler(), each.reason()))
                                .description("Calls of the engine that did not reach their handlers")
                                .tag("kind", each.kind().toString())
                                .tag("handler", each.handler())
                                .tag("reason", each.reason().toString())
                                .register(registry));
            };
        }
    }

    private static LimitSettings settings(HasuraLimitsProperties properties) {
        Map<String, LimitSettings.Quota> handlers = new LinkedHashMap<>();
        properties
                .handlers()
                .forEach((name, quota) -> handlers.put(name, quota("hasura.limits.handlers." + name, quota)));
        if (properties.spread().toSeconds() < 1) {
            throw new InvalidConfigurationPropertyValueException(
                    "hasura.limits.spread",
                    properties.spread(),
                    "The engine counts in whole seconds. Give one at least.");
        }
        return new LimitSettings(
                quota("hasura.limits.all", properties.all()),
                quota("hasura.limits.deliveries", properties.deliveries()),
                handlers,
                properties.maxWait(),
                properties.maxWaiting(),
                properties.spread());
    }

    private static LimitSettings.Quota quota(String prefix, HasuraLimitsProperties.Quota quota) {
        if (quota.concurrency() < 0) {
            throw new InvalidConfigurationPropertyValueException(
                    prefix + ".concurrency",
                    quota.concurrency(),
                    "Say how many calls run at once, or 0 for any number.");
        }
        try {
            return new LimitSettings.Quota(
                    quota.concurrency(), StringUtils.hasText(quota.rate()) ? Rate.of(quota.rate()) : null);
        } catch (IllegalArgumentException e) {
            throw new InvalidConfigurationPropertyValueException(prefix + ".rate", quota.rate(), e.getMessage() + ".");
        }
    }
}
