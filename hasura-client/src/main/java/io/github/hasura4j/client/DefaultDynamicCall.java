package io.github.hasura4j.client;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import io.github.hasura4j.client.ClientOperation.CallOptions;
import io.github.hasura4j.client.OperationPrinter.Operation;
import org.jspecify.annotations.Nullable;

final class DefaultDynamicCall implements DynamicCall {

    private final DefaultHasuraClient client;
    private final OperationKind kind;
    private final List<Directive> directives = new ArrayList<>();
    private Selection root;
    private String name;
    private CallOptions options;

    DefaultDynamicCall(DefaultHasuraClient client, OperationKind kind, String field) {
        this.client = client;
        this.kind = kind;
        this.root = Selection.of(field);
        this.name = field;
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
    public DynamicCall named(String operationName) {
        name = Names.checked(operationName);
        return this;
    }

    @Override
    public DynamicCall directive(String name, Map<String, ? extends @Nullable Object> arguments) {
        directives.add(new Directive(name, new LinkedHashMap<>(arguments)));
        return this;
    }

    @Override
    public DynamicCall cached(Duration lifetime) {
        if (kind != OperationKind.QUERY) {
            throw new IllegalStateException("Only the answer to a query can be cached, and '%s' is a %s"
                    .formatted(root.field(), kind.keyword()));
        }
        if (lifetime.toSeconds() < 1) {
            throw new IllegalArgumentException(
                    "An answer is cached for whole seconds, at least one, but the lifetime is " + lifetime);
        }
        return directive("cached", Map.of("ttl", lifetime.toSeconds()));
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
        return new DynamicResult(
                client.send(kind, client.print(operation()), options).answer(), root.field());
    }

    @Override
    public CompletableFuture<DynamicResult> executeAsync() {
        Cancellation cancellation = new Cancellation();
        Selection asked = root;
        CallOptions wanted = options;
        return cancellation.over(client.printAsync(operation())
                .thenCompose(request -> client.sendAsync(kind, request, wanted, cancellation))
                .thenApply(response -> new DynamicResult(response.answer(), asked.field())));
    }

    OperationKind kind() {
        return kind;
    }

    CallOptions options() {
        return options;
    }

    boolean isOf(DefaultHasuraClient other) {
        return client == other;
    }

    /** What it would send now. */
    Operation operation() {
        return new Operation(kind, name, List.of(root), List.copyOf(directives));
    }

    @Override
    public String toString() {
        return "DynamicCall[" + root + "]";
    }
}
