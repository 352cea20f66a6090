package io.github.hasura4j.client;

import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

import io.github.hasura4j.client.metadata.MetadataClient;
import io.github.hasura4j.client.metadata.SchemaApi;
import io.github.hasura4j.payload.SessionVariables;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JacksonModule;
import tools.jackson.databind.json.JsonMapper;

/**
 * Asks a Hasura GraphQL Engine v2 over HTTP, as its administrator, as a role, or as the caller of a handler.
 *
 * <pre>{@code
 * HasuraClient hasura = HasuraClient.builder()
 *         .endpoint(URI.create("http://graphql-engine:8080"))
 *         .adminSecret(secrets::hasuraAdminSecret)
 *         .build();
 * List<UserRow> users = hasura.query("user").select("id", "name").execute().rows(UserRow.class);
 * }</pre>
 *
 * <p>A client is immutable and any thread may use it. Make one and keep it: {@link #asRole}, {@link #as} and
 * {@link #withBearerToken} give views that cost nothing and share its connections.
 *
 * <p><b>Threads.</b> A blocking call parks its thread, which suits virtual ones, and ends when the thread is interrupted. An
 * asynchronous one ({@code …Async}) needs no thread while it waits; cancelling its future aborts the request. The client has no
 * threads of its own beside those of the JDK's {@code HttpClient} and, while there are subscriptions, the daemon threads for these;
 * {@link #close()} ends them.
 *
 * <p><b>The schema.</b> Only calls with arguments need it. A client with the admin secret asks for it once, as the
 * administrator, who sees all there is, and all its views share the answer: the engine names types alike for every role, and
 * itself refuses what a role may not see. Without the admin secret there is one schema for each role and token, since no
 * other is to be had. A call that does not fit the schema, because it names a field or argument that is not there, makes the
 * client ask once more before it refuses the call, though not again within a few seconds: so it notices tables that are
 * tracked later. {@link Builder#schema} takes it from a file instead, or does without.
 */
public interface HasuraClient extends AutoCloseable {

    /** Begins a client; {@link Builder#endpoint} is the one thing that has to be said. */
    static Builder builder() {
        return new Builder();
    }

    /**
     * Begins a query for one root field, such as {@code user}, {@code user_by_pk} or an action.
     *
     * @throws IllegalArgumentException if the field is no GraphQL name
     */
    DynamicCall query(String field);

    /**
     * Begins a mutation with one root field, such as {@code insert_user_one} or an action.
     *
     * @throws IllegalArgumentException if the field is no GraphQL name
     */
    DynamicCall mutation(String field);

    /**
     * Begins a live query of one root field, such as {@code user} or {@code user_by_pk}, or a stream of one such as
     * {@code user_stream}.
     *
     * @throws IllegalArgumentException if the field is no GraphQL name
     */
    DynamicSubscription subscription(String field);

    /** Begins a call with GraphQL text of your own; it is parsed when the call is executed, before anything is sent. */
    DocumentCall document(String text);

    /**
     * Begins a call with GraphQL text from the class path: {@code openOrders} is {@code graphql/openOrders.graphql}, or the
     * same with {@code .gql}. It is read once.
     *
     * @param name the file's path below {@code graphql/}, without its ending
     * @throws IllegalArgumentException if there is no such file, or the name is none for a file
     */
    DocumentCall documentName(String name);

    /** Begins a batch: several operations in one HTTP request, each for itself. */
    RequestBatch batch();

    /** Begins a group of mutations in one operation, and where they are about tables, in one transaction. */
    MutationGroup inOneRequest();

    /**
     * This client with another role, sent as {@code x-hasura-role}; session variables set by {@link #as} stay.
     *
     * <p>With a bearer token the engine wants the role to be among the token's allowed roles.
     *
     * @throws IllegalArgumentException if the role is empty or cannot be sent in a header
     */
    HasuraClient asRole(String role);

