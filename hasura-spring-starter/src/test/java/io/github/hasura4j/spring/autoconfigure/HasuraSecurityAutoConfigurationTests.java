package io.github.hasura4j.spring.autoconfigure;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import io.github.hasura4j.payload.ActionError;
import io.github.hasura4j.spring.HasuraAction;
import io.github.hasura4j.spring.HasuraExceptionHandler;
import io.github.hasura4j.spring.HasuraSession;
import io.github.hasura4j.spring.WebhookHeaders;
import io.github.hasura4j.spring.WebhookInterceptor;
import io.github.hasura4j.spring.WebhookKind;
import io.github.hasura4j.spring.dispatch.TrustedSessions;
import io.github.hasura4j.spring.dispatch.WebhookDispatcher;
import io.github.hasura4j.spring.dispatch.WebhookRequest;
import io.github.hasura4j.spring.graphql.RemoteSchemaInterceptor;
import io.github.hasura4j.spring.security.SecurityContextInterceptor;
import io.github.hasura4j.spring.web.EngineSecurityFilterChain;
import io.github.hasura4j.spring.web.reactive.EngineSecurityWebFilterChain;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.graphql.autoconfigure.GraphQlAutoConfiguration;
import org.springframework.boot.graphql.autoconfigure.servlet.GraphQlWebMvcAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.security.autoconfigure.SecurityAutoConfiguration;
import org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.annotation.web.reactive.EnableWebFluxSecurity;
import org.springframework.security.config.core.GrantedAuthorityDefaults;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextHolderStrategy;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.core.userdetails.MapReactiveUserDetailsService;
import org.springframework.security.core.userdetails.ReactiveUserDetailsService;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.web.FilterChainProxy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.web.servlet.DispatcherServlet;

import static org.assertj.core.api.Assertions.assertThat;

class HasuraSecurityAutoConfigurationTests {

    private static final AutoConfigurations OURS = AutoConfigurations.of(
            HasuraReactiveSecurityAutoConfiguration.class,
            HasuraRemoteSchemaAutoConfiguration.class,
            HasuraSecurityAutoConfiguration.class,
            HasuraServletSecurityAutoConfiguration.class,
            HasuraSessionAutoConfiguration.class,
            HasuraUnreachableHandlersAutoConfiguration.class,
            HasuraWebFluxAutoConfiguration.class,
            HasuraWebMvcAutoConfiguration.class,
            HasuraWebhookAutoConfiguration.class,
            JacksonAutoConfiguration.class);

    private static final String GUEST = "{\"x-hasura-role\": \"guest\", \"x-hasura-user-id\": \"7\"}";

    private final WebApplicationContextRunner servlets = new WebApplicationContextRunner()
            .withConfiguration(OURS)
            .withPropertyValues("hasura.webhook.secret=s3cret")
            .withUserConfiguration(Handlers.class);

    private final WebApplicationContextRunner secured = servlets.withConfiguration(
            AutoConfigurations.of(SecurityAutoConfiguration.class, ServletWebSecurityAutoConfiguration.class));

    private final ReactiveWebApplicationContextRunner reactive = new ReactiveWebApplicationContextRunner()
            .withConfiguration(OURS)
            .withPropertyValues("hasura.webhook.secret=s3cret")
            .withUserConfiguration(Handlers.class);

    @Nested
    class WithoutSpringSecurityAndSpringForGraphQl {

        private final ClassLoader without =
                new FilteredClassLoader("org.springframework.security", "org.springframework.graphql");

        @Test
        void nothingOfItIsNeededOnServlets() {
            servlets.withClassLoader(without).run(context -> {
                assertThat(context).hasNotFailed().doesNotHaveBean("hasuraSecurityContextInterceptor");
                assertThat(call(context, "who", GUEST)).isEqualTo("\"guest 7\"");
            });
        }

        @Test
        void nothingOfItIsNeededOnWebFlux() {
            reactive.withClassLoader(without).run(context -> {
                assertThat(context).hasNotFailed().doesNotHaveBean("hasuraSecurityContextInterceptor");
                assertThat(call(context, "who", GUEST)).isEqualTo("\"guest 7\"");
            });
        }
    }

    @Nested
    class Chains {

