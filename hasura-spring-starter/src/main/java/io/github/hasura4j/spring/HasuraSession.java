package io.github.hasura4j.spring;

import java.util.Optional;

import io.github.hasura4j.payload.SessionVariables;
import org.jspecify.annotations.Nullable;

/**
 * Who is asking, with only what can be believed: as a parameter of a handler or of a GraphQL controller, and as the principal
 * where Spring Security is there.
 *
 * <p>Of a session in the engine's unauthorized role ({@code hasura.session.unauthorized-role}) it keeps the role alone, since all
 * other variables are then headers that the client made up. Immutable; {@code toString()} shows the role and names of variables.
 */
public final class HasuraSession {

    private final SessionVariables variables;
    private final boolean anonymous;

    private HasuraSession(SessionVariables variables, boolean anonymous) {
        this.variables = variables;
        this.anonymous = anonymous;
    }

    /** Believes all variables: for a session that is not in the unauthorized role. */
    public static HasuraSession of(SessionVariables variables) {
        return new HasuraSession(variables, variables.role().isEmpty());
    }

    /** Of somebody whom the engine let in without a token: only the role is known. */
    static HasuraSession anonymous(SessionVariables role) {
        return new HasuraSession(role, true);
    }

    /** The variables that can be believed; none for an event that no session caused. */
    public SessionVariables variables() {
        return variables;
    }

    /** The role; empty for an event that no session caused. */
    public Optional<String> role() {
        return variables.role();
    }

    /** The user's id; empty for admins and for whoever is not logged in. */
    public Optional<String> userId() {
        return variables.userId();
    }

    /** Whether nobody is logged in: the role is the engine's unauthorized one, or there is none. */
    public boolean isAnonymous() {
        return anonymous;
    }

    /** The user's id, without one the role, without either the empty text: what an audit log would say. */
    public String name() {
        return userId().or(this::role).orElse("");
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof HasuraSession that && anonymous == that.anonymous && variables.equals(that.variables);
    }

    @Override
    public int hashCode() {
        return variables.hashCode();
    }

    @Override
    public String toString() {
        return "HasuraSession[" + variables + ", anonymous=" + anonymous + "]";
    }
}
