package io.github.hasura4j.spring.autoconfigure;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

import io.github.hasura4j.client.HasuraClient;
import io.github.hasura4j.client.project.HeaderMetadata;
import io.github.hasura4j.spring.HasuraSessions;
import io.github.hasura4j.spring.dispatch.TrustedSessions;
import io.github.hasura4j.spring.dispatch.WebhookDispatcher;
import io.github.hasura4j.spring.dispatch.WebhookSettings;
import io.github.hasura4j.spring.graphql.RemoteSchemaInterceptor;
import io.github.hasura4j.spring.graphql.SessionArgumentResolver;
import io.github.hasura4j.spring.metadata.MetadataSettings;
import io.github.hasura4j.spring.metadata.RemoteSchemaEntry;
import io.github.hasura4j.spring.operate.RemoteSchemaHealer;
import io.github.hasura4j.spring.operate.RemoteSchemaHealing;
import io.github.hasura4j.spring.web.RemoteSchemaFilter;
import io.github.hasura4j.spring.web.reactive.RemoteSchemaWebFilter;
import jakarta.servlet.Filter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.graphql.autoconfigure.GraphQlProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.graphql.ExecutionGraphQlService;
import org.springframework.graphql.server.WebGraphQlInterceptor;
import org.springframework.web.server.WebFilter;

/** Guards a remote schema on Spring for GraphQL with the webhook secret, and tells it who is asking. */
@AutoConfiguration(
        after = {
            HasuraSessionAutoConfiguration.class,
            HasuraWebhookAutoConfiguration.class,
            HasuraMetadataAutoConfiguration.class
        },
        afterName = "org.springframework.boot.graphql.autoconfigure.GraphQlAutoConfiguration")
@ConditionalOnClass({WebGraphQlInterceptor.class, GraphQlProperties.class})
@ConditionalOnBean({WebhookDispatcher.class, ExecutionGraphQlService.class})
@EnableConfigurationProperties(HasuraRemoteSchemaProperties.class)
public final class HasuraRemoteSchemaAutoConfiguration {

    private static final int HEALING_ATTEMPTS = 12;
    private static final Duration HEALING_PAUSE = Duration.ofSeconds(1);

    private static final Logger log = LoggerFactory.getLogger(HasuraRemoteSchemaAutoConfiguration.class);

    @Bean
    @ConditionalOnMissingBean
    TrustedSessions hasuraTrustedSessions(HasuraRemoteSchemaProperties properties, HasuraWebhookProperties webhook) {
        return new TrustedSessions(
                access(properties, webhook), HasuraWebhookAutoConfiguration.allowedAddresses(webhook));
    }

    @Bean
    @ConditionalOnMissingBean
    RemoteSchemaInterceptor hasuraRemoteSchemaInterceptor(
            TrustedSessions trusted,
            HasuraSessions sessions,
            GraphQlProperties graphQl,
            HasuraRemoteSchemaProperties properties,
            HasuraWebhookProperties webhook) {
        boolean guarded = guarded(properties, webhook);
        if (guarded) {
            log.info(
                    "The remote schema at {} answers only who sends the webhook secret; hasura.remote-schema.guarded=false opens it",
                    RemoteSchemaPath.of(graphQl));
        }
        return new RemoteSchemaInterceptor(trusted, sessions, guarded);
    }

    @Bean
    @ConditionalOnMissingBean
    SessionArgumentResolver hasuraGraphQlSessionArgumentResolver() {
        return new SessionArgumentResolver();
    }

