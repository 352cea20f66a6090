package io.github.hasura4j.spring.security;

import io.github.hasura4j.spring.WebhookCall;
import io.github.hasura4j.spring.WebhookInterceptor;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.PriorityOrdered;
import org.springframework.security.core.context.ReactiveSecurityContextHolder;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolderStrategy;
import org.springframework.util.ClassUtils;
import reactor.core.publisher.Mono;

/**
 * Makes the session the {@code Authentication} of a call: for other interceptors, arguments, the handler, and a {@code Mono} it
 * returns; and leaves the thread as it found it.
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
            Object result = chain.proceed();
            return REACTOR ? Reactive.withContext(result, context) : result;
        } finally {
            if (before.getAuthentication() == null) {
                contexts.clearContext();
            } else {
                contexts.setContext(before);
            }
        }
    }

    /** Apart, since Reactor may not be there. */
    private static final class Reactive {

        static @Nullable Object withContext(@Nullable Object result, SecurityContext context) {
            return result instanceof Mono<?> mono
                    ? mono.contextWrite(ReactiveSecurityContextHolder.withSecurityContext(Mono.just(context)))
                    : result;
        }
    }
}
