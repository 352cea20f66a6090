package io.github.hasura4j.client;

import java.lang.reflect.Type;
import java.net.http.HttpHeaders;
import java.util.List;
import java.util.Optional;

import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;

/**
 * The answer to a dynamic call. The engine's errors are raised as soon as the data is used; look at {@link #hasErrors()}
 * first to handle them without an exception.
 *
 * <p>Nothing is decoded before it is asked for, and rows are bound straight from the answer's bytes, at each call anew: keep
 * what you got. An answer that turns out not to be GraphQL is a {@link HasuraTransportException} from any method but
 * {@link #request()}. Safe to share between threads, as long as nobody changes the tree.
 */
public final class DynamicResult {

    private final Answer answer;
    private final String field;

    DynamicResult(Answer answer, String field) {
        this.answer = answer;
        this.field = field;
    }

    /** What was sent. */
    public GraphQlRequest request() {
        return answer.request();
    }

    /** Whether the engine answered with errors. */
    public boolean hasErrors() {
        return !answer.errors().isEmpty();
    }

    /** The errors in the answer's order; empty if there are none. Not modifiable. */
    public List<GraphQlError> errors() {
        return answer.errors();
    }

    /**
     * The data as a tree, root field included: {@code {"user": […]}}; the same tree each time. Numbers keep every digit.
     *
     * @throws HasuraGraphQlException if the engine answered with errors
     */
    public JsonNode data() {
        return answer.treeOrThrow();
    }

    /** Whatever data came, errors or not. The engine itself sends none beside errors, a remote schema may. */
    public Optional<JsonNode> partialData() {
        return Optional.ofNullable(answer.partialTree());
    }

    /**
     * What the root field holds, as a list of this type: one element for a single object or value, none for null.
     *
     * @return the rows in the answer's order; not modifiable
     * @throws HasuraGraphQlException if the engine answered with errors
     * @throws HasuraDecodingException if the rows do not fit the type
     */
    public <T> List<T> rows(Class<T> type) {
        return answer.list(field, type, true);
    }

    /** The same for a type with type arguments of its own, such as {@code new TypeReference<Map<String, Object>>() {}}. */
    public <T> List<T> rows(TypeReference<T> type) {
        return answer.list(field, type.getType(), true);
    }

    /**
     * What the root field holds, if it is at most one: the object or value, or the single row of a list.
     *
     * @return empty for null and for an empty list
     * @throws HasuraGraphQlException if the engine answered with errors
     * @throws HasuraDecodingException if there are several rows, or the row does not fit the type
     */
    public <T> Optional<T> row(Class<T> type) {
        return row((Type) type);
    }

    /** The same for a type with type arguments of its own. */
    public <T> Optional<T> row(TypeReference<T> type) {
        return row(type.getType());
    }

    private <T> Optional<T> row(Type type) {
        List<T> rows = answer.list(field, type, true);
        if (rows.size() > 1) {
            throw new HasuraDecodingException(
                    request(),
                    field,
                    answer.raw(type),
                    "a list of " + rows.size(),
                    "Use rows(…), or ask for one with arg(\"limit\", 1).",
                    null);
        }
        return rows.stream().findFirst();
    }

    /** The headers of the answer, such as {@code x-request-id} or what a cache has to say. */
    public HttpHeaders headers() {
        return answer.headers();
    }

    /** Shows what was asked, not what was answered. */
    @Override
    public String toString() {
        return "DynamicResult[" + request() + "]";
    }
}
