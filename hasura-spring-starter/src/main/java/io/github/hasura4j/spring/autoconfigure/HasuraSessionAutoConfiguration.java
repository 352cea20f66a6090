package io.github.hasura4j.spring.autoconfigure;

import io.github.hasura4j.spring.HandlerArgumentResolver;
import io.github.hasura4j.spring.HasuraSession;
import io.github.hasura4j.spring.HasuraSessions;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/** Lets handlers take a {@code HasuraSession}, with Spring Security and without. */
@AutoConfiguration(before = HasuraWebhookAutoConfiguration.class)
@ConditionalOnWebApplication
@EnableConfigurationProperties(HasuraSessionProperties.class)
public final class HasuraSessionAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    HasuraSessions hasuraSessions(HasuraSessionProperties properties) {
        return new HasuraSessions(properties.unauthorizedRole());
    }

    @Bean
    HandlerArgumentResolver hasuraSessionArgumentResolver(HasuraSessions sessions) {
        return parameter ->
                parameter.rawType() == HasuraSession.class ? call -> sessions.of(call.sessionVariables()) : null;
    }
}