    /**
     * This client acting as somebody else: usually the caller of the action or the cause of the event at hand.
     *
     * <p>The role and all other {@code x-hasura-*} variables of the session travel beside the admin secret and replace
     * what this client sent so far. An admin secret among the variables is left out, and so is
     * {@code x-hasura-use-backend-only-permissions}, which a client may have sent: where you mean it yourself, set it as a
     * {@link Builder#header} and choose the role with {@link #asRole}.
     *
     * <p>Of a session with the engine's unauthorized role believe nothing but the role: its other variables are headers that
     * the client made up, and the engine believes them beside the admin secret. Use {@link #asRole} there.
     *
     * @throws IllegalStateException if this client has no admin secret: the engine would ignore the session
     * @throws IllegalArgumentException if the session has no role, because the engine would then act as the administrator;
     *     or if a variable cannot be sent as an {@code x-hasura-*} header
     */
    HasuraClient as(SessionVariables session);

    /**
     * This client with a token instead of the admin secret. The token says who is asking, so a role or session set so far
     * is forgotten; {@link #asRole} chooses among the token's roles.
     *
     * @throws IllegalArgumentException if the token is empty or cannot be sent in a header
     */
    HasuraClient withBearerToken(String token);

    /**
     * This client with other credentials. They say who is asking, so a role or session set so far is forgotten;
     * {@link #asRole} chooses among the roles they allow.
     */
    HasuraClient withCredentials(Credentials credentials);

    /**
     * This client with the permissions that are kept for backends: insert, update and delete permissions marked
     * {@code backend_only} exist for it, given a role. {@link #as} forgets this again, so say it last:
     * {@code hasura.as(session).backendOnly()}.
     *
     * @throws IllegalStateException if this client has no admin secret: the engine would ignore the wish
     */
    HasuraClient backendOnly();

    /**
     * This client with some headers of the request at hand, for actions and remote schemas that forward their client's headers:
     * {@code hasura.forwarding(request::getHeader, "cookie", "x-trace")}.
     *
     * @param headers finds a header's value by its name; null if there is none, and then none is sent
     * @param names which headers to take over
     * @throws IllegalArgumentException for an {@code x-hasura-*} header, which the engine would believe; for one that the
     *     client or the JDK sets; for {@code authorization} unless this client has no credentials of its own; or if a value
     *     cannot be sent as it is
     */
    HasuraClient forwarding(Function<String, @Nullable String> headers, String... names);

    /**
     * The engine's metadata, schedules and events. It is always the administrator who asks for them, whatever this view's role
     * or session, so all of it but health and version needs the admin secret.
     */
    MetadataClient metadata();

    /**
     * SQL on the engine's databases, past all permissions, as the administrator.
     *
     * @throws IllegalStateException unless it was enabled with {@link Builder#enableSchemaApi}
     */
    SchemaApi schemaApi();

    /** Where requests go: the full address, ending in {@code /v1/graphql} unless another path was given. */
    URI endpoint();

    /**
     * Ends what is under way, with a {@link HasuraTransportException} for its callers, and refuses what comes. Subscriptions, of
     * views too, come to their end, and so do readers who wait. Nothing of the client is left running; on a JDK before 21 the
     * threads of its {@code HttpClient} end a little later, and blocking calls that are under way in their own time. A view owns
     * nothing, so closing one does nothing.
     */
    @Override
    void close();

    /** What a client is made of. A builder is neither immutable nor thread-safe; {@link #build()} may be called again. */
    final class Builder {

        // Longer than any request, and short enough to be counted in nanoseconds.
        private static final Duration LONGEST_TIMEOUT = Duration.ofDays(365);

        private @Nullable URI endpoint;
        private @Nullable Credentials credentials;
        private @Nullable String role;
        private Duration connectTimeout = Duration.ofSeconds(5);
        private Duration requestTimeout = Duration.ofSeconds(30);
        private final Map<String, String> headers = new LinkedHashMap<>();
        private JsonMapper jsonMapper = JsonMapper.shared();
        private LongSupplier nanoTime = System::nanoTime;
        private boolean compression;
        private int maxAnswerSize = 256 * 1024 * 1024;
        private Consumer<HttpClient.Builder> customizer = http -> {};
        private boolean bigNumbersAsText;
        private final List<JacksonModule> scalars = new ArrayList<>();
        private SchemaSource schema = SchemaSource.introspect();
        private RetryPolicy retry = RetryPolicy.standard();
        private final List<ClientInterceptor> interceptors = new ArrayList<>();
        private final List<ClientObserver> observers = new ArrayList<>();

