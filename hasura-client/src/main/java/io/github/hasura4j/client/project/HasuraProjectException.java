package io.github.hasura4j.client.project;

import org.jspecify.annotations.Nullable;

/** A project directory cannot be read or written; the message names the file and what to change. */
public final class HasuraProjectException extends RuntimeException {

    HasuraProjectException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
