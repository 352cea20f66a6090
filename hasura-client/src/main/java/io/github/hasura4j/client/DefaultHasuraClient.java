package io.github.hasura4j.client;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

import io.github.hasura4j.client.ClientOperation.CallOptions;
import io.github.hasura4j.client.metadata.MetadataClient;
import io.github.hasura4j.client.metadata.SchemaApi;
import io.github.hasura4j.payload.SessionVariables;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** The client: what all its views share, and who this view is. */
final class DefaultHasuraClient implements HasuraClient {

    private final Transport transport;
    private final Calls calls;
    private final Documents documents;
    private final OperationWriter writer;
    private final Subscriptions subscriptions;
    private final Identity identity;
    private final boolean view;
    private final boolean schemaApi;
    private final Supplier<Map<String, String>> callVariables;

    private DefaultHasuraClient(
            Transport transport,
            Calls calls,
            Documents documents,
            OperationWriter writer,
            Subscriptions subscriptions,
            Identity identity,
            boolean view,
            boolean schemaApi,
            Supplier<Map<String, String>> callVariables) {
        this.transport = transport;
        this.calls = calls;
        this.documents = documents;
        this.writer = writer;
        this.subscriptions = subscriptions;
        this.identity = identity;
        this.view = view;
        this.schemaApi = schemaApi;
        this.callVariables = callVariables;
    }

    /** @param exact the mapper for all that goes to the engine and comes from it */
    static HasuraClient create(
            URI endpoint,
            Identity identity,
            HttpSettings http,
            JsonMapper exact,
            SchemaSource source,
            RetryPolicy retry,
            List<ClientInterceptor> interceptors,
            List<ClientObserver> observers,
            LongSupplier nanoTime,
            boolean schemaApi,
            SubscriptionSettings subscribing,
            Timing timing,
            Supplier<Map<String, String>> callVariables) {
        Transport transport = new Transport(endpoint, http, exact);
        Calls calls = new Calls(new Sender(transport, retry, new Observers(observers)), interceptors);
        Schemas schemas = source.fixed() != null
                ? Schemas.of(source.fixed(), nanoTime)
                : Schemas.of(identity, asker -> Schema.ask(asking(calls, asker, transport)), nanoTime);
        OperationWriter writer = new OperationWriter(source, schemas, exact);
        Subscriptions subscriptions = new Subscriptions(transport, subscribing, timing);
        return new DefaultHasuraClient(
                transport, calls, new Documents(), writer, subscriptions, identity, false, schemaApi, callVariables);
    }

    private static Function<GraphQlRequest, Answer> asking(Calls calls, Identity asker, Transport transport) {
        return request -> calls.send(
                        new ClientOperation(
                                OperationKind.QUERY,
                                List.of(request),
                                false,
                                asker.role(),
                                CallOptions.within(transport.timeout())),
                        asker)
                .answer();
    }

    @Override
    public DynamicCall query(String field) {
        return new DefaultDynamicCall(this, OperationKind.QUERY, field);
    }

    @Override
    public DynamicCall mutation(String field) {
        return new DefaultDynamicCall(this, OperationKind.MUTATION, field);
    }

    @Override
    public DynamicSubscription subscription(String field) {
        return new DefaultDynamicSubscription(this, field);
    }

    @Override
    public DocumentCall document(String text) {
        return new DefaultDocumentCall(this, documents, text);
    }

    @Override
    public DocumentCall documentName(String name) {
        return document(documents.text(name));
    }

    @Override
    public RequestBatch batch() {
        return new RequestBatch(this);
    }

    @Override
    public MutationGroup inOneRequest() {
        return new MutationGroup(this);
    }

    @Override
    public HasuraClient asRole(String role) {
        return view(writer, identity.withRole(role));
    }

    @Override
    public HasuraClient as(SessionVariables session) {
        return view(writer, identity.withSession(session));
    }

    @Override
    public HasuraClient withBearerToken(String token) {
        return withCredentials(Credentials.bearer(token));
    }

    @Override
    public HasuraClient withCredentials(Credentials credentials) {
        return view(writer.forOtherToken(), identity.withCredentials(credentials));
    }

