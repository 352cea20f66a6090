package io.github.hasura4j.test;

import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.stream.Stream;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.util.Base64URL;
import io.github.hasura4j.test.Fixtures.Fixture;
import io.github.hasura4j.test.engine.EngineJson;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;

/** Tokens of all kinds, on one engine that has a secret for each: the header that a token comes in says which. */
class TokenTests {

    private static final String KEY = "k".repeat(64);
    private static final String CLAIMS = "{\"sub\": \"1\", \"https://hasura.io/jwt/claims\":"
            + " {\"x-hasura-allowed-roles\": [\"user\"], \"x-hasura-default-role\": \"user\", \"x-hasura-user-id\": \"1\"}}";

    @TempDir
    private static Path directory;

    private static StubHandler handler;
    private static LocalHasura engine;
    private static KeyPair rsa;
    private static KeyPair elliptic;
    private static KeyPair edwards;

    @BeforeAll
    static void start() throws Exception {
        handler = new StubHandler();
        rsa = keys("RSA", null);
        elliptic = keys("EC", "secp256r1");
        edwards = keys("Ed25519", null);
        ProjectFiles.in(directory)
                .with("metadata/actions.yaml", """
                        actions:
                        - name: who
                          definition: {handler: '{{HANDLER}}/who'}
                          permissions: [{role: user}, {role: editor}]
                        """)
                .with("metadata/actions.graphql", "type Query { who: String! }");
        ArrayNode secrets = JsonNodeFactory.instance.arrayNode();
        fixtures().forEach(fixture -> {
            ObjectNode secret = (ObjectNode) fixture.json().path("jwt_config").deepCopy();
            secrets.add(in(secret.put("key", KEY), fixture.name()));
        });
        for (String type : new String[] {"HS384", "HS512"}) {
            secrets.add(secret(type, KEY));
        }
        for (String type : new String[] {"RS256", "RS384", "RS512"}) {
            secrets.add(secret(type, pem(rsa.getPublic())));
        }
        secrets.add(secret("ES256", pem(elliptic.getPublic()).replace("\n", "\\n")));
        secrets.add(secret("Ed25519", pem(edwards.getPublic())));
        secrets.add(json("{\"type\": \"HS256\", \"key\": \"" + KEY
                + "\", \"header\": {\"type\": \"Cookie\", \"name\": \"session\"},"
                + " \"claims_map\": {\"x-hasura-allowed-roles\": {\"path\": \"$.user['all roles']\", \"default\": [\"user\"]},"
                + " \"x-hasura-default-role\": \"user\", \"x-hasura-user-id\": {\"path\": \"$.user.ids[1]\"}}}"));
        secrets.add(json("{\"type\": \"HS256\", \"key\": \"" + KEY + "\", \"issuer\": \"one\"}"));
        secrets.add(json("{\"type\": \"HS256\", \"key\": \"" + "z".repeat(32) + "\", \"issuer\": \"two\"}"));
        engine = LocalHasura.forProject(directory)
                .adminSecret("s")
                .environment("HANDLER", handler.url())
                .environment("HASURA_GRAPHQL_JWT_SECRETS", secrets.toString())
                .start();
    }

    @AfterAll
    static void stop() {
        engine.close();
        handler.close();
    }

    @BeforeEach
    void forget() {
        handler.answers(200, "\"me\"");
        handler.forget();
    }

    static Stream<Fixture> fixtures() {
        return Fixtures.named("jwt-claims-");
    }

