package io.github.hasura4j.spring.autoconfigure;

import java.net.URI;
import java.time.Duration;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

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
 * @param ssl How connections are secured.
 * @param clients More clients, by name, for @Qualifier. What one does not say about time-outs and retries is as above.
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
                client.ssl());
    }

    /** The client that is described here itself, for the engine that is there. */
    Client own(HasuraConnectionDetails details) {
        return new Client(
                details.endpoint(), details.adminSecret(), role, connectTimeout, requestTimeout, headers, retry, ssl);
    }

    /** Leaves the admin secret and the headers' values out. */
    @Override
    public String toString() {
        return "HasuraClientProperties[endpoint=%s, role=%s, headers=%s, clients=%s]"
                .formatted(endpoint, role, headers.keySet(), clients.keySet());
    }
}
