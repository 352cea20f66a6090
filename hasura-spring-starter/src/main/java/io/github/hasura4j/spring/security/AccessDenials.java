package io.github.hasura4j.spring.security;

import java.util.EnumSet;
import java.util.Set;

import io.github.hasura4j.spring.HasuraActionException;
import io.github.hasura4j.spring.HasuraExceptionHandler;
import io.github.hasura4j.spring.WebhookCall;
import io.github.hasura4j.spring.WebhookKind;
import org.jspecify.annotations.Nullable;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;

/**
 * Where security denies something, its client is told so, in words of ours; unless the application has words of its own.
 *
 * <p>Triggers that are denied fail like any other: no client waits for the answer, and somebody has to see it in the log.
 */
public final class AccessDenials {

    private static final Set<WebhookKind> UNATTENDED = EnumSet.of(WebhookKind.EVENT, WebhookKind.SCHEDULED);

    /** For a bean. */
    public AccessDenials() {}

    @HasuraExceptionHandler({AccessDeniedException.class, AuthenticationException.class})
    @Nullable
    HasuraActionException denied(RuntimeException e, WebhookCall call) {
        return UNATTENDED.contains(call.kind())
                ? null
                : HasuraActionException.of("access-denied", "Access denied")
                        .withStatus(403)
                        .withCause(e);
    }
}
