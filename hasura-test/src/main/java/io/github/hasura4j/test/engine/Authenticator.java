package io.github.hasura4j.test.engine;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.text.ParseException;
import java.time.Clock;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.github.hasura4j.payload.SessionVariables;
import io.github.hasura4j.test.LocalHasuraException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Finds out who sends a request: admin secret, token, or nobody ({@code metadata.md} B.5, {@code webhooks.md} 7). */
public final class Authenticator {

    private static final String SECRET = "x-hasura-admin-secret";
    private static final String BACKEND_ONLY = "x-hasura-use-backend-only-permissions";
    private static final String PREFIX = "x-hasura-";

    private final @Nullable String adminSecret;
    private final @Nullable JwtSettings jwt;
    private final @Nullable String unauthorizedRole;
    private final Clock clock;

    /**
     * @param adminSecret the secret; null lets everybody in as admin
     * @param jwtSecret the JSON that {@code HASURA_GRAPHQL_JWT_SECRET} holds; null for none
     * @param unauthorizedRole the role of requests without secret and token; null to refuse them
     */
    public Authenticator(
            @Nullable String adminSecret, @Nullable String jwtSecret, @Nullable String unauthorizedRole, Clock clock) {
        if (adminSecret == null && (jwtSecret != null || unauthorizedRole != null)) {
            throw new LocalHasuraException(
                    "A JWT secret or an unauthorized role needs an admin secret, in the real engine too: set one",
                    null);
        }
        this.adminSecret = adminSecret;
        this.jwt = jwtSecret == null ? null : JwtSettings.parse(jwtSecret);
        this.unauthorizedRole = unauthorizedRole;
        this.clock = clock;
    }

    /** The session of a request with these headers. */
    public Session authenticate(Map<String, List<String>> headers) {
        Map<String, String> lower = new LinkedHashMap<>();
        headers.forEach((name, values) -> lower.put(name.toLowerCase(Locale.ROOT), values.get(values.size() - 1)));
        String given = lower.get(SECRET);
        if (adminSecret == null) {
            return trusted(lower, headers);
        }
        if (given != null) {
            if (!same(given, adminSecret)) {
                throw EngineException.denied("access-denied", "invalid \"x-hasura-admin-secret\"");
            }
            return trusted(lower, headers);
        }
        String authorization = lower.get("authorization");
        if (jwt != null && authorization != null) {
            return ofToken(jwt, authorization, lower.get(SessionVariables.ROLE), headers);
        }
        if (unauthorizedRole != null) {
            // As in the engine, every variable but the role is the client's own choice.
            Map<String, @Nullable String> variables = variables(lower);
            variables.put(SessionVariables.ROLE, unauthorizedRole);
            return new Session(unauthorizedRole, SessionVariables.of(variables), false, headers);
        }
        throw jwt != null
                ? EngineException.denied(
                        "invalid-headers", "Missing 'Authorization' or 'Cookie' header in JWT authentication mode")
                : EngineException.denied("access-denied", "\"x-hasura-admin-secret\" required, but not found");
    }

    private static Session trusted(Map<String, String> lower, Map<String, List<String>> headers) {
        Map<String, @Nullable String> variables = variables(lower);
        String role = lower.getOrDefault(SessionVariables.ROLE, Session.ADMIN);
        variables.put(SessionVariables.ROLE, role);
        return new Session(role, SessionVariables.of(variables), backendOnly(lower.get(BACKEND_ONLY)), headers);
    }

    private static Map<String, @Nullable String> variables(Map<String, String> lower) {
        Map<String, @Nullable String> variables = new LinkedHashMap<>();
        lower.forEach((name, value) -> {
            if (name.startsWith(PREFIX) && !name.equals(SECRET) && !name.equals(BACKEND_ONLY)) {
                variables.put(name, value);
            }
        });
        return variables;
    }