        private boolean schemaApi;
        private Supplier<Map<String, String>> callVariables = Map::of;
        private SubscriptionSettings subscriptions = SubscriptionSettings.create();
        private Timing timing = Timing.system();

        private Builder() {}

        /**
         * Where the engine is: {@code http://host:8080}, which gets {@code /v1/graphql} appended, or the full address.
         *
         * @throws IllegalArgumentException if it is no http(s) address with a host, or has a user, query or fragment
         */
        public Builder endpoint(URI endpoint) {
            this.endpoint = Endpoint.of(endpoint);
            return this;
        }

        /**
         * The admin secret, as it is.
         *
         * @throws IllegalArgumentException if it is empty or cannot be sent in a header
         */
        public Builder adminSecret(String adminSecret) {
            return credentials(Credentials.adminSecret(adminSecret));
        }

        /**
         * Where to get the admin secret: asked anew for every request, so that a rotated secret is noticed.
         * An empty answer is an {@link IllegalStateException} of that call.
         */
        public Builder adminSecret(Supplier<String> adminSecret) {
            return credentials(Credentials.adminSecret(adminSecret));
        }

        /**
         * A token (JWT) to send instead of an admin secret.
         *
         * @throws IllegalArgumentException if it is empty or cannot be sent in a header
         */
        public Builder bearerToken(String token) {
            return credentials(Credentials.bearer(token));
        }

        /**
         * Where to get the token: asked anew for every request, so cache it there and renew it before it expires; or leave that
         * to {@link TokenSupplier#cached} and {@link #credentials}.
         */
        public Builder bearerToken(Supplier<String> token) {
            return credentials(Credentials.bearer(token));
        }

        /**
         * What proves who is asking, of any kind.
         *
         * @throws IllegalStateException if credentials were given already
         */
        public Builder credentials(Credentials credentials) {
            if (this.credentials != null) {
                throw new IllegalStateException(
                        "Credentials were given twice (%s and %s), and the engine would look at the secret only. Give one of adminSecret(…), bearerToken(…) and credentials(…); withBearerToken(…) makes a view with a token later."
                                .formatted(this.credentials, credentials));
            }
            this.credentials = credentials;
            return this;
        }

        /** The role to act as; without it the administrator, or the default role of the token. */
        public Builder role(String role) {
            this.role = Identity.checkedRole(role);
            return this;
        }

        /** How long to wait for a connection; 5 seconds unless set, and a year at most. */
        public Builder connectTimeout(Duration timeout) {
            this.connectTimeout = positive(timeout);
            return this;
        }

        /**
         * How long a call may take, from connecting to the last byte of the answer, repetitions included; 30 seconds unless set,
         * a year at most. A call can set its own.
         */
        public Builder requestTimeout(Duration timeout) {
            this.requestTimeout = positive(timeout);
            return this;
        }

        /**
         * A header for every request; the last value of a name counts.
         *
         * @throws IllegalArgumentException if the header is one that the client sets itself, or cannot be sent as it is
         */
        public Builder header(String name, String value) {
            headers.put(Identity.checkedHeader(name), Identity.checkedValue(name, value));
            return this;
        }

        /**
         * The mapper to begin with, for modules and settings of your own. The client uses a copy of it that keeps every
         * digit of a number, however long, takes no fraction for a whole number, and sends the nulls inside of maps; that reads
         * Postgres' texts for times, arrays and {@code bytea} too, and writes {@code byte[]} as {@code bytea} has it. The mapper
         * itself stays as it is.
         */
        public Builder jsonMapper(JsonMapper jsonMapper) {
            this.jsonMapper = jsonMapper;
            return this;
        }

        /**
         * How to read and write values of a Java type of your own, or of another one in another way than usual. It comes before
         * what the mapper knows, for exactly this type.
         */
        public <T> Builder scalar(Class<T> type, ScalarCodec<T> codec) {
            scalars.add(PostgresModule.scalar(type, codec));
            return this;
        }

        /**
         * Sends {@code BigDecimal} and whole numbers beyond 2<sup>53</sup> as text, for what stands between client and engine and
         * reads JSON numbers as doubles. The engine takes text for {@code numeric} and {@code bigint}; off unless set. Numbers in a
         * {@code JsonNode} stay as they are.
         */
        public Builder bigNumbersAsText(boolean asText) {
            this.bigNumbersAsText = asText;
            return this;
        }

