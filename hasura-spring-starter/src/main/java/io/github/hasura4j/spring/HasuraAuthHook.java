package io.github.hasura4j.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Lets a bean's method tell the engine who a client is: the engine's auth hook, in GET and in POST mode. An application has one.
 *
 * <pre>{@code
 * @HasuraAuthHook
 * @Nullable AuthHookResult authenticate(@WebhookHeader("authorization") @Nullable String authorization) {
 *     User user = sessions.find(authorization);
 *     return user == null ? null : AuthHookResult.ofRole("user").userId(user.id()).cacheFor(Duration.ofMinutes(5));
 * }
 * }</pre>
 *
 * <p>The method takes, in any order, any of
 *
 * <ul>
 *   <li>one of the client's headers with {@link WebhookHeader}, a cookie with {@link WebhookCookie}, or all {@link
 *       WebhookHeaders}: always those of the client, in both modes;
 *   <li>{@code AuthHookPayload}, which in POST mode has the client's operations as well;
 *   <li>a {@code HasuraClient}, where one is configured;
 *   <li>whatever a {@link HandlerArgumentResolver} of yours knows.
 * </ul>
 *
 * <p>It returns an {@link AuthHookResult}, {@code SessionVariables}, or a {@code Map} of session variables; now or later.
 * {@code null}, an empty {@code Optional} and every exception mean 401: the engine knows no other refusal and tells the client
 * nothing more. For anonymous access return the anonymous role. <strong>The engine believes whatever role is answered</strong>, and
 * a client's own {@code x-hasura-*} headers are a wish, not a fact ({@code webhooks.md} 4).
 *
 * <p>The engine cannot send a secret header to its auth hook. Set {@code hasura.webhook.auth-hook.secret} and append that secret to
 * the URL in {@code HASURA_GRAPHQL_AUTH_HOOK}: {@code http://service/hasura/auth-hook/that-secret}.
 */
@Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface HasuraAuthHook {}
