package io.github.hasura4j.test;

import org.jspecify.annotations.Nullable;

/** The local engine cannot start; the message says what to change. */
public class LocalHasuraException extends RuntimeException {

    public LocalHasuraException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
