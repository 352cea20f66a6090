package io.github.hasura4j.client;

import org.jspecify.annotations.Nullable;

/**
 * The request makes no sense, and was not sent: a field or argument that the schema does not know, a document that is no
 * GraphQL, a variable that is missing. Repeating it does not help; the message says what to change.
 */
public final class HasuraRequestException extends HasuraException {

    HasuraRequestException(String message) {
        this(message, null);
    }

    HasuraRequestException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
