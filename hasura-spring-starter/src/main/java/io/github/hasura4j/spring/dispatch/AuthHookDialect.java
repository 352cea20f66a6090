package io.github.hasura4j.spring.dispatch;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.hasura4j.payload.ActionError;
import io.github.hasura4j.payload.SessionVariables;
import io.github.hasura4j.spring.AuthHookResult;
import io.github.hasura4j.spring.HasuraActionException;
import io.github.hasura4j.spring.jwt.HasuraJwtException;
import org.jspecify.annotations.Nullable;

/**
 * The auth hook: the engine knows 200 with an object of texts, and 401; whatever else it gets is an internal error to its client
 * ({@code webhooks.md} 4). So everything that is no session is a 401.
 */
final class AuthHookDialect implements Dialect {

    /** There is one auth hook, so its name tells nothing. */
    static final String NAME = "auth hook";

    private static final int UNAUTHORIZED = 401;

    @Override
    public boolean allows(String method) {
        return method.equals("POST") || method.equals("GET");
    }

    @Override
    public String handlerName(WebhookRequest request, byte[] body, NameScanner names) {
        return NAME;
    }

    @Override
    public String unknownCode() {
        return "no-auth-hook";
    }

    @Override
    public Told success(@Nullable Object result) {
        if (result == null) {
            return rejected(UNAUTHORIZED, ActionError.of("unauthenticated", "The client is not known"));
        }
        AuthHookResult session = session(result);
        Map<String, String> body =
                new LinkedHashMap<>(session.sessionVariables().asMap());
        if (session.cacheFor() != null) {
            body.put("Cache-Control", "max-age=" + session.cacheFor().toSeconds());
        }
        return Told.ok(body);
    }

    private static AuthHookResult session(Object result) {
        if (result instanceof AuthHookResult session) {
            return session;
        }
        if (result instanceof SessionVariables variables) {
            return AuthHookResult.of(variables);
        }
        if (result instanceof Map<?, ?> variables) {
            SessionVariables session = SessionVariables.empty();
            for (Map.Entry<?, ?> variable : variables.entrySet()) {
                if (variable.getValue() != null) {
                    session = session.with(String.valueOf(variable.getKey()), variable.getValue());
                }
            }
            return AuthHookResult.of(session);
        }
        throw new IllegalArgumentException(
                "An auth hook returns an AuthHookResult, SessionVariables, a Map or null, not a %s"
                        .formatted(result.getClass().getName()));
    }

    /** A bad token is the client's fault and no failure of the hook. */
    @Override
    public @Nullable HasuraActionException refusal(Throwable thrown) {
        return thrown instanceof HasuraJwtException token
                ? HasuraActionException.of(token.code(), "The token is not accepted")
                : Dialect.super.refusal(thrown);
    }

    @Override
    public Told refused(int status, ActionError error) {
        return new Told(UNAUTHORIZED, error, List.of());
    }

    @Override
    public Told rejected(int status, ActionError error) {
        return new Told(UNAUTHORIZED, error, List.of());
    }
}
