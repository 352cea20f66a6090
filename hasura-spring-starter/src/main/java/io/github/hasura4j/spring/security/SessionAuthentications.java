package io.github.hasura4j.spring.security;

import java.util.List;
import java.util.Optional;

import io.github.hasura4j.payload.SessionVariables;
import io.github.hasura4j.spring.HasuraSession;
import io.github.hasura4j.spring.HasuraSessions;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;

/**
 * Makes sessions known to Spring Security. The authority is the role with the prefix, {@code ROLE_editor}, and never the bare
 * role: roles are names that others choose, and one called {@code SCOPE_admin} must not pass for something else.
 *
 * <p>Safe for use by many threads.
 */
public final class SessionAuthentications {

    private final HasuraSessions sessions;
    private final String rolePrefix;

    /**
     * For a bean.
     *
     * @param rolePrefix what {@code hasRole} puts in front of a role, usually {@code ROLE_}
     */
    public SessionAuthentications(HasuraSessions sessions, String rolePrefix) {
        this.sessions = sessions;
        this.rolePrefix = rolePrefix;
    }

    /** Who is asking; see {@link HasuraAuthentication} for the three kinds of it. */
    public Authentication of(SessionVariables variables) {
        HasuraSession session = sessions.of(variables);
        Optional<SimpleGrantedAuthority> role =
                session.role().map(name -> new SimpleGrantedAuthority(rolePrefix + name));
        return role.isPresent() && session.isAnonymous()
                ? new Anonymous(session, role.get())
                : new HasuraAuthentication(session, role.stream().toList());
    }

    /** Somebody in the unauthorized role. */
    private static final class Anonymous extends AnonymousAuthenticationToken {

        private final transient HasuraSession session;

        Anonymous(HasuraSession session, GrantedAuthority role) {
            super("hasura", session, List.of(role));
            this.session = session;
        }

        @Override
        public String getName() {
            return session.name();
        }
    }
}
