package io.github.hasura4j.spring.client;

import io.github.hasura4j.client.HasuraClient;

/**
 * A bean of this type has a say when the starter builds a client: after the properties, in the beans' order.
 *
 * <pre>{@code
 * @Bean
 * HasuraClientCustomizer tokens(Accounts accounts) {
 *     return (client, builder) -> builder.credentials(Credentials.bearer(TokenSupplier.cached(accounts::token, SKEW)));
 * }
 * }</pre>
 */
@FunctionalInterface
public interface HasuraClientCustomizer {

    /** What the client is called that {@code hasura.client.*} itself describes. */
    String DEFAULT_CLIENT = "default";

    /**
     * Changes what the client is made of.
     *
     * @param client which one: its name below {@code hasura.client.clients}, or {@link #DEFAULT_CLIENT}
     * @param builder with everything in it that the properties say
     */
    void customize(String client, HasuraClient.Builder builder);
}
