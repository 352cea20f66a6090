package io.github.hasura4j.spring.jwt;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.CertificateFactory;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import org.jspecify.annotations.Nullable;

/**
 * The keys of one secret. The key the engine has verifies; it signs too where it is symmetric, else {@link #signingWith} adds the
 * private one. No message and no cause shows anything of a key.
 */
final class JwtKeys {

    private static final Pattern PEM =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----(.*?)-----END \\1-----", Pattern.DOTALL);

    /** {@code SEQUENCE { OID rsaEncryption, NULL }}. */
    private static final byte[] RSA_ALGORITHM = {
        0x30, 0x0d, 0x06, 0x09, 0x2a, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xf7, 0x0d, 0x01, 0x01, 0x01, 0x05, 0x00
    };

    private final JwtAlgorithm algorithm;
    private final JWSVerifier verifier;
    private final @Nullable JWSSigner signer;

    private JwtKeys(JwtAlgorithm algorithm, JWSVerifier verifier, @Nullable JWSSigner signer) {
        this.algorithm = algorithm;
        this.verifier = verifier;
        this.signer = signer;
    }

    static JwtKeys from(JwtAlgorithm algorithm, String key) {
        try {
            return algorithm.isSymmetric()
                    ? symmetric(algorithm, key)
                    : new JwtKeys(algorithm, verifier(algorithm, publicKey(algorithm, key)), null);
        } catch (JOSEException e) {
            // Not the cause, here and below: it may quote the key.
            throw new IllegalArgumentException(
                    "The JWT secret's 'key' cannot be used for " + algorithm.type() + ": another kind or size of key");
        }
    }

    private static JwtKeys symmetric(JwtAlgorithm algorithm, String key) throws JOSEException {
        byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
        int needed = Integer.parseInt(algorithm.type().substring(2)) / 8;
        if (bytes.length < needed) {
            throw new IllegalArgumentException("The JWT secret's 'key' is too short: %s needs %d bytes, it has %d"
                    .formatted(algorithm.type(), needed, bytes.length));
        }
        return new JwtKeys(algorithm, new MACVerifier(bytes), new MACSigner(bytes));
    }

    /** The same with the private key that belongs to the public one. */
    JwtKeys signingWith(String privateKeyPem) {
        if (algorithm.isSymmetric()) {
            throw new IllegalArgumentException(
                    "The JWT secret is of type %s, whose 'key' signs as well. Leave the private key out"
                            .formatted(algorithm.type()));
        }
        JWSSigner pair;
        boolean fits;
        try {
            pair = signer(algorithm, privateKey(algorithm, privateKeyPem));
            JWSHeader header = new JWSHeader(algorithm.jws());
            byte[] probe = "does it fit".getBytes(StandardCharsets.US_ASCII);
            fits = verifier.verify(header, probe, pair.sign(header, probe));
        } catch (JOSEException e) {
            throw new IllegalArgumentException(
                    "The private key cannot sign " + algorithm.type() + " tokens: another kind or size of key");
        }
        if (!fits) {
            throw new IllegalArgumentException("The private key does not belong to the public 'key' of the JWT secret."
                    + " The engine would refuse every token signed with it");
        }
        return new JwtKeys(algorithm, verifier, pair);
    }

    JwtAlgorithm algorithm() {
        return algorithm;
    }

    JWSVerifier verifier() {
        return verifier;
    }

    /** What signs, or null where only the public key is known. */
    @Nullable
    JWSSigner signer() {
        return signer;
    }

    private static JWSVerifier verifier(JwtAlgorithm algorithm, PublicKey key) throws JOSEException {
        if (key instanceof RSAPublicKey rsa) {
            return new RSASSAVerifier(rsa);
        }
        if (key instanceof ECPublicKey ec) {
            requireCurve(algorithm, Curve.forECParameterSpec(ec.getParams()), "JWT secret's 'key'");
            return new ECDSAVerifier(ec);
        }
        return new Ed25519Verifier(key);
    }

    private static JWSSigner signer(JwtAlgorithm algorithm, PrivateKey key) throws JOSEException {
        if (key instanceof RSAKey rsa) {
            if (rsa.getModulus().bitLength() < 2048) {
                throw new IllegalArgumentException("The private key has %d bits: RSA needs 2048 or more to sign"
                        .formatted(rsa.getModulus().bitLength()));
            }
            return new RSASSASigner(key);
        }
        if (key instanceof ECPrivateKey ec) {
            requireCurve(algorithm, Curve.forECParameterSpec(ec.getParams()), "private key");
            return new ECDSASigner(ec);
        }
        return new Ed25519Signer(key);
    }

    private static void requireCurve(JwtAlgorithm algorithm, @Nullable Curve curve, String what) {
        Curve needed = Curve.forJWSAlgorithm(algorithm.jws()).iterator().next();
        if (!needed.equals(curve)) {
            throw new IllegalArgumentException("The %s is on the curve %s: %s needs %s"
                    .formatted(
                            what,
                            curve == null ? "of another kind" : curve.getName(),
                            algorithm.type(),
                            needed.getName()));
        }
    }

