package io.github.hasura4j.spring.autoconfigure;

import java.net.URI;
import java.time.Duration;

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
 * @param requestTimeout How long one request may take.
 */
@ConfigurationProperties("hasura.client")
public record HasuraClientProperties(
        @Nullable URI endpoint,
        @Nullable String adminSecret,
        @Nullable String role,
        @DefaultValue("5s") Duration connectTimeout,
        @DefaultValue("30s") Duration requestTimeout) {

    /** Leaves the admin secret out. */
    @Override
    public String toString() {
        return "HasuraClientProperties[endpoint=" + endpoint + ", role=" + role + "]";
    }
}
