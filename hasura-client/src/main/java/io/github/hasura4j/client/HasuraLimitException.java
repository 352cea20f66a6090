package io.github.hasura4j.client;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * An API limit of the engine was hit, by rate, depth, nodes or time: any code that ends in {@code limit-exceeded}. Only Hasura
 * Cloud and the Enterprise edition have such limits.
 */
public final class HasuraLimitException extends HasuraGraphQlException {

    HasuraLimitException(GraphQlRequest request, List<GraphQlError> errors, @Nullable Answer answer) {
        super(request, errors, answer);
    }
}
