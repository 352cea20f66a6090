package io.github.hasura4j.client;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The engine knows who is asking, and a permission forbids it: {@code permission-error}, {@code permission-denied}. Mostly the
 * {@code check} of an insert or update permission; the whole operation was rolled back.
 *
 * <p>A table or column that the role must not see does not exist for it, which is a {@link HasuraInvalidOperationException}.
 */
public final class HasuraPermissionException extends HasuraGraphQlException {

    HasuraPermissionException(GraphQlRequest request, List<GraphQlError> errors, @Nullable Answer answer) {
        super(request, errors, answer);
    }
}
