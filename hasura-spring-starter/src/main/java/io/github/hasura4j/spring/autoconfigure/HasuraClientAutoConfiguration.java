package io.github.hasura4j.spring.autoconfigure;

import io.github.hasura4j.client.HasuraClient;
import io.github.hasura4j.spring.client.HasuraClientCustomizer;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.util.StringUtils;
import tools.jackson.databind.json.JsonMapper;

/** A client for the engine, as soon as its address is known, and one for each further engine; in applications of any kind. */
@AutoConfiguration(
        afterName = {
            "org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration",
            "org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration"
        })
@EnableConfigurationProperties(HasuraClientProperties.class)
@Import(NamedHasuraClients.class)
public final class HasuraClientAutoConfiguration {

    static final String FACTORY = "hasuraClientFactory";

    @Bean(FACTORY)
    HasuraClientFactory hasuraClientFactory(
            HasuraClientProperties properties,
            ObjectProvider<JsonMapper> mapper,
            ObjectProvider<SslBundles> bundles,
            ObjectProvider<HasuraClientCustomizer> customizers,
            Environment environment) {
        return new HasuraClientFactory(properties, mapper, bundles, customizers, environment);
    }

    @Bean
    @Conditional(OnEndpoint.class)
    @ConditionalOnMissingBean(HasuraConnectionDetails.class)
    PropertiesHasuraConnectionDetails hasuraConnectionDetails(HasuraClientProperties properties) {
        return new PropertiesHasuraConnectionDetails(properties);
    }

    @Bean
    @ConditionalOnBean(HasuraConnectionDetails.class)
    @ConditionalOnMissingBean
    HasuraClient hasuraClient(HasuraClientFactory factory, HasuraConnectionDetails details) {
        return factory.defaultClient(details);
    }

    /** An endpoint that is blank, as {@code ${HASURA_ENDPOINT:}} gives it, is none. */
    static final class OnEndpoint extends SpringBootCondition {

        @Override
        public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
            boolean there = StringUtils.hasText(context.getEnvironment().getProperty("hasura.client.endpoint"));
            return new ConditionOutcome(there, "hasura.client.endpoint is " + (there ? "set" : "not set"));
        }
    }
}
