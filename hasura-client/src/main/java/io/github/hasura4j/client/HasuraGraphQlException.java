package io.github.hasura4j.client;

import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The engine answered with errors. The endpoint says so with HTTP status 200, so look at {@link #code()}: it is one of the
 * engine's codes, such as {@code constraint-violation}, or what an action's handler chose.
 *
 * <p>The leaves sort the codes by what one does about them, so that most callers catch a type and never look at a code:
 *
 * <table class="striped">
 * <caption>By code</caption>
 * <tr><th>type</th><th>when</th></tr>
 * <tr><td>{@link HasuraAuthenticationException}</td><td>the engine does not know who is asking</td></tr>
 * <tr><td>{@link HasuraPermissionException}</td><td>it knows, and a permission's check forbids it</td></tr>
 * <tr><td>{@link HasuraConstraintViolationException}</td><td>the database forbids it: a key is taken, a row is missing</td></tr>
 * <tr><td>{@link HasuraInvalidOperationException}</td><td>the operation does not fit the schema of this role</td></tr>
 * <tr><td>{@link HasuraDataException}</td><td>Postgres cannot read a value as the column's type</td></tr>
 * <tr><td>{@link HasuraLimitException}</td><td>an API limit was hit</td></tr>
 * <tr><td>{@link HasuraActionException}</td><td>an action's handler refused, with a code of its own</td></tr>
 * <tr><td>{@link HasuraEngineException}</td><td>the engine, its database, a webhook or a remote schema failed</td></tr>
 * </table>
 *
 * <p>This type itself is for errors that are none of these: a remote schema's own, or one without a code. With several errors
 * the first one decides.
 */
public class HasuraGraphQlException extends HasuraException {

    private final @Nullable String operationName;
    private final List<GraphQlError> errors;
    private final transient @Nullable Answer answer;

    HasuraGraphQlException(GraphQlRequest request, List<GraphQlError> errors, @Nullable Answer answer) {
        super(describe(request, errors), null);
        this.operationName = request.operationName();
        this.errors = List.copyOf(errors);
        this.answer = answer;
    }

    /** @param answer what the errors came in, if more may be had from it */
    static HasuraGraphQlException of(GraphQlRequest request, List<GraphQlError> errors, @Nullable Answer answer) {
        return ErrorMeaning.of(errors.get(0), answer != null && answer.hasDataKey())
                .exception(request, errors, answer);
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

    /** Whatever data came beside the errors. The engine itself sends none, a remote schema may. */
    public Optional<JsonNode> partialData() {
        return answer == null ? Optional.empty() : Optional.ofNullable(answer.partialTree());
    }
}
