package io.github.hasura4j.spring.jwt;

import java.math.BigDecimal;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.Payload;
import io.github.hasura4j.payload.SessionVariables;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Mints tokens that the engine accepts, and verifies tokens as the engine does:
 * {@code HasuraJwt.from(secret).token().roles("user").variable("x-hasura-user-id", id).sign()}.
 *
 * <p>It is made of the JSON that the engine has in {@code HASURA_GRAPHQL_JWT_SECRET}, so algorithm, place and form of the claims,
 * audience and issuer agree. What the engine would refuse, or would read differently from what was asked for, is not signed.
 *
 * <p>Immutable and thread-safe. No key and no token is ever in a message or in {@code toString()}.
 */
public final class HasuraJwt {

    private static final Duration DEFAULT_LIFETIME = Duration.ofHours(1);
    private static final Duration LONGEST_LIFETIME = Duration.ofDays(36_525);
    private static final BigDecimal LAST_SECOND = BigDecimal.valueOf(253_402_300_799L); // of the year 9999

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private final JwtSettings settings;
    private final JwtKeys keys;
    private final Duration lifetime;
    private final Clock clock;

    private HasuraJwt(JwtSettings settings, JwtKeys keys, Duration lifetime, Clock clock) {
        this.settings = settings;
        this.keys = keys;
        this.lifetime = lifetime;
        this.clock = clock;
    }

    /**
     * Reads what {@code HASURA_GRAPHQL_JWT_SECRET} holds. With an HMAC key that is enough; with a public key it can only verify
     * until {@link #signingWith} adds the private one.
     *
     * @throws IllegalArgumentException if the engine would not start with it, or if it has a {@code jwk_url}
     */
    public static HasuraJwt from(String jwtSecretJson) {
        JsonNode secret = JwtSettings.parse(jwtSecretJson);
        return new HasuraJwt(JwtSettings.from(secret), JwtSettings.keys(secret), DEFAULT_LIFETIME, Clock.systemUTC());
    }

    /**
     * The same, signing with a private key.
     *
     * @param privateKeyPem PKCS#8 without a passphrase, from {@code -----BEGIN PRIVATE KEY-----} on
     * @throws IllegalArgumentException if it does not belong to the public key in the secret
     */
    public HasuraJwt signingWith(String privateKeyPem) {
        return new HasuraJwt(settings, keys.signingWith(privateKeyPem), lifetime, clock);
    }

    /** The same, with another lifetime for tokens that do not say; it is an hour otherwise. */
    public HasuraJwt expiringIn(Duration lifetime) {
        return new HasuraJwt(settings, keys, requireLifetime(lifetime), clock);
    }

    /** The same with another clock, for tests. */
    public HasuraJwt withClock(Clock clock) {
        return new HasuraJwt(settings, keys, lifetime, clock);
    }

    /**
     * Begins a token.
     *
     * @throws IllegalStateException if there is only a public key
     */
    public HasuraTokenBuilder token() {
        requireSigner();
        return new HasuraTokenBuilder(this, lifetime);
    }

    /**
     * What a token says to the engine, for a request that does not wish for a role.
     *
     * @throws HasuraJwtException if the engine would refuse it
     */
    public HasuraToken verify(String token) {
        return verify(token, null);
    }

    /**
     * What a token says to the engine, for a request with the header {@code x-hasura-role}.
     *
     * <p>It is stricter than the engine in two points: the {@code alg} has to be the secret's type exactly, and where the secret
     * names an audience, a token without one is refused.
     *
     * @param role the role wished for; null or empty for the default one
     * @throws HasuraJwtException if the engine would refuse it
     */
    public HasuraToken verify(String token, @Nullable String role) {
        ObjectNode payload = verifiedPayload(token);
        checkTimes(payload);
        checkParties(payload);
        return read(payload, role);
    }

    /**
     * The token of a request, from where the secret's {@code header} says: {@code jwt.tokenIn(request::getHeader)}.
     *
     * @param headers looks a header up by its name in any case, and answers null for one that is absent
     * @return empty if there is none: the engine then goes on with its unauthorized role, if it has one
     * @throws HasuraJwtException if there is something else in its place
     */
    public Optional<String> tokenIn(Function<? super String, ? extends @Nullable String> headers) {
        return settings.place().find(headers);
    }

    /**
     * Who sends a request: its token, verified for the role in its header {@code x-hasura-role}.
     *
     * @param headers looks a header up by its name in any case, and answers null for one that is absent
     * @return empty if there is no token
     * @throws HasuraJwtException if there is one that the engine would refuse
     */
    public Optional<HasuraToken> authenticate(Function<? super String, ? extends @Nullable String> headers) {
        return tokenIn(headers).map(token -> verify(token, headers.apply(SessionVariables.ROLE)));
    }

    static Duration requireLifetime(Duration lifetime) {
        if (lifetime.compareTo(Duration.ofSeconds(1)) < 0 || lifetime.compareTo(LONGEST_LIFETIME) > 0) {
            throw new IllegalArgumentException(
                    "A token cannot expire in %s. Give a second or more, and at most a hundred years"
                            .formatted(lifetime));
        }
        return lifetime;
    }

