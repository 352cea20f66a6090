/**
 * What you type to stand behind Hasura: annotate a bean's method with {@link io.github.hasura4j.spring.HasuraAction}, {@link
 * io.github.hasura4j.spring.HasuraEvent}, {@link io.github.hasura4j.spring.HasuraScheduled}, {@link
 * io.github.hasura4j.spring.HasuraValidation} or {@link io.github.hasura4j.spring.HasuraAuthHook}, and refuse with {@link
 * io.github.hasura4j.spring.HasuraActionException}.
 *
 * <p>Begin with {@code HasuraAction}; the rest is for extending: {@link io.github.hasura4j.spring.WebhookInterceptor} goes
 * around every call, {@link io.github.hasura4j.spring.HandlerArgumentResolver} adds a kind of parameter.
 */
@NullMarked
package io.github.hasura4j.spring;

import org.jspecify.annotations.NullMarked;
