/**
 * Makes whoever is asking known to Spring Security while a handler runs.
 *
 * <p>Begin with {@link io.github.hasura4j.spring.security.HasuraAuthentication}; usually the auto-configuration has set everything
 * up, and handlers just carry {@code @PreAuthorize}.
 */
@NullMarked
package io.github.hasura4j.spring.security;

import org.jspecify.annotations.NullMarked;