    @Test
    void thereAreFixtures() {
        assertThat(fixtures()).hasSize(7);
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void makeTheSessionThatTheRealEngineMakes(Fixture fixture) throws Exception {
        String wanted = fixture.requestHeaders().get("X-Hasura-Role");
        Requests client = Requests.to(engine)
                .with(header(fixture.name()), signed(fixture.request().toString(), "HS256", new MACSigner(KEY)));

        String answer = (wanted == null ? client : client.asRole(wanted)).send("{ who }");

        JsonNode expected = fixture.result();
        if (expected.has("code")) {
            JsonNode error = EngineJson.parse(answer).path("errors").path(0);
            assertThat(error.path("extensions").path("code")).isEqualTo(expected.path("code"));
            if (expected.has("message")) {
                assertThat(error.path("message")).isEqualTo(expected.path("message"));
            }
            return;
        }
        assertThat(answer).isEqualTo("{\"data\":{\"who\":\"me\"}}");
        JsonNode session = handler.next().json().path("session_variables");
        assertThat(session.path("x-hasura-role")).isEqualTo(expected.path("role"));
        if (expected.has("session_variables")) {
            assertThat(session).isEqualTo(expected.path("session_variables"));
        }
    }

    @Nested
    class Signatures {

        @ParameterizedTest
        @ValueSource(strings = {"HS384", "HS512", "RS256", "RS384", "RS512", "ES256"})
        void areVerifiedByTheSecretsAlgorithm(String type) throws Exception {
            assertThat(send(type, signed(CLAIMS, type, signer(type)))).isEqualTo("{\"data\":{\"who\":\"me\"}}");
        }

        @Test
        void mayBeOfEdwards() throws Exception {
            assertThat(send("Ed25519", signedByEdwards(CLAIMS))).isEqualTo("{\"data\":{\"who\":\"me\"}}");
            String token = signedByEdwards(CLAIMS);
            assertThat(send("Ed25519", token.substring(0, token.lastIndexOf('.') + 1) + "AAAA"))
                    .contains("JWSInvalidSignature");
        }

        @Test
        void ofAnotherAlgorithmAreRefused() throws Exception {
            // The classic: a public key taken for a shared secret.
            String forged = signed(CLAIMS, "HS256", new MACSigner(pem(rsa.getPublic())));
            assertThat(send("RS256", forged)).contains("JWSInvalidSignature");
        }
    }

    @Nested
    class AClaimsMap {

        @Test
        void takesClaimsFromWhereTheyAre() throws Exception {
            String answer =
                    cookie("{\"user\": {\"ids\": [\"6\", \"7\"], \"all roles\": [\"user\", \"editor\"]}}", "editor");
            assertThat(answer).isEqualTo("{\"data\":{\"who\":\"me\"}}");
            assertThat(handler.next().json().path("session_variables"))
                    .isEqualTo(json("{\"x-hasura-role\": \"editor\", \"x-hasura-user-id\": \"7\"}"));
        }

        @Test
        void takesDefaultsForWhatIsMissing() throws Exception {
            assertThat(cookie("{\"user\": {\"ids\": [\"6\", \"7\"]}}", "user"))
                    .isEqualTo("{\"data\":{\"who\":\"me\"}}");
        }

        @Test
        void refusesATokenThatLacksAClaimWithoutADefault() throws Exception {
            assertThat(cookie("{\"user\": {}}", "user"))
                    .contains("\"code\":\"jwt-invalid-claims\"", "x-hasura-user-id");
        }

        private static String cookie(String claims, String role) throws Exception {
            return Requests.to(engine)
                    .with("Cookie", "theme=dark; session=" + signed(claims, "HS256", new MACSigner(KEY)))
                    .asRole(role)
                    .send("{ who }");
        }
    }

    @Nested
    class SeveralSecretsInOnePlace {

        @Test
        void areToldApartByTheIssuer() throws Exception {
            assertThat(bearer("two", "z".repeat(32))).isEqualTo("{\"data\":{\"who\":\"me\"}}");
            assertThat(bearer("one", KEY)).isEqualTo("{\"data\":{\"who\":\"me\"}}");
            assertThat(bearer("two", KEY)).contains("JWSInvalidSignature");
            assertThat(bearer("three", KEY)).contains("JWTNotInIssuer");
        }

        private static String bearer(String issuer, String key) throws Exception {
            ObjectNode claims = (ObjectNode) json(CLAIMS);
            String token = signed(claims.put("iss", issuer).toString(), "HS256", new MACSigner(key));
            return Requests.to(engine).with("Authorization", "Bearer " + token).send("{ who }");
        }
    }

    @Test
    void expireByTheEnginesClock() throws Exception {
        ObjectNode claims = (ObjectNode) json(CLAIMS);
        Instant expires = engine.now().plus(Duration.ofMinutes(5));
        String token = signed(claims.put("exp", expires.getEpochSecond()).toString(), "HS512", new MACSigner(KEY));
        assertThat(send("HS512", token)).contains("me");
        engine.advanceClock(Duration.ofMinutes(6));
        assertThat(send("HS512", token)).contains("JWTExpired");
    }

    @Test
    void areMissedInWords() {
        assertThat(Requests.to(engine).send("{ who }"))
                .contains(
                        "\"code\":\"invalid-headers\"",
                        "Missing 'Authorization' or 'Cookie' header in JWT authentication mode");
    }

    private static String send(String type, String token) {
        return Requests.to(engine).with(header(type), token).send("{ who }");
    }

    private static String header(String name) {
        return "X-Token-" + name;
    }

    private static ObjectNode in(ObjectNode secret, String name) {
        secret.putObject("header").put("type", "CustomHeader").put("name", header(name));
        return secret;
    }

    private static ObjectNode secret(String type, String key) {
        return in(JsonNodeFactory.instance.objectNode().put("type", type).put("key", key), type);
    }

    private static JsonNode json(String text) {
        return EngineJson.parse(text);
    }

    private static JWSSigner signer(String type) throws Exception {
        return switch (type.substring(0, 2)) {
            case "HS" -> new MACSigner(KEY);
            case "RS" -> new RSASSASigner(rsa.getPrivate());
            default -> new ECDSASigner((ECPrivateKey) elliptic.getPrivate());
        };
    }

    private static String signed(String claims, String algorithm, JWSSigner signer) throws Exception {
        JWSObject token = new JWSObject(new JWSHeader(JWSAlgorithm.parse(algorithm)), new Payload(claims));
        token.sign(signer);
        return token.serialize();
    }

    private static String signedByEdwards(String claims) throws Exception {
        String input = Base64URL.encode("{\"alg\":\"EdDSA\"}") + "." + Base64URL.encode(claims);
        Signature signature = Signature.getInstance("Ed25519");
        signature.initSign(edwards.getPrivate());
        signature.update(input.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        return input + "." + Base64URL.encode(signature.sign());
    }

    private static KeyPair keys(String family, String curve) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(family);
        if (curve != null) {
            generator.initialize(new ECGenParameterSpec(curve));
        }
        return generator.generateKeyPair();
    }

    private static String pem(PublicKey key) {
        return "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key.getEncoded())
                + "\n-----END PUBLIC KEY-----";
    }
}
