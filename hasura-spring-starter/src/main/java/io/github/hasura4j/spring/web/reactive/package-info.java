/**
 * Puts the dispatcher behind Spring WebFlux.
 *
 * <p>Begin with {@link io.github.hasura4j.spring.web.reactive.WebhookReactiveRoutes}; usually the auto-configuration has done so
 * for you.
 */
@NullMarked
package io.github.hasura4j.spring.web.reactive;

import org.jspecify.annotations.NullMarked;
