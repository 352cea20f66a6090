/**
 * Wires the starter into a Spring Boot application.
 *
 * <p>Begin with {@link io.github.hasura4j.spring.autoconfigure.HasuraWebhookProperties} for what can be set; every bean backs
 * off when you define one of its type.
 */
@NullMarked
package io.github.hasura4j.spring.autoconfigure;

import org.jspecify.annotations.NullMarked;
