package io.github.hasura4j.spring.dispatch;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;

import io.github.hasura4j.spring.WebhookHeaders;
import org.jspecify.annotations.Nullable;

/**
 * Believes a request that carries one of the secrets.
 *
 * <p>Exactly one value of the header counts: a client whose headers are forwarded must not get to add guesses of its own. Every
 * secret is compared, in constant time, so that the time tells neither how much of a guess is right nor which secret it is.
 *
 * <p>For an auth hook, to which the engine cannot send a header of ours, the secret may stand in the path instead.
 */
final class SecretCheck {

    private final String header;
    private final byte[][] secrets;
    private final boolean everybodyIfNone;

    SecretCheck(WebhookSettings.Access settings) {
        this.header = settings.secretHeader();
        this.secrets = settings.secrets().stream()
                .map(secret -> secret.getBytes(StandardCharsets.UTF_8))
                .toArray(byte[][]::new);
        this.everybodyIfNone = settings.allowUnauthenticated();
    }

    boolean accepts(WebhookHeaders headers) {
        if (secrets.length == 0) {
            return everybodyIfNone;
        }
        List<String> values = headers.all(header);
        return values.size() == 1 && isOneOfThem(values.get(0));
    }

    /** The same, where the secret may also stand in the path. */
    boolean accepts(WebhookHeaders headers, @Nullable String inPath) {
        return accepts(headers) || inPath != null && isOneOfThem(inPath);
    }

    private boolean isOneOfThem(String value) {
        byte[] asText = value.getBytes(StandardCharsets.UTF_8);
        // Servlet containers read header bytes as Latin-1; this gives them back as the engine sent them.
        byte[] asSent = value.getBytes(StandardCharsets.ISO_8859_1);
        boolean accepted = false;
        for (byte[] secret : secrets) {
            accepted |= MessageDigest.isEqual(asText, secret) | MessageDigest.isEqual(asSent, secret);
        }
        return accepted;
    }
}