        @Test
        void oursComesBeforeSpringBootsWhichStays() {
            secured.run(context -> assertThat(chains(context))
                    .hasSize(2)
                    .startsWith(context.getBean("hasuraWebhookSecurityFilterChain", SecurityFilterChain.class))
                    .endsWith(context.getBean("defaultSecurityFilterChain", SecurityFilterChain.class)));
        }

        @Test
        void oursComesBeforeAnyOfTheApplication() {
            secured.withUserConfiguration(First.class)
                    .run(context -> assertThat(chains(context))
                            .hasSize(2)
                            .first()
                            .isInstanceOf(EngineSecurityFilterChain.class));
        }

        @Test
        void oursIsNotTheOnlyOneWhereSpringBootStaysOut() {
            servlets.withUserConfiguration(OwnWebSecurity.class)
                    .run(context -> assertThat(chains(context))
                            .hasSize(2)
                            .startsWith(context.getBean("hasuraWebhookSecurityFilterChain", SecurityFilterChain.class))
                            .endsWith(context.getBean(
                                    "hasuraEverythingElseSecurityFilterChain", SecurityFilterChain.class)));
        }

        @Test
        void oursIsNotTheOnlyOneOnWebFlux() {
            reactive.withUserConfiguration(OwnWebFluxSecurity.class)
                    .run(context -> assertThat(context.getBeanProvider(SecurityWebFilterChain.class)
                                    .orderedStream())
                            .hasSize(2)
                            .first()
                            .isInstanceOf(EngineSecurityWebFilterChain.class));
        }

        @Test
        void oursBacksOffForOneOfItsName() {
            secured.withUserConfiguration(Instead.class)
                    .run(context -> assertThat(chains(context)).noneMatch(EngineSecurityFilterChain.class::isInstance));
        }

        @Test
        void oursIsNotThereWithoutRoutesBehindIt() {
            secured.withClassLoader(new FilteredClassLoader(DispatcherServlet.class))
                    .run(context -> assertThat(chains(context)).hasSize(1));
        }

        @Test
        void thereAreNoneWhereNothingIsSecured() {
            servlets.run(context -> assertThat(context).doesNotHaveBean(SecurityFilterChain.class));
            reactive.run(context -> assertThat(context).doesNotHaveBean(SecurityWebFilterChain.class));
        }

        private static List<SecurityFilterChain> chains(ApplicationContext context) {
            return context.getBean("springSecurityFilterChain", FilterChainProxy.class)
                    .getFilterChains();
        }
    }

    @Nested
    class TheAuthentication {

        @Test
        void isThereWithoutAnyChain() {
            servlets.run(context ->
                    assertThat(call(context, "authentication", GUEST)).isEqualTo("\"7 [ROLE_guest]\""));
        }

        @Test
        void isDeniedInTheApplicationsWordsIfItHasAny() {
            servlets.run(context -> assertThat(call(context, "denied", GUEST))
                    .isEqualTo("{\"message\":\"Access denied\",\"extensions\":{\"code\":\"access-denied\"}}"));
            servlets.withUserConfiguration(OwnWords.class)
                    .run(context -> assertThat(call(context, "denied", GUEST))
                            .isEqualTo("{\"message\":\"Editors only\",\"extensions\":{\"code\":\"editors-only\"}}"));
        }

        @Test
        void isWhateverAnInterceptorMakesOfIt() {
            servlets.withUserConfiguration(OwnUsers.class)
                    .run(context ->
                            assertThat(call(context, "authentication", GUEST)).isEqualTo("\"user 7 of ours []\""));
        }

        @Test
        void hasTheApplicationsPrefix() {
            servlets.withUserConfiguration(OwnPrefix.class)
                    .run(context ->
                            assertThat(call(context, "authentication", GUEST)).isEqualTo("\"7 [hasura_guest]\""));
        }

        @Test
        void standsWhereTheApplicationWantsIt() {
            servlets.withUserConfiguration(OwnStrategy.class).run(context -> {
                assertThat(context).hasSingleBean(SecurityContextInterceptor.class);
                assertThat(call(context, "authentication", GUEST)).isEqualTo("\"7 [ROLE_guest]\"");
                assertThat(context.getBean(OwnStrategy.Contexts.class).set).isPositive();
            });
        }

