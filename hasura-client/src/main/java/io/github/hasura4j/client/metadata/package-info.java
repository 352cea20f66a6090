/**
 * The engine's metadata API: export, replace and change its metadata, its schedules and events, and run SQL.
 *
 * <p>Begin with {@link io.github.hasura4j.client.HasuraClient#metadata()}, then
 * {@link io.github.hasura4j.client.metadata.MetadataClient#modify} for a change that loses nobody else's. What is not modelled
 * is reachable by {@link io.github.hasura4j.client.metadata.MetadataClient#call(String, Object)}. Nothing in this package shows a
 * secret, a payload, SQL or a row in a {@code toString()}.
 */
@NullMarked
package io.github.hasura4j.client.metadata;

import org.jspecify.annotations.NullMarked;