    private JWSSigner requireSigner() {
        JWSSigner signer = keys.signer();
        if (signer == null) {
            throw new IllegalStateException("There is only the public key of the JWT secret, which verifies."
                    + " To sign, add the private one: signingWith(…), or hasura.jwt.private-key");
        }
        return signer;
    }

    String sign(@Nullable String subject, Map<String, Object> claims, ClaimsLayout.Wanted wanted, Duration lifetime) {
        if (wanted.roles().isEmpty() && !settings.layout().hasRolesOfItsOwn()) {
            throw new IllegalArgumentException(
                    "The token has no role, so the engine would refuse it. Name at least one with roles(…)");
        }
        Instant now = clock.instant();
        ObjectNode payload = JSON.createObjectNode();
        if (subject != null) {
            payload.put("sub", subject);
        }
        claims.forEach((name, value) -> payload.set(name, json(name, value)));
        if (settings.issuer() != null && !payload.has("iss")) {
            payload.put("iss", settings.issuer());
        }
        if (!settings.audiences().isEmpty() && !payload.has("aud")) {
            payload.put("aud", settings.audiences().get(0));
        }
        payload.put("iat", now.getEpochSecond());
        payload.put("exp", now.plus(lifetime).getEpochSecond());
        settings.layout().write(payload, wanted);
        checkReadsBack(payload, wanted);

        JWSHeader header = new JWSHeader.Builder(keys.algorithm().jws())
                .type(JOSEObjectType.JWT)
                .build();
        JWSObject token = new JWSObject(header, new Payload(payload.toString()));
        try {
            token.sign(requireSigner());
        } catch (JOSEException e) {
            throw new IllegalStateException(
                    "Cannot sign a token with " + keys.algorithm().type(), e);
        }
        return token.serialize();
    }

    private static JsonNode json(String name, Object value) {
        try {
            return JSON.valueToTree(value);
        } catch (JacksonException e) {
            // Not the cause: it may quote the value.
            throw new IllegalArgumentException("The claim '%s' is given a %s, which Jackson cannot write as JSON"
                    .formatted(name, value.getClass().getTypeName()));
        }
    }

    /** Reads the token as the engine will, and compares with what was asked for. */
    private void checkReadsBack(ObjectNode payload, ClaimsLayout.Wanted wanted) {
        HasuraToken token;
        try {
            checkParties(payload);
            token = read(payload, null);
        } catch (HasuraJwtException e) {
            throw new IllegalArgumentException("The engine would refuse this token: " + e.getMessage(), e);
        }
        boolean sameRoles =
                wanted.roles().isEmpty() || new HashSet<>(wanted.roles()).equals(new HashSet<>(token.allowedRoles()));
        require(sameRoles, ClaimsLayout.ALLOWED_ROLES);
        require(
                wanted.defaultRole() == null || wanted.defaultRole().equals(token.defaultRole()),
                ClaimsLayout.DEFAULT_ROLE);
        wanted.variables()
                .forEach((name, value) ->
                        require(value.equals(token.sessionVariables().get(name)), name));
    }

    private void require(boolean same, String claim) {
        if (!same) {
            throw new IllegalArgumentException(
                    "The engine would read another %s than the one given: %s. Give the same, or change the JWT secret"
                            .formatted(claim, settings.layout().whereabouts(claim)));
        }
    }

    private ObjectNode verifiedPayload(String token) {
        JWSObject signed;
        try {
            signed = JWSObject.parse(token);
        } catch (ParseException | IllegalArgumentException e) {
            throw HasuraJwtException.invalidJwt("JWSError (CompactDecodeError)");
        }
        JWSHeader header = signed.getHeader();
        boolean verified;
        try {
            // The algorithm is ours to say, not the token's; and we know no extension that could be critical.
            verified = keys.algorithm().jws().equals(header.getAlgorithm())
                    && header.getCriticalParams() == null
                    && signed.verify(keys.verifier());
        } catch (JOSEException e) {
            verified = false;
        }
        if (!verified) {
            throw HasuraJwtException.invalidJwt("JWSError JWSInvalidSignature");
        }
        try {
            if (JSON.readTree(signed.getPayload().toBytes()) instanceof ObjectNode payload) {
                return payload;
            }
        } catch (JacksonException e) {
            // Said below, without the text.
        }
        throw HasuraJwtException.invalidJwt("JWTClaimsSetDecodeError");
    }

    private void checkTimes(ObjectNode payload) {
        Instant now = clock.instant();
        Duration skew = settings.allowedSkew();
        Instant expiry = time(payload, "exp");
        if (expiry != null && !now.isBefore(expiry.plus(skew))) {
            throw HasuraJwtException.invalidJwt("JWTExpired");
        }
        Instant issued = time(payload, "iat");
        if (issued != null && issued.isAfter(now.plus(skew))) {
            throw HasuraJwtException.invalidJwt("JWTIssuedAtFuture");
        }
        Instant notBefore = time(payload, "nbf");
        if (notBefore != null && now.isBefore(notBefore.minus(skew))) {
            throw HasuraJwtException.invalidJwt("JWTNotYetValid");
        }
    }

