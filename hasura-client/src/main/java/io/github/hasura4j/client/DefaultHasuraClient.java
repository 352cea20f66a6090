package io.github.hasura4j.client;

import java.net.URI;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.LongSupplier;

import com.fasterxml.jackson.annotation.JsonInclude.Include;
import io.github.hasura4j.client.ClientOperation.CallOptions;
import io.github.hasura4j.client.internal.MaybeModule;
import io.github.hasura4j.client.internal.ReadLimits;
import io.github.hasura4j.client.metadata.MetadataClient;
import io.github.hasura4j.client.metadata.SchemaApi;
import io.github.hasura4j.payload.SessionVariables;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;

/** The client: what all its views share, and who this view is. */
final class DefaultHasuraClient implements HasuraClient {

    private final Transport transport;
    private final Calls calls;
    private final Documents documents;
    private final Schemas schemas;
    private final boolean schemaApi;
    private final Identity identity;
    private final boolean view;

    private DefaultHasuraClient(
            Transport transport,
            Calls calls,
            Documents documents,
            Schemas schemas,
            boolean schemaApi,
            Identity identity,
            boolean view) {
        this.transport = transport;
        this.calls = calls;
        this.documents = documents;
        this.schemas = schemas;
        this.schemaApi = schemaApi;
        this.identity = identity;
        this.view = view;
    }

    static HasuraClient create(
            URI endpoint,
            Identity identity,
            HttpSettings http,
            JsonMapper mapper,
            boolean schemaApi,
            RetryPolicy retry,
            List<ClientInterceptor> interceptors,
            List<ClientObserver> observers,
            LongSupplier nanoTime) {
        JsonMapper exact = ReadLimits.widen(mapper)
                .addModule(new MaybeModule())
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
                // A null in a map of columns sets the column to null; left out, it would stay as it is.
                .changeDefaultPropertyInclusion(inclusion -> inclusion.withContentInclusion(Include.ALWAYS))
                .build();
        Transport transport = new Transport(endpoint, http, exact);
        Calls calls = new Calls(new Sender(transport, retry, new Observers(observers)), interceptors);
        Schemas schemas = Schemas.of(identity, asker -> Schema.ask(asking(calls, asker, transport)), nanoTime);
        return new DefaultHasuraClient(transport, calls, new Documents(), schemas, schemaApi, identity, false);
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
    public DocumentCall document(String text) {
        return new DefaultDocumentCall(this, documents, text);
    }

    @Override
    public DocumentCall documentName(String name) {
        return document(documents.text(name));
    }

    @Override
    public HasuraClient asRole(String role) {
        return view(schemas, identity.withRole(role));
    }

    @Override
    public HasuraClient as(SessionVariables session) {
        return view(schemas, identity.withSession(session));
    }

    @Override
    public HasuraClient withBearerToken(String token) {
        return withCredentials(Credentials.bearer(token));
    }

    @Override
    public HasuraClient withCredentials(Credentials credentials) {
        return view(schemas.forOtherToken(), identity.withCredentials(credentials));
    }

    @Override
    public HasuraClient backendOnly() {
        return view(schemas, identity.backendOnly());
    }

    @Override
    public HasuraClient forwarding(Function<String, @Nullable String> headers, String... names) {
        return view(schemas, identity.forwarding(headers, names));
    }

    private HasuraClient view(Schemas schemas, Identity identity) {
        return new DefaultHasuraClient(transport, calls, documents, schemas, schemaApi, identity, true);
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
            transport.close();
        }
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

    private ClientOperation operation(
            OperationKind kind, List<GraphQlRequest> requests, boolean batch, CallOptions options) {
        return new ClientOperation(kind, requests, batch, identity.role(), options);
    }

    JsonMapper mapper() {
        return transport.mapper();
    }

    /** Where work goes that would keep the caller of an asynchronous method waiting. */
    Executor executor() {
        return transport.executor();
    }

    Schema schema() {
        return schemas.of(identity);
    }

    /** The schema if it is there already. */
    @Nullable
    Schema knownSchema() {
        return schemas.known(identity);
    }

    /** Asks again for a schema that does not know what is asked for; the same one if it is too young for that. */
    Schema schemaAfter(Schema known) {
        return schemas.after(known, identity);
    }

    @Override
    public String toString() {
        return "HasuraClient[" + endpoint() + ", " + identity + "]";
    }
}
