package io.github.hasura4j.spring.autoconfigure;

import java.util.Objects;

import io.github.hasura4j.client.HasuraClient;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.util.StringUtils;
import tools.jackson.databind.json.JsonMapper;

/** A client for the engine, as soon as its address is known; in applications of any kind. */
@AutoConfiguration(afterName = "org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration")
@Conditional(HasuraClientAutoConfiguration.OnEndpoint.class)
@EnableConfigurationProperties(HasuraClientProperties.class)
public final class HasuraClientAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    HasuraClient hasuraClient(HasuraClientProperties properties, ObjectProvider<JsonMapper> mapper) {
        UnresolvedSecretException.refuse("hasura.client.admin-secret", properties.adminSecret());
        HasuraClient.Builder builder = HasuraClient.builder()
                .endpoint(Objects.requireNonNull(properties.endpoint()))
                .connectTimeout(properties.connectTimeout())
                .requestTimeout(properties.requestTimeout());
        if (StringUtils.hasText(properties.adminSecret())) {
            builder.adminSecret(properties.adminSecret().strip()); // Mounted secrets end in a line end.
        }
        if (StringUtils.hasText(properties.role())) {
            builder.role(properties.role());
        }
        mapper.ifUnique(builder::jsonMapper);
        return builder.build();
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
