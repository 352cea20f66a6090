package io.github.hasura4j.client;

import java.net.URI;
import java.time.Duration;
import java.util.function.LongSupplier;

import com.fasterxml.jackson.annotation.JsonInclude.Include;
import io.github.hasura4j.client.internal.ReadLimits;
import io.github.hasura4j.payload.SessionVariables;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;

/** The client: what all its views share, and who this view is. */
final class DefaultHasuraClient implements HasuraClient {

    private final Transport transport;
    private final Documents documents;
    private final Schemas schemas;
    private final Subscriptions subscriptions;
    private final Identity identity;

    private DefaultHasuraClient(
            Transport transport, Documents documents, Schemas schemas, Subscriptions subscriptions, Identity identity) {
        this.transport = transport;
        this.documents = documents;
        this.schemas = schemas;
        this.subscriptions = subscriptions;
        this.identity = identity;
    }

    static HasuraClient create(
            URI endpoint,
            Identity identity,
            Duration connectTimeout,
            Duration requestTimeout,
            JsonMapper mapper,
            LongSupplier nanoTime,
            SubscriptionSettings settings,
            Timing timing) {
        JsonMapper exact = ReadLimits.widen(mapper)
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
                // A null in a map of columns sets the column to null; left out, it would stay as it is.
                .changeDefaultPropertyInclusion(inclusion -> inclusion.withContentInclusion(Include.ALWAYS))
                .build();
        Transport transport = new Transport(endpoint, connectTimeout, requestTimeout, exact);
        Schemas schemas = Schemas.of(identity, asker -> Schema.ask(transport, asker), nanoTime);
        Subscriptions subscriptions = new Subscriptions(transport, settings, timing);
        return new DefaultHasuraClient(transport, new Documents(), schemas, subscriptions, identity);
    }

    @Override
    public DynamicCall query(String field) {
        return new DefaultDynamicCall(this, OperationPrinter::query, field);
    }

    @Override
    public DynamicCall mutation(String field) {
        return new DefaultDynamicCall(this, OperationPrinter::mutation, field);
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
    public HasuraClient asRole(String role) {
        return new DefaultHasuraClient(transport, documents, schemas, subscriptions, identity.withRole(role));
    }

    @Override
    public HasuraClient as(SessionVariables session) {
        return new DefaultHasuraClient(transport, documents, schemas, subscriptions, identity.withSession(session));
    }

    @Override
    public HasuraClient withBearerToken(String token) {
        return new DefaultHasuraClient(
                transport, documents, schemas.forOtherToken(), subscriptions, identity.withBearerToken(token));
    }

    @Override
    public URI endpoint() {
        return transport.endpoint();
    }

    Answer send(GraphQlRequest request) {
        return transport.send(request, identity);
    }

    Schema schema() {
        return schemas.of(identity);
    }

    /** Asks again for a schema that does not know what is asked for; the same one if it is too young for that. */
    Schema schemaAfter(Schema known) {
        return schemas.after(known, identity);
    }

    Identity identity() {
        return identity;
    }

    Subscriptions subscriptions() {
        return subscriptions;
    }

    @Override
    public void close() {
        subscriptions.close();
    }

    @Override
    public String toString() {
        return "HasuraClient[" + endpoint() + ", " + identity + "]";
    }
}
