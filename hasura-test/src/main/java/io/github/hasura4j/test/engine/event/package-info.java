/** Event triggers: SQL triggers that record, a loop that delivers; begin with {@link io.github.hasura4j.test.engine.event.EventTriggers}. */
@NullMarked
package io.github.hasura4j.test.engine.event;

import org.jspecify.annotations.NullMarked;
