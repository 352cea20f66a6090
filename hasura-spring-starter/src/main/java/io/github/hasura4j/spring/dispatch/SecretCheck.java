package io.github.hasura4j.spring.dispatch;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;

import io.github.hasura4j.spring.WebhookHeaders;

/**
 * Believes a request that carries one of the secrets.
 *
 * <p>Exactly one value of the header counts: a client whose headers are forwarded must not get to add guesses of its own. Every
 * secret is compared, in constant time, so that the time tells neither how much of a guess is right nor which secret it is.
 */
final class SecretCheck {

    private final String header;
    private final byte[][] secrets;
    private final boolean everybodyIfNone;

    SecretCheck(WebhookSettings settings) {
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
        if (values.size() != 1) {
            return false;
        }
        String value = values.get(0);
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
