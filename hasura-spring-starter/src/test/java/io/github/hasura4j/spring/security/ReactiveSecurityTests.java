package io.github.hasura4j.spring.security;

import java.net.http.HttpResponse;

import io.github.hasura4j.spring.HasuraAction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.method.configuration.EnableReactiveMethodSecurity;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import org.springframework.security.web.server.SecurityWebFilterChain;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/** The engine comes through whatever the application has on all paths, on Spring WebFlux. */
class ReactiveSecurityTests {

    private static final String REACTIVE = """
            spring.main.web-application-type=reactive
            spring.reactor.netty.shutdown-quiet-period=0s""";
    private static final String BASIC = "Basic dXNlcjpwYXNz"; // user:pass

    @Nested
    @SpringBootTest(
            classes = Application.class,
            webEnvironment = WebEnvironment.RANDOM_PORT,
            properties = {
                REACTIVE,
                EngineRequestsContract.SECRET,
                EngineRequestsContract.HOOK,
                "spring.security.user.name=user",
                "spring.security.user.password=pass"
            })
    class WithNothingButTheDefaults extends EngineRequestsContract {

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
            properties = {REACTIVE, EngineRequestsContract.SECRET, EngineRequestsContract.HOOK})
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
            properties = {REACTIVE, EngineRequestsContract.SECRET, EngineRequestsContract.HOOK})
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
            properties = {
                REACTIVE,
                EngineRequestsContract.SECRET,
                EngineRequestsContract.HOOK,
                "spring.threads.virtual.enabled=true",
                "spring.security.user.name=user",
                "spring.security.user.password=pass"
            })
    class WithAFormLogin extends EngineRequestsContract {

        @Override
        void strangersAreKeptOut(HttpResponse<String> answer) {
            assertThat(answer.statusCode()).isEqualTo(302);
            assertThat(answer.headers().firstValue("Location")).contains("/login");
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
            properties = {REACTIVE, EngineRequestsContract.SECRET, EngineRequestsContract.HOOK})
    class WithAChainBeforeAllOthersThatDeniesEverything extends EngineRequestsContract {

        @Override
        void strangersAreKeptOut(HttpResponse<String> answer) {
            assertThat(answer.statusCode()).isIn(401, 403);
        }

        @Override
        @Nullable
        String authorizationOfItsOwnUser() {
            return null;
        }
    }

    @Nested
    @SpringBootTest(
            classes = ReactiveMethodSecurity.class,
            webEnvironment = WebEnvironment.RANDOM_PORT,
            properties = {
                REACTIVE,
                EngineRequestsContract.SECRET,
                EngineRequestsContract.HOOK,
                "spring.security.user.password=pass"
            })
    class WithReactiveMethodSecurity {

        @LocalServerPort
        private int port;

        @Test
        void aMonoIsDecidedOnWhenItRuns() {
            Engine engine = Engine.at(port).with("X-Webhook-Secret", "s3cret");
            assertThat(engine.action("publish", "{\"x-hasura-role\": \"editor\"}"))
                    .isEqualTo("200 \"done\"");
            assertThat(engine.action("publish", "{\"x-hasura-role\": \"user\"}"))
                    .isEqualTo("403 {\"message\":\"Access denied\",\"extensions\":{\"code\":\"access-denied\"}}");
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @EnableReactiveMethodSecurity
    @Import(ReactiveMethodSecurity.Handlers.class)
    static class ReactiveMethodSecurity {

        static class Handlers {

            @HasuraAction
            @PreAuthorize("hasRole('editor')")
            Mono<String> publish() {
                return Mono.just("done");
            }
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(EngineRequestsContract.Handlers.class)
    static class Application {}

    @Configuration(proxyBeanMethods = false)
    static class Decoder {

        @Bean
        ReactiveJwtDecoder decoder() {
            return token -> token.equals("good")
                    ? Mono.just(Jwt.withTokenValue(token)
                            .header("alg", "none")
                            .subject("somebody")
                            .build())
                    : Mono.error(new BadJwtException("no good"));
        }
    }

    @Configuration(proxyBeanMethods = false)
    @Import(Decoder.class)
    static class ResourceServer {

        @Bean
        SecurityWebFilterChain api(ServerHttpSecurity http) {
            return http.authorizeExchange(exchanges -> exchanges.anyExchange().authenticated())
                    .oauth2ResourceServer(server -> server.jwt(Customizer.withDefaults()))
                    .build();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class FormLogin {

        @Bean
        SecurityWebFilterChain pages(ServerHttpSecurity http) {
            return http.authorizeExchange(exchanges -> exchanges.anyExchange().authenticated())
                    .formLogin(Customizer.withDefaults())
                    .build();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class DenyAll {

        @Bean
        @Order(Ordered.HIGHEST_PRECEDENCE)
        SecurityWebFilterChain nothing(ServerHttpSecurity http) {
            return http.authorizeExchange(exchanges -> exchanges.anyExchange().denyAll())
                    .build();
        }
    }
}
