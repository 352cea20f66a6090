/**
 * Tests of Spring Boot applications: what the engine sends, without an engine, and what it makes of the answer; or the whole loop with
 * a local engine.
 *
 * <p>Begin with {@link io.github.hasura4j.test.spring.HasuraTest}, which starts an application's handlers and nothing else, with
 * {@link io.github.hasura4j.test.spring.HasuraTester#over}, which talks to an application that runs, or with {@link
 * io.github.hasura4j.test.spring.AutoConfigureLocalHasura}.
 */
@NullMarked
package io.github.hasura4j.test.spring;

import org.jspecify.annotations.NullMarked;
