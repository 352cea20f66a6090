/** Queries kept in collections, and the REST endpoints that run them; {@link io.github.hasura4j.test.engine.rest.RestEndpoints} is where to begin. */
@NullMarked
package io.github.hasura4j.test.engine.rest;

import org.jspecify.annotations.NullMarked;
