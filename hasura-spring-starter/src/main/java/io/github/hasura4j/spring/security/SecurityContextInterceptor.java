package io.github.hasura4j.spring.security;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;

import io.github.hasura4j.spring.HasuraActionException;
import io.github.hasura4j.spring.WebhookCall;
import io.github.hasura4j.spring.WebhookInterceptor;
import io.github.hasura4j.spring.WebhookKind;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.PriorityOrdered;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.context.ReactiveSecurityContextHolder;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolderStrategy;
import org.springframework.util.ClassUtils;
import reactor.core.publisher.Mono;

/**
 * Makes the session the {@code Authentication} of a call: for other interceptors, arguments, the handler, and a {@code Mono} it
 * returns; and leaves the thread as it found it.
 *
 * <p>Where security denies an action, its client is told so, in words of ours. A denied event fails like any other: nobody waits
 * for its answer, and somebody has to see it in the log.
 */
public final class SecurityContextInterceptor implements WebhookInterceptor, PriorityOrdered {

    private static final boolean REACTOR =
            ClassUtils.isPresent("reactor.core.publisher.Mono", SecurityContextInterceptor.class.getClassLoader());

    private final SecurityContextHolderStrategy contexts;
    private final SessionAuthentications authentications;

    /** For a bean. */
    public SecurityContextInterceptor(SecurityContextHolderStrategy contexts, SessionAuthentications authentications) {
        this.contexts = contexts;
        this.authentications = authentications;
    }

    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }

    @Override
    public @Nullable Object intercept(WebhookCall call, Chain chain) throws Exception {
        SecurityContext before = contexts.getContext();
        SecurityContext context = contexts.createEmptyContext();
        context.setAuthentication(authentications.of(call.sessionVariables()));
        contexts.setContext(context);
        try {
            return withLater(call, chain.proceed(), context);
        } catch (AccessDeniedException | AuthenticationException e) {
            throw (RuntimeException) translated(call, e);
        } finally {
            if (before.getAuthentication() == null) {
                contexts.clearContext();
            } else {
                contexts.setContext(before);
            }
        }
    }

    /** The same for an answer that comes later. */
    private static @Nullable Object withLater(WebhookCall call, @Nullable Object result, SecurityContext context) {
        if (result instanceof CompletionStage<?> stage) {
            return new Translated(call, stage);
        }
        return REACTOR ? Reactive.withLater(call, result, context) : result;
    }

    private static Throwable translated(WebhookCall call, Throwable thrown) {
        boolean denied = thrown instanceof AccessDeniedException || thrown instanceof AuthenticationException;
        return denied && call.kind() == WebhookKind.ACTION
                ? HasuraActionException.of("access-denied", "Access denied")
                        .withStatus(403)
                        .withCause(thrown)
                : thrown;
    }

    /** A stage whose failure is translated; cancelling this cancels it. */
    private static final class Translated extends CompletableFuture<@Nullable Object> {

        private final CompletionStage<?> stage;

        Translated(WebhookCall call, CompletionStage<?> stage) {
            this.stage = stage;
            stage.whenComplete((value, thrown) -> {
                if (thrown == null) {
                    complete(value);
                } else {
                    Throwable cause = thrown instanceof CompletionException ? thrown.getCause() : null;
                    completeExceptionally(translated(call, cause == null ? thrown : cause));
                }
            });
        }

        @Override
        public boolean cancel(boolean mayInterrupt) {
            if (stage instanceof Future<?> running) {
                running.cancel(mayInterrupt);
            }
            return super.cancel(mayInterrupt);
        }
    }

    /** Apart, since Reactor may not be there. */
    private static final class Reactive {

        static @Nullable Object withLater(WebhookCall call, @Nullable Object result, SecurityContext context) {
            return result instanceof Mono<?> mono
                    ? mono.onErrorMap(thrown -> translated(call, thrown))
                            .contextWrite(ReactiveSecurityContextHolder.withSecurityContext(Mono.just(context)))
                    : result;
        }
    }
}
