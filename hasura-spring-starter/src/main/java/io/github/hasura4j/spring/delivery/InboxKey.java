package io.github.hasura4j.spring.delivery;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

import io.github.hasura4j.spring.WebhookKind;

/**
 * What a mark is for. Both texts have 200 characters at most; longer ones are replaced by a digest.
 *
 * @param handler the handler: its kind and name
 * @param id the event's id, or the key of an action or an order
 */
public record InboxKey(String handler, String id) {

    private static final int LIMIT = 200;

    public InboxKey {
        handler = bounded(handler);
        id = bounded(id);
    }

    /** The key of a handler's event. */
    public static InboxKey of(WebhookKind kind, String name, String id) {
        return new InboxKey(kind + ":" + name, id);
    }

    /** Leaves the id out, which may be made of an action's input. */
    @Override
    public String toString() {
        return "InboxKey[" + handler + "]";
    }

    private static String bounded(String text) {
        if (text.length() <= LIMIT) {
            return text;
        }
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return "sha256:" + HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
