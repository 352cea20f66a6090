package io.github.hasura4j.client;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** When a token expires, if it says so. Nothing is verified: the engine does that. */
final class TokenExpiry {

    private static final String BEARER = "Bearer ";

    private TokenExpiry() {}

    /** Null for anything that is no JWT with an {@code exp}. */
    static @Nullable Instant of(@Nullable String authorization) {
        if (authorization == null || !authorization.startsWith(BEARER)) {
            return null;
        }
        String[] parts = authorization.substring(BEARER.length()).split("\\.", -1);
        if (parts.length != 3) {
            return null;
        }
        try {
            byte[] claims = Base64.getUrlDecoder().decode(parts[1]);
            JsonNode expiry = JsonMapper.shared()
                    .readTree(new String(claims, StandardCharsets.UTF_8))
                    .path("exp");
            return expiry.isNumber() ? Instant.ofEpochSecond(expiry.asLong()) : null;
        } catch (IllegalArgumentException | JacksonException | DateTimeException e) {
            return null;
        }
    }
}
