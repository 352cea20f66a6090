package io.github.hasura4j.spring.security;

import java.lang.reflect.Method;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import io.github.hasura4j.payload.SessionVariables;
import io.github.hasura4j.spring.HasuraSessions;
import io.github.hasura4j.spring.WebhookCall;
import io.github.hasura4j.spring.WebhookHeaders;
import io.github.hasura4j.spring.WebhookKind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.ReactiveSecurityContextHolder;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SecurityContextInterceptorTests {

    private final SecurityContextInterceptor interceptor = new SecurityContextInterceptor(
            SecurityContextHolder.getContextHolderStrategy(),
            new SessionAuthentications(new HasuraSessions(), "ROLE_"));

    @AfterEach
    void clear() {
        SecurityContextHolder.clearContext();
    }

    @Test
    void theThreadIsLeftAsItWasFound() throws Exception {
        assertThat(interceptor.intercept(
                        call(WebhookKind.ACTION), () -> current().getName()))
                .isEqualTo("7");
        assertThat(current()).isNull();

        SecurityContext before = new SecurityContextImpl(new TestingAuthenticationToken("before", null));
        SecurityContextHolder.setContext(before);
        interceptor.intercept(call(WebhookKind.EVENT), () -> current().getName());
        assertThat(SecurityContextHolder.getContext()).isSameAs(before);
    }

    @Test
    void soItIsAfterAFailureAndAfterAHandlerThatMeddled() {
        assertThatThrownBy(() -> interceptor.intercept(call(WebhookKind.ACTION), () -> {
                    SecurityContextHolder.setContext(
                            new SecurityContextImpl(new TestingAuthenticationToken("meddler", null)));
                    throw new StackOverflowError();
                }))
                .isInstanceOf(StackOverflowError.class);
        assertThat(current()).isNull();
    }

    @Test
    void aMonoHasTheContextWhereverItRuns() throws Exception {
        Object mono = interceptor.intercept(
                call(WebhookKind.ACTION),
                () -> ReactiveSecurityContextHolder.getContext()
                        .map(context -> context.getAuthentication().getName()));
        assertThat(current()).isNull();
        assertThat(((Mono<?>) mono).subscribeOn(Schedulers.parallel()).block()).isEqualTo("7");
    }

    @Test
    void otherAnswersAreLeftAlone() throws Exception {
        for (Object answer : new Object[] {"text", CompletableFuture.completedFuture("later")}) {
            assertThat(interceptor.intercept(call(WebhookKind.EVENT), () -> answer))
                    .isSameAs(answer);
        }
        assertThat(interceptor.intercept(call(WebhookKind.EVENT), () -> null)).isNull();
    }

    private static Authentication current() {
        return SecurityContextHolder.getContext().getAuthentication();
    }

    private static WebhookCall call(WebhookKind kind) {
        return new WebhookCall() {

            @Override
            public WebhookKind kind() {
                return kind;
            }

            @Override
            public String name() {
                return "name";
            }

            @Override
            public Method handlerMethod() {
                throw new UnsupportedOperationException();
            }

            @Override
            public WebhookHeaders headers() {
                return WebhookHeaders.none();
            }

            @Override
            public byte[] body() {
                throw new UnsupportedOperationException();
            }

            @Override
            public Object payload() {
                throw new UnsupportedOperationException();
            }

            @Override
            public SessionVariables sessionVariables() {
                return SessionVariables.of(Map.of("x-hasura-role", "editor", "x-hasura-user-id", "7"));
            }
        };
    }
}
