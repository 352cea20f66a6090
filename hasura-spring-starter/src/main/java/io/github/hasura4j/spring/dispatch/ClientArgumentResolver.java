package io.github.hasura4j.spring.dispatch;

import java.util.Objects;

import io.github.hasura4j.client.HasuraClient;
import io.github.hasura4j.spring.AsCaller;
import io.github.hasura4j.spring.HandlerArgumentResolver;
import io.github.hasura4j.spring.HandlerParameter;
import io.github.hasura4j.spring.WebhookCall;
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
        boolean asCaller = parameter.annotation(AsCaller.class) != null;
        if (asCaller && !TypedArgumentResolver.WITH_SESSION.contains(parameter.kind())) {
            throw new InvalidHandlerException("""
                    @AsCaller finds no caller: a call for the kind '%s' comes without a session. Remove it, and choose a role \
                    with asRole(…) if need be""".formatted(parameter.kind()));
        }
        try {
            Object client = beans.resolveDependency(new DependencyDescriptor(parameter.parameter(), true), null);
            return asCaller ? call -> asCaller((HasuraClient) Objects.requireNonNull(client), call) : call -> client;
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

    private static HasuraClient asCaller(HasuraClient client, WebhookCall call) {
        if (call.sessionVariables().role().isEmpty()) {
            throw new IllegalStateException(
                    "There is no caller to act as: the change was made outside of the engine, or a transform dropped the session. Take the HasuraClient without @AsCaller and choose a role");
        }
        return client.as(call.sessionVariables());
    }
}
