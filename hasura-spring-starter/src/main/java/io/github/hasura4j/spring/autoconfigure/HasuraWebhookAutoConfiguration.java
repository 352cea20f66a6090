package io.github.hasura4j.spring.autoconfigure;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import io.github.hasura4j.spring.HandlerAdvisor;
import io.github.hasura4j.spring.HandlerArgumentResolver;
import io.github.hasura4j.spring.WebhookInterceptor;
import io.github.hasura4j.spring.WebhookKind;
import io.github.hasura4j.spring.dispatch.HandlerRegistry;
import io.github.hasura4j.spring.dispatch.WebhookDispatcher;
import io.github.hasura4j.spring.dispatch.WebhookSettings;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.util.StringUtils;
import tools.jackson.databind.json.JsonMapper;

/** Finds handlers and dispatches to them, in any kind of web application. */
@AutoConfiguration(
        afterName = {
            "org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration",
            "org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration"
        })
@Conditional(OnWebOrTool.class)
@EnableConfigurationProperties(HasuraWebhookProperties.class)
public final class HasuraWebhookAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    HandlerRegistry hasuraHandlerRegistry(
            ConfigurableListableBeanFactory beans,
            ObjectProvider<JsonMapper> mapper,
            ObjectProvider<HandlerArgumentResolver> resolvers,
            ObjectProvider<HandlerAdvisor> advisors) {
        return new HandlerRegistry(
                beans,
                mapper.getIfUnique(JsonMapper::shared),
                Validators.find(beans),
                resolvers.orderedStream().toList(),
                advisors.orderedStream().toList());
    }

    @Bean
    @ConditionalOnMissingBean
    WebhookDispatcher hasuraWebhookDispatcher(
            HandlerRegistry handlers,
            HasuraWebhookProperties properties,
            ObjectProvider<WebhookInterceptor> interceptors) {
        UnresolvedSecretException.refuse("hasura.webhook", properties.secret(), properties.secrets());
        WebhookSettings settings = new WebhookSettings(
                access(properties), allowedAddresses(properties), maxBodySize(properties), properties.asyncTimeout());
        return new WebhookDispatcher(
                handlers, settings, interceptors.orderedStream().toList());
    }

    /** A kind with secrets of its own accepts no others. The engine sends no header to its auth hook, so that one needs its own. */
    static Map<WebhookKind, WebhookSettings.Access> access(HasuraWebhookProperties properties) {
        Map<WebhookKind, WebhookSettings.Access> access = new EnumMap<>(WebhookKind.class);
        properties.endpoints().forEach((kind, endpoint) -> {
            boolean hook = endpoint instanceof HasuraWebhookProperties.AuthHook;
            UnresolvedSecretException.refuse(WebhookPaths.endpoint(kind), endpoint.secret(), endpoint.secrets());
            List<String> own = endpoint.ownSecrets();
            boolean everybody = hook ? properties.authHook().allowUnauthenticated() : properties.allowUnauthenticated();
            access.put(
                    kind,
                    new WebhookSettings.Access(
                            properties.header(), hook || hasText(own) ? own : properties.allSecrets(), everybody));
        });
        return access;
    }

    static boolean hasText(List<String> secrets) {
        return secrets.stream().anyMatch(StringUtils::hasText);
    }

    static List<String> allowedAddresses(HasuraWebhookProperties properties) {
        for (String address : properties.allowedAddresses()) {
            if (!WebhookSettings.isAddressOrRange(address)) {
                throw new InvalidConfigurationPropertyValueException(
                        "hasura.webhook.allowed-addresses",
                        address,
                        "It is neither an IP address nor a range such as 10.0.0.0/8. Host names are not looked up.");
            }
        }
        return properties.allowedAddresses();
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
