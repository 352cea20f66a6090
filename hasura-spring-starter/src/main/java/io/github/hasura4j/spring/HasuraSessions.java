package io.github.hasura4j.spring;

import java.util.Map;

import io.github.hasura4j.payload.SessionVariables;

/** Makes sessions of variables, and knows in which role nobody is to be believed; a bean, safe for use by many threads. */
public final class HasuraSessions {

    private final String unauthorizedRole;

    /** With the role that is customary, {@code anonymous}. */
    public HasuraSessions() {
        this("anonymous");
    }

    /**
     * With the role that the engine gives to whoever comes without a token.
     *
     * @param unauthorizedRole the value of {@code HASURA_GRAPHQL_UNAUTHORIZED_ROLE}; blank if there is no such role
     */
    public HasuraSessions(String unauthorizedRole) {
        this.unauthorizedRole = unauthorizedRole.strip();
    }

    /** The session that has these variables, as far as they can be believed. */
    public HasuraSession of(SessionVariables variables) {
        return variables.role().filter(unauthorizedRole::equals).isPresent()
                ? HasuraSession.anonymous(SessionVariables.of(Map.of(SessionVariables.ROLE, unauthorizedRole)))
                : HasuraSession.of(variables);
    }
}
