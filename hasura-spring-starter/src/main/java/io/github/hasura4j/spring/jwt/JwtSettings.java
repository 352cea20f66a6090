package io.github.hasura4j.spring.jwt;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What {@code HASURA_GRAPHQL_JWT_SECRET} says, the key aside.
 *
 * @param layout where the claims for the engine stand
 * @param audiences of which a token has to name one; empty for any
 * @param issuer the only one that a token may name; null for any
 * @param allowedSkew by how much clocks may differ
 * @param place where in a request the token travels
 */
record JwtSettings(
        ClaimsLayout layout,
        List<String> audiences,
        @Nullable String issuer,
        Duration allowedSkew,
        TokenPlace place) {

    private static final String DEFAULT_NAMESPACE = "https://hasura.io/jwt/claims";

    static JsonNode parse(String json) {
        JsonNode secret;
        try {
            secret = JsonMapper.shared().readTree(json);
        } catch (JacksonException e) {
            // Not the cause: it quotes the secret.
            throw new IllegalArgumentException(
                    "The JWT secret is not JSON. It should be what the engine has in HASURA_GRAPHQL_JWT_SECRET,"
                            + " like {\"type\": \"HS256\", \"key\": \"32 characters or more\"}");
        }
        if (secret.isArray()) {
            throw new IllegalArgumentException("The JWT secret is a list, as in HASURA_GRAPHQL_JWT_SECRETS."
                    + " Give the one object of it that tokens are to be signed for");
        }
        if (!secret.isObject()) {
            throw new IllegalArgumentException(
                    "The JWT secret is no JSON object. It should be like {\"type\": \"HS256\", \"key\": \"32 characters or more\"}");
        }
        return secret;
    }

    static JwtKeys keys(JsonNode secret) {
        if (secret.hasNonNull("jwk_url")) {
            throw new IllegalArgumentException(
                    "The JWT secret has a 'jwk_url': the keys are with whoever publishes them there,"
                            + " so there is nothing to sign with. Give 'type' and 'key'");
        }
        return JwtKeys.from(JwtAlgorithm.from(text(secret, "type", "missing")), text(secret, "key", ""));
    }

    static JwtSettings from(JsonNode secret) {
        return new JwtSettings(
                layout(secret),
                audiences(secret.path("audience")),
                secret.hasNonNull("issuer") ? text(secret, "issuer", "") : null,
                skew(secret.path("allowed_skew")),
                TokenPlace.from(secret.get("header")));
    }

    private static ClaimsLayout layout(JsonNode secret) {
        boolean hasNamespace = secret.hasNonNull("claims_namespace");
        boolean hasPath = secret.hasNonNull("claims_namespace_path");
        if (hasNamespace && hasPath) {
            throw new IllegalArgumentException(
                    "The JWT secret has both claims_namespace and claims_namespace_path. Leave one out");
        }
        String format = text(secret, "claims_format", "json");
        if (!format.equals("json") && !format.equals("stringified_json")) {
            throw new IllegalArgumentException(
                    "The JWT secret's claims_format is '%s'. The engine knows json and stringified_json"
                            .formatted(format));
        }
        if (secret.hasNonNull("claims_map")) {
            return MapLayout.from(secret.get("claims_map"));
        }
        boolean stringified = format.equals("stringified_json");
        return hasPath
                ? NamespaceLayout.at(text(secret, "claims_namespace_path", ""), stringified)
                : NamespaceLayout.named(text(secret, "claims_namespace", DEFAULT_NAMESPACE), stringified);
    }

    private static List<String> audiences(JsonNode audience) {
        if (audience.isMissingNode() || audience.isNull()) {
            return List.of();
        }
        if (audience.isString()) {
            return List.of(audience.stringValue());
        }
        if (!audience.isArray() || audience.isEmpty() || !audience.valueStream().allMatch(JsonNode::isString)) {
            throw new IllegalArgumentException("The JWT secret's 'audience' is neither a text nor a list of texts");
        }
        return audience.valueStream().map(JsonNode::stringValue).toList();
    }

    private static Duration skew(JsonNode seconds) {
        if (seconds.isMissingNode() || seconds.isNull()) {
            return Duration.ZERO;
        }
        BigDecimal value = seconds.isNumber() ? seconds.decimalValue() : BigDecimal.ONE.negate();
        if (value.signum() < 0 || value.compareTo(BigDecimal.valueOf(Integer.MAX_VALUE)) > 0) {
            throw new IllegalArgumentException("The JWT secret's 'allowed_skew' is no number of seconds");
        }
        return Duration.ofMillis(value.movePointRight(3).longValue());
    }

    private static String text(JsonNode secret, String name, String otherwise) {
        JsonNode value = secret.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return otherwise;
        }
        if (!value.isString()) {
            throw new IllegalArgumentException("The JWT secret's '%s' is no text".formatted(name));
        }
        return value.stringValue();
    }
}
