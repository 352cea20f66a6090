package io.github.hasura4j.spring.autoconfigure;

import java.util.EnumMap;
import java.util.HashSet;
import java.util.Set;

import io.github.hasura4j.client.HasuraClient;
import io.github.hasura4j.client.metadata.ScheduleRetry;
import io.github.hasura4j.spring.WebhookKind;
import io.github.hasura4j.spring.autoconfigure.HasuraMetadataProperties.Mode;
import io.github.hasura4j.spring.autoconfigure.HasuraMetadataProperties.Source;
import io.github.hasura4j.spring.dispatch.HandlerRegistry;
import io.github.hasura4j.spring.metadata.HandlerMetadata;
import io.github.hasura4j.spring.metadata.HasuraContract;
import io.github.hasura4j.spring.metadata.HasuraContract.Comparison;
import io.github.hasura4j.spring.metadata.HasuraEndpoint;
import io.github.hasura4j.spring.metadata.HasuraMetadata;
import io.github.hasura4j.spring.metadata.MetadataSettings;
import io.github.hasura4j.spring.metadata.RemoteSchemaEntry;
import io.github.hasura4j.spring.operate.HasuraScheduler;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;
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

    /** The application's remote schema is in the metadata too where it has a name. */
    @Bean
    @Lazy
    @ConditionalOnMissingBean
    HasuraMetadata hasuraMetadata(
            HandlerRegistry handlers,
            MetadataSettings settings,
            HasuraMetadataProperties properties,
            ObjectProvider<RemoteSchemaEntry> remoteSchema,
            Environment environment) {
        String owner = properties.owner() == null
                ? environment.getProperty("spring.application.name", "application")
                : properties.owner();
        return new HasuraMetadata(
                HandlerMetadata.of(handlers, settings), owner, properties.adopt(), remoteSchema.getIfAvailable());
    }

    @Bean
    @Conditional(OnPublishing.class)
    MetadataPublisher hasuraMetadataPublisher(
            HasuraMetadata metadata, HasuraMetadataProperties properties, ObjectProvider<HasuraClient> client) {
        if (properties.mode() == Mode.WRITE) {
            requireYaml("hasura.metadata.mode", properties.mode());
        }
        HasuraClient engine = client.getIfUnique();
        if (properties.mode() == Mode.APPLY && engine == null) {
            throw new InvalidConfigurationPropertyValueException(
                    "hasura.metadata.mode",
                    properties.mode(),
                    "There is no HasuraClient to apply it with. Configure hasura.client.endpoint and hasura.client.admin-secret.");
        }
        return new MetadataPublisher(
                metadata, properties.mode(), properties.directory(), properties.onMismatch(), engine);
    }

    /** One-off events for the handlers of this application. */
    @Bean
    @Lazy
    @ConditionalOnMissingBean
    @ConditionalOnSingleCandidate(HasuraClient.class)
    HasuraScheduler hasuraScheduler(HasuraClient engine, HandlerRegistry handlers, MetadataSettings settings) {
        return new HasuraScheduler(engine, handlers, settings, ScheduleRetry.defaults());
    }

    @Bean
    MetadataChecker hasuraMetadataChecker(
            HasuraMetadataProperties properties,
            MetadataSettings settings,
            HandlerRegistry handlers,
            ObjectProvider<HasuraClient> client) {
        if (properties.mode() != Mode.CHECK) {
            return new MetadataChecker(null, properties.onMismatch());
        }
        if (properties.source() == Source.DIRECTORY) {
            requireYaml("hasura.metadata.source", properties.source());
        }
        return new MetadataChecker(() -> compare(properties, settings, handlers, client), properties.onMismatch());
    }

    private static void requireYaml(String property, Object value) {
        if (!ClassUtils.isPresent(YAML, null)) {
            throw new InvalidConfigurationPropertyValueException(
                    property,
                    value,
                    "A project directory needs a YAML parser. Add the dependency org.snakeyaml:snakeyaml-engine.");
        }
    }

    /** In the modes that write or send something. */
    static final class OnPublishing implements Condition {

        @Override
        public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
            String mode = context.getEnvironment().getProperty("hasura.metadata.mode", "off");
            return mode.equalsIgnoreCase("write") || mode.equalsIgnoreCase("apply");
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
