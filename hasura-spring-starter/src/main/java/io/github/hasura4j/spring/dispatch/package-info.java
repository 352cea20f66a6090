/**
 * Finds handlers and calls them, without any web framework.
 *
 * <p>Begin with {@link io.github.hasura4j.spring.dispatch.WebhookDispatcher}, which turns a request into a response;
 * {@link io.github.hasura4j.spring.dispatch.HandlerRegistry} knows what it can call. The types are public for the adapters to web
 * frameworks only, and may change in any release.
 */
@NullMarked
package io.github.hasura4j.spring.dispatch;

import org.jspecify.annotations.NullMarked;
