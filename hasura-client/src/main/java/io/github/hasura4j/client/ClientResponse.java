package io.github.hasura4j.client;

import java.net.http.HttpHeaders;
import java.util.List;

/**
 * What came back for a {@link ClientOperation}: an answer of the engine, with or without errors. Where there is none, the call
 * fails with a {@link HasuraTransportException} instead.
 */
public final class ClientResponse {

    private final ClientOperation operation;
    private final List<Answer> answers;
    private final int attempts;

    ClientResponse(ClientOperation operation, List<Answer> answers, int attempts) {
        this.operation = operation;
        this.answers = answers;
        this.attempts = attempts;
    }

    /** What was sent, as the last interceptor left it. */
    public ClientOperation operation() {
        return operation;
    }

    /** The HTTP status, which is 200 for most errors too. */
    public int status() {
        return answers.get(0).status();
    }

    /** The headers of the answer, such as {@code x-request-id}. */
    public HttpHeaders headers() {
        return answers.get(0).headers();
    }

    /** How often it was sent. */
    public int attempts() {
        return attempts;
    }

    /** Whether there are errors; of a batch, in any of its answers. This reads the answer once through. */
    public boolean hasErrors() {
        return answers.stream().anyMatch(answer -> !answer.errors().isEmpty());
    }

    /** The errors; of a batch, those of all its answers. */
    public List<GraphQlError> errors() {
        return answers.stream().flatMap(answer -> answer.errors().stream()).toList();
    }

    /** One for each request. */
    List<Answer> answers() {
        return answers;
    }

    /** The answer to the only request. */
    Answer answer() {
        return answers.get(0);
    }

    @Override
    public String toString() {
        return "ClientResponse[" + operation + ", status=" + status() + ", attempts=" + attempts + "]";
    }
}
