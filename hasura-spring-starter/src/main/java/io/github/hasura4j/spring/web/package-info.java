/**
 * Puts the dispatcher behind Spring MVC.
 *
 * <p>Begin with {@link io.github.hasura4j.spring.web.WebhookHandlerMapping}; usually the auto-configuration has done so for you.
 */
@NullMarked
package io.github.hasura4j.spring.web;

import org.jspecify.annotations.NullMarked;
