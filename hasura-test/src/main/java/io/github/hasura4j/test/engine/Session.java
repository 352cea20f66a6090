package io.github.hasura4j.test.engine;

import java.util.List;
import java.util.Map;

import io.github.hasura4j.payload.SessionVariables;

/**
 * Who sent a request.
 *
 * @param role the role it runs as
 * @param variables the session variables, the role among them
 * @param backendOnly whether backend-only permissions may be used
 * @param clientHeaders the client's headers, names as sent
 * @param trace the trace that the request is part of
 */
public record Session(
        String role,
        SessionVariables variables,
        boolean backendOnly,
        Map<String, List<String>> clientHeaders,
        Trace trace) {

    /** The role that may do everything. */
    public static final String ADMIN = "admin";

    /** The same sender in another trace. */
    public Session in(Trace other) {
        return new Session(role, variables, backendOnly, clientHeaders, other);
    }

    public boolean admin() {
        return role.equals(ADMIN);
    }

    /** Leaves variables and headers out. */
    @Override
    public String toString() {
        return "Session[role=" + role + "]";
    }
}