    /** For the metadata, where the remote schema has a name. */
    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnProperty("hasura.remote-schema.name")
    RemoteSchemaEntry hasuraRemoteSchemaEntry(
            HasuraRemoteSchemaProperties properties,
            HasuraWebhookProperties webhook,
            GraphQlProperties graphQl,
            MetadataSettings settings) {
        List<HeaderMetadata> headers = guarded(properties, webhook)
                ? List.of(new HeaderMetadata(settings.secretHeader(), null, settings.secretEnv()))
                : List.of();
        return new RemoteSchemaEntry(
                Objects.requireNonNull(properties.name()),
                settings.handlerBase() + RemoteSchemaPath.of(graphQl),
                headers);
    }

    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnProperty("hasura.remote-schema.reload-on-ready")
    RemoteSchemaHealing hasuraRemoteSchemaHealing(
            HasuraRemoteSchemaProperties properties, ObjectProvider<HasuraClient> client) {
        if (properties.name() == null) {
            throw new InvalidConfigurationPropertyValueException(
                    "hasura.remote-schema.reload-on-ready",
                    true,
                    "The engine knows remote schemas by their name. Set hasura.remote-schema.name.");
        }
        HasuraClient engine = client.getIfUnique();
        if (engine == null) {
            throw new InvalidConfigurationPropertyValueException(
                    "hasura.remote-schema.reload-on-ready",
                    true,
                    "There is no HasuraClient to ask. Configure hasura.client.endpoint and hasura.client.admin-secret.");
        }
        return new RemoteSchemaHealing(
                new RemoteSchemaHealer(engine.metadata(), properties.name(), HEALING_ATTEMPTS, HEALING_PAUSE));
    }

    private static boolean guarded(HasuraRemoteSchemaProperties properties, HasuraWebhookProperties webhook) {
        WebhookSettings.Access access = access(properties, webhook);
        boolean secret = !access.secrets().isEmpty();
        Boolean wanted = properties.guarded();
        if (wanted == null) {
            return secret;
        }
        if (wanted && !secret && !access.allowUnauthenticated()) {
            throw new InvalidConfigurationPropertyValueException(
                    "hasura.remote-schema.guarded",
                    true,
                    "There is no secret to guard it with. Set hasura.webhook.secret, or hasura.remote-schema.secret.");
        }
        return wanted;
    }

    /** With secrets of its own it accepts no others, as any kind of webhook. */
    private static WebhookSettings.Access access(
            HasuraRemoteSchemaProperties properties, HasuraWebhookProperties webhook) {
        UnresolvedSecretException.refuse("hasura.webhook", webhook.secret(), webhook.secrets());
        UnresolvedSecretException.refuse("hasura.remote-schema", properties.secret(), properties.secrets());
        List<String> own = properties.ownSecrets();
        return new WebhookSettings.Access(
                webhook.header(),
                HasuraWebhookAutoConfiguration.hasText(own) ? own : webhook.allSecrets(),
                webhook.allowUnauthenticated());
    }

    /** On Spring MVC. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
    @ConditionalOnClass(Filter.class)
    static class OnServlets {

        @Bean
        @ConditionalOnMissingBean(name = "hasuraRemoteSchemaFilter")
        FilterRegistrationBean<RemoteSchemaFilter> hasuraRemoteSchemaFilter(
                TrustedSessions sessions,
                GraphQlProperties graphQl,
                HasuraRemoteSchemaProperties properties,
                HasuraWebhookProperties webhook) {
            FilterRegistrationBean<RemoteSchemaFilter> registration =
                    new FilterRegistrationBean<>(new RemoteSchemaFilter(sessions));
            registration.setEnabled(guarded(properties, webhook));
            registration.addUrlPatterns(RemoteSchemaPath.of(graphQl) + "/*");
            registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 10);
            return registration;
        }
    }

    /** On Spring WebFlux. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
    static class OnWebFlux {

        @Bean
        @ConditionalOnMissingBean(name = "hasuraRemoteSchemaFilter")
        WebFilter hasuraRemoteSchemaFilter(
                TrustedSessions sessions,
                GraphQlProperties graphQl,
                HasuraRemoteSchemaProperties properties,
                HasuraWebhookProperties webhook) {
            return guarded(properties, webhook)
                    ? new RemoteSchemaWebFilter(sessions, RemoteSchemaPath.of(graphQl))
                    : (exchange, chain) -> chain.filter(exchange);
        }
    }
}
