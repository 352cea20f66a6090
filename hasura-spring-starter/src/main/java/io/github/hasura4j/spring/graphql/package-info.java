/**
 * Lets a remote schema on Spring for GraphQL believe the engine, and nobody else.
 *
 * <p>Begin with {@link io.github.hasura4j.spring.graphql.RemoteSchemaInterceptor}; usually the auto-configuration has set
 * everything up, and controllers just take a {@code HasuraSession}.
 */
@NullMarked
package io.github.hasura4j.spring.graphql;

import org.jspecify.annotations.NullMarked;
