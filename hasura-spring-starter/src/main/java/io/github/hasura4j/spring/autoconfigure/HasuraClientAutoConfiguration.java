package io.github.hasura4j.spring.autoconfigure;

import java.util.Objects;

import io.github.hasura4j.client.HasuraClient;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.util.StringUtils;
import tools.jackson.databind.json.JsonMapper;

/** A client for the engine, as soon as its address is known; in applications of any kind. */
@AutoConfiguration(afterName = "org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration")
@ConditionalOnProperty("hasura.client.endpoint")
@EnableConfigurationProperties(HasuraClientProperties.class)
public final class HasuraClientAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    HasuraClient hasuraClient(HasuraClientProperties properties, ObjectProvider<JsonMapper> mapper) {
        HasuraClient.Builder builder = HasuraClient.builder()
                .endpoint(Objects.requireNonNull(properties.endpoint()))
                .connectTimeout(properties.connectTimeout())
                .requestTimeout(properties.requestTimeout());
        if (StringUtils.hasText(properties.adminSecret())) {
            builder.adminSecret(properties.adminSecret());
        }
        if (StringUtils.hasText(properties.role())) {
            builder.role(properties.role());
        }
        mapper.ifAvailable(builder::jsonMapper);
        return builder.build();
    }
}
