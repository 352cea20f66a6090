/**
 * The insides of the local engine, for hasura4j only: these types change without notice. What you use is {@link
 * io.github.hasura4j.test.LocalHasura}.
 *
 * <p>This package holds what the parts share: {@link io.github.hasura4j.test.engine.EngineException}, {@link
 * io.github.hasura4j.test.engine.Session}, {@link io.github.hasura4j.test.engine.Problems}; {@link
 * io.github.hasura4j.test.engine.GraphQlEngine} runs one GraphQL request.
 */
@NullMarked
package io.github.hasura4j.test.engine;

import org.jspecify.annotations.NullMarked;
