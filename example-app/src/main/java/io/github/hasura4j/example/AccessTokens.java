package io.github.hasura4j.example;

import java.time.Clock;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Mints tokens that the engine accepts: signed with its own key, with the claims it looks for. */
@Component
class AccessTokens {

    private final ExampleProperties properties;
    private final Clock clock;
    private final JWSAlgorithm algorithm;
    private final JWSSigner signer;

    @Autowired
    AccessTokens(ExampleProperties properties, JsonMapper mapper) {
        this(properties, mapper, Clock.systemUTC());
    }

    AccessTokens(ExampleProperties properties, JsonMapper mapper, Clock clock) {
        this.properties = properties;
        this.clock = clock;
        try {
            JsonNode secret = mapper.readTree(properties.jwtSecret());
            this.algorithm = JWSAlgorithm.parse(secret.path("type").asString());
            this.signer = new MACSigner(secret.path("key").asString());
        } catch (JacksonException | JOSEException e) {
            // Not the cause: it may quote the key.
            throw new IllegalStateException(
                    "example.jwt-secret should hold what the engine has in HASURA_GRAPHQL_JWT_SECRET:"
                            + " {\"type\": \"HS256\", \"key\": \"at least 32 characters\"}");
        }
    }

    /** A token for a user of the role {@code user}. */
    String mint(UUID userId) {
        Instant now = clock.instant();
        JWTClaimsSet claims = new JWTClaimsSet.Builder()
                .subject(userId.toString())
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(properties.tokenLifetime())))
                .claim(
                        "https://hasura.io/jwt/claims",
                        Map.of(
                                "x-hasura-allowed-roles", List.of("user"),
                                "x-hasura-default-role", "user",
                                "x-hasura-user-id", userId.toString()))
                .build();
        SignedJWT token = new SignedJWT(new JWSHeader(algorithm), claims);
        try {
            token.sign(signer);
        } catch (JOSEException e) {
            throw new IllegalStateException("Cannot sign a token with " + algorithm, e);
        }
        return token.serialize();
    }
}