        @Test
        void isAnonymousInTheRoleThatThePropertySays() {
            servlets.withPropertyValues("hasura.session.unauthorized-role=guest")
                    .run(context -> {
                        assertThat(call(context, "authentication", GUEST)).isEqualTo("\"guest [ROLE_guest]\"");
                        assertThat(call(context, "who", GUEST)).isEqualTo("\"guest null\"");
                    });
            servlets.withPropertyValues("hasura.session.unauthorized-role=")
                    .run(context -> assertThat(call(
                                    context, "who", "{\"x-hasura-role\": \"anonymous\", \"x-hasura-user-id\": \"7\"}"))
                            .isEqualTo("\"anonymous 7\""));
        }
    }

    @Nested
    class ARemoteSchema {

        private final WebApplicationContextRunner schema = new WebApplicationContextRunner()
                .withConfiguration(OURS)
                .withConfiguration(
                        AutoConfigurations.of(GraphQlAutoConfiguration.class, GraphQlWebMvcAutoConfiguration.class))
                .withPropertyValues("spring.graphql.schema.locations=classpath:remote-schema/");

        @Test
        void isGuardedAsSoonAsThereIsASecret() {
            schema.withPropertyValues("hasura.webhook.secrets[0]=s3cret")
                    .run(context -> assertThat(guard(context).isEnabled()).isTrue());
            schema.run(context -> assertThat(guard(context).isEnabled()).isFalse());
            schema.withPropertyValues("hasura.webhook.secret= ", "hasura.webhook.allow-unauthenticated=true")
                    .run(context -> assertThat(guard(context).isEnabled()).isFalse());
        }

        @Test
        void isGuardedOrNotAsThePropertySays() {
            schema.withPropertyValues("hasura.webhook.secret=s3cret", "hasura.remote-schema.guarded=false")
                    .run(context -> assertThat(guard(context).isEnabled()).isFalse());
            schema.withPropertyValues("hasura.webhook.secret=s3cret", "hasura.remote-schema.guarded=true")
                    .run(context -> assertThat(guard(context).isEnabled()).isTrue());
        }

        @Test
        void mayHaveASecretOfItsOwn() {
            schema.withPropertyValues("hasura.webhook.secret=s3cret", "hasura.remote-schema.secrets=own,other")
                    .run(context -> {
                        assertThat(guard(context).isEnabled()).isTrue();
                        assertThat(believed(context, "own")).isTrue();
                        assertThat(believed(context, "other")).isTrue();
                        assertThat(believed(context, "s3cret")).isFalse();
                        assertThat(context.getBean(HasuraRemoteSchemaProperties.class))
                                .asString()
                                .doesNotContain("own");
                    });
        }

        @Test
        void believesNobodyFromElsewhere() {
            schema.withPropertyValues("hasura.webhook.secret=s3cret", "hasura.webhook.allowed-addresses=10.0.0.0/8")
                    .run(context -> assertThat(believed(context, "s3cret")).isFalse());
            schema.withPropertyValues("hasura.webhook.secret=s3cret", "hasura.webhook.allowed-addresses=127.0.0.0/8")
                    .run(context -> assertThat(believed(context, "s3cret")).isTrue());
        }

        private static boolean believed(ApplicationContext context, String secret) {
            return context.getBean(TrustedSessions.class)
                            .of(WebhookHeaders.of(Map.of("X-Webhook-Secret", secret)), "127.0.0.1")
                    != null;
        }

        @Test
        void cannotBeGuardedWithoutASecret() {
            schema.withPropertyValues("hasura.remote-schema.guarded=true")
                    .run(context -> assertThat(context)
                            .getFailure()
                            .rootCause()
                            .isInstanceOfSatisfying(InvalidConfigurationPropertyValueException.class, e -> {
                                assertThat(e.getName()).isEqualTo("hasura.remote-schema.guarded");
                                assertThat(e.getReason())
                                        .isEqualTo(
                                                "There is no secret to guard it with. Set hasura.webhook.secret, or hasura.remote-schema.secret.");
                            }));
        }

        @Test
        void cannotBeGuardedByASecretThatRefersToNothing() {
            schema.withPropertyValues("hasura.webhook.secret=s3cret", "hasura.remote-schema.secret=${NOT_SET_HERE}")
                    .run(
                            context -> assertThat(context)
                                    .getFailure()
                                    .rootCause()
                                    .hasMessage(
                                            "The property hasura.remote-schema.secret refers to ${NOT_SET_HERE}, which is not set"));
        }

