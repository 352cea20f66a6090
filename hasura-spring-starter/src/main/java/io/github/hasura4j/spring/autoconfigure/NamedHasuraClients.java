package io.github.hasura4j.spring.autoconfigure;

import java.util.Map;

import io.github.hasura4j.client.HasuraClient;
import io.github.hasura4j.spring.client.HasuraClientCustomizer;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.support.AutowireCandidateQualifier;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.context.annotation.ImportBeanDefinitionRegistrar;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotationMetadata;

/**
 * A bean for every client below {@code hasura.client.clients} that has an endpoint: with its name as qualifier, called
 * {@code billingHasuraClient}, and no candidate where nobody asks for it by name. Definitions, no suppliers, so that they can be
 * processed ahead of time.
 */
final class NamedHasuraClients implements ImportBeanDefinitionRegistrar {

    private static final String CLIENTS = "hasura.client.clients";

    private final Environment environment;

    NamedHasuraClients(Environment environment) {
        this.environment = environment;
    }

    @Override
    public void registerBeanDefinitions(AnnotationMetadata importing, BeanDefinitionRegistry registry) {
        Binder.get(environment)
                .bind(CLIENTS, Bindable.mapOf(String.class, HasuraClientProperties.Client.class))
                .orElse(Map.of())
                .forEach((name, client) -> {
                    if (client.endpoint() != null) {
                        register(name, registry);
                    }
                });
    }

    private static void register(String name, BeanDefinitionRegistry registry) {
        if (name.equals(HasuraClientCustomizer.DEFAULT_CLIENT)) {
            throw new InvalidConfigurationPropertyValueException(
                    CLIENTS + "." + name,
                    name,
                    "The default client is the one that hasura.client.* describes. Set its properties there, or choose another name.");
        }
        String bean = beanName(name);
        if (registry.containsBeanDefinition(bean)) {
            return; // The application has one of its own.
        }
        RootBeanDefinition definition = new RootBeanDefinition(HasuraClient.class);
        definition.setFactoryBeanName(HasuraClientAutoConfiguration.FACTORY);
        definition.setFactoryMethodName("namedClient");
        definition.getConstructorArgumentValues().addIndexedArgumentValue(0, name);
        definition.addQualifier(new AutowireCandidateQualifier(Qualifier.class, name));
        definition.setDefaultCandidate(false);
        definition.setDestroyMethodName("close");
        registry.registerBeanDefinition(bean, definition);
    }

    /** {@code order-service} is {@code orderServiceHasuraClient}. */
    private static String beanName(String name) {
        StringBuilder bean = new StringBuilder();
        boolean upper = false;
        for (char c : name.toCharArray()) {
            if (c == '-' || c == '.') {
                upper = !bean.isEmpty();
            } else {
                bean.append(upper ? Character.toUpperCase(c) : c);
                upper = false;
            }
        }
        return bean.append("HasuraClient").toString();
    }
}
