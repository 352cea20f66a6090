package io.github.hasura4j.spring.dispatch;

import io.github.hasura4j.spring.HasuraWebhookException;
import io.github.hasura4j.spring.WebhookKind;

/** There are handlers but no webhook secret, so anybody could call them; thrown at start-up. */
public final class MissingSecretException extends HasuraWebhookException {

    private final WebhookKind kind;
    private final int handlers;

    MissingSecretException(WebhookKind kind, int handlers) {
        super(
                kind == WebhookKind.AUTH_HOOK
                        ? "Found an auth hook but no secret for it, so anybody could try credentials on it"
                        : "Found %d handler(s) for Hasura but no webhook secret, so anybody could call them in anybody's name"
                                .formatted(handlers),
                null);
        this.kind = kind;
        this.handlers = handlers;
    }

    /** The kind of calls that have no secret; those before it in the order of the kinds have one. */
    public WebhookKind kind() {
        return kind;
    }

    /** How many handlers would have been open to everybody. */
    public int handlers() {
        return handlers;
    }
}
