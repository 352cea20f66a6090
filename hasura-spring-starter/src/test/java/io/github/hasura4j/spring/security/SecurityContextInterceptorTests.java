package io.github.hasura4j.spring.security;

import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

import io.github.hasura4j.payload.SessionVariables;
import io.github.hasura4j.spring.HasuraActionException;
import io.github.hasura4j.spring.HasuraSessions;
import io.github.hasura4j.spring.WebhookCall;
import io.github.hasura4j.spring.WebhookHeaders;
import io.github.hasura4j.spring.WebhookKind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.AuthenticationCredentialsNotFoundException;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

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
    void whatSecurityDeniesIsARefusalOfTheAction() {
        for (RuntimeException denied : List.of(
                new AccessDeniedException("hidden detail"),
                new BadCredentialsException("hidden detail"),
                new AuthenticationCredentialsNotFoundException("hidden detail"))) {
            assertThatThrownBy(() -> interceptor.intercept(call(WebhookKind.ACTION), () -> {
                        throw denied;
                    }))
                    .isInstanceOfSatisfying(HasuraActionException.class, e -> {
                        assertThat(e.status()).isEqualTo(403);
                        assertThat(e.error().code()).isEqualTo("access-denied");
                        assertThat(e).hasMessage("Access denied").hasCause(denied);
                    });
            assertThatThrownBy(() -> interceptor.intercept(call(WebhookKind.EVENT), () -> {
                        throw denied;
                    }))
                    .isSameAs(denied);
        }
    }

    @Test
    void whatIsDeniedLaterIsToo() throws Exception {
        AccessDeniedException denied = new AccessDeniedException("hidden detail");
        Object future = interceptor.intercept(call(WebhookKind.ACTION), () -> CompletableFuture.failedFuture(denied));
        assertThat(catchThrowable(() -> ((CompletableFuture<?>) future).join()))
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(HasuraActionException.class);

        Object mono = interceptor.intercept(call(WebhookKind.ACTION), () -> Mono.error(denied));
        assertThatThrownBy(() -> ((Mono<?>) mono).block()).isInstanceOf(HasuraActionException.class);

        Object event = interceptor.intercept(
                call(WebhookKind.EVENT),
                () -> CompletableFuture.supplyAsync(() -> {
                    throw denied;
                }));
        assertThat(catchThrowable(() -> ((CompletableFuture<?>) event).join())).hasCause(denied);
    }

    @Test
    void whoeverGivesUpWaitingStopsTheWork() throws Exception {
        CompletableFuture<String> never = new CompletableFuture<>();
        Object given = interceptor.intercept(call(WebhookKind.ACTION), () -> never);
        ((CompletableFuture<?>) given).cancel(true);
        assertThat(never).isCancelled();
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
