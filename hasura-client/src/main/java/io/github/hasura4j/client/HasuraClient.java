package io.github.hasura4j.client;

import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

import io.github.hasura4j.payload.SessionVariables;
import org.jspecify.annotations.Nullable;
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
 * {@link #withBearerToken} give views that cost nothing and share its connections. Only subscriptions have to be ended, one by one
 * or all at once with {@link #close}; a client without any holds nothing that must be closed.
 *
 * <p><b>The schema.</b> Only calls with arguments need it. A client with the admin secret asks for it once, as the
 * administrator, who sees all there is, and all its views share the answer: the engine names types alike for every role, and
 * itself refuses what a role may not see. Without the admin secret there is one schema for each role and token, since no
 * other is to be had. A call that does not fit the schema, because it names a field or argument that is not there, makes the
 * client ask once more before it refuses the call, though not again within a few seconds: so it notices tables that are
 * tracked later.
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

    /** Where requests go: the full address, ending in {@code /v1/graphql} unless another path was given. */
    URI endpoint();

    /**
     * Ends all subscriptions of this client and its views, and their connections; readers that wait come to the end. Queries and
     * mutations still work, new subscriptions do not.
     */
    @Override
    void close();

    /** What a client is made of. A builder is neither immutable nor thread-safe; {@link #build()} may be called again. */
    final class Builder {

        // Longer than any request, and short enough to be counted in nanoseconds.
        private static final Duration LONGEST_TIMEOUT = Duration.ofDays(365);

        private @Nullable URI endpoint;
        private @Nullable Supplier<String> adminSecret;
        private @Nullable Supplier<String> bearerToken;
        private @Nullable String role;
        private Duration connectTimeout = Duration.ofSeconds(5);
        private Duration requestTimeout = Duration.ofSeconds(30);
        private final Map<String, String> headers = new LinkedHashMap<>();
        private JsonMapper jsonMapper = JsonMapper.shared();
        private LongSupplier nanoTime = System::nanoTime;
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
            return adminSecret(Identity.constant("The admin secret", adminSecret));
        }

        /**
         * Where to get the admin secret: asked anew for every request, so that a rotated secret is noticed.
         * An empty answer is an {@link IllegalStateException} of that call.
         */
        public Builder adminSecret(Supplier<String> adminSecret) {
            this.adminSecret = adminSecret;
            return this;
        }

        /**
         * A token (JWT) to send instead of an admin secret.
         *
         * @throws IllegalArgumentException if it is empty or cannot be sent in a header
         */
        public Builder bearerToken(String token) {
            return bearerToken(Identity.constant("The bearer token", token));
        }

        /** Where to get the token: asked anew for every request, so cache it there and renew it before it expires. */
        public Builder bearerToken(Supplier<String> token) {
            this.bearerToken = token;
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

        /** How long one request may take, from connecting to the last byte of the answer; 30 seconds unless set, a year at most. */
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
         * digit of a number, however long, takes no fraction for a whole number, and sends the nulls inside of maps; the mapper
         * itself stays as it is.
         */
        public Builder jsonMapper(JsonMapper jsonMapper) {
            this.jsonMapper = jsonMapper;
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
         * @throws IllegalStateException without an endpoint, or with both an admin secret and a token
         */
        public HasuraClient build() {
            if (endpoint == null) {
                throw new IllegalStateException(
                        "A HasuraClient needs to know where the engine is: endpoint(URI.create(\"http://host:8080\"))");
            }
            if (adminSecret != null && bearerToken != null) {
                throw new IllegalStateException(
                        "Both adminSecret(…) and bearerToken(…) were given, and the engine would look at the secret only. "
                                + "Give one of them; withBearerToken(…) makes a view with a token later.");
            }
            return DefaultHasuraClient.create(
                    endpoint,
                    Identity.of(adminSecret, bearerToken, role, headers),
                    connectTimeout,
                    requestTimeout,
                    jsonMapper,
                    nanoTime,
                    subscriptions,
                    timing);
        }

        private static Duration positive(Duration timeout) {
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
