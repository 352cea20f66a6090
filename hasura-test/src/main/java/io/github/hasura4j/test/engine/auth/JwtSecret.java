package io.github.hasura4j.test.engine.auth;

import java.text.ParseException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.github.hasura4j.test.LocalHasuraException;
import io.github.hasura4j.test.engine.EngineException;
import io.github.hasura4j.test.engine.EngineJson;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** One of the secrets that tokens are verified with, as {@code HASURA_GRAPHQL_JWT_SECRET} describes it. */
final class JwtSecret {

    private final SignatureCheck signature;
    private final TokenPlace place;
    private final HasuraClaims claims;
    private final List<String> audiences;
    private final @Nullable String issuer;
    private final long allowedSkew;
    private final Clock clock;

    private JwtSecret(JsonNode json, Clock clock) {
        if (json.hasNonNull("jwk_url")) {
            throw new LocalHasuraException("The local engine does not support 'jwk_url' in the JWT secret", null);
        }
        this.signature = SignatureCheck.of(
                json.path("type").asString(""), json.path("key").asString(""));
        this.place = TokenPlace.from(json.path("header"));
        this.claims = HasuraClaims.from(json);
        this.audiences = texts(json.path("audience"));
        this.issuer = json.path("issuer").asString(null);
        this.allowedSkew = json.path("allowed_skew").asLong(0);
        this.clock = clock;
    }

    /**
     * Reads a secret.
     *
     * @throws LocalHasuraException if it cannot be used
     */
    static JwtSecret from(JsonNode json, Clock clock) {
        if (!json.isObject()) {
            throw new LocalHasuraException(
                    "The JWT secret is not a JSON object. It should look like {\"type\": \"HS256\", \"key\": \"…\"}",
                    null);
        }
        return new JwtSecret(json, clock);
    }

    private static List<String> texts(JsonNode oneOrMore) {
        List<String> texts = new ArrayList<>();
        if (oneOrMore.isString()) {
            texts.add(oneOrMore.stringValue());
        }
        oneOrMore.forEach(each -> texts.add(each.asString("")));
        return texts;
    }

    /** The token of a request that may be meant for this secret; null for none. */
    @Nullable
    String token(Map<String, String> headers) {
        return place.in(headers);
    }

    /** Whether a token says that somebody else made it. */
    boolean isOfAnotherIssuer(String token) {
        if (issuer == null) {
            return false;
        }
        try {
            String says = SignedJWT.parse(token).getJWTClaimsSet().getIssuer();
            return says != null && !says.equals(issuer);
        } catch (ParseException e) {
            return false;
        }
    }

    /**
     * The {@code x-hasura-*} claims of a good token.
     *
     * @throws EngineException if it is not good
     */
    Map<String, JsonNode> verify(String token) {
        try {
            SignedJWT jwt = SignedJWT.parse(token);
            if (!signature.accepts(jwt)) {
                throw bad("JWSError JWSInvalidSignature");
            }
            check(jwt.getJWTClaimsSet());
            return claims.in(EngineJson.parse(jwt.getPayload().toString()));
        } catch (ParseException e) {
            throw bad("JWSError (JSONDecodeError)");
        }
    }

    /** When a good token expires; null for never. */
    static @Nullable Instant expiry(String token) {
        try {
            Date expiration = SignedJWT.parse(token).getJWTClaimsSet().getExpirationTime();
            return expiration == null ? null : expiration.toInstant();
        } catch (ParseException e) {
            throw bad("JWSError (JSONDecodeError)");
        }
    }

    private void check(JWTClaimsSet token) {
        Date expiration = token.getExpirationTime();
        if (expiration != null && expiration.before(Date.from(clock.instant().minusSeconds(allowedSkew)))) {
            throw bad("JWTExpired");
        }
        Date notBefore = token.getNotBeforeTime();
        if (notBefore != null && notBefore.after(Date.from(clock.instant().plusSeconds(allowedSkew)))) {
            throw bad("JWTNotYetValid");
        }
        if (!audiences.isEmpty() && token.getAudience().stream().noneMatch(audiences::contains)) {
            throw bad("JWTNotInAudience");
        }
        if (issuer != null && token.getIssuer() != null && !issuer.equals(token.getIssuer())) {
            throw bad("JWTNotInIssuer");
        }
    }

    private static EngineException bad(String why) {
        return EngineException.of("invalid-jwt", "$", "Could not verify JWT: " + why);
    }
}