    @Override
    public HasuraClient backendOnly() {
        return view(writer, identity.backendOnly());
    }

    @Override
    public HasuraClient forwarding(Function<String, @Nullable String> headers, String... names) {
        return view(writer, identity.forwarding(headers, names));
    }

    private HasuraClient view(OperationWriter writer, Identity identity) {
        return new DefaultHasuraClient(
                transport, calls, documents, writer, subscriptions, identity, true, schemaApi, callVariables);
    }

    @Override
    public MetadataClient metadata() {
        return MetadataClient.over(DefaultEngineChannel.of(transport, identity));
    }

    @Override
    public SchemaApi schemaApi() {
        if (!schemaApi) {
            throw new IllegalStateException(
                    "This client was built without the schema API, which runs any SQL. Where that is meant, build it with enableSchemaApi().");
        }
        return SchemaApi.over(DefaultEngineChannel.of(transport, identity));
    }

    @Override
    public URI endpoint() {
        return transport.endpoint();
    }

    @Override
    public void close() {
        if (!view) {
            transport.close(subscriptions.close());
        }
    }

    GraphQlRequest write(OperationPrinter.Operation operation) {
        return writer.write(operation, identity);
    }

    Identity identity() {
        return identity;
    }

    Subscriptions subscriptions() {
        return subscriptions;
    }

    /** What a call begins with. */
    CallOptions options() {
        return CallOptions.within(transport.timeout());
    }

    ClientResponse send(OperationKind kind, GraphQlRequest request, CallOptions options) {
        return calls.send(operation(kind, List.of(request), false, options), identity);
    }

    CompletableFuture<ClientResponse> sendAsync(
            OperationKind kind, GraphQlRequest request, CallOptions options, Cancellation cancellation) {
        return calls.sendAsync(operation(kind, List.of(request), false, options), identity, cancellation);
    }

    ClientResponse sendBatch(OperationKind kind, List<GraphQlRequest> requests, CallOptions options) {
        return calls.send(operation(kind, requests, true, options), identity);
    }

    CompletableFuture<ClientResponse> sendBatchAsync(
            OperationKind kind, List<GraphQlRequest> requests, CallOptions options, Cancellation cancellation) {
        return calls.sendAsync(operation(kind, requests, true, options), identity, cancellation);
    }

    private ClientOperation operation(
            OperationKind kind, List<GraphQlRequest> requests, boolean batch, CallOptions options) {
        Map<String, String> variables = callVariables.get();
        return new ClientOperation(
                kind,
                requests,
                batch,
                identity.role(),
                variables.isEmpty() ? options : options.withVariables(variables));
    }

    /** A call that was begun here: what travels together has the same credentials, role and session. */
    DefaultDynamicCall own(DynamicCall call) {
        if (call instanceof DefaultDynamicCall known && known.isOf(this)) {
            return known;
        }
        throw notOwn();
    }

    /** The same for a document. */
    DefaultDocumentCall own(DocumentCall call) {
        if (call instanceof DefaultDocumentCall known && known.isOf(this)) {
            return known;
        }
        throw notOwn();
    }

    private static IllegalArgumentException notOwn() {
        return new IllegalArgumentException(
                "The call was begun at another client or view, which may have another role. Begin both at the same: var view = hasura.asRole(…), view.batch(), view.query(…).");
    }

    /** Where work goes that would keep the caller of an asynchronous method waiting. */
    Executor executor() {
        return transport.executor();
    }

    JsonMapper mapper() {
        return transport.mapper();
    }

    GraphQlRequest print(OperationPrinter.Operation operation) {
        return writer.write(operation, identity);
    }

    CompletableFuture<GraphQlRequest> printAsync(OperationPrinter.Operation operation) {
        return writer.writeAsync(operation, identity, transport.executor());
    }

    /** The schema, asked for if need be; null for a client that does without. */
    @Nullable
    Schema schema() {
        return writer.schema(identity);
    }

    @Override
    public String toString() {
        return "HasuraClient[" + endpoint() + ", " + identity + "]";
    }
}
