package io.github.hasura4j.spring;

import org.jspecify.annotations.Nullable;

/** The base of everything the starter throws. No message holds a secret, a token or anything of a body. */
public abstract class HasuraWebhookException extends RuntimeException {

    protected HasuraWebhookException(@Nullable String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