    /** Goes by the content, as the engine does, not by the label: a public key in either form, or a certificate. */
    private static PublicKey publicKey(JwtAlgorithm algorithm, String pem) {
        Matcher block = PEM.matcher(pem);
        if (!block.find()) {
            throw new IllegalArgumentException(
                    "The JWT secret's 'key' is not PEM: %s needs the public key,".formatted(algorithm.type())
                            + " from -----BEGIN PUBLIC KEY----- to its end, or a certificate");
        }
        if (block.group(1).contains("PRIVATE")) {
            throw new IllegalArgumentException(
                    "The JWT secret's 'key' is a private key: the engine needs the public one there."
                            + " The private one belongs into signingWith, or hasura.jwt.private-key");
        }
        byte[] der = content(block, "JWT secret's 'key'");
        PublicKey key = null;
        try {
            KeyFactory keys = KeyFactory.getInstance(algorithm.keyFamily());
            key = firstOf(
                    () -> keys.generatePublic(new X509EncodedKeySpec(der)),
                    () -> keys.generatePublic(new X509EncodedKeySpec(wrapRsaPublicKey(der))),
                    () -> CertificateFactory.getInstance("X.509")
                            .generateCertificate(new ByteArrayInputStream(der))
                            .getPublicKey());
        } catch (GeneralSecurityException e) {
            // Said below.
        }
        boolean ofTheType = switch (algorithm.keyFamily()) {
            case "RSA" -> key instanceof RSAPublicKey;
            case "EC" -> key instanceof ECPublicKey;
            default ->
                key instanceof EdECPublicKey edwards
                        && edwards.getParams().getName().equals("Ed25519");
        };
        if (key == null || !ofTheType) {
            throw new IllegalArgumentException(
                    "The JWT secret's 'key' is no %s public key or certificate, which %s needs"
                            .formatted(algorithm.keyFamily(), algorithm.type()));
        }
        return key;
    }

    private static PrivateKey privateKey(JwtAlgorithm algorithm, String pem) {
        // Environment variables often hold line breaks as \n; PEM itself has no backslash.
        Matcher block = PEM.matcher(pem.replace("\\n", "\n"));
        if (!block.find() || !block.group(1).equals("PRIVATE KEY")) {
            throw new IllegalArgumentException(
                    "The private key is not PEM in the form PKCS#8 without a passphrase, which begins"
                            + " with -----BEGIN PRIVATE KEY-----. Convert it: openssl pkcs8 -topk8 -nocrypt -in key.pem");
        }
        try {
            return KeyFactory.getInstance(algorithm.keyFamily())
                    .generatePrivate(new PKCS8EncodedKeySpec(content(block, "private key")));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException(
                    "The private key is no %s key, which %s needs".formatted(algorithm.keyFamily(), algorithm.type()));
        }
    }

    private static byte[] content(Matcher block, String what) {
        try {
            return Base64.getDecoder().decode(block.group(2).replaceAll("\\s", ""));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("The %s is not PEM: something in it is not Base64".formatted(what));
        }
    }

    private interface KeyReader {
        PublicKey read() throws GeneralSecurityException;
    }

    private static @Nullable PublicKey firstOf(KeyReader... readers) {
        for (KeyReader reader : readers) {
            try {
                return reader.read();
            } catch (GeneralSecurityException e) {
                // The next form, then.
            }
        }
        return null;
    }

    /** Puts PKCS#1's bare {@code RSAPublicKey} into the envelope that the JDK reads. */
    private static byte[] wrapRsaPublicKey(byte[] pkcs1) {
        byte[] bits = new byte[pkcs1.length + 1];
        System.arraycopy(pkcs1, 0, bits, 1, pkcs1.length);
        return der(0x30, RSA_ALGORITHM, der(0x03, bits));
    }

    private static byte[] der(int tag, byte[]... parts) {
        int length = 0;
        for (byte[] part : parts) {
            length += part.length;
        }
        byte[] lengthBytes;
        if (length < 0x80) {
            lengthBytes = new byte[] {(byte) length};
        } else if (length < 0x100) {
            lengthBytes = new byte[] {(byte) 0x81, (byte) length};
        } else {
            lengthBytes = new byte[] {(byte) 0x82, (byte) (length >> 8), (byte) length};
        }
        byte[] all = new byte[1 + lengthBytes.length + length];
        all[0] = (byte) tag;
        System.arraycopy(lengthBytes, 0, all, 1, lengthBytes.length);
        int at = 1 + lengthBytes.length;
        for (byte[] part : parts) {
            System.arraycopy(part, 0, all, at, part.length);
            at += part.length;
        }
        return all;
    }

    /** Leaves the keys out. */
    @Override
    public String toString() {
        return "JwtKeys[type=" + algorithm.type() + ", signs=" + (signer != null) + "]";
    }
}
