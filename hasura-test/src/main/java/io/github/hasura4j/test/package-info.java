/**
 * A local engine on a real Postgres, without Docker, to run handlers and clients against.
 *
 * <p>Begin with {@link io.github.hasura4j.test.LocalHasura}. It behaves as Hasura GraphQL Engine v2 does towards handlers and
 * clients, is meant for tests and for development, and says by name what it does not do.
 */
@NullMarked
package io.github.hasura4j.test;

import org.jspecify.annotations.NullMarked;
