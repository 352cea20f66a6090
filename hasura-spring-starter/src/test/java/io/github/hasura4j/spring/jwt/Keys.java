package io.github.hasura4j.spring.jwt;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.MACSigner;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Keys made for one run, secrets as the engine has them, and tokens signed without our help. */
final class Keys {

    static final String HMAC = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    private Keys() {}

    static KeyPair rsa(int bits) {
        return pair("RSA", generator -> generator.initialize(bits));
    }

    static KeyPair ec(String curve) {
        return pair("EC", generator -> generator.initialize(new ECGenParameterSpec(curve)));
    }

    static KeyPair edwards(String curve) {
        return pair(curve, generator -> {});
    }

    private interface Setup {
        void accept(KeyPairGenerator generator) throws GeneralSecurityException;
    }

    private static KeyPair pair(String algorithm, Setup setup) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            setup.accept(generator);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static String pem(Key key) {
        return pem(key.getFormat().equals("X.509") ? "PUBLIC KEY" : "PRIVATE KEY", key.getEncoded());
    }

    static String pem(String label, byte[] der) {
        return "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n"
                .formatted(label, Base64.getMimeEncoder().encodeToString(der));
    }

    /** A secret with names and values by turns. */
    static String secret(String type, String key, Object... more) {
        Map<String, Object> secret = new LinkedHashMap<>();
        secret.put("type", type);
        secret.put("key", key);
        for (int i = 0; i < more.length; i += 2) {
            secret.put((String) more[i], more[i + 1]);
        }
        return JsonMapper.shared().writeValueAsString(secret);
    }

    /** An HS256 secret with names and values by turns. */
    static HasuraJwt hs256(Object... more) {
        return HasuraJwt.from(secret("HS256", HMAC, more));
    }

    static String signed(String payload) {
        return signed(new JWSHeader(JWSAlgorithm.HS256), payload);
    }

    static String signed(JWSHeader header, String payload) {
        try {
            JWSObject token = new JWSObject(header, new Payload(payload));
            token.sign(new MACSigner(HMAC));
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    static JsonNode payload(String token) {
        return part(token, 1);
    }

    static JsonNode header(String token) {
        return part(token, 0);
    }

    private static JsonNode part(String token, int index) {
        byte[] json = Base64.getUrlDecoder().decode(token.split("\\.")[index]);
        return JsonMapper.shared().readTree(new String(json, StandardCharsets.UTF_8));
    }
}
