package io.github.hasura4j.test.spring;

import java.util.Map;
import java.util.Objects;

import io.github.hasura4j.payload.SessionVariables;
import org.jspecify.annotations.Nullable;

/** Who sends a request, says the auth hook. */
public final class AuthHookOutcome {

    private final @Nullable Map<String, @Nullable String> variables;

    AuthHookOutcome(@Nullable Map<String, @Nullable String> variables) {
        this.variables = variables;
    }

    /** Fails if nobody is let in; else who it is. */
    public SessionVariables allows() {
        if (variables == null) {
            throw new AssertionError("Expected the auth hook to let the request in, but it answered 401");
        }
        return SessionVariables.of(variables);
    }

    /** Fails if nobody is let in, or somebody with another role. */
    public AuthHookOutcome allowsRole(String role) {
        String found = allows().get(SessionVariables.ROLE);
        if (!Objects.equals(found, role)) {
            throw new AssertionError(
                    "Expected the auth hook to say role '%s', but it says '%s'".formatted(role, found));
        }
        return this;
    }

    /** Fails if the request is let in. */
    public void denies() {
        if (variables != null) {
            throw new AssertionError("Expected the auth hook to refuse the request, but it let it in");
        }
    }
}
