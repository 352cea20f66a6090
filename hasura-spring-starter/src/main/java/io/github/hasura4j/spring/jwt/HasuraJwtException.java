package io.github.hasura4j.spring.jwt;

import io.github.hasura4j.spring.HasuraWebhookException;

/**
 * A token that the engine would refuse, with the engine's own code and message. The message shows neither the token nor a value in
 * it.
 */
public final class HasuraJwtException extends HasuraWebhookException {

    private final String code;

    private HasuraJwtException(String code, String message) {
        super(message, null);
        this.code = code;
    }

    static HasuraJwtException invalidJwt(String reason) {
        return new HasuraJwtException("invalid-jwt", "Could not verify JWT: " + reason);
    }

    static HasuraJwtException missingRoleClaim(String claim) {
        return new HasuraJwtException("jwt-missing-role-claims", "JWT claim does not contain " + claim);
    }

    static HasuraJwtException invalidClaims(String message) {
        return new HasuraJwtException("jwt-invalid-claims", message);
    }

    static HasuraJwtException roleNotAllowed() {
        return new HasuraJwtException("access-denied", "Your requested role is not in allowed roles");
    }

    static HasuraJwtException invalidHeaders(String message) {
        return new HasuraJwtException("invalid-headers", message);
    }

    /**
     * The engine's code: {@code invalid-jwt} (signature, form, time, audience, issuer), {@code jwt-missing-role-claims},
     * {@code jwt-invalid-claims}, {@code access-denied} (the role), {@code invalid-headers}.
     */
    public String code() {
        return code;
    }
}
