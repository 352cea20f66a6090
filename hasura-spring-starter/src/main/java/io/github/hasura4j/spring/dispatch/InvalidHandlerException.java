package io.github.hasura4j.spring.dispatch;

import io.github.hasura4j.spring.HasuraWebhookException;
import org.jspecify.annotations.Nullable;

/** A handler cannot work as it is written; thrown at start-up, with the method's name and what to change. */
public final class InvalidHandlerException extends HasuraWebhookException {

    /** @param message the method, and what to change */
    public InvalidHandlerException(String message) {
        this(message, null);
    }

    public InvalidHandlerException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
