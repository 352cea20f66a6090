/** Calls action handlers and checks their answers; begin with {@link io.github.hasura4j.test.engine.action.ActionCaller}. */
@NullMarked
package io.github.hasura4j.test.engine.action;

import org.jspecify.annotations.NullMarked;
