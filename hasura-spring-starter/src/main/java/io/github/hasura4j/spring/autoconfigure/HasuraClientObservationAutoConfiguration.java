package io.github.hasura4j.spring.autoconfigure;

import io.github.hasura4j.spring.client.HasuraClientCustomizer;
import io.github.hasura4j.spring.client.HasuraClientObservationConvention;
import io.github.hasura4j.spring.client.HasuraClientObservationInterceptor;
import io.micrometer.observation.ObservationRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** An observation for every call of a client, where somebody observes. */
@AutoConfiguration(
        before = HasuraClientAutoConfiguration.class,
        afterName = "org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration")
@ConditionalOnClass(ObservationRegistry.class)
public final class HasuraClientObservationAutoConfiguration {

    /** First, so that the observation is around all other interceptors. */
    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE)
    HasuraClientCustomizer hasuraClientObservation(
            ObjectProvider<ObservationRegistry> registry,
            ObjectProvider<HasuraClientObservationConvention> convention) {
        return (client, builder) -> registry.ifUnique(known ->
                builder.interceptor(new HasuraClientObservationInterceptor(client, known, convention.getIfUnique())));
    }
}
