package io.github.hasura4j.spring.autoconfigure;

import java.util.Map;

import io.github.hasura4j.spring.WebhookKind;
import io.github.hasura4j.spring.dispatch.WebhookDispatcher;
import io.github.hasura4j.spring.web.JsonOnlyFilter;
import io.github.hasura4j.spring.web.WebhookHandlerMapping;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.HandlerMapping;

/** Endpoints for the engine in a Spring MVC application. */
@AutoConfiguration(after = HasuraWebhookAutoConfiguration.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass(DispatcherServlet.class)
@ConditionalOnBean(WebhookDispatcher.class)
public final class HasuraWebMvcAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean(name = "hasuraWebhookRoutes")
    HandlerMapping hasuraWebhookRoutes(WebhookDispatcher dispatcher, HasuraWebhookProperties properties) {
        return new WebhookHandlerMapping(dispatcher, WebhookPaths.of(properties));
    }

    @Bean
    @ConditionalOnMissingBean(name = "hasuraJsonOnlyFilter")
    FilterRegistrationBean<JsonOnlyFilter> hasuraJsonOnlyFilter(
            WebhookDispatcher dispatcher, HasuraWebhookProperties properties) {
        Map<WebhookKind, String> paths = WebhookPaths.of(properties);
        FilterRegistrationBean<JsonOnlyFilter> registration =
                new FilterRegistrationBean<>(new JsonOnlyFilter(dispatcher, paths));
        paths.values().forEach(path -> registration.addUrlPatterns(path + "/*"));
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 10);
        return registration;
    }
}
