package io.github.hasura4j.spring.jwt;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.hasura4j.payload.SessionVariables;
import org.jspecify.annotations.Nullable;

/**
 * What a verified token says. Immutable; {@code toString()} shows roles and expiry only.
 *
 * @param role the role that a request with it has: the one wished for, else the default one
 * @param defaultRole the role of requests that wish for none
 * @param allowedRoles the roles that a request may wish for
 * @param sessionVariables the session the engine makes of it: {@code x-hasura-role} and all {@code x-hasura-*} claims but the two
 *     about roles
 * @param subject whom it was issued for, or {@code null} if it does not say
 * @param expiresAt until when it is good, or {@code null} for ever: the engine takes such tokens from others, ours always expire
 * @param claims everything in it, those for the engine included: texts, numbers, booleans, lists, maps and nulls
 */
public record HasuraToken(
        String role,
        String defaultRole,
        List<String> allowedRoles,
        SessionVariables sessionVariables,
        @Nullable String subject,
        @Nullable Instant expiresAt,
        Map<String, @Nullable Object> claims) {

    public HasuraToken {
        allowedRoles = List.copyOf(allowedRoles);
        claims = Collections.unmodifiableMap(new LinkedHashMap<>(claims));
    }

    /** Leaves subject, variables and claims out. */
    @Override
    public String toString() {
        return "HasuraToken[role=" + role + ", allowedRoles=" + allowedRoles + ", expiresAt=" + expiresAt + "]";
    }
}
