/** The engine's HTTP ends, inwards and outwards; begin with {@link io.github.hasura4j.test.engine.http.HttpFront}. */
@NullMarked
package io.github.hasura4j.test.engine.http;

import org.jspecify.annotations.NullMarked;
