package io.github.hasura4j.spring.autoconfigure;

import java.util.EnumSet;
import java.util.Set;

import io.github.hasura4j.spring.HandlerArgumentResolver;
import io.github.hasura4j.spring.HasuraSession;
import io.github.hasura4j.spring.HasuraSessions;
import io.github.hasura4j.spring.WebhookKind;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;

/** Lets handlers take a {@code HasuraSession}, with Spring Security and without. */
@AutoConfiguration(before = HasuraWebhookAutoConfiguration.class)
@Conditional(OnWebOrTool.class)
@EnableConfigurationProperties(HasuraSessionProperties.class)
public final class HasuraSessionAutoConfiguration {

    /** Schedules have nobody who asks, and an auth hook is there to find out. */
    private static final Set<WebhookKind> WITH_SESSION =
            EnumSet.of(WebhookKind.ACTION, WebhookKind.EVENT, WebhookKind.VALIDATION);

    @Bean
    @ConditionalOnMissingBean
    HasuraSessions hasuraSessions(HasuraSessionProperties properties) {
        return new HasuraSessions(properties.unauthorizedRole());
    }

    @Bean
    HandlerArgumentResolver hasuraSessionArgumentResolver(HasuraSessions sessions) {
        return parameter -> parameter.rawType() == HasuraSession.class && WITH_SESSION.contains(parameter.kind())
                ? call -> sessions.of(call.sessionVariables())
                : null;
    }
}
