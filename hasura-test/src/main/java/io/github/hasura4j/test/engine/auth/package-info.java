/** Tokens and the auth hook; begin with {@link io.github.hasura4j.test.engine.Authenticator}. */
@NullMarked
package io.github.hasura4j.test.engine.auth;

import org.jspecify.annotations.NullMarked;
