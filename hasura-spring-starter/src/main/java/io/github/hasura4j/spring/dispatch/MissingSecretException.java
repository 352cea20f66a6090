package io.github.hasura4j.spring.dispatch;

import io.github.hasura4j.spring.HasuraWebhookException;

/** There are handlers but no webhook secret, so anybody could call them; thrown at start-up. */
public final class MissingSecretException extends HasuraWebhookException {

    private final int handlers;

    MissingSecretException(int handlers) {
        super(
                "Found %d handler(s) for Hasura but no webhook secret, so anybody could call them in anybody's name"
                        .formatted(handlers),
                null);
        this.handlers = handlers;
    }

    /** How many handlers would have been open to everybody. */
    public int handlers() {
        return handlers;
    }
}
