/** Remote schemas: introspected, merged, forwarded to; begin with {@link io.github.hasura4j.test.engine.remote.RemoteSchemas}. */
@NullMarked
package io.github.hasura4j.test.engine.remote;

import org.jspecify.annotations.NullMarked;
