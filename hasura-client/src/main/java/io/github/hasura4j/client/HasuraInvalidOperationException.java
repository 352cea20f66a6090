package io.github.hasura4j.client;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The operation does not fit the schema of this role, or cannot be done: {@code validation-failed}, {@code parse-failed},
 * {@code not-found}, {@code not-supported} and their kin. It was not run; repeating it does not help.
 *
 * <p>What a role must not see does not exist for it: a missing permission looks like a misspelt name. The refusal of a
 * {@code validate_input} webhook arrives here too, with the webhook's message.
 */
public final class HasuraInvalidOperationException extends HasuraGraphQlException {

    HasuraInvalidOperationException(GraphQlRequest request, List<GraphQlError> errors, @Nullable Answer answer) {
        super(request, errors, answer);
    }
}
