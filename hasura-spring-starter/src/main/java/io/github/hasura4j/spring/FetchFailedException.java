package io.github.hasura4j.spring;

import org.jspecify.annotations.Nullable;

/**
 * A {@link Fetch} got nothing its handler could have been called with. It is no failure of the handler, so it always counts as
 * one that a retry may help.
 */
public final class FetchFailedException extends HasuraWebhookException {

    /** @param message which fetch, and what to change */
    public FetchFailedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
