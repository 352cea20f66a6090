/**
 * Delivery that can be relied on: repeats that do nothing, retries the handler decides about, order where it matters.
 *
 * <p>Begin with the annotations {@link io.github.hasura4j.spring.delivery.Idempotent}, {@link
 * io.github.hasura4j.spring.delivery.Retry} and {@link io.github.hasura4j.spring.delivery.KeepOrder}; handlers without them are
 * called as if this package were not there.
 */
@NullMarked
package io.github.hasura4j.spring.delivery;

import org.jspecify.annotations.NullMarked;
