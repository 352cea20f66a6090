package io.github.hasura4j.spring.dispatch;

import java.util.EnumSet;
import java.util.Set;

import io.github.hasura4j.client.HasuraClient;
import io.github.hasura4j.client.internal.DocumentFiles;
import io.github.hasura4j.spring.AsCaller;
import io.github.hasura4j.spring.Fetch;
import io.github.hasura4j.spring.HandlerArgumentResolver;
import io.github.hasura4j.spring.HandlerParameter;
import io.github.hasura4j.spring.WebhookKind;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.beans.factory.annotation.BeanFactoryAnnotationUtils;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/** Parameters with {@link Fetch}; the document is read and checked here, once. */
final class FetchArgumentResolver implements HandlerArgumentResolver {

    /** What is validated is a list, and an auth hook is asked before there is anything. */
    static final Set<WebhookKind> KINDS = EnumSet.of(WebhookKind.ACTION, WebhookKind.EVENT, WebhookKind.SCHEDULED);

    private final ConfigurableListableBeanFactory beans;
    private final WebhookJson json;
    private final DocumentFiles files = new DocumentFiles();

    FetchArgumentResolver(ConfigurableListableBeanFactory beans, WebhookJson json) {
        this.beans = beans;
        this.json = json;
    }

    @Override
    public @Nullable Argument resolve(HandlerParameter parameter) {
        Fetch wanted = parameter.annotation(Fetch.class);
        if (wanted == null) {
            return null;
        }
        String name = wanted.value();
        if (!KINDS.contains(parameter.kind())) {
            throw new InvalidHandlerException(
                    "@Fetch(\"%s\") is for actions, events and scheduled triggers. Remove it".formatted(name));
        }
        boolean asCaller = parameter.annotation(AsCaller.class) != null;
        if (asCaller && !TypedArgumentResolver.WITH_SESSION.contains(parameter.kind())) {
            throw new InvalidHandlerException("""
                    @Fetch("%s") finds no caller: a call for the kind '%s' comes without a session. Remove @AsCaller""".formatted(name, parameter.kind()));
        }
        FetchDocument document = FetchDocument.of(name, text(name));
        return new FetchArgument(name, document, wanted.path(), client(name, parameter), asCaller, parameter, json);
    }

    private String text(String name) {
        try {
            return files.text(name);
        } catch (IllegalArgumentException e) {
            throw new InvalidHandlerException("@Fetch(\"%s\"): %s".formatted(name, e.getMessage()), e);
        }
    }

    private HasuraClient client(String name, HandlerParameter parameter) {
        Qualifier qualifier = parameter.annotation(Qualifier.class);
        try {
            return qualifier == null
                    ? beans.getBean(HasuraClient.class)
                    : BeanFactoryAnnotationUtils.qualifiedBeanOfType(beans, HasuraClient.class, qualifier.value());
        } catch (NoSuchBeanDefinitionException e) {
            throw new InvalidHandlerException("""
                    @Fetch("%s") finds not exactly one HasuraClient. Set hasura.client.endpoint, or choose a bean with \
                    @Qualifier""".formatted(name), e);
        }
    }
}