    private static boolean backendOnly(@Nullable String value) {
        if (value == null) {
            return false;
        }
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "true", "t", "yes", "y" -> true;
            case "false", "f", "no", "n" -> false;
            default ->
                throw EngineException.of(
                        "bad-request",
                        "$",
                        "x-hasura-use-backend-only-permissions: Not a valid boolean text. True values are"
                                + " [\"true\",\"t\",\"yes\",\"y\"] and  False values are [\"false\",\"f\",\"no\",\"n\"]."
                                + " All values are case insensitive");
        };
    }

    private Session ofToken(
            JwtSettings settings,
            String authorization,
            @Nullable String wantedRole,
            Map<String, List<String>> headers) {
        if (!authorization.regionMatches(true, 0, "Bearer ", 0, 7)) {
            throw EngineException.of("invalid-headers", "$", "Malformed Authorization header");
        }
        JsonNode claims = settings.hasuraClaims(
                verify(settings, authorization.substring(7).strip()));
        Map<String, @Nullable String> variables = new LinkedHashMap<>();
        List<String> allowed = null;
        String defaultRole = null;
        for (Map.Entry<String, JsonNode> claim : claims.properties()) {
            String name = claim.getKey().toLowerCase(Locale.ROOT);
            JsonNode value = claim.getValue();
            switch (name) {
                case "x-hasura-allowed-roles" -> allowed = texts(value);
                case "x-hasura-default-role" -> defaultRole = value.isString() ? value.stringValue() : null;
                default -> {
                    if (name.startsWith(PREFIX)) {
                        variables.put(name, variable(name, value));
                    }
                }
            }
        }
        if (allowed == null) {
            throw EngineException.of(
                    "jwt-missing-role-claims", "$", "JWT claim does not contain x-hasura-allowed-roles");
        }
        if (defaultRole == null) {
            throw EngineException.of(
                    "jwt-missing-role-claims", "$", "JWT claim does not contain x-hasura-default-role");
        }
        String role = wantedRole == null ? defaultRole : wantedRole;
        if (!allowed.contains(role)) {
            throw EngineException.of("access-denied", "$", "Your requested role is not in allowed roles");
        }
        variables.put(SessionVariables.ROLE, role);
        return new Session(role, SessionVariables.of(variables), false, headers);
    }

    private static List<String> texts(JsonNode list) {
        if (!list.isArray()) {
            throw EngineException.of(
                    "jwt-invalid-claims", "$", "invalid x-hasura-allowed-roles; should be a list of roles");
        }
        List<String> texts = new java.util.ArrayList<>();
        list.forEach(element -> texts.add(element.asString()));
        return texts;
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

    private JWTClaimsSet verify(JwtSettings settings, String token) {
        try {
            SignedJWT jwt = SignedJWT.parse(token);
            if (!jwt.getHeader().getAlgorithm().getName().equals(settings.type)
                    || !jwt.verify(new MACVerifier(settings.key.getBytes(StandardCharsets.UTF_8)))) {
                throw EngineException.of("invalid-jwt", "$", "Could not verify JWT: JWSError JWSInvalidSignature");
            }
            JWTClaimsSet claims = jwt.getJWTClaimsSet();
            Date now = Date.from(clock.instant().minusSeconds(settings.allowedSkew));
            if (claims.getExpirationTime() != null && claims.getExpirationTime().before(now)) {
                throw EngineException.of("invalid-jwt", "$", "Could not verify JWT: JWTExpired");
            }
            boolean otherAudience = !settings.audiences.isEmpty()
                    && claims.getAudience().stream().noneMatch(settings.audiences::contains);
            if (otherAudience) {
                throw EngineException.of("invalid-jwt", "$", "Could not verify JWT: JWTNotInAudience");
            }
            if (settings.issuer != null && claims.getIssuer() != null && !settings.issuer.equals(claims.getIssuer())) {
                throw EngineException.of("invalid-jwt", "$", "Could not verify JWT: JWTNotInIssuer");
            }
            return claims;
        } catch (ParseException | JOSEException e) {
            throw EngineException.of("invalid-jwt", "$", "Could not verify JWT: JWSError (JSONDecodeError)");
        }
    }

    private static boolean same(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }

    private record JwtSettings(
            String type,
            String key,
            String namespace,
            boolean stringified,
            List<String> audiences,
            @Nullable String issuer,
            long allowedSkew) {

        static JwtSettings parse(String json) {
            JsonNode settings;
            try {
                settings = EngineJson.parse(json);
            } catch (JacksonException e) {
                throw new LocalHasuraException(
                        "The JWT secret is not JSON. It should look like {\"type\": \"HS256\", \"key\": \"…\"}", null);
            }
            String type = settings.path("type").asString("");
            if (!type.startsWith("HS")) {
                throw new LocalHasuraException(
                        "The local engine verifies HS256, HS384 and HS512 tokens; the JWT secret's type is '" + type
                                + "'",
                        null);
            }
            for (String key : List.of("jwk_url", "claims_map", "claims_namespace_path", "header")) {
                if (settings.hasNonNull(key)) {
                    throw new LocalHasuraException(
                            "The local engine does not support '" + key + "' in the JWT secret", null);
                }
            }
            String key = settings.path("key").asString("");
            int needed = Integer.parseInt(type.substring(2)) / 8;
            if (key.getBytes(StandardCharsets.UTF_8).length < needed) {
                throw new LocalHasuraException(
                        "The key of the JWT secret is too short: " + type + " needs at least " + needed + " characters",
                        null);
            }
            JsonNode audience = settings.path("audience");
            return new JwtSettings(
                    type,
                    key,
                    settings.path("claims_namespace").asString("https://hasura.io/jwt/claims"),
                    settings.path("claims_format").asString("json").equals("stringified_json"),
                    audience.isArray()
                            ? texts(audience)
                            : audience.isString() ? List.of(audience.stringValue()) : List.of(),
                    settings.hasNonNull("issuer") ? settings.path("issuer").asString() : null,
                    settings.path("allowed_skew").asLong(0));
        }

        JsonNode hasuraClaims(JWTClaimsSet claims) {
            JsonNode value = EngineJson.tree(claims.getClaim(namespace));
            if (stringified && value.isString()) {
                try {
                    value = EngineJson.parse(value.stringValue());
                } catch (JacksonException e) {
                    throw EngineException.of("jwt-invalid-claims", "$", "invalid hasura claims: not JSON");
                }
            }
            if (!value.isObject()) {
                throw EngineException.of("jwt-invalid-claims", "$", "claims key: '" + namespace + "' not found");
            }
            return value;
        }

        /** Leaves the key out. */
        @Override
        public String toString() {
            return "JwtSettings[type=" + type + "]";
        }
    }
}
