package io.github.hasura4j.spring;

import io.github.hasura4j.payload.ActionError;
import org.jspecify.annotations.Nullable;

/**
 * Tells a client why its action, or its mutation of validated rows, is refused: {@code throw
 * HasuraActionException.of("email-taken", "That e-mail is in use").with("field", "email")}.
 *
 * <p>Message, code and fields reach the client word for word, so put nothing there that it must not see. It is not logged. Do not
 * use it for bugs: any other exception is logged and answered with 500. Thrown by a validation only its
 * message reaches the client; by an event's handler it makes the engine retry, like any exception; by an auth hook it is a 401.
 *
 * <p>Immutable: each step answers a new exception.
 */
public final class HasuraActionException extends HasuraWebhookException {

    private final int status;
    private final transient ActionError error;

    private HasuraActionException(int status, ActionError error, @Nullable Throwable cause) {
        super(error.message(), cause);
        this.status = status;
        this.error = error;
    }

    /** Refuses with status 400, a code that clients can branch on, and a message for people. */
    public static HasuraActionException of(String code, String message) {
        return new HasuraActionException(400, ActionError.of(code, message), null);
    }

    /** Refuses with status 400 and this body. */
    public static HasuraActionException of(ActionError error) {
        return new HasuraActionException(400, error, null);
    }

    /** The same refusal with one more entry in {@code extensions}; an entry of that name is replaced. */
    public HasuraActionException with(String name, @Nullable Object value) {
        return new HasuraActionException(status, error.with(name, value), getCause());
    }

    /**
     * The same refusal with another status. The engine hides the status from its client; it shows in logs only.
     *
     * @throws IllegalArgumentException if it is no 4xx, since the engine would then hide the message as well
     */
    public HasuraActionException withStatus(int status) {
        if (status < 400 || status > 499) {
            throw new IllegalArgumentException(
                    "Status %d is no 4xx: the engine passes message and code on for 400 to 499 only".formatted(status));
        }
        return new HasuraActionException(status, error, getCause());
    }

    /** The same refusal with a cause, for your own logs. */
    public HasuraActionException withCause(Throwable cause) {
        return new HasuraActionException(status, error, cause);
    }

    /** The status of the answer, a 4xx. */
    public int status() {
        return status;
    }

    /** The body of the answer. */
    public ActionError error() {
        return error;
    }
}
