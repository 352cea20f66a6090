package io.github.hasura4j.client;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The database cannot take a value as the type it should have: {@code data-exception}, {@code coercion-error}. For example a
 * text that is no uuid, a number out of range, a division by zero.
 */
public final class HasuraDataException extends HasuraGraphQlException {

    HasuraDataException(GraphQlRequest request, List<GraphQlError> errors, @Nullable Answer answer) {
        super(request, errors, answer);
    }
}
