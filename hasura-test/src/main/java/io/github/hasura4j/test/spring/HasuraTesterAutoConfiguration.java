package io.github.hasura4j.test.spring;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.github.hasura4j.spring.WebhookKind;
import io.github.hasura4j.spring.autoconfigure.HasuraWebhookAutoConfiguration;
import io.github.hasura4j.spring.autoconfigure.HasuraWebhookProperties;
import io.github.hasura4j.spring.dispatch.HandlerRegistry;
import io.github.hasura4j.spring.dispatch.WebhookDispatcher;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;
import tools.jackson.databind.json.JsonMapper;

/** The tester of a slice, on the slice's own dispatcher. */
@AutoConfiguration(after = HasuraWebhookAutoConfiguration.class)
public final class HasuraTesterAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    HasuraTester hasuraTester(
            ObjectProvider<WebhookDispatcher> dispatcher,
            ObjectProvider<HandlerRegistry> handlers,
            ObjectProvider<HasuraWebhookProperties> properties,
            ObjectProvider<JsonMapper> mapper,
            Environment environment) {
        WebhookDispatcher present = dispatcher.getIfAvailable(() -> {
            throw new IllegalStateException(
                    "@HasuraTest finds no WebhookDispatcher, which web applications have only. Add spring-boot-starter-webmvc or"
                            + " spring-boot-starter-webflux; no server will be started");
        });
        Caller caller = Caller.of(
                present, handlers.getObject(), properties.getObject().header(), secrets(properties.getObject()));
        HasuraTester tester = new HasuraTester(caller, null, mapper.getIfUnique(JsonMapper::shared));
        Path project = project(environment);
        return project == null ? tester : tester.withProject(project);
    }

    private static @Nullable Path project(Environment environment) {
        String given = environment.getProperty(HasuraTestContextBootstrapper.PROJECT);
        if (given != null) {
            return given.isBlank() ? null : Path.of(given);
        }
        Path usual = Path.of("hasura");
        return Files.isRegularFile(usual.resolve("config.yaml")) ? usual : null;
    }

    private static Map<WebhookKind, String> secrets(HasuraWebhookProperties properties) {
        Map<WebhookKind, String> secrets = new EnumMap<>(WebhookKind.class);
        String common = first(properties.secret(), properties.secrets(), "");
        secrets.put(
                WebhookKind.ACTION,
                first(properties.actions().secret(), properties.actions().secrets(), common));
        secrets.put(
                WebhookKind.EVENT,
                first(properties.events().secret(), properties.events().secrets(), common));
        secrets.put(
                WebhookKind.SCHEDULED,
                first(properties.scheduled().secret(), properties.scheduled().secrets(), common));
        secrets.put(
                WebhookKind.VALIDATION,
                first(
                        properties.validations().secret(),
                        properties.validations().secrets(),
                        common));
        secrets.put(
                WebhookKind.AUTH_HOOK,
                first(properties.authHook().secret(), properties.authHook().secrets(), ""));
        return secrets;
    }

    private static String first(@Nullable String one, List<String> more, String otherwise) {
        return Stream.concat(Stream.ofNullable(one), more.stream())
                .filter(each -> !each.isBlank())
                .findFirst()
                .orElse(otherwise);
    }
}
