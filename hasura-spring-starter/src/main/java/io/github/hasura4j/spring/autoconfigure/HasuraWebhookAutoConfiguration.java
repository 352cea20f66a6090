package io.github.hasura4j.spring.autoconfigure;

import io.github.hasura4j.spring.HandlerArgumentResolver;
import io.github.hasura4j.spring.WebhookInterceptor;
import io.github.hasura4j.spring.dispatch.HandlerRegistry;
import io.github.hasura4j.spring.dispatch.WebhookDispatcher;
import io.github.hasura4j.spring.dispatch.WebhookSettings;
import jakarta.validation.Validator;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.context.annotation.Bean;
import tools.jackson.databind.json.JsonMapper;

/** Finds handlers and dispatches to them, in any kind of web application. */
@AutoConfiguration(
        afterName = {
            "org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration",
            "org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration"
        })
@ConditionalOnWebApplication
@EnableConfigurationProperties(HasuraWebhookProperties.class)
public final class HasuraWebhookAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    HandlerRegistry hasuraHandlerRegistry(
            ConfigurableListableBeanFactory beans,
            ObjectProvider<JsonMapper> mapper,
            ObjectProvider<Validator> validator,
            ObjectProvider<HandlerArgumentResolver> resolvers) {
        return new HandlerRegistry(
                beans,
                mapper.getIfUnique(JsonMapper::shared),
                validator.getIfAvailable(),
                resolvers.orderedStream().toList());
    }

    @Bean
    @ConditionalOnMissingBean
    WebhookDispatcher hasuraWebhookDispatcher(
            HandlerRegistry handlers,
            HasuraWebhookProperties properties,
            ObjectProvider<WebhookInterceptor> interceptors) {
        WebhookSettings settings = new WebhookSettings(
                properties.header(),
                properties.allSecrets(),
                properties.allowUnauthenticated(),
                maxBodySize(properties),
                properties.asyncTimeout());
        return new WebhookDispatcher(
                handlers, settings, interceptors.orderedStream().toList());
    }

    private static long maxBodySize(HasuraWebhookProperties properties) {
        long bytes = properties.maxBodySize().toBytes();
        if (bytes <= 0) {
            throw new InvalidConfigurationPropertyValueException(
                    "hasura.webhook.max-body-size",
                    properties.maxBodySize(),
                    "No body fits, so nothing would ever be handled. Give a size such as 10MB.");
        }
        return bytes;
    }

    @Bean
    SmartInitializingSingleton hasuraHandlerVerification(WebhookDispatcher dispatcher) {
        return dispatcher::verify;
    }
}
