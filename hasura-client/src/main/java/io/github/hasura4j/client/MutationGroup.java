package io.github.hasura4j.client;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

import io.github.hasura4j.client.ClientOperation.CallOptions;
import io.github.hasura4j.client.OperationPrinter.Operation;
import org.jspecify.annotations.Nullable;

/**
 * Several mutations in one request, which the engine runs in this order and, as long as all are about tables of one Postgres
 * database, in one transaction: all of it happens or nothing does.
 *
 * <pre>{@code
 * MutationGroup transfer = hasura.inOneRequest();
 * Pending<DynamicResult> from = transfer.add(hasura.mutation("update_account_by_pk")…);
 * Pending<DynamicResult> to = transfer.add(hasura.mutation("update_account_by_pk")…);
 * transfer.execute();
 * }</pre>
 *
 * <p>An action or a field of a remote schema is no part of the transaction: what it did stays when something after it fails.
 * Those are refused, where a schema tells them from tables, unless they are added with {@link #addOutsideTransaction}. Nobody
 * can tell tables of different databases apart; each database has a transaction of its own.
 *
 * <p>The steps change this group and return it; it belongs to one thread and is executed once. Timeouts and headers of the single
 * calls do not count.
 */
public final class MutationGroup {

    private final DefaultHasuraClient client;
    private final List<Member> members = new ArrayList<>();
    private final Set<String> keys = new HashSet<>();
    private String name = "inOneRequest";
    private CallOptions options;
    private boolean executed;

    MutationGroup(DefaultHasuraClient client) {
        this.client = client;
        this.options = client.options();
    }

    /**
     * A mutation of the group.
     *
     * @param root its field, under a name that no other has
     */
    private record Member(
            Selection root,
            List<Directive> directives,
            boolean idempotent,
            boolean anywhere,
            Pending<DynamicResult> pending) {}

    /**
     * Adds a mutation as it is now. Its result has the data of the whole group in {@link DynamicResult#data()}, and its own in
     * {@code rows} and {@code row}.
     *
     * @throws IllegalArgumentException if it is no mutation, or was begun at another client or view
     */
    public Pending<DynamicResult> add(DynamicCall mutation) {
        return add(mutation, false);
    }

    /**
     * Adds a mutation that may be an action's or a remote schema's, and so no part of the transaction; put it last if you can.
     *
     * @throws IllegalArgumentException if it is no mutation, or was begun at another client or view
     */
    public Pending<DynamicResult> addOutsideTransaction(DynamicCall mutation) {
        return add(mutation, true);
    }

    private Pending<DynamicResult> add(DynamicCall mutation, boolean anywhere) {
        DefaultDynamicCall known = client.own(mutation);
        if (known.kind() != OperationKind.MUTATION) {
            throw new IllegalArgumentException("'%s' is a %s; inOneRequest() takes mutations, batch() takes both."
                    .formatted(known.operation().name(), known.kind().keyword()));
        }
        Operation operation = known.operation();
        Selection root = operation.roots().get(0);
        String key = root.field();
        for (int i = 2; !keys.add(key); i++) {
            key = root.field() + "_" + i;
        }
        Pending<DynamicResult> pending = new Pending<>(key);
        members.add(new Member(
                key.equals(root.field()) ? root : root.as(key),
                operation.directives(),
                known.options().idempotent(),
                anywhere,
                pending));
        return pending;
    }

    /**
     * Names the operation, for logs, metrics and allow lists; {@code inOneRequest} unless named.
     *
     * @throws IllegalArgumentException if it is no GraphQL name
     */
    public MutationGroup named(String operationName) {
        name = Names.checked(operationName);
        return this;
    }

    /** How long the whole group may take, repetitions included; the client's request timeout unless set. */
    public MutationGroup timeout(Duration timeout) {
        options = options.withTimeout(timeout);
        return this;
    }

    /**
     * Sends all of it and waits.
     *
     * @throws HasuraGraphQlException if the engine refused; then nothing of the transaction was kept
     * @throws HasuraRequestException if one of the mutations does not fit the schema, or is known to be an action's or a remote
     *     schema's; none was sent
     * @throws HasuraTransportException if there is no answer
     * @throws IllegalStateException if it is empty, or was executed before
     */
    public void execute() {
        distribute(client.send(OperationKind.MUTATION, request(), optionsForAll()));
    }

    /** The same as {@link #execute}, without waiting. Cancelling the future aborts the request. */
    public CompletableFuture<Void> executeAsync() {
        Cancellation cancellation = new Cancellation();
        return cancellation.over(CompletableFuture.supplyAsync(this::request, client.executor())
                .thenCompose(
                        request -> client.sendAsync(OperationKind.MUTATION, request, optionsForAll(), cancellation))
                .thenAccept(this::distribute));
    }

    private GraphQlRequest request() {
        if (members.isEmpty()) {
            throw new IllegalStateException("There is nothing to do: add(…) mutations.");
        }
        if (executed) {
            throw new IllegalStateException("The mutations were executed before. Begin others with inOneRequest().");
        }
        executed = true;
        GraphQlRequest request = client.print(new Operation(
                OperationKind.MUTATION,
                name,
                members.stream().map(Member::root).toList(),
                members.stream()
                        .flatMap(member -> member.directives().stream())
                        .distinct()
                        .toList()));
        refuseStrangers(client.schema());
        return request;
    }

    private void refuseStrangers(@Nullable Schema schema) {
        for (Member member : members) {
            String field = member.root().field();
            if (schema != null && !member.anywhere() && !isOfATable(schema, field)) {
                throw new HasuraRequestException(
                        "'%s' is an action or a field of a remote schema, so it is no part of the transaction and is not undone when something after it fails. Call it by itself, or add it with addOutsideTransaction(…) if that is all right. Nothing was sent."
                                .formatted(field));
            }
        }
    }

    /** A table's mutations answer with what was affected, or with rows that some query can filter. */
    private static boolean isOfATable(Schema schema, String field) {
        Map<String, Schema.Field> mutations =
                schema.mutation() == null ? Map.of() : schema.types().getOrDefault(schema.mutation(), Map.of());
        Schema.Field known = mutations.get(field);
        if (known == null) {
            return false;
        }
        return schema.types().getOrDefault(known.type(), Map.of()).containsKey("affected_rows")
                || schema.types().getOrDefault(schema.query(), Map.of()).values().stream()
                        .anyMatch(query -> query.type().equals(known.type())
                                && query.arguments().containsKey("where"));
    }

    private void distribute(ClientResponse response) {
        Answer answer = response.answer();
        if (answer.mayHaveErrors() && !answer.errors().isEmpty()) {
            throw HasuraGraphQlException.of(answer.request(), answer.errors(), answer);
        }
        for (Member member : members) {
            member.pending().complete(new DynamicResult(answer, member.root().key()));
        }
    }

    private CallOptions optionsForAll() {
        return members.stream().allMatch(Member::idempotent) ? options.asIdempotent() : options;
    }

    @Override
    public String toString() {
        return "MutationGroup[" + name + ", " + members.size() + " mutations]";
    }
}
