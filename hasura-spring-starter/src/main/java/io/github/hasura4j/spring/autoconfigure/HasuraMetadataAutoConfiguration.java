package io.github.hasura4j.spring.autoconfigure;

import java.util.EnumMap;
import java.util.HashSet;
import java.util.Set;

import io.github.hasura4j.client.HasuraClient;
import io.github.hasura4j.spring.WebhookKind;
import io.github.hasura4j.spring.autoconfigure.HasuraMetadataProperties.Mode;
import io.github.hasura4j.spring.autoconfigure.HasuraMetadataProperties.Source;
import io.github.hasura4j.spring.dispatch.HandlerRegistry;
import io.github.hasura4j.spring.metadata.HandlerMetadata;
import io.github.hasura4j.spring.metadata.HasuraContract;
import io.github.hasura4j.spring.metadata.HasuraContract.Comparison;
import io.github.hasura4j.spring.metadata.HasuraEndpoint;
import io.github.hasura4j.spring.metadata.MetadataSettings;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.ClassUtils;

/** Compares handlers with the engine's metadata, where it is asked to. */
@AutoConfiguration(after = {HasuraWebhookAutoConfiguration.class, HasuraClientAutoConfiguration.class})
@ConditionalOnBean({HandlerRegistry.class, HasuraWebhookProperties.class})
@EnableConfigurationProperties(HasuraMetadataProperties.class)
public final class HasuraMetadataAutoConfiguration {

    private static final String YAML = "org.snakeyaml.engine.v2.api.Load";

    @Bean
    @ConditionalOnMissingBean
    MetadataSettings hasuraMetadataSettings(HasuraMetadataProperties properties, HasuraWebhookProperties webhooks) {
        Set<WebhookKind> guarded = new HashSet<>();
        HasuraWebhookAutoConfiguration.access(webhooks).forEach((kind, access) -> {
            if (!access.secrets().isEmpty()) {
                guarded.add(kind);
            }
        });
        return new MetadataSettings(
                properties.handlerBase(),
                new EnumMap<>(WebhookPaths.of(webhooks)),
                webhooks.header(),
                properties.secretEnv(),
                guarded);
    }

    @Bean
    MetadataChecker hasuraMetadataChecker(
            HasuraMetadataProperties properties,
            MetadataSettings settings,
            HandlerRegistry handlers,
            ObjectProvider<HasuraClient> client) {
        if (properties.mode() == Mode.OFF) {
            return new MetadataChecker(null, properties.onMismatch());
        }
        requireCheck(properties.mode());
        if (properties.source() == Source.DIRECTORY && !ClassUtils.isPresent(YAML, null)) {
            throw new InvalidConfigurationPropertyValueException(
                    "hasura.metadata.source",
                    properties.source(),
                    "Reading a project directory needs a YAML parser. Add the dependency org.snakeyaml:snakeyaml-engine.");
        }
        return new MetadataChecker(() -> compare(properties, settings, handlers, client), properties.onMismatch());
    }

    private static void requireCheck(Mode mode) {
        if (mode != Mode.CHECK) {
            throw new InvalidConfigurationPropertyValueException(
                    "hasura.metadata.mode", mode, "This version cannot do that yet. Say check, or off.");
        }
    }

    private static Comparison compare(
            HasuraMetadataProperties properties,
            MetadataSettings settings,
            HandlerRegistry handlers,
            ObjectProvider<HasuraClient> client) {
        HasuraContract contract = HasuraContract.of(HandlerMetadata.of(handlers, settings));
        if (properties.source() == Source.DIRECTORY) {
            return contract.against(properties.directory());
        }
        HasuraClient engine = client.getIfUnique();
        if (engine == null) {
            throw new InvalidConfigurationPropertyValueException(
                    "hasura.metadata.source",
                    properties.source(),
                    "There is no HasuraClient to ask. Configure hasura.client.endpoint and hasura.client.admin-secret.");
        }
        return contract.against(engine);
    }

    /** What Actuator shows. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass({Endpoint.class, ConditionalOnAvailableEndpoint.class})
    static class EndpointConfiguration {

        @Bean
        @ConditionalOnMissingBean
        @ConditionalOnAvailableEndpoint
        HasuraEndpoint hasuraEndpoint(HandlerRegistry handlers, MetadataChecker checker) {
            return new HasuraEndpoint(handlers, checker.findings());
        }
    }
}
