/**
 * Tests of handlers: what the engine sends, without an engine, and what it makes of the answer.
 *
 * <p>Begin with {@link io.github.hasura4j.test.spring.HasuraTest}, which starts an application's handlers and nothing else, or with
 * {@link io.github.hasura4j.test.spring.HasuraTester#over}, which talks to an application that runs.
 */
@NullMarked
package io.github.hasura4j.test.spring;

import org.jspecify.annotations.NullMarked;
