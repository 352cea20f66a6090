package io.github.hasura4j.client;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The engine could not do what was asked, though nothing is wrong with the asking: {@code unexpected},
 * {@code postgres-error}, {@code remote-schema-error}, {@code concurrent-update} and their kin. An action's webhook that cannot
 * be reached or answers nonsense is here as well.
 *
 * <p>Trying again may help. What happened inside the database was rolled back; what a webhook did was not.
 */
public final class HasuraEngineException extends HasuraGraphQlException {

    HasuraEngineException(GraphQlRequest request, List<GraphQlError> errors, @Nullable Answer answer) {
        super(request, errors, answer);
    }
}
