package io.github.hasura4j.example;

import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

import io.github.hasura4j.payload.AuthHookPayload;
import io.github.hasura4j.spring.HasuraAuthHook;
import io.github.hasura4j.spring.jwt.HasuraJwt;
import io.github.hasura4j.spring.jwt.HasuraJwtException;
import io.github.hasura4j.spring.jwt.HasuraToken;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The tokens that the guide shows. */
class GuideJwtTests {

    private static final String SECRET = "{\"type\": \"HS256\", \"key\": \"a-key-for-this-machine-only-0123456789\"}";

    private final HasuraJwt jwt = HasuraJwt.from(SECRET);

    // tag::mint[]
    String tokenFor(UUID user, List<Integer> organisations) {
        return jwt.token()
                .subject(user)
                .roles("user", "editor")
                .defaultRole("user") // the first one, if not said
                .variable("x-hasura-user-id", user)
                .variable("x-hasura-org-ids", organisations) // becomes {1,2}
                .claim("name", "Ada") // not for the engine
                .expiresIn(Duration.ofMinutes(15))
                .sign();
    }
    // end::mint[]

    // tag::verify[]
    String describe(String token, @Nullable String wishedRole) {
        try {
            HasuraToken verified = jwt.verify(token, wishedRole);
            List<Integer> organisations = verified.sessionVariables().list("x-hasura-org-ids", Integer::valueOf);
            return "%s of %s until %s".formatted(verified.role(), organisations, verified.expiresAt());
        } catch (HasuraJwtException e) {
            return e.code(); // invalid-jwt, jwt-missing-role-claims, jwt-invalid-claims, access-denied
        }
    }
    // end::verify[]

    // tag::headers[]
    @HasuraAuthHook
    Map<String, String> session(AuthHookPayload request) {
        return jwt.authenticate(request::header)
                .map(token -> token.sessionVariables().asMap())
                .orElse(Map.of("x-hasura-role", "anonymous"));
    }
    // end::headers[]

    // tag::test[]
    @Test
    void aTokenIsGoodForAnHour() {
        Clock noon = Clock.fixed(Instant.parse("2024-02-29T12:00:00Z"), ZoneOffset.UTC);
        String token = jwt.withClock(noon).token().roles("user").sign();

        assertThat(jwt.withClock(noon).verify(token).expiresAt()).isEqualTo("2024-02-29T13:00:00Z");
        assertThatThrownBy(() ->
                        jwt.withClock(Clock.offset(noon, Duration.ofHours(1))).verify(token))
                .hasMessage("Could not verify JWT: JWTExpired");
    }
    // end::test[]

    @Test
    void aMintedTokenIsDescribed() {
        String token = tokenFor(UUID.randomUUID(), List.of(1, 2));

        assertThat(describe(token, null)).startsWith("user of [1, 2] until 2");
        assertThat(describe(token, "editor")).startsWith("editor of [1, 2]");
        assertThat(describe(token, "boss")).isEqualTo("access-denied");
        assertThat(describe(token + "x", null)).isEqualTo("invalid-jwt");
    }

    @Test
    void anAuthHookTakesTheTokenFromTheHeaders() {
        String token = tokenFor(UUID.randomUUID(), List.of());

        assertThat(session(new AuthHookPayload(Map.of("AUTHORIZATION", "Bearer " + token), List.of())))
                .containsEntry("x-hasura-role", "user")
                .containsEntry("x-hasura-org-ids", "{}");
        assertThat(session(new AuthHookPayload(Map.of(), List.of())))
                .containsOnly(Map.entry("x-hasura-role", "anonymous"));
    }

    @Test
    void aPrivateKeySignsWhereTheEngineHasThePublicOne() throws Exception {
        KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        Function<byte[], String> base64 = Base64.getEncoder()::encodeToString;
        String publicKey = base64.apply(pair.getPublic().getEncoded());
        String privateKeyPem = "-----BEGIN PRIVATE KEY-----\n"
                + base64.apply(pair.getPrivate().getEncoded()) + "\n-----END PRIVATE KEY-----";
        String secret = "{\"type\": \"Ed25519\", \"key\": \"-----BEGIN PUBLIC KEY-----\\n" + publicKey
                + "\\n-----END PUBLIC KEY-----\"}";

        // tag::private-key[]
        HasuraJwt jwt = HasuraJwt.from(secret).signingWith(privateKeyPem);
        // end::private-key[]

        assertThat(HasuraJwt.from(secret)
                        .verify(jwt.token().roles("user").sign())
                        .role())
                .isEqualTo("user");
    }
}
