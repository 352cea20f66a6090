package io.github.hasura4j.test;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Who a request is taken for. */
class AuthenticationTests {

    private static final String KEY = "0123456789abcdef0123456789abcdef";
    private static final String WHO = "{ me { id } }";

    @TempDir
    private static Path directory;

    private static LocalHasura engine;
    private static Requests client;

    @BeforeAll
    static void start() {
        ProjectFiles.in(directory)
                .withMigration("CREATE TABLE me (id text PRIMARY KEY); INSERT INTO me VALUES ('7'), ('8')")
                .withTable("me", """
                        table: me
                        select_permissions:
                        - {role: user, permission: {columns: [id], filter: {id: {_eq: X-Hasura-User-Id}}}}
                        - {role: editor, permission: {columns: [id], filter: {id: {_in: X-Hasura-Ids}}}}
                        - {role: anonymous, permission: {columns: [id], filter: {id: {_eq: '8'}}}}
                        """);
        engine = LocalHasura.forProject(directory)
                .adminSecret("s3cret")
                .environment(
                        "HASURA_GRAPHQL_JWT_SECRET",
                        "{\"type\": \"HS256\", \"key\": \"" + KEY + "\", \"audience\": \"app\"}")
                .unauthorizedRole("anonymous")
                .start();
        client = Requests.to(engine);
    }

    @AfterAll
    static void stop() {
        engine.close();
    }

    @Test
    void theAdminSecretMakesAnAdminOrAnyRole() {
        Requests admin = client.with("X-Hasura-Admin-Secret", "s3cret");
        assertThat(admin.data(WHO)).isEqualTo("{\"me\":[{\"id\":\"7\"}, {\"id\":\"8\"}]}");
        assertThat(admin.asRole("user").with("X-Hasura-User-Id", "7").data(WHO)).isEqualTo("{\"me\":[{\"id\":\"7\"}]}");
    }

