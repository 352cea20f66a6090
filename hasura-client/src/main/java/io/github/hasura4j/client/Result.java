package io.github.hasura4j.client;

import java.net.http.HttpHeaders;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * The answer to a document: its data, and the errors, which are raised as soon as the data is used.
 *
 * <p>Safe to share between threads, as long as nobody changes the data.
 *
 * @param <T> what the data is given as
 */
public final class Result<T> {

    private final Answer answer;
    private final @Nullable T data;

    Result(Answer answer, @Nullable T data) {
        this.answer = answer;
        this.data = data;
    }

    /** What was sent. */
    public GraphQlRequest request() {
        return answer.request();
    }

    /** Whether the engine answered with errors. */
    public boolean hasErrors() {
        return !errors().isEmpty();
    }

    /** The errors in the answer's order; empty if there are none. Not modifiable. */
    public List<GraphQlError> errors() {
        return answer.errors();
    }

    /**
     * The data; the same object each time.
     *
     * @throws HasuraGraphQlException if the engine answered with errors
     * @throws HasuraDecodingException if there is null instead, which the engine never sends without an error
     */
    public T data() {
        if (hasErrors()) {
            throw HasuraGraphQlException.of(request(), errors(), answer);
        }
        if (data == null) {
            throw new HasuraDecodingException(request(), "", Object.class, "null", "", null);
        }
        return data;
    }

    /**
     * Whatever data came, errors or not. The engine itself sends none beside errors, a remote schema may; empty too if what came
     * beside errors does not fit the type.
     */
    public Optional<T> partialData() {
        return Optional.ofNullable(data);
    }

    /** The headers of the answer, such as {@code x-request-id} or what a cache has to say. */
    public HttpHeaders headers() {
        return answer.headers();
    }

    /** Shows neither data nor messages. */
    @Override
    public String toString() {
        return "Result[" + request() + ", errors=" + errors().size() + "]";
    }
}
