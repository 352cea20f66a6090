package io.github.hasura4j.spring.graphql;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.method.configuration.EnableReactiveMethodSecurity;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import org.springframework.security.web.server.SecurityWebFilterChain;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/** A remote schema on Spring WebFlux. */
class ReactiveRemoteSchemaTests {

    private static final String REACTIVE = """
            spring.main.web-application-type=reactive
            spring.reactor.netty.shutdown-quiet-period=0s""";
    private static final String WITHOUT_SECURITY = "spring.autoconfigure.exclude="
            + "org.springframework.boot.security.autoconfigure.web.reactive.ReactiveWebSecurityAutoConfiguration,"
            + "org.springframework.boot.security.autoconfigure.actuate.web.reactive.ReactiveManagementWebSecurityAutoConfiguration";

    @Nested
    @SpringBootTest(
            classes = Application.class,
            webEnvironment = WebEnvironment.RANDOM_PORT,
            properties = {
                REACTIVE,
                RemoteSchemaContract.SCHEMA,
                RemoteSchemaContract.PRINTER,
                RemoteSchemaContract.SECRET,
                WITHOUT_SECURITY
            })
    class WithASecret extends RemoteSchemaContract.Guarded {}

    @Nested
    @SpringBootTest(
            classes = {Application.class, MethodSecurity.class},
            webEnvironment = WebEnvironment.RANDOM_PORT,
            properties = {
                REACTIVE,
                RemoteSchemaContract.SCHEMA,
                RemoteSchemaContract.PRINTER,
                RemoteSchemaContract.SECRET,
                "spring.security.user.password=pass"
            })
    class WithSpringBootsSecurity extends RemoteSchemaContract.Secured {}

    @Nested
    @SpringBootTest(
            classes = {Application.class, MethodSecurity.class, ResourceServer.class},
            webEnvironment = WebEnvironment.RANDOM_PORT,
            properties = {
                REACTIVE,
                RemoteSchemaContract.SCHEMA,
                RemoteSchemaContract.PRINTER,
                RemoteSchemaContract.SECRET
            })
    class BehindAResourceServer extends RemoteSchemaContract.Secured {}

    @Nested
    @SpringBootTest(
            classes = {Application.class, MethodSecurity.class, ResourceServer.class},
            webEnvironment = WebEnvironment.RANDOM_PORT,
            properties = {
                REACTIVE,
                RemoteSchemaContract.SCHEMA,
                RemoteSchemaContract.SECRET,
                "hasura.remote-schema.guarded=false"
            })
    class SharedWithClientsOfOurOwn extends RemoteSchemaContract {

        private static final String AUTHENTICATION = "{\"query\": \"{ authentication }\"}";

        @Test
        void leavesEverybodyElseToTheApplicationsChain() {
            assertThat(ask(AUTHENTICATION)).startsWith("401");
            assertThat(ask(AUTHENTICATION, "Authorization", "Bearer bad")).startsWith("401");
            assertThat(ask(AUTHENTICATION, "X-Webhook-Secret", "guess", "x-hasura-role", "admin"))
                    .startsWith("401");
            assertThat(ask(AUTHENTICATION, "Authorization", "Bearer good", "x-hasura-role", "admin"))
                    .isEqualTo("200 {\"data\":{\"authentication\":\"JwtAuthenticationToken somebody\"}}");
            assertThat(ask(WHO, "Authorization", "Bearer good", "x-hasura-role", "admin"))
                    .contains("\"role\":null");
        }

        @Test
        void letsTheEngineInWithTheSecret() {
            assertThat(ask(
                            AUTHENTICATION,
                            "X-Webhook-Secret",
                            "s3cret",
                            "x-hasura-role",
                            "user",
                            "Authorization",
                            "Bearer bad"))
                    .isEqualTo("200 {\"data\":{\"authentication\":\"HasuraAuthentication user\"}}");
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(RemoteSchemaContract.Schema.class)
    static class Application {}

    @Configuration(proxyBeanMethods = false)
    @EnableReactiveMethodSecurity
    static class MethodSecurity {}

    @Configuration(proxyBeanMethods = false)
    static class ResourceServer {

        @Bean
        ReactiveJwtDecoder decoder() {
            return token -> token.equals("good")
                    ? Mono.just(Jwt.withTokenValue(token)
                            .header("alg", "none")
                            .subject("somebody")
                            .build())
                    : Mono.error(new BadJwtException("no good"));
        }

        @Bean
        SecurityWebFilterChain api(ServerHttpSecurity http) {
            return http.authorizeExchange(exchanges -> exchanges.anyExchange().authenticated())
                    .csrf(ServerHttpSecurity.CsrfSpec::disable)
                    .oauth2ResourceServer(server -> server.jwt(Customizer.withDefaults()))
                    .build();
        }
    }
}
