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
import org.springframework.security.config.annotation.method.configuration.EnableMethodSecurity;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.web.SecurityFilterChain;

import static org.assertj.core.api.Assertions.assertThat;

/** A remote schema on Spring MVC. */
class ServletRemoteSchemaTests {

    private static final String WITHOUT_SECURITY = "spring.autoconfigure.exclude="
            + "org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration,"
            + "org.springframework.boot.security.autoconfigure.web.servlet.SecurityFilterAutoConfiguration,"
            + "org.springframework.boot.security.autoconfigure.actuate.web.servlet.ManagementWebSecurityAutoConfiguration";

    @Nested
    @SpringBootTest(
            classes = Application.class,
            webEnvironment = WebEnvironment.RANDOM_PORT,
            properties = {
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
            properties = {RemoteSchemaContract.SCHEMA, RemoteSchemaContract.PRINTER, RemoteSchemaContract.SECRET})
    class WithSpringBootsSecurity extends RemoteSchemaContract.Secured {}

    @Nested
    @SpringBootTest(
            classes = {Application.class, MethodSecurity.class, ResourceServer.class},
            webEnvironment = WebEnvironment.RANDOM_PORT,
            properties = {RemoteSchemaContract.SCHEMA, RemoteSchemaContract.PRINTER, RemoteSchemaContract.SECRET})
    class BehindAResourceServer extends RemoteSchemaContract.Secured {}

    @Nested
    @SpringBootTest(
            classes = Application.class,
            webEnvironment = WebEnvironment.RANDOM_PORT,
            properties = {
                RemoteSchemaContract.SCHEMA,
                RemoteSchemaContract.SECRET,
                "hasura.remote-schema.guarded=false",
                WITHOUT_SECURITY
            })
    class Unguarded extends RemoteSchemaContract {

        @Test
        void answersStrangersWithoutBelievingThem() {
            assertThat(ask(WHO, "x-hasura-role", "admin", "x-hasura-user-id", "1"))
                    .isEqualTo(
                            "200 {\"data\":{\"whoAmI\":{\"role\":null,\"user\":null,\"name\":\"\",\"variables\":[]}}}");
            assertThat(ask(WHO, "X-Webhook-Secret", "guess", "x-hasura-role", "admin"))
                    .contains("\"role\":null");
        }
    }

    @Nested
    @SpringBootTest(
            classes = {Application.class, MethodSecurity.class, ResourceServer.class},
            webEnvironment = WebEnvironment.RANDOM_PORT,
            properties = {RemoteSchemaContract.SCHEMA, RemoteSchemaContract.SECRET, "hasura.remote-schema.guarded=false"
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
    @EnableMethodSecurity
    static class MethodSecurity {}

    @Configuration(proxyBeanMethods = false)
    static class ResourceServer {

        @Bean
        JwtDecoder decoder() {
            return token -> {
                if (!token.equals("good")) {
                    throw new BadJwtException("no good");
                }
                return Jwt.withTokenValue(token)
                        .header("alg", "none")
                        .subject("somebody")
                        .build();
            };
        }

        @Bean
        SecurityFilterChain api(HttpSecurity http) {
            return http.authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
                    .oauth2ResourceServer(server -> server.jwt(Customizer.withDefaults()))
                    .build();
        }
    }
}
