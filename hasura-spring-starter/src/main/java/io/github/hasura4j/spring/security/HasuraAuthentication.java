package io.github.hasura4j.spring.security;

import java.util.Collection;

import io.github.hasura4j.spring.HasuraSession;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.GrantedAuthority;

/**
 * Whoever has a session, vouched for by the engine: a user or an admin with the role as authority, or, not authenticated and
 * without any authority, nobody at all, as behind an event that no session caused.
 *
 * <p>Sessions in the engine's unauthorized role are no such thing but an {@code AnonymousAuthenticationToken}, so that {@code
 * isAnonymous()} holds for them and {@code isAuthenticated()} does not. The principal is a {@link HasuraSession} in any case.
 */
public final class HasuraAuthentication extends AbstractAuthenticationToken {

    private final transient HasuraSession session;

    HasuraAuthentication(HasuraSession session, Collection<? extends GrantedAuthority> authorities) {
        super(authorities);
        this.session = session;
        super.setAuthenticated(!authorities.isEmpty());
    }

    @Override
    public HasuraSession getPrincipal() {
        return session;
    }

    /** Empty: the secret has been checked and is nobody's business any more. */
    @Override
    public Object getCredentials() {
        return "";
    }

    /** The session's name. */
    @Override
    public String getName() {
        return session.name();
    }

    /** Only ever takes trust away. */
    @Override
    public void setAuthenticated(boolean authenticated) {
        if (authenticated && !isAuthenticated()) {
            throw new IllegalArgumentException("Nobody becomes authenticated by saying so: make a new one");
        }
        super.setAuthenticated(authenticated);
    }
}
