package io.github.hasura4j.spring.jwt;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Set;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.MACSigner;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class JwtAlgorithmTests {

    private static final KeyPair RSA = Keys.rsa(2048);
    private static final Map<String, KeyPair> PAIRS = Map.of(
            "RS256", RSA,
            "RS384", RSA,
            "RS512", RSA,
            "ES256", Keys.ec("secp256r1"),
            "ES384", Keys.ec("secp384r1"),
            "ES512", Keys.ec("secp521r1"),
            "Ed25519", Keys.edwards("Ed25519"));

    private static HasuraJwt verifierOf(String type) {
        String key =
                type.startsWith("HS") ? Keys.HMAC : Keys.pem(PAIRS.get(type).getPublic());
        return HasuraJwt.from(Keys.secret(type, key));
    }

    private static HasuraJwt signerOf(String type) {
        HasuraJwt jwt = verifierOf(type);
        return type.startsWith("HS")
                ? jwt
                : jwt.signingWith(Keys.pem(PAIRS.get(type).getPrivate()));
    }

    @ParameterizedTest
    @CsvSource({
        "HS256, HS256",
        "HS384, HS384",
        "HS512, HS512",
        "RS256, RS256",
        "RS384, RS384",
        "RS512, RS512",
        "ES256, ES256",
        "ES384, ES384",
        "ES512, ES512",
        "Ed25519, EdDSA"
    })
    void signsAndVerifies(String type, String alg) {
        String token = signerOf(type).token().subject(7).roles("user").sign();

        assertThat(Keys.header(token).path("alg").asString()).isEqualTo(alg);
        assertThat(Keys.header(token).path("typ").asString()).isEqualTo("JWT");
        assertThat(verifierOf(type).verify(token).subject()).isEqualTo("7");
    }

    @ParameterizedTest
    @ValueSource(strings = {"HS256", "HS384", "HS512", "RS256", "RS384", "RS512", "ES256", "ES384", "ES512", "Ed25519"})
    void refusesATokenOfAnyOtherType(String type) {
        HasuraJwt verifier = verifierOf(type);
        for (String other : new String[] {"HS256", "HS512", "RS256", "RS512", "ES256", "ES512", "Ed25519"}) {
            if (!other.equals(type)) {
                assertRefused(verifier, signerOf(other).token().roles("user").sign());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"HS256", "RS256", "ES256", "Ed25519"})
    void refusesWhatWasChangedOnTheWay(String type) {
        String token = signerOf(type).token().subject("7").roles("user").sign();
        String[] parts = token.split("\\.");
        String otherPayload = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(
                        Keys.payload(token).toString().replace("user", "boss").getBytes());
        byte[] signature = Base64.getUrlDecoder().decode(parts[2]);
        signature[signature.length / 2] ^= 1;
        String otherSignature = Base64.getUrlEncoder().withoutPadding().encodeToString(signature);

        assertRefused(verifierOf(type), parts[0] + "." + otherPayload + "." + parts[2]);
        assertRefused(verifierOf(type), parts[0] + "." + parts[1] + "." + otherSignature);
        assertRefused(verifierOf(type), parts[0] + "." + parts[1] + ".");
        assertRefused(verifierOf(type), parts[0] + "." + parts[1] + ".AAAA");
        assertRefused(verifierOf(type), parts[0] + "." + parts[1]);
    }

    @Test
    void refusesATokenSignedWithThePublicKeyAsAnHmacKey() throws Exception {
        String publicKey = Keys.pem(RSA.getPublic());
        JWSObject token = new JWSObject(new JWSHeader(JWSAlgorithm.HS256), new Payload(userClaims()));
        token.sign(new MACSigner(publicKey));

        assertRefused(verifierOf("RS256"), token.serialize());
    }

    @Test
    void refusesATokenWithoutASignature() {
        String header = Base64.getUrlEncoder().withoutPadding().encodeToString("{\"alg\":\"none\"}".getBytes());
        String payload = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(userClaims().getBytes());

        assertRefused(verifierOf("HS256"), header + "." + payload + ".");
        assertRefused(verifierOf("RS256"), header + "." + payload + ".");
    }

    @Test
    void refusesATokenWithAnExtensionItMustUnderstand() throws Exception {
        JWSHeader critical = new JWSHeader.Builder(JWSAlgorithm.EdDSA)
                .criticalParams(Set.of("x-binding"))
                .customParam("x-binding", 1)
                .build();
        JWSObject token = new JWSObject(critical, new Payload(userClaims()));
        token.sign(new Ed25519Signer(PAIRS.get("Ed25519").getPrivate()));

        assertRefused(verifierOf("Ed25519"), token.serialize());
    }

    @Nested
    class WithAPublicKeyOnly {

        @Test
        void itVerifiesButDoesNotSign() {
            assertThatIllegalStateException()
                    .isThrownBy(() -> verifierOf("RS256").token())
                    .withMessageContaining("There is only the public key")
                    .withMessageContaining("hasura.jwt.private-key");
        }
    }

    @Nested
    class ThePrivateKey {

        @ParameterizedTest
        @ValueSource(strings = {"RS256", "ES256", "Ed25519"})
        void belongsToThePublicOne(String type) {
            KeyPair other = switch (type) {
                case "RS256" -> Keys.rsa(2048);
                case "ES256" -> Keys.ec("secp256r1");
                default -> Keys.edwards("Ed25519");
            };

            assertRejected(verifierOf(type), Keys.pem(other.getPrivate()), "does not belong to the public 'key'");
        }

        @Test
        void isOfTheTypesKind() {
            assertRejected(verifierOf("RS256"), Keys.pem(PAIRS.get("ES256").getPrivate()), "is no RSA key");
            assertRejected(verifierOf("ES256"), Keys.pem(PAIRS.get("ES384").getPrivate()), "ES256 needs P-256");
            assertRejected(verifierOf("Ed25519"), Keys.pem(Keys.edwards("Ed448").getPrivate()), "is no Ed25519 key");
        }

        @Test
        void isLongEnoughForRsa() {
            KeyPair small = Keys.rsa(1024);
            HasuraJwt jwt = HasuraJwt.from(Keys.secret("RS256", Keys.pem(small.getPublic())));

            assertRejected(jwt, Keys.pem(small.getPrivate()), "has 1024 bits: RSA needs 2048 or more");
        }

        @Test
        void isPemWithoutAPassphrase() {
            assertRejected(verifierOf("RS256"), "nonsense", "openssl pkcs8 -topk8 -nocrypt");
            assertRejected(verifierOf("RS256"), Keys.pem("RSA PRIVATE KEY", new byte[64]), "openssl pkcs8");
            assertRejected(
                    verifierOf("RS256"), Keys.pem("ENCRYPTED PRIVATE KEY", new byte[64]), "without a passphrase");
            assertRejected(verifierOf("RS256"), Keys.pem("PRIVATE KEY", new byte[64]), "is no RSA key");
        }

        @Test
        void mayHaveItsLineBreaksWrittenOut() {
            String oneLine = Keys.pem(RSA.getPrivate()).replace("\r", "").replace("\n", "\\n");

            assertThat(verifierOf("RS256")
                            .signingWith(oneLine)
                            .token()
                            .roles("user")
                            .sign())
                    .isNotEmpty();
        }

        @Test
        void isNotNeededForAnHmacKey() {
            assertRejected(verifierOf("HS256"), Keys.pem(RSA.getPrivate()), "whose 'key' signs as well");
        }

        private void assertRejected(HasuraJwt jwt, String pem, String sentence) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> jwt.signingWith(pem))
                    .withMessageContaining(sentence)
                    .withNoCause();
        }
    }

    @Nested
    class ThePublicKey {

        @Test
        void mayBeInTheOlderForm() {
            byte[] envelope = RSA.getPublic().getEncoded();
            byte[] bare = Arrays.copyOfRange(envelope, 24, envelope.length);
            HasuraJwt jwt = HasuraJwt.from(Keys.secret("RS256", Keys.pem("RSA PUBLIC KEY", bare)));

            assertThat(jwt.verify(signerOf("RS256").token().roles("user").sign())
                            .role())
                    .isEqualTo("user");
        }

        @ParameterizedTest
        @CsvSource({"RS256, RSA, -keysize, 2048", "ES384, EC, -groupname, secp384r1", "Ed25519, Ed25519, -validity, 9"})
        void mayBeACertificate(String type, String algorithm, String option, String value, @TempDir Path directory)
                throws Exception {
            Path store = directory.resolve("keys.p12");
            Process keytool = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "keytool")
                                    .toString(),
                            "-genkeypair",
                            "-alias",
                            "jwt",
                            "-dname",
                            "CN=test",
                            "-keyalg",
                            algorithm,
                            option,
                            value,
                            "-storetype",
                            "PKCS12",
                            "-keystore",
                            store.toString(),
                            "-storepass",
                            "changeit")
                    .redirectErrorStream(true)
                    .start();
            assertThat(keytool.waitFor())
                    .as(new String(keytool.getInputStream().readAllBytes()))
                    .isZero();
            KeyStore keys = KeyStore.getInstance("PKCS12");
            try (InputStream in = Files.newInputStream(store)) {
                keys.load(in, "changeit".toCharArray());
            }
            String certificate =
                    Keys.pem("CERTIFICATE", keys.getCertificate("jwt").getEncoded());
            PrivateKey privateKey = (PrivateKey) keys.getKey("jwt", "changeit".toCharArray());

            HasuraJwt jwt = HasuraJwt.from(Keys.secret(type, certificate)).signingWith(Keys.pem(privateKey));

            assertThat(jwt.verify(jwt.token().roles("user").sign()).role()).isEqualTo("user");
        }

        @Test
        void isOfTheTypesKindAndCurve() {
            assertRejected("RS256", Keys.pem(PAIRS.get("ES256").getPublic()), "is no RSA public key or certificate");
            assertRejected("Ed25519", Keys.pem(Keys.edwards("Ed448").getPublic()), "is no Ed25519 public key");
            assertRejected("ES256", Keys.pem(PAIRS.get("ES512").getPublic()), "on the curve P-521: ES256 needs P-256");
            assertRejected("ES256", Keys.pem(Keys.edwards("Ed25519").getPublic()), "is no EC public key");
        }

        @Test
        void isPemAndNotThePrivateKey() {
            assertRejected("RS256", Keys.HMAC, "is not PEM: RS256 needs the public key");
            assertRejected("RS256", Keys.pem(RSA.getPrivate()), "is a private key");
            assertRejected("RS256", "-----BEGIN PUBLIC KEY-----\n???\n-----END PUBLIC KEY-----", "is not Base64");
            assertRejected("RS256", Keys.pem("PUBLIC KEY", new byte[300]), "is no RSA public key");
        }

        private void assertRejected(String type, String key, String sentence) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> HasuraJwt.from(Keys.secret(type, key)))
                    .withMessageContaining(sentence)
                    .withNoCause();
        }
    }

    @Nested
    class AnHmacKey {

        @ParameterizedTest
        @CsvSource({"HS256, 32", "HS384, 48", "HS512, 64"})
        void hasAsManyBytesAsTheHash(String type, int needed) {
            assertThat(HasuraJwt.from(Keys.secret(type, "k".repeat(needed)))
                            .token()
                            .roles("user")
                            .sign())
                    .isNotEmpty();
            assertThat(HasuraJwt.from(Keys.secret(type, "ü".repeat(needed / 2))))
                    .isNotNull();
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> HasuraJwt.from(Keys.secret(type, "k".repeat(needed - 1))))
                    .withMessage("The JWT secret's 'key' is too short: %s needs %d bytes, it has %d"
                            .formatted(type, needed, needed - 1));
        }
    }

    @Test
    void noKeyIsInAnyToString() {
        assertThat(signerOf("HS256")).hasToString("HasuraJwt[type=HS256, signs=true]");
        assertThat(verifierOf("ES256")).hasToString("HasuraJwt[type=ES256, signs=false]");
    }

    private static String userClaims() {
        return """
                {"https://hasura.io/jwt/claims": {"x-hasura-allowed-roles": ["user"], "x-hasura-default-role": "user"}}""";
    }

    private static void assertRefused(HasuraJwt verifier, String token) {
        assertThatThrownBy(() -> verifier.verify(token))
                .isInstanceOfSatisfying(
                        HasuraJwtException.class, e -> assertThat(e.code()).isEqualTo("invalid-jwt"))
                .hasNoCause();
    }
}
