package io.github.hasura4j.spring.autoconfigure;

import io.github.hasura4j.spring.dispatch.TrustedSessions;
import io.github.hasura4j.spring.security.SessionAuthentications;
import io.github.hasura4j.spring.web.EngineSecurityFilterChain;
import org.springframework.beans.factory.ObjectProvider;
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
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.context.SecurityContextHolderStrategy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;

/**
 * Keeps Spring Security's chains away from requests of the engine, in a Spring MVC application.
 *
 * <p>Last of all auto-configurations: those that secure an application without chains of its own, Spring Boot's among them, look
 * for any chain at all, and must not take ours for the application's.
 */
@AutoConfiguration(
        after = {
            HasuraRemoteSchemaAutoConfiguration.class,
            HasuraSecurityAutoConfiguration.class,
            HasuraWebMvcAutoConfiguration.class
        },
        afterName = {
            "org.springframework.boot.security.autoconfigure.actuate.web.servlet.ManagementWebSecurityAutoConfiguration",
            "org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration"
        })
@AutoConfigureOrder(Ordered.LOWEST_PRECEDENCE)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass({SecurityFilterChain.class, HttpSecurity.class})
@ConditionalOnBean(
        value = SessionAuthentications.class,
        name = {"hasuraWebhookRoutes", "springSecurityFilterChain"})
public final class HasuraServletSecurityAutoConfiguration {

    /** What Spring Security does by itself without any chain, so that ours changes nothing elsewhere. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnMissingBean(SecurityFilterChain.class)
    static class EverythingElse {

        @Bean
        @Order(Ordered.LOWEST_PRECEDENCE)
        SecurityFilterChain hasuraEverythingElseSecurityFilterChain(HttpSecurity http) {
            return http.authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
                    .formLogin(Customizer.withDefaults())
                    .httpBasic(Customizer.withDefaults())
                    .build();
        }
    }

    @Bean
    @ConditionalOnMissingBean(name = "hasuraWebhookSecurityFilterChain")
    SecurityFilterChain hasuraWebhookSecurityFilterChain(HasuraWebhookProperties properties) {
        return EngineSecurityFilterChain.forWebhooks(WebhookPaths.of(properties));
    }

    /** Where there is a remote schema. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass({ExecutionGraphQlService.class, GraphQlProperties.class})
    @ConditionalOnBean(TrustedSessions.class)
    static class RemoteSchema {

        @Bean
        @ConditionalOnMissingBean(name = "hasuraRemoteSchemaSecurityFilterChain")
        SecurityFilterChain hasuraRemoteSchemaSecurityFilterChain(
                GraphQlProperties graphQl,
                TrustedSessions sessions,
                SessionAuthentications authentications,
                ObjectProvider<SecurityContextHolderStrategy> contexts,
                ObjectProvider<PathPatternRequestMatcher.Builder> matchers) {
            return EngineSecurityFilterChain.forRemoteSchema(
                    matchers.getIfUnique(PathPatternRequestMatcher::withDefaults)
                            .matcher(RemoteSchemaPath.of(graphQl) + "/**"),
                    sessions,
                    authentications,
                    HasuraSecurityAutoConfiguration.contexts(contexts));
        }
    }
}
