package io.github.hasura4j.spring.security;

import java.net.http.HttpResponse;

import jakarta.servlet.DispatcherType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.web.SecurityFilterChain;

import static org.assertj.core.api.Assertions.assertThat;

/** The engine comes through whatever the application has on all paths, on Spring MVC. */
class ServletSecurityTests {

    private static final String BASIC = "Basic dXNlcjpwYXNz"; // user:pass

    @Nested
    @SpringBootTest(
            classes = Application.class,
            webEnvironment = WebEnvironment.RANDOM_PORT,
            properties = {
                EngineRequestsContract.SECRET,
                EngineRequestsContract.HOOK,
                "spring.security.user.name=user",
                "spring.security.user.password=pass"
            })
    class WithNothingButSpringBootsDefaults extends EngineRequestsContract {

        @Override
        void strangersAreKeptOut(HttpResponse<String> answer) {
            assertThat(answer.statusCode()).isEqualTo(401);
            assertThat(answer.headers().firstValue("WWW-Authenticate")).isPresent();
        }

        @Override
        String authorizationOfItsOwnUser() {
            return BASIC;
        }
    }

    @Nested
    @SpringBootTest(
            classes = {Application.class, ResourceServer.class},
            webEnvironment = WebEnvironment.RANDOM_PORT,
            properties = {EngineRequestsContract.SECRET, EngineRequestsContract.HOOK})
    class WithAResourceServer extends EngineRequestsContract {

        @Override
        void strangersAreKeptOut(HttpResponse<String> answer) {
            assertThat(answer.statusCode()).isEqualTo(401);
            assertThat(answer.headers().firstValue("WWW-Authenticate"))
                    .hasValueSatisfying(challenge -> assertThat(challenge).startsWith("Bearer"));
        }

        @Override
        String authorizationOfItsOwnUser() {
            return "Bearer good";
        }
    }

    @Nested
    @SpringBootTest(
            classes = {Application.class, Decoder.class},
            webEnvironment = WebEnvironment.RANDOM_PORT,
            properties = {EngineRequestsContract.SECRET, EngineRequestsContract.HOOK})
    class WithSpringBootsResourceServer extends EngineRequestsContract {

        @Override
        void strangersAreKeptOut(HttpResponse<String> answer) {
            assertThat(answer.statusCode()).isEqualTo(401);
            assertThat(answer.headers().firstValue("WWW-Authenticate"))
                    .hasValueSatisfying(challenge -> assertThat(challenge).startsWith("Bearer"));
        }

        @Override
        String authorizationOfItsOwnUser() {
            return "Bearer good";
        }
    }

    @Nested
    @SpringBootTest(
            classes = {Application.class, FormLogin.class},
            webEnvironment = WebEnvironment.RANDOM_PORT,
            properties = {EngineRequestsContract.SECRET, EngineRequestsContract.HOOK})
    class WithAFormLogin extends EngineRequestsContract {

        @Override
        void strangersAreKeptOut(HttpResponse<String> answer) {
            assertThat(answer.statusCode()).isEqualTo(302);
            assertThat(answer.headers().firstValue("Location"))
                    .hasValueSatisfying(to -> assertThat(to).endsWith("/login"));
        }

        @Override
        @Nullable
        String authorizationOfItsOwnUser() {
            return null;
        }
    }

    @Nested
    @SpringBootTest(
            classes = {Application.class, DenyAll.class},
            webEnvironment = WebEnvironment.RANDOM_PORT,
            properties = {EngineRequestsContract.SECRET, EngineRequestsContract.HOOK})
    class WithAChainBeforeAllOthersThatDeniesEverything extends EngineRequestsContract {

        @Override
        void strangersAreKeptOut(HttpResponse<String> answer) {
            assertThat(answer.statusCode()).isEqualTo(403);
        }

        @Override
        @Nullable
        String authorizationOfItsOwnUser() {
            return null;
        }
    }

    @Nested
    @SpringBootTest(
            classes = Application.class,
            webEnvironment = WebEnvironment.RANDOM_PORT,
            properties = {
                EngineRequestsContract.SECRET,
                EngineRequestsContract.HOOK,
                "spring.threads.virtual.enabled=true",
                "spring.security.user.name=user",
                "spring.security.user.password=pass",
                "spring.autoconfigure.exclude=org.springframework.boot.webmvc.autoconfigure.error.ErrorMvcAutoConfiguration"
            })
    class OnVirtualThreadsWithoutSpringBootsErrorPage extends EngineRequestsContract {

        @Override
        void strangersAreKeptOut(HttpResponse<String> answer) {
            assertThat(answer.statusCode()).isEqualTo(401);
        }

        @Override
        String authorizationOfItsOwnUser() {
            return BASIC;
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(EngineRequestsContract.Handlers.class)
    static class Application {}

    @Configuration(proxyBeanMethods = false)
    static class Decoder {

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
    }

    @Configuration(proxyBeanMethods = false)
    @Import(Decoder.class)
    static class ResourceServer {

        @Bean
        SecurityFilterChain api(HttpSecurity http) {
            return http.authorizeHttpRequests(requests -> requests.dispatcherTypeMatchers(DispatcherType.ERROR)
                            .permitAll()
                            .anyRequest()
                            .authenticated())
                    .oauth2ResourceServer(server -> server.jwt(Customizer.withDefaults()))
                    .build();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class FormLogin {

        @Bean
        SecurityFilterChain pages(HttpSecurity http) {
            return http.authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
                    .formLogin(Customizer.withDefaults())
                    .build();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class DenyAll {

        @Bean
        @Order(Ordered.HIGHEST_PRECEDENCE)
        SecurityFilterChain nothing(HttpSecurity http) {
            return http.authorizeHttpRequests(requests -> requests.anyRequest().denyAll())
                    .build();
        }
    }
}
