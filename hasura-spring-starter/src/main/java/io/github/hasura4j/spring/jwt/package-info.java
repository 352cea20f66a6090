/**
 * Tokens that the engine accepts, and what it makes of them.
 *
 * <p>Begin with {@link io.github.hasura4j.spring.jwt.HasuraJwt}, which reads the JSON of {@code HASURA_GRAPHQL_JWT_SECRET}. It
 * needs {@code com.nimbusds:nimbus-jose-jwt} on the class path; nothing else of the starter does.
 */
@NullMarked
package io.github.hasura4j.spring.jwt;

import org.jspecify.annotations.NullMarked;