    @Test
    void aWrongSecretIsRefusedWithStatus200() {
        var answer =
                client.with("x-hasura-admin-secret", "wrong").post("/v1/graphql", "{\"query\": \"{ me { id } }\"}");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body())
                .isEqualTo("{\"errors\":[{\"message\":\"invalid \\\"x-hasura-admin-secret\\\"\","
                        + "\"extensions\":{\"path\":\"$\",\"code\":\"access-denied\"}}]}");
    }

    @Test
    void nobodyIsTheUnauthorizedRoleWhateverItAsksFor() {
        assertThat(client.data(WHO)).isEqualTo("{\"me\":[{\"id\":\"8\"}]}");
        assertThat(client.asRole("admin").data(WHO)).isEqualTo("{\"me\":[{\"id\":\"8\"}]}");
    }

    @Test
    void nobodyMayChooseEveryVariableButTheRole() {
        Requests claiming = client.with("x-hasura-user-id", "7").with("x-hasura-role", "user");
        // The role anonymous is what it is; what it claims about its id counts for nothing unless a permission asks for
        // it.
        assertThat(claiming.data(WHO)).isEqualTo("{\"me\":[{\"id\":\"8\"}]}");
    }

    @Nested
    class WithAToken {

        @Test
        void theDefaultRoleApplies() {
            assertThat(bearer(Map.of("x-hasura-user-id", "7"), Instant.now().plusSeconds(60))
                            .data(WHO))
                    .isEqualTo("{\"me\":[{\"id\":\"7\"}]}");
        }

        @Test
        void anAllowedRoleMayBeAskedForAndListsBecomeLiterals() {
            assertThat(bearer(
                                    Map.of("X-Hasura-Ids", List.of("7", "8")),
                                    Instant.now().plusSeconds(60))
                            .asRole("editor")
                            .data(WHO))
                    .contains("7", "8");
        }

        @Test
        void anotherRoleIsRefused() {
            assertThat(bearer(Map.of(), Instant.now().plusSeconds(60))
                            .asRole("admin")
                            .send(WHO))
                    .contains("\"code\":\"access-denied\"", "Your requested role is not in allowed roles");
        }

        @Test
        void anExpiredOneDoesNotFallBackToNobody() {
            assertThat(bearer(Map.of("x-hasura-user-id", "7"), Instant.now().minusSeconds(60))
                            .send(WHO))
                    .contains("\"code\":\"invalid-jwt\"", "Could not verify JWT: JWTExpired");
        }

        @Test
        void aForgedOneIsRefused() {
            assertThat(client.with(
                                    "Authorization",
                                    "Bearer "
                                            + token(
                                                    "f".repeat(32),
                                                    Map.of(),
                                                    Instant.now().plusSeconds(60)))
                            .send(WHO))
                    .contains("JWSInvalidSignature");
            assertThat(client.with("Authorization", "Bearer nonsense").send(WHO))
                    .contains("\"code\":\"invalid-jwt\"");
            assertThat(client.with("Authorization", "Basic abc").send(WHO)).contains("Malformed Authorization header");
        }

        @Test
        void aNumberAmongTheVariablesIsRefused() {
            assertThat(bearer(Map.of("x-hasura-user-id", 7), Instant.now().plusSeconds(60))
                            .send(WHO))
                    .contains("\"code\":\"jwt-invalid-claims\"");
        }

        private Requests bearer(Map<String, Object> variables, Instant expires) {
            return client.with("Authorization", "Bearer " + token(KEY, variables, expires));
        }
    }

    private static String token(String key, Map<String, Object> variables, Instant expires) {
        Map<String, Object> claims = new java.util.HashMap<>(variables);
        claims.put("x-hasura-allowed-roles", List.of("user", "editor"));
        claims.put("x-hasura-default-role", "user");
        SignedJWT jwt = new SignedJWT(
                new JWSHeader(JWSAlgorithm.HS256),
                new JWTClaimsSet.Builder()
                        .audience("app")
                        .expirationTime(Date.from(expires))
                        .claim("https://hasura.io/jwt/claims", claims)
                        .build());
        try {
            jwt.sign(new MACSigner(key));
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
        return jwt.serialize();
    }

    @Nested
    class Settings {

        @Test
        void areRefusedWhereTheRealEngineWouldNotStart() {
            LocalHasura.Builder builder = LocalHasura.forProject(directory).unauthorizedRole("anonymous");
            assertThatExceptionOfType(LocalHasuraException.class)
                    .isThrownBy(builder::start)
                    .withMessageContaining("needs an admin secret");
            assertThatExceptionOfType(LocalHasuraException.class)
                    .isThrownBy(() -> builder.adminSecret("x")
                            .jwtSecret("{\"type\": \"HS256\", \"key\": \"short\"}")
                            .start())
                    .withMessageContaining("HS256 needs at least 32 characters");
            assertThatExceptionOfType(LocalHasuraException.class)
                    .isThrownBy(() -> builder.jwtSecret("{\"type\": \"RS256\", \"key\": \"…\"}")
                            .start())
                    .withMessageContaining("key does not fit RS256: it needs the public key");
            assertThatExceptionOfType(LocalHasuraException.class)
                    .isThrownBy(() -> builder.jwtSecret("{\"type\": \"none\"}").start())
                    .withMessageContaining("The JWT secret's type is 'none'. The local engine knows HS256");
            assertThatExceptionOfType(LocalHasuraException.class)
                    .isThrownBy(() ->
                            builder.jwtSecret("{\"jwk_url\": \"http://x\"}").start())
                    .withMessageContaining("does not support 'jwk_url'");
            assertThatExceptionOfType(LocalHasuraException.class)
                    .isThrownBy(() -> builder.jwtSecret("{\"type\": \"HS256\", \"key\": \"" + KEY + "\"}")
                            .environment("HASURA_GRAPHQL_AUTH_HOOK", "http://x")
                            .start())
                    .withMessageContaining("a JWT secret or an auth hook, not both");
        }
    }
}
