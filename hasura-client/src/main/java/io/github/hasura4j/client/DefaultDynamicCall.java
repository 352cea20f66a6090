package io.github.hasura4j.client;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import io.github.hasura4j.client.ClientOperation.CallOptions;
import org.jspecify.annotations.Nullable;

final class DefaultDynamicCall implements DynamicCall {

    private final DefaultHasuraClient client;
    private final OperationKind kind;
    private Selection root;
    private CallOptions options;

    DefaultDynamicCall(DefaultHasuraClient client, OperationKind kind, String field) {
        this.client = client;
        this.kind = kind;
        this.root = Selection.of(field);
        this.options = client.options();
    }

    @Override
    public DynamicCall arg(String name, @Nullable Object value) {
        root = root.arg(name, value);
        return this;
    }

    @Override
    public DynamicCall select(String... fields) {
        root = root.select(fields);
        return this;
    }

    @Override
    public DynamicCall select(Object... fields) {
        root = root.select(fields);
        return this;
    }

    @Override
    public DynamicCall timeout(Duration timeout) {
        options = options.withTimeout(timeout);
        return this;
    }

    @Override
    public DynamicCall header(String name, String value) {
        options = options.withHeader(name, value);
        return this;
    }

    @Override
    public DynamicCall idempotent() {
        options = options.asIdempotent();
        return this;
    }

    @Override
    public DynamicResult execute() {
        return result(client.send(kind, request(), options));
    }

    @Override
    public CompletableFuture<DynamicResult> executeAsync() {
        Cancellation cancellation = new Cancellation();
        Selection asked = root;
        CallOptions wanted = options;
        return cancellation.over(requestAsync()
                .thenCompose(request -> client.sendAsync(kind, request, wanted, cancellation))
                .thenApply(response -> new DynamicResult(response.answer(), asked.field())));
    }

    private DynamicResult result(ClientResponse response) {
        return new DynamicResult(response.answer(), root.field());
    }

    /** At once if nobody has to be asked for the schema. */
    private CompletableFuture<GraphQlRequest> requestAsync() {
        Selection asked = root;
        Schema known = asked.hasArgumentsAnywhere() ? client.knownSchema() : null;
        if (known != null || !asked.hasArgumentsAnywhere()) {
            try {
                return CompletableFuture.completedFuture(OperationPrinter.print(kind, asked, known));
            } catch (HasuraRequestException e) {
                // The schema may be too old, which is found out below.
            }
        }
        return CompletableFuture.supplyAsync(() -> request(asked), client.executor());
    }

    private GraphQlRequest request() {
        return request(root);
    }

    private GraphQlRequest request(Selection root) {
        if (!root.hasArgumentsAnywhere()) {
            return OperationPrinter.print(kind, root, null);
        }
        Schema schema = client.schema();
        try {
            return OperationPrinter.print(kind, root, schema);
        } catch (HasuraRequestException e) {
            Schema newer = client.schemaAfter(schema);
            if (newer == schema) {
                throw e;
            }
            return OperationPrinter.print(kind, root, newer);
        }
    }

    @Override
    public String toString() {
        return "DynamicCall[" + root + "]";
    }
}
