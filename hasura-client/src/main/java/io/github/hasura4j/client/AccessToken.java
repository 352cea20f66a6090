package io.github.hasura4j.client;

import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A token (JWT) that says who is asking, and until when the engine believes it. Immutable; {@code toString()} hides the token. */
public final class AccessToken {

    private final String value;
    private final @Nullable Instant expiresAt;

    private AccessToken(String value, @Nullable Instant expiresAt) {
        this.value = value;
        this.expiresAt = expiresAt;
    }

    /**
     * A token of which nobody knows how long it is good.
     *
     * @throws IllegalArgumentException if it is empty or cannot be sent in a header
     */
    public static AccessToken of(String token) {
        return new AccessToken(Identity.checkedToken(token), null);
    }

    /**
     * A token that is good until then.
     *
     * @throws IllegalArgumentException if it is empty or cannot be sent in a header
     */
    public static AccessToken of(String token, Instant expiresAt) {
        return new AccessToken(Identity.checkedToken(token), expiresAt);
    }

    /**
     * A token that says itself how long it is good, by its claim {@code exp}. Nothing is verified: that is the engine's part.
     *
     * @throws IllegalArgumentException if it is no JWT or cannot be sent in a header
     */
    public static AccessToken ofJwt(String token) {
        String checked = Identity.checkedToken(token);
        String[] parts = checked.split("\\.", -1);
        if (parts.length != 3) {
            throw new IllegalArgumentException(
                    "The token is no JWT: it has not three parts. Use AccessToken.of(…) for one of another kind.");
        }
        try {
            JsonNode expires = JsonMapper.shared()
                    .readTree(Base64.getUrlDecoder().decode(parts[1]))
                    .path("exp");
            return new AccessToken(checked, expires.isNumber() ? Instant.ofEpochSecond(expires.longValue()) : null);
        } catch (JacksonException | IllegalArgumentException e) {
            // Without the cause, which may quote from the token.
            throw new IllegalArgumentException(
                    "The token is no JWT: its claims are not readable. Use AccessToken.of(…) for one of another kind.");
        }
    }

    /** The token itself. */
    public String value() {
        return value;
    }

    /** Until when it is good; empty if nobody knows. */
    public Optional<Instant> expiresAt() {
        return Optional.ofNullable(expiresAt);
    }

    @Override
    public String toString() {
        return "AccessToken[***" + (expiresAt == null ? "" : ", expiresAt=" + expiresAt) + "]";
    }
}
