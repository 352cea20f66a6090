package io.github.hasura4j.spring.delivery;

import io.github.hasura4j.spring.HasuraWebhookException;
import org.jspecify.annotations.Nullable;

/** Thrown by the handler of an event or a scheduled trigger that no retry can help: it becomes a dead letter at once. */
public class GiveUpException extends HasuraWebhookException {

    /** @param message why, for the log and the dead letter */
    public GiveUpException(String message) {
        this(message, null);
    }

    /** The same with a cause. */
    public GiveUpException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