        /** Where to learn the types of arguments; {@link SchemaSource#introspect()} unless set. */
        public Builder schema(SchemaSource schema) {
            this.schema = schema;
            return this;
        }

        /** When calls are repeated; {@link RetryPolicy#standard()} unless set. */
        public Builder retry(RetryPolicy retry) {
            this.retry = retry;
            return this;
        }

        /** Stands around every call; the one added first is the outermost. */
        public Builder interceptor(ClientInterceptor interceptor) {
            interceptors.add(interceptor);
            return this;
        }

        /** Hears what happens to every call. */
        public Builder observer(ClientObserver observer) {
            observers.add(observer);
            return this;
        }

        /** Asks for packed answers (gzip), which pays on slow or metered networks; off unless set. */
        public Builder compression(boolean compression) {
            this.compression = compression;
            return this;
        }

        /**
         * How many bytes an answer may have, unpacked; 256 MiB unless set. A longer one is a {@link HasuraTransportException}.
         *
         * @throws IllegalArgumentException if it is less than one
         */
        public Builder maxAnswerSize(int bytes) {
            if (bytes < 1) {
                throw new IllegalArgumentException("An answer needs at least one byte, but maxAnswerSize is " + bytes);
            }
            this.maxAnswerSize = bytes;
            return this;
        }

        /**
         * Sets up the JDK's {@code HttpClient}: TLS, a proxy, an executor such as one of virtual threads. Redirects stay off. An
         * executor given here is not ended by {@link HasuraClient#close()}.
         */
        public Builder http(Consumer<HttpClient.Builder> customizer) {
            this.customizer = this.customizer.andThen(customizer);
            return this;
        }

        /** Allows {@link HasuraClient#schemaApi()}, which runs any SQL; off unless said. */
        public Builder enableSchemaApi() {
            this.schemaApi = true;
            return this;
        }

        /**
         * Session variables to send with every call besides, such as {@code x-hasura-hops}; asked for each time, on the thread that
         * makes the call. Only an engine that is given the admin secret looks at them. Names have to begin with {@code x-hasura-},
         * and cannot be those of a role, a secret or backend-only permissions.
         */
        public Builder callVariables(Supplier<Map<String, String>> variables) {
            this.callVariables = variables;
            return this;
        }

        /** How subscriptions are kept alive; the defaults suit the engine's own. */
        public Builder subscriptions(SubscriptionSettings settings) {
            this.subscriptions = settings;
            return this;
        }

        /** For tests. */
        Builder timing(Timing timing) {
            this.timing = timing;
            return this;
        }

        /** For tests. */
        Builder nanoTime(LongSupplier nanoTime) {
            this.nanoTime = nanoTime;
            return this;
        }

        /**
         * Makes the client; nothing is sent yet.
         *
         * @throws IllegalStateException without an endpoint
         */
        public HasuraClient build() {
            if (endpoint == null) {
                throw new IllegalStateException(
                        "A HasuraClient needs to know where the engine is: endpoint(URI.create(\"http://host:8080\"))");
            }
            return DefaultHasuraClient.create(
                    endpoint,
                    Identity.of(credentials == null ? Credentials.none() : credentials, role, headers),
                    new HttpSettings(connectTimeout, requestTimeout, compression, maxAnswerSize, customizer),
                    Mappers.exact(jsonMapper, bigNumbersAsText, scalars),
                    schema,
                    retry,
                    interceptors,
                    observers,
                    nanoTime,
                    schemaApi,
                    subscriptions,
                    timing,
                    callVariables);
        }

        static Duration positive(Duration timeout) {
            if (timeout.isZero() || timeout.isNegative()) {
                throw new IllegalArgumentException("A timeout has to be longer than nothing, but is " + timeout);
            }
            return timeout.compareTo(LONGEST_TIMEOUT) > 0 ? LONGEST_TIMEOUT : timeout;
        }

        @Override
        public String toString() {
            return "HasuraClient.Builder[endpoint=" + endpoint + ", role=" + role + "]";
        }
    }
}