    private void checkParties(ObjectNode payload) {
        String issuer = text(payload, "iss");
        if (settings.issuer() != null && issuer != null && !settings.issuer().equals(issuer)) {
            throw HasuraJwtException.invalidJwt("JWTNotInIssuer");
        }
        JsonNode audience = payload.path("aud");
        boolean named = audience.isArray() ? audience.valueStream().anyMatch(this::isOurs) : isOurs(audience);
        if (!settings.audiences().isEmpty() && !named) {
            throw HasuraJwtException.invalidJwt("JWTNotInAudience");
        }
    }

    private boolean isOurs(JsonNode audience) {
        return audience.isString() && settings.audiences().contains(audience.stringValue());
    }

    private HasuraToken read(ObjectNode payload, @Nullable String wished) {
        Map<String, JsonNode> claims = settings.layout().read(payload);
        List<String> allowed = allowedRoles(claims.remove(ClaimsLayout.ALLOWED_ROLES));
        String defaultRole = defaultRole(claims.remove(ClaimsLayout.DEFAULT_ROLE));
        String role = wished == null || wished.isEmpty() ? defaultRole : wished;
        if (!allowed.contains(role)) {
            throw HasuraJwtException.roleNotAllowed();
        }
        Map<String, @Nullable String> variables = new LinkedHashMap<>();
        claims.forEach((name, value) -> {
            if (!value.isString()) {
                throw HasuraJwtException.invalidClaims("x-hasura-* claims: %s should be a string".formatted(name));
            }
            variables.put(name, value.stringValue());
        });
        variables.put(SessionVariables.ROLE, role);
        return new HasuraToken(
                role,
                defaultRole,
                allowed,
                SessionVariables.of(variables),
                text(payload, "sub"),
                time(payload, "exp"),
                members(payload));
    }

    private static List<String> allowedRoles(@Nullable JsonNode claim) {
        if (claim == null) {
            throw HasuraJwtException.missingRoleClaim(ClaimsLayout.ALLOWED_ROLES);
        }
        List<String> roles = new ArrayList<>();
        for (JsonNode role :
                claim instanceof ArrayNode list ? list : JSON.createArrayNode().addNull()) {
            if (!role.isString() || role.stringValue().isEmpty()) {
                throw HasuraJwtException.invalidClaims(
                        "invalid " + ClaimsLayout.ALLOWED_ROLES + "; should be a list of roles");
            }
            roles.add(role.stringValue());
        }
        return roles;
    }

    private static String defaultRole(@Nullable JsonNode claim) {
        if (claim == null) {
            throw HasuraJwtException.missingRoleClaim(ClaimsLayout.DEFAULT_ROLE);
        }
        if (!claim.isString() || claim.stringValue().isEmpty()) {
            throw HasuraJwtException.invalidClaims(
                    "invalid " + ClaimsLayout.DEFAULT_ROLE + "; should be a single role name");
        }
        return claim.stringValue();
    }

    private static @Nullable String text(ObjectNode payload, String claim) {
        JsonNode value = payload.get(claim);
        if (value == null || value.isNull()) {
            return null;
        }
        if (!value.isString()) {
            throw HasuraJwtException.invalidJwt("JWTClaimsSetDecodeError: %s is no text".formatted(claim));
        }
        return value.stringValue();
    }

    private static @Nullable Instant time(ObjectNode payload, String claim) {
        JsonNode value = payload.get(claim);
        if (value == null || value.isNull()) {
            return null;
        }
        BigDecimal seconds = value.isNumber() ? value.decimalValue() : BigDecimal.ONE.negate();
        if (seconds.signum() < 0 || seconds.compareTo(LAST_SECOND) > 0) {
            throw HasuraJwtException.invalidJwt("JWTClaimsSetDecodeError: %s is no time".formatted(claim));
        }
        return Instant.ofEpochMilli(seconds.movePointRight(3).longValue());
    }

    private static Map<String, @Nullable Object> members(JsonNode object) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        object.properties().forEach(member -> members.put(member.getKey(), plain(member.getValue())));
        return Collections.unmodifiableMap(members);
    }

    private static @Nullable Object plain(JsonNode value) {
        if (value.isObject()) {
            return members(value);
        }
        if (value.isArray()) {
            List<@Nullable Object> elements = new ArrayList<>();
            value.forEach(element -> elements.add(plain(element)));
            return Collections.unmodifiableList(elements);
        }
        if (value.isNumber()) {
            return value.numberValue();
        }
        if (value.isBoolean()) {
            return value.booleanValue();
        }
        return value.isNull() ? null : value.asString();
    }

    /** Shows the type and whether it signs, nothing of a key. */
    @Override
    public String toString() {
        return "HasuraJwt[type=" + keys.algorithm().type() + ", signs=" + (keys.signer() != null) + "]";
    }
}