        @Test
        void isGuardedWhereSpringForGraphQlHasIt() {
            schema.withPropertyValues("hasura.webhook.secret=s3cret", "spring.graphql.http.path=api/")
                    .run(context -> assertThat(guard(context).getUrlPatterns()).containsExactly("/api/*"));
        }

        @Test
        void needNotBeThere() {
            servlets.run(context -> assertThat(context).doesNotHaveBean(RemoteSchemaInterceptor.class));
        }

        private static FilterRegistrationBean<?> guard(ApplicationContext context) {
            return context.getBean("hasuraRemoteSchemaFilter", FilterRegistrationBean.class);
        }
    }

    private static String call(ApplicationContext context, String action, String session) {
        String body = """
                {"action": {"name": "%s"}, "input": {}, "session_variables": %s, "request_query": null}""".formatted(action, session);
        return new String(
                context.getBean(WebhookDispatcher.class)
                        .dispatch(new WebhookRequest(
                                WebhookKind.ACTION,
                                "POST",
                                null,
                                WebhookHeaders.of(Map.of("X-Webhook-Secret", "s3cret")),
                                null,
                                new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8))))
                        .toCompletableFuture()
                        .join()
                        .body(),
                StandardCharsets.UTF_8);
    }

    @Configuration(proxyBeanMethods = false)
    static class Handlers {

        @Bean
        Who who() {
            return new Who();
        }

        @Bean
        @ConditionalOnClass(name = "org.springframework.security.core.Authentication")
        WithSecurity withSecurity() {
            return new WithSecurity();
        }
    }

    static class Who {

        @HasuraAction
        String who(HasuraSession session) {
            return session.role().orElse(null) + " " + session.userId().orElse(null);
        }
    }

    static class WithSecurity {

        @HasuraAction
        String authentication(@Nullable Authentication authentication) {
            return authentication.getName() + " " + authentication.getAuthorities();
        }

        @HasuraAction
        CompletableFuture<String> denied() {
            return CompletableFuture.failedFuture(new AccessDeniedException("hidden detail"));
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnUsers {

        @Bean
        WebhookInterceptor users() {
            return (call, chain) -> {
                Authentication session = SecurityContextHolder.getContext().getAuthentication();
                SecurityContextHolder.setContext(new SecurityContextImpl(
                        new TestingAuthenticationToken("user " + session.getName() + " of ours", null)));
                return chain.proceed();
            };
        }
    }

    static class OwnWords {

        @HasuraExceptionHandler
        ActionError denied(AccessDeniedException e) {
            return ActionError.of("editors-only", "Editors only");
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class First {

        @Bean
        @Order(Ordered.HIGHEST_PRECEDENCE)
        SecurityFilterChain first(HttpSecurity http) {
            return http.build();
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableWebSecurity
    static class OwnWebSecurity {}

    @Configuration(proxyBeanMethods = false)
    @EnableWebFluxSecurity
    static class OwnWebFluxSecurity {

        @Bean
        ReactiveUserDetailsService users() {
            return new MapReactiveUserDetailsService(
                    User.withUsername("user").password("{noop}pass").build());
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Instead {

        @Bean
        @Order(1)
        SecurityFilterChain hasuraWebhookSecurityFilterChain(HttpSecurity http) {
            return http.securityMatcher("/hasura/**").build();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnPrefix {

        @Bean
        static GrantedAuthorityDefaults prefix() {
            return new GrantedAuthorityDefaults("hasura_");
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnStrategy {

        @Bean
        Contexts contexts() {
            return new Contexts();
        }

        static class Contexts implements SecurityContextHolderStrategy {

            private final ThreadLocal<SecurityContext> own = ThreadLocal.withInitial(this::createEmptyContext);
            private int set;

            @Override
            public void clearContext() {
                own.remove();
            }

            @Override
            public SecurityContext getContext() {
                return own.get();
            }

            @Override
            public void setContext(SecurityContext context) {
                set++;
                own.set(context);
            }

            @Override
            public SecurityContext createEmptyContext() {
                return new SecurityContextImpl();
            }
        }
    }
}
