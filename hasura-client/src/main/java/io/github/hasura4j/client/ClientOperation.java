package io.github.hasura4j.client;

import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

/**
 * One call as it is about to be sent: what interceptors and observers see. Immutable; {@code toString()} shows no value.
 *
 * <p>Most calls are a single request; that of {@link HasuraClient#batch()} has several.
 */
public final class ClientOperation {

    private final OperationKind kind;
    private final List<GraphQlRequest> requests;
    private final boolean batch;
    private final @Nullable String role;
    private final CallOptions options;

    ClientOperation(
            OperationKind kind,
            List<GraphQlRequest> requests,
            boolean batch,
            @Nullable String role,
            CallOptions options) {
        this.kind = kind;
        this.requests = List.copyOf(requests);
        this.batch = batch;
        this.role = role;
        this.options = options;
    }

    /** A mutation as soon as one of its requests is. */
    public OperationKind kind() {
        return kind;
    }

    /** The operation's name, or {@code batch}; empty for a document without one. Few in number, so it fits a metric's key. */
    public Optional<String> name() {
        return batch
                ? Optional.of("batch")
                : Optional.ofNullable(requests.get(0).operationName());
    }

    /** What is sent: at least one request. Not modifiable. */
    public List<GraphQlRequest> requests() {
        return requests;
    }

    /** The role that this client acts as; empty for the administrator, or where the token decides. */
    public Optional<String> role() {
        return Optional.ofNullable(role);
    }

    /** How long the whole call may take, repetitions included. */
    public Duration timeout() {
        return options.timeout();
    }

    /** Whether it may be repeated even though it may have been run: any query, and a mutation whose caller said so. */
    public boolean isIdempotent() {
        return kind == OperationKind.QUERY || options.idempotent();
    }

    /** The headers of this call alone, without credentials and those of the client. Not modifiable. */
    public Map<String, String> headers() {
        return options.headers();
    }

    /**
     * This operation with a header more, or another value for one of its own.
     *
     * @throws IllegalArgumentException if the client sets the header itself, if it is a session variable ({@code x-hasura-*}),
     *     or if it cannot be sent as it is
     */
    public ClientOperation withHeader(String name, String value) {
        return new ClientOperation(kind, requests, batch, role, options.withHeader(name, value));
    }

    boolean isBatch() {
        return batch;
    }

    /** How messages call it; asked at each attempt. */
    String shown() {
        return batch
                ? "The batch of " + requests.size() + " operations"
                : "Operation '" + requests.get(0).shownName() + "'";
    }

    @Override
    public String toString() {
        return "ClientOperation[" + kind + ", " + requests + (role == null ? "" : ", role=" + role) + "]";
    }

    /** What a caller may say about a single call. */
    record CallOptions(Duration timeout, boolean idempotent, Map<String, String> headers) {

        static CallOptions within(Duration timeout) {
            return new CallOptions(timeout, false, Map.of());
        }

        CallOptions withTimeout(Duration timeout) {
            return new CallOptions(HasuraClient.Builder.positive(timeout), idempotent, headers);
        }

        CallOptions asIdempotent() {
            return new CallOptions(timeout, true, headers);
        }

        /** Session variables of the application's own making, which no caller can set. */
        CallOptions withVariables(Map<String, String> variables) {
            Map<String, String> checked = new HashMap<>();
            variables.forEach(
                    (name, value) -> checked.put(Identity.checkedVariable(name), Identity.checkedValue(name, value)));
            return withChecked(checked);
        }

        CallOptions withHeader(String name, String value) {
            return withChecked(Map.of(Identity.checkedCallHeader(name), Identity.checkedValue(name, value)));
        }

        private CallOptions withChecked(Map<String, String> added) {
            Map<String, String> more = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            more.putAll(headers);
            more.putAll(added);
            return new CallOptions(timeout, idempotent, Collections.unmodifiableMap(more));
        }
    }
}
