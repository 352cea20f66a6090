package io.github.hasura4j.spring.delivery;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/** Somebody else is at it: no failure of the handler, so no attempt of its own. */
class PushedBackException extends RetryLaterException {

    PushedBackException(Duration after, @Nullable Throwable cause) {
        super(after, cause);
    }

    /** The status of the answer. */
    int status() {
        return 503;
    }
}
