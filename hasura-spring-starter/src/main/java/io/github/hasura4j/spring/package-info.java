/**
 * What you type to stand behind Hasura: annotate a bean's method with {@link io.github.hasura4j.spring.HasuraAction} or
 * {@link io.github.hasura4j.spring.HasuraEvent}, and refuse with
 * {@link io.github.hasura4j.spring.HasuraActionException}.
 *
 * <p>Begin with {@code HasuraAction}; the rest is for extending: {@link io.github.hasura4j.spring.WebhookInterceptor} goes
 * around every call, {@link io.github.hasura4j.spring.HandlerArgumentResolver} adds a kind of parameter.
 */
@NullMarked
package io.github.hasura4j.spring;

import org.jspecify.annotations.NullMarked;
