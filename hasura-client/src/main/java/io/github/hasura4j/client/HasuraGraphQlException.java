package io.github.hasura4j.client;

import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * The engine answered with errors. The endpoint says so with HTTP status 200, so look at {@link #code()}: it is one of the
 * engine's codes, such as {@code constraint-violation}, or what an action's handler chose.
 */
public final class HasuraGraphQlException extends HasuraException {

    private final @Nullable String operationName;
    private final List<GraphQlError> errors;

    HasuraGraphQlException(GraphQlRequest request, List<GraphQlError> errors) {
        super(describe(request, errors), null);
        this.operationName = request.operationName();
        this.errors = List.copyOf(errors);
    }

    private static String describe(GraphQlRequest request, List<GraphQlError> errors) {
        GraphQlError first = errors.get(0);
        return "Operation '%s' failed%s%s: %s%s"
                .formatted(
                        request.shownName(),
                        first.code() == null ? "" : " with " + first.code(),
                        first.path() == null ? "" : " at " + first.path(),
                        first.message(),
                        errors.size() == 1 ? "" : " (and %d more)".formatted(errors.size() - 1));
    }

    /** Which operation failed; empty if it has no name. */
    public Optional<String> operationName() {
        return Optional.ofNullable(operationName);
    }

    /** The errors, in the answer's order: at least one, and from the engine itself never more. Not modifiable. */
    public List<GraphQlError> errors() {
        return errors;
    }

    /** The code of the first error; empty if it has none, as when an action's handler sent extensions without one. */
    public Optional<String> code() {
        return Optional.ofNullable(errors.get(0).code());
    }

    /** Where the first error is, such as {@code $.selectionSet.user}; empty if the answer does not say. */
    public Optional<String> path() {
        return Optional.ofNullable(errors.get(0).path());
    }

    /** Whether the first error has this code. */
    public boolean hasCode(String code) {
        return code.equals(errors.get(0).code());
    }
}
