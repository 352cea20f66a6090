package io.github.hasura4j.spring.dispatch;

import io.github.hasura4j.client.HasuraClient;
import io.github.hasura4j.spring.HandlerArgumentResolver;
import io.github.hasura4j.spring.HandlerParameter;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.config.DependencyDescriptor;

/** The client to call the engine back with: chosen among the beans as for any injection point, once. */
final class ClientArgumentResolver implements HandlerArgumentResolver {

    private final ConfigurableListableBeanFactory beans;

    ClientArgumentResolver(ConfigurableListableBeanFactory beans) {
        this.beans = beans;
    }

    @Override
    public @Nullable Argument resolve(HandlerParameter parameter) {
        if (parameter.rawType() != HasuraClient.class) {
            return null;
        }
        try {
            Object client = beans.resolveDependency(new DependencyDescriptor(parameter.parameter(), true), null);
            return call -> client;
        } catch (NoSuchBeanDefinitionException e) {
            throw new InvalidHandlerException(
                    """
                    it takes a HasuraClient, but %s. Set hasura.client.endpoint, or define a HasuraClient bean""".formatted(
                                    e.getNumberOfBeansFound() > 1
                                            ? "there are several and none is primary or has the parameter's name"
                                            : "there is none"),
                    e);
        }
    }
}
