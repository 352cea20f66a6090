package io.github.hasura4j.client;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The engine does not know who is asking: {@code access-denied}, {@code invalid-jwt}, {@code invalid-headers} and their kin.
 * The operation was not run. Where the token comes from a {@link TokenSupplier}, a fresh one has been tried already.
 */
public final class HasuraAuthenticationException extends HasuraGraphQlException {

    HasuraAuthenticationException(GraphQlRequest request, List<GraphQlError> errors, @Nullable Answer answer) {
        super(request, errors, answer);
    }
}
