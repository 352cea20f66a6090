package io.github.hasura4j.spring.autoconfigure;

import io.github.hasura4j.spring.dispatch.TrustedSessions;
import io.github.hasura4j.spring.security.SessionAuthentications;
import io.github.hasura4j.spring.web.reactive.EngineSecurityWebFilterChain;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigureOrder;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.graphql.autoconfigure.GraphQlProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.graphql.ExecutionGraphQlService;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.WebFilterChainProxy;
import org.springframework.security.web.server.util.matcher.PathPatternParserServerWebExchangeMatcher;
import org.springframework.web.server.WebFilter;

/**
 * Keeps Spring Security's chains away from requests of the engine, in a Spring WebFlux application.
 *
 * <p>Last of all auto-configurations: those that secure an application without chains of its own look for any chain at all, and
 * must not take ours for the application's.
 */
@AutoConfiguration(
        after = {
            HasuraRemoteSchemaAutoConfiguration.class,
            HasuraSecurityAutoConfiguration.class,
            HasuraWebFluxAutoConfiguration.class
        },
        afterName = {
            "org.springframework.boot.security.autoconfigure.actuate.web.reactive.ReactiveManagementWebSecurityAutoConfiguration",
            "org.springframework.boot.security.autoconfigure.web.reactive.ReactiveWebSecurityAutoConfiguration"
        })
@AutoConfigureOrder(Ordered.LOWEST_PRECEDENCE)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
@ConditionalOnClass({WebFilter.class, SecurityWebFilterChain.class, ServerHttpSecurity.class})
@ConditionalOnBean(
        value = {SessionAuthentications.class, WebFilterChainProxy.class},
        name = "hasuraWebhookRoutes")
public final class HasuraReactiveSecurityAutoConfiguration {

    /** What Spring Security does by itself without any chain, so that ours changes nothing elsewhere. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnMissingBean(SecurityWebFilterChain.class)
    static class EverythingElse {

        @Bean
        @Order(Ordered.LOWEST_PRECEDENCE)
        SecurityWebFilterChain hasuraEverythingElseSecurityFilterChain(ServerHttpSecurity http) {
            return http.authorizeExchange(exchanges -> exchanges.anyExchange().authenticated())
                    .httpBasic(Customizer.withDefaults())
                    .formLogin(Customizer.withDefaults())
                    .build();
        }
    }

    @Bean
    @ConditionalOnMissingBean(name = "hasuraWebhookSecurityFilterChain")
    SecurityWebFilterChain hasuraWebhookSecurityFilterChain(HasuraWebhookProperties properties) {
        return EngineSecurityWebFilterChain.forWebhooks(WebhookPaths.of(properties));
    }

    /** Where there is a remote schema. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass({ExecutionGraphQlService.class, GraphQlProperties.class})
    @ConditionalOnBean(TrustedSessions.class)
    static class RemoteSchema {

        @Bean
        @ConditionalOnMissingBean(name = "hasuraRemoteSchemaSecurityFilterChain")
        SecurityWebFilterChain hasuraRemoteSchemaSecurityFilterChain(
                GraphQlProperties graphQl, TrustedSessions sessions, SessionAuthentications authentications) {
            return EngineSecurityWebFilterChain.forRemoteSchema(
                    new PathPatternParserServerWebExchangeMatcher(RemoteSchemaPath.of(graphQl) + "/**"),
                    sessions,
                    authentications);
        }
    }
}
