package io.github.hasura4j.spring.jwt;

import java.util.Arrays;
import java.util.List;

import com.nimbusds.jose.JWSAlgorithm;

/** The values that {@code type} may have, with the {@code alg} that tokens of that type carry. */
enum JwtAlgorithm {
    HS256("HS256", JWSAlgorithm.HS256, "HMAC"),
    HS384("HS384", JWSAlgorithm.HS384, "HMAC"),
    HS512("HS512", JWSAlgorithm.HS512, "HMAC"),
    RS256("RS256", JWSAlgorithm.RS256, "RSA"),
    RS384("RS384", JWSAlgorithm.RS384, "RSA"),
    RS512("RS512", JWSAlgorithm.RS512, "RSA"),
    ES256("ES256", JWSAlgorithm.ES256, "EC"),
    ES384("ES384", JWSAlgorithm.ES384, "EC"),
    ES512("ES512", JWSAlgorithm.ES512, "EC"),
    /** The type is named after the curve, the {@code alg} of its tokens is {@code EdDSA}. */
    ED25519("Ed25519", JWSAlgorithm.EdDSA, "Ed25519");

    private final String type;
    private final JWSAlgorithm jws;
    private final String keyFamily;

    JwtAlgorithm(String type, JWSAlgorithm jws, String keyFamily) {
        this.type = type;
        this.jws = jws;
        this.keyFamily = keyFamily;
    }

    static JwtAlgorithm from(String type) {
        List<String> known = Arrays.stream(values()).map(JwtAlgorithm::type).toList();
        int index = known.indexOf(type);
        if (index < 0) {
            throw new IllegalArgumentException(
                    "The JWT secret's 'type' is '%s'. The engine knows %s".formatted(type, String.join(", ", known)));
        }
        return values()[index];
    }

    String type() {
        return type;
    }

    JWSAlgorithm jws() {
        return jws;
    }

    /** The JDK's name for keys of this kind, or {@code HMAC}. */
    String keyFamily() {
        return keyFamily;
    }

    boolean isSymmetric() {
        return keyFamily.equals("HMAC");
    }
}
