package io.github.hasura4j.test.engine.auth;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.hasura4j.payload.SessionVariables;
import io.github.hasura4j.test.LocalHasuraException;
import io.github.hasura4j.test.engine.EngineException;
import io.github.hasura4j.test.engine.EngineJson;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** The secrets that tokens are verified with; the place of a token and its issuer say which ({@code webhooks.md} 7). */
public final class JwtSecrets {

    private static final String PREFIX = "x-hasura-";

    private final List<JwtSecret> secrets;

    private JwtSecrets(List<JwtSecret> secrets) {
        this.secrets = secrets;
    }

    /**
     * Reads the secrets.
     *
     * @param json a secret, or a list of them
     * @throws LocalHasuraException if one cannot be used
     */
    public static JwtSecrets parse(String json, Clock clock) {
        JsonNode tree;
        try {
            tree = EngineJson.parse(json);
        } catch (JacksonException e) {
            // Without the cause, which quotes the secret.
            throw new LocalHasuraException(
                    "The JWT secret is not JSON. It should look like {\"type\": \"HS256\", \"key\": \"…\"}", null);
        }
        List<JwtSecret> secrets = new ArrayList<>();
        if (tree.isArray()) {
            tree.forEach(each -> secrets.add(JwtSecret.from(each, clock)));
        } else {
            secrets.add(JwtSecret.from(tree, clock));
        }
        return new JwtSecrets(secrets);
    }

    /**
     * What a good token says.
     *
     * @param variables the session variables, the role among them
     * @param expires when it is good no more; null for never
     */
    public record Verified(
            Map<String, @Nullable String> variables,
            @Nullable Instant expires) {

        /** Leaves the variables out. */
        @Override
        public String toString() {
            return "Verified[expires=" + expires + "]";
        }
    }

    /**
     * Verifies a request's token.
     *
     * @param headers the request's headers, names in lower case
     * @return null if there is no token
     * @throws EngineException if the token is not good, or does not allow the role that the request asks for
     */
    public @Nullable Verified verify(Map<String, String> headers) {
        JwtSecret unfit = null;
        for (JwtSecret secret : secrets) {
            String token = secret.token(headers);
            if (token != null && !secret.isOfAnotherIssuer(token)) {
                return verify(secret, token, headers);
            }
            unfit = unfit == null && token != null ? secret : unfit;
        }
        String token = unfit == null ? null : unfit.token(headers);
        return unfit == null || token == null ? null : verify(unfit, token, headers);
    }

    private static Verified verify(JwtSecret secret, String token, Map<String, String> headers) {
        return new Verified(
                variables(secret.verify(token), headers.get(SessionVariables.ROLE)), JwtSecret.expiry(token));
    }

    private static Map<String, @Nullable String> variables(Map<String, JsonNode> claims, @Nullable String wanted) {
        List<String> allowed = allowedRoles(claims.get(HasuraClaims.ALLOWED_ROLES));
        JsonNode defaultRole = claims.get(HasuraClaims.DEFAULT_ROLE);
        if (defaultRole == null || !defaultRole.isString()) {
            throw missing(HasuraClaims.DEFAULT_ROLE);
        }
        String role = wanted == null ? defaultRole.stringValue() : wanted;
        if (!allowed.contains(role)) {
            throw EngineException.of("access-denied", "$", "Your requested role is not in allowed roles");
        }
        Map<String, @Nullable String> variables = new LinkedHashMap<>();
        claims.forEach((name, value) -> {
            boolean ofRoles = name.equals(HasuraClaims.ALLOWED_ROLES) || name.equals(HasuraClaims.DEFAULT_ROLE);
            if (name.startsWith(PREFIX) && !ofRoles) {
                variables.put(name, variable(name, value));
            }
        });
        variables.put(SessionVariables.ROLE, role);
        return variables;
    }

    private static List<String> allowedRoles(@Nullable JsonNode roles) {
        if (roles == null) {
            throw missing(HasuraClaims.ALLOWED_ROLES);
        }
        if (!roles.isArray()) {
            throw EngineException.of(
                    "jwt-invalid-claims", "$", "invalid x-hasura-allowed-roles; should be a list of roles");
        }
        List<String> names = new ArrayList<>();
        roles.forEach(role -> names.add(role.asString()));
        return names;
    }

    private static EngineException missing(String claim) {
        return EngineException.of("jwt-missing-role-claims", "$", "JWT claim does not contain " + claim);
    }

    /** Strings only; an array becomes Postgres' literal, as current engines do ({@code webhooks.md} 7, uncertain). */
    private static String variable(String name, JsonNode value) {
        if (value.isString()) {
            return value.stringValue();
        }
        if (value.isArray()) {
            StringBuilder literal = new StringBuilder("{");
            value.forEach(
                    element -> literal.append(literal.length() > 1 ? "," : "").append(element.asString()));
            return literal.append('}').toString();
        }
        throw EngineException.of("jwt-invalid-claims", "$", "x-hasura-* claims should be strings: " + name);
    }
}
