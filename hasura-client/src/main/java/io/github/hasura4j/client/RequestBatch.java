package io.github.hasura4j.client;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;

import io.github.hasura4j.client.ClientOperation.CallOptions;
import io.github.hasura4j.client.Documents.Prepared;
import tools.jackson.databind.JsonNode;

/**
 * Several operations in one HTTP request, to save the way there and back. The engine runs them one after the other, each for
 * itself: one that fails stops none of the others, and nothing is undone. {@link MutationGroup} is for mutations that belong
 * together.
 *
 * <pre>{@code
 * RequestBatch batch = hasura.batch();
 * Pending<DynamicResult> users = batch.add(hasura.query("user").select("id", "name"));
 * Pending<Result<Totals>> totals = batch.add(hasura.documentName("totals"), Totals.class);
 * batch.execute();
 * show(users.get().rows(UserRow.class), totals.get().data());
 * }</pre>
 *
 * <p>The steps change this batch and return it; it belongs to one thread and is executed once. Timeouts and headers of the single
 * calls do not count.
 */
public final class RequestBatch {

    private final DefaultHasuraClient client;
    private final List<Part> parts = new ArrayList<>();
    private CallOptions options;
    private boolean executed;

    RequestBatch(DefaultHasuraClient client) {
        this.client = client;
        this.options = client.options();
    }

    private interface Preparing {
        Prepared prepare();
    }

    private record Part(Preparing preparing, boolean idempotent, Consumer<Answer> taking) {}

    /**
     * Adds a call as it is now.
     *
     * @throws IllegalArgumentException if the call was begun at another client or view
     */
    public Pending<DynamicResult> add(DynamicCall call) {
        DefaultDynamicCall known = client.own(call);
        OperationPrinter.Operation operation = known.operation();
        Pending<DynamicResult> pending = new Pending<>(operation.name());
        String field = operation.roots().get(0).field();
        parts.add(new Part(
                () -> new Prepared(known.kind(), client.print(operation)),
                known.options().idempotent(),
                answer -> pending.complete(new DynamicResult(answer, field))));
        return pending;
    }

    /**
     * Adds a document, for its data as a tree.
     *
     * @throws IllegalArgumentException if the call was begun at another client or view
     * @throws HasuraRequestException if the document is refused, as {@link DocumentCall} says
     */
    public Pending<Result<JsonNode>> add(DocumentCall call) {
        return add(call, DefaultDocumentCall::tree);
    }

    /**
     * Adds a document, for all its data as one value.
     *
     * @throws IllegalArgumentException if the call was begun at another client or view
     * @throws HasuraRequestException if the document is refused, as {@link DocumentCall} says
     */
    public <T> Pending<Result<T>> add(DocumentCall call, Class<T> type) {
        return add(call, answer -> answer.result(type));
    }

    private <R> Pending<R> add(DocumentCall call, Function<Answer, R> reading) {
        DefaultDocumentCall known = client.own(call);
        Prepared prepared = known.prepared();
        Pending<R> pending = new Pending<>(prepared.request().shownName());
        parts.add(new Part(
                () -> prepared, known.options().idempotent(), answer -> pending.complete(reading.apply(answer))));
        return pending;
    }

    /** How long the whole batch may take, repetitions included; the client's request timeout unless set. */
    public RequestBatch timeout(Duration timeout) {
        options = options.withTimeout(timeout);
        return this;
    }

    /**
     * Sends all of it and waits. Errors of a single operation are in its result, and are raised there when its data is used.
     *
     * @throws HasuraTransportException if there is no answer
     * @throws HasuraRequestException if one of the calls does not fit the schema; none was sent
     * @throws HasuraDecodingException if the data of a document does not fit its type
     * @throws IllegalStateException if it is empty, or was executed before
     */
    public void execute() {
        List<Prepared> prepared = prepared();
        distribute(client.sendBatch(kind(prepared), requests(prepared), optionsFor(prepared)));
    }

    /** The same as {@link #execute}, without waiting. Cancelling the future aborts the request. */
    public CompletableFuture<Void> executeAsync() {
        Cancellation cancellation = new Cancellation();
        return cancellation.over(CompletableFuture.supplyAsync(this::prepared, client.executor())
                .thenCompose(prepared ->
                        client.sendBatchAsync(kind(prepared), requests(prepared), optionsFor(prepared), cancellation))
                .thenAccept(this::distribute));
    }

    private List<Prepared> prepared() {
        if (parts.isEmpty()) {
            throw new IllegalStateException("The batch is empty: add(…) what it is to do.");
        }
        if (executed) {
            throw new IllegalStateException("The batch was executed before. Begin another one with batch().");
        }
        executed = true;
        return parts.stream().map(part -> part.preparing().prepare()).toList();
    }

    private void distribute(ClientResponse response) {
        for (int i = 0; i < parts.size(); i++) {
            parts.get(i).taking().accept(response.answers().get(i));
        }
    }

    private static OperationKind kind(List<Prepared> prepared) {
        return prepared.stream().allMatch(each -> each.kind() == OperationKind.QUERY)
                ? OperationKind.QUERY
                : OperationKind.MUTATION;
    }

    private static List<GraphQlRequest> requests(List<Prepared> prepared) {
        return prepared.stream().map(Prepared::request).toList();
    }

    private CallOptions optionsFor(List<Prepared> prepared) {
        for (int i = 0; i < parts.size(); i++) {
            if (prepared.get(i).kind() != OperationKind.QUERY && !parts.get(i).idempotent()) {
                return options;
            }
        }
        return options.asIdempotent();
    }

    @Override
    public String toString() {
        return "RequestBatch[" + parts.size() + " operations]";
    }
}
