package io.github.hasura4j.spring.autoconfigure;

import java.net.URI;
import java.time.Duration;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How this application calls the engine.
 *
 * @param endpoint Address of the engine, such as 'http://graphql-engine:8080'. Without it there is no client.
 * @param adminSecret Admin secret of the engine.
 * @param role Role to act as; the administrator if left out.
 * @param connectTimeout How long to wait for a connection.
 * @param requestTimeout How long a call may take, repetitions included.
 * @param headers Headers to send with every request, such as the key of a gateway.
 * @param retry When calls are repeated.
 * @param subscriptions How subscriptions are kept alive.
 * @param ssl How connections are secured.
 * @param clients More clients, by name, for @Qualifier. What one does not say about time-outs, retries and subscriptions is as above.
 */
@ConfigurationProperties("hasura.client")
public record HasuraClientProperties(
        @Nullable URI endpoint,
        @Nullable String adminSecret,
        @Nullable String role,
        @DefaultValue("5s") Duration connectTimeout,
        @DefaultValue("30s") Duration requestTimeout,
        @DefaultValue Map<String, String> headers,
        @DefaultValue Retry retry,
        @DefaultValue Subscriptions subscriptions,
        @DefaultValue Ssl ssl,
        @DefaultValue Map<String, Client> clients) {

    /**
     * When calls are repeated.
     *
     * @param maxAttempts How often a call is sent at most, the first time included; 1 for no repetition.
     * @param firstBackoff Longest pause before the second attempt; it doubles with each further one.
     * @param longestBackoff Longest pause before any attempt.
     */
    public record Retry(
            @DefaultValue("3") int maxAttempts,
            @DefaultValue("100ms") Duration firstBackoff,
            @DefaultValue("5s") Duration longestBackoff) {}

    /**
     * How subscriptions are kept alive.
     *
     * @param acknowledgeTimeout How long the engine may take to accept the credentials.
     * @param pingInterval How often the engine is asked for a sign of life.
     * @param silenceTimeout After how much silence a connection is given up.
     * @param firstBackoff Longest pause before connecting again for the first time; it doubles with each failure.
     * @param longestBackoff Longest pause before connecting again at all.
     * @param maxAttempts After how many failed connections in a row subscriptions fail; never if left out.
     * @param idleTimeout How long a connection without subscriptions is kept for the next one.
     * @param renewBefore How long before a token expires a new connection takes over.
     * @param maxMessageLength How long one message of the engine may be, in characters.
     * @param streamBufferBatches How many batches of a stream may wait for its reader.
     * @param streamBufferSize How much of a stream may wait for its reader, as JSON.
     */
    public record Subscriptions(
            @DefaultValue("10s") Duration acknowledgeTimeout,
            @DefaultValue("20s") Duration pingInterval,
            @DefaultValue("40s") Duration silenceTimeout,
            @DefaultValue("200ms") Duration firstBackoff,
            @DefaultValue("30s") Duration longestBackoff,
            @Nullable Integer maxAttempts,
            @DefaultValue("5s") Duration idleTimeout,
            @DefaultValue("30s") Duration renewBefore,
            @DefaultValue("64000000") int maxMessageLength,
            @DefaultValue("64") int streamBufferBatches,
            @DefaultValue("16MB") DataSize streamBufferSize) {}

    /**
     * How connections are secured.
     *
     * @param bundle SSL bundle with the engine's certificate, or with one of our own.
     */
    public record Ssl(@Nullable String bundle) {}

    /**
     * Another client.
     *
     * @param endpoint Address of the engine. Without it there is no such client.
     * @param adminSecret Admin secret of the engine.
     * @param role Role to act as; the administrator if left out.
     * @param connectTimeout How long to wait for a connection.
     * @param requestTimeout How long a call may take, repetitions included.
     * @param headers Headers to send with every request.
     * @param retry When calls are repeated.
     * @param subscriptions How subscriptions are kept alive.
     * @param ssl How connections are secured.
     */
    public record Client(
            @Nullable URI endpoint,
            @Nullable String adminSecret,
            @Nullable String role,
            @Nullable Duration connectTimeout,
            @Nullable Duration requestTimeout,
            @DefaultValue Map<String, String> headers,
            @Nullable Retry retry,
            @Nullable Subscriptions subscriptions,
            @DefaultValue Ssl ssl) {

        /** Leaves the admin secret and the headers' values out. */
        @Override
        public String toString() {
            return "Client[endpoint=" + endpoint + ", role=" + role + ", headers=" + headers.keySet() + "]";
        }
    }

    /** A client with all that it says, and the rest from here: never an address, a secret, a role, a header or a certificate. */
    Client complete(Client client) {
        return new Client(
                client.endpoint(),
                client.adminSecret(),
                client.role(),
                client.connectTimeout() == null ? connectTimeout : client.connectTimeout(),
                client.requestTimeout() == null ? requestTimeout : client.requestTimeout(),
                client.headers(),
                client.retry() == null ? retry : client.retry(),
                client.subscriptions() == null ? subscriptions : client.subscriptions(),
                client.ssl());
    }

    /** The client that is described here itself, for the engine that is there. */
    Client own(HasuraConnectionDetails details) {
        return new Client(
                details.endpoint(),
                details.adminSecret(),
                role,
                connectTimeout,
                requestTimeout,
                headers,
                retry,
                subscriptions,
                ssl);
    }

    /** Leaves the admin secret and the headers' values out. */
    @Override
    public String toString() {
        return "HasuraClientProperties[endpoint=%s, role=%s, headers=%s, clients=%s]"
                .formatted(endpoint, role, headers.keySet(), clients.keySet());
    }
}
