package io.github.hasura4j.spring.delivery;

import java.time.Duration;

import io.github.hasura4j.spring.HasuraWebhookException;
import org.jspecify.annotations.Nullable;

/** Thrown by the handler of an event or a scheduled trigger that wants it again after a certain time. */
public class RetryLaterException extends HasuraWebhookException {

    private final Duration after;

    /** Again after this time, rounded up to whole seconds. */
    public RetryLaterException(Duration after) {
        this(after, null);
    }

    /** The same with a cause, for the log and the dead letter. */
    public RetryLaterException(Duration after, @Nullable Throwable cause) {
        super("Again in " + after, cause);
        this.after = after;
    }

    /** When to come again. */
    public Duration after() {
        return after;
    }
}
