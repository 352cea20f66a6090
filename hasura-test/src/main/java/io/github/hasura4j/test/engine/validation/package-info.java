/** Webhooks asked before rows change; begin with {@link io.github.hasura4j.test.engine.validation.InputValidation}. */
@NullMarked
package io.github.hasura4j.test.engine.validation;

import org.jspecify.annotations.NullMarked;
