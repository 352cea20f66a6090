package io.github.hasura4j.spring.delivery;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import io.github.hasura4j.payload.SessionVariables;
import org.jspecify.annotations.Nullable;

/**
 * How many handlers in a row have led to what this thread does now; carried through the engine in a session variable. Signed, since
 * a client without a role may send any session variable, and could have handlers skipped with it.
 */
final class Hops {

    /** Sent with calls of a client; the engine puts it into the session of the events that they cause. */
    static final String VARIABLE = "x-hasura-hops";

    private static final String ALGORITHM = "HmacSHA256";
    private static final Pattern SIGNED = Pattern.compile("([0-9]{1,6})\\.([A-Za-z0-9_-]{43})");

    private final ThreadLocal<@Nullable Integer> current = new ThreadLocal<>();
    private final List<SecretKeySpec> keys;

    /** @param secrets the first one signs, any is believed; at least one */
    Hops(List<String> secrets) {
        this.keys = secrets.stream()
                .map(secret -> new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM))
                .toList();
    }

    /** How many led to an event; 0 for one that somebody else caused, whatever they say. */
    int of(SessionVariables session) {
        String value = session.asMap().get(VARIABLE);
        Matcher signed = value == null ? null : SIGNED.matcher(value);
        if (signed == null || !signed.matches()) {
            return 0;
        }
        byte[] signature = signed.group(2).getBytes(StandardCharsets.US_ASCII);
        boolean ours = false;
        for (SecretKeySpec key : keys) {
            ours |= MessageDigest.isEqual(
                    signature(signed.group(1), key).getBytes(StandardCharsets.US_ASCII), signature);
        }
        return ours ? Integer.parseInt(signed.group(1)) : 0;
    }

    private static String signature(String hops, SecretKeySpec key) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            byte[] signature = mac.doFinal((VARIABLE + ' ' + hops).getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(signature);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has " + ALGORITHM, e);
        }
    }

    /** Work that may fail. */
    interface Work {
        @Nullable
        Object run() throws Exception;
    }

    /** Does something as that many hops away; calls of clients on this thread say so. */
    @Nullable
    Object during(int hops, Work work) throws Exception {
        Integer before = current.get();
        current.set(hops);
        try {
            return work.run();
        } finally {
            if (before == null) {
                current.remove();
            } else {
                current.set(before);
            }
        }
    }

    /** What calls of clients say; nothing outside of handlers. */
    Map<String, String> variables() {
        Integer hops = current.get();
        return hops == null ? Map.of() : Map.of(VARIABLE, hops + "." + signature(hops.toString(), keys.get(0)));
    }
}
