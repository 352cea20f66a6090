package io.github.hasura4j.client;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * An action's handler refused, with a {@link #code() code} or extensions of its own choice; the message is the handler's too,
 * and meant for whoever called the action.
 *
 * <p>A handler may also choose one of the engine's codes, which nobody can tell from the engine saying so; and one that sends
 * no code at all arrives as the engine's {@code unexpected}, a {@link HasuraEngineException}.
 */
public final class HasuraActionException extends HasuraGraphQlException {

    HasuraActionException(GraphQlRequest request, List<GraphQlError> errors, @Nullable Answer answer) {
        super(request, errors, answer);
    }
}
