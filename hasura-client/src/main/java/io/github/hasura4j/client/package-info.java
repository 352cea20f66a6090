/**
 * A client for the GraphQL endpoint of Hasura GraphQL Engine v2, on the JDK's {@code HttpClient}; it needs no Spring.
 *
 * <p>Begin with {@link io.github.hasura4j.client.HasuraClient#builder()}, then
 * {@link io.github.hasura4j.client.HasuraClient#query(String)} for a field by its name or
 * {@link io.github.hasura4j.client.HasuraClient#document(String)} for GraphQL text of your own. Neither a message nor a
 * {@code toString()} in this package shows a secret, a variable's value or a row.
 */
@NullMarked
package io.github.hasura4j.client;

import org.jspecify.annotations.NullMarked;
