package io.github.hasura4j.payload;

import org.jspecify.annotations.Nullable;

/** A session variable is missing or does not have the form that was asked for. The message never holds the value. */
public final class SessionVariableException extends RuntimeException {

    private final String variable;

    SessionVariableException(String variable, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.variable = variable;
    }

    /** The variable's name in lower case, such as {@code x-hasura-user-id}. */
    public String variable() {
        return variable;
    }
}
