package io.github.hasura4j.test.engine.auth;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jwt.SignedJWT;
import io.github.hasura4j.test.LocalHasuraException;

/** Whether a token was signed with a secret's key, by the secret's algorithm and no other. */
final class SignatureCheck {

    private static final Set<String> RSA = Set.of("RS256", "RS384", "RS512");
    private static final Set<String> EC = Set.of("ES256", "ES384", "ES512");
    private static final String EDWARDS = "Ed25519";
    private static final Pattern PEM =
            Pattern.compile("-----BEGIN (PUBLIC KEY|CERTIFICATE)-----([A-Za-z0-9+/=\\s]+)-----END \\1-----");

    private interface Verification {
        boolean of(SignedJWT token) throws JOSEException;
    }

    private final String algorithm;
    private final Verification verification;

    private SignatureCheck(String algorithm, Verification verification) {
        this.algorithm = algorithm;
        this.verification = verification;
    }

    /**
     * Takes a key.
     *
     * @param type the secret's {@code type}
     * @param key the secret's {@code key}: shared, or public in PEM
     * @throws LocalHasuraException if they do not go together
     */
    static SignatureCheck of(String type, String key) {
        if (type.matches("HS(256|384|512)")) {
            return new SignatureCheck(type, shared(type, key));
        }
        if (RSA.contains(type)) {
            RSAPublicKey rsa = publicKey(type, "RSA", key, RSAPublicKey.class);
            return new SignatureCheck(type, token -> token.verify(new RSASSAVerifier(rsa)));
        }
        if (EC.contains(type)) {
            ECPublicKey ec = publicKey(type, "EC", key, ECPublicKey.class);
            return new SignatureCheck(type, token -> token.verify(new ECDSAVerifier(ec)));
        }
        if (type.equals(EDWARDS)) {
            PublicKey edwards = publicKey(type, EDWARDS, key, PublicKey.class);
            return new SignatureCheck("EdDSA", token -> edwards(edwards, token));
        }
        throw new LocalHasuraException(
                "The JWT secret's type is '" + type
                        + "'. The local engine knows HS256, HS384, HS512, RS256, RS384, RS512, ES256, ES384, ES512 and"
                        + " Ed25519",
                null);
    }

    /** Whether the token's signature is good. */
    boolean accepts(SignedJWT token) {
        try {
            return token.getHeader().getAlgorithm().getName().equals(algorithm) && verification.of(token);
        } catch (JOSEException e) {
            return false;
        }
    }

    private static Verification shared(String type, String key) {
        byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
        int needed = Integer.parseInt(type.substring(2)) / 8;
        if (bytes.length < needed) {
            throw new LocalHasuraException(
                    "The key of the JWT secret is too short: " + type + " needs at least " + needed + " characters",
                    null);
        }
        return token -> token.verify(new MACVerifier(bytes));
    }

    /** With the JDK: Nimbus' own verifier needs Google Tink. */
    private static boolean edwards(PublicKey key, SignedJWT token) {
        try {
            Signature signature = Signature.getInstance(EDWARDS);
            signature.initVerify(key);
            signature.update(token.getSigningInput());
            return signature.verify(token.getSignature().decode());
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static <K extends PublicKey> K publicKey(String type, String family, String pem, Class<K> kind) {
        // Environment variables often hold line breaks as \n; PEM itself has no backslash.
        Matcher block = PEM.matcher(pem.replace("\\n", "\n"));
        if (block.find()) {
            try {
                byte[] der = Base64.getMimeDecoder().decode(block.group(2));
                PublicKey key = block.group(1).equals("CERTIFICATE")
                        ? CertificateFactory.getInstance("X.509")
                                .generateCertificate(new ByteArrayInputStream(der))
                                .getPublicKey()
                        : KeyFactory.getInstance(family).generatePublic(new X509EncodedKeySpec(der));
                if (kind.isInstance(key)) {
                    return kind.cast(key);
                }
            } catch (GeneralSecurityException | IllegalArgumentException e) {
                throw new LocalHasuraException("The JWT secret's key cannot be read for " + type, e);
            }
        }
        throw new LocalHasuraException(
                "The JWT secret's key does not fit " + type
                        + ": it needs the public key, or a certificate, in PEM, which begins with -----BEGIN PUBLIC KEY-----",
                null);
    }

    /** Leaves the key out. */
    @Override
    public String toString() {
        return "SignatureCheck[" + algorithm + "]";
    }
}
