/**
 * What the starter adds to {@code HasuraClient} in a Spring application.
 *
 * <p>Begin with {@link io.github.hasura4j.spring.client.HasuraClientCustomizer} for what no property says, and with
 * {@link io.github.hasura4j.spring.client.HasuraClientObservationConvention} for other names in metrics and traces.
 */
@NullMarked
package io.github.hasura4j.spring.client;

import org.jspecify.annotations.NullMarked;
