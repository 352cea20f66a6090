package io.github.hasura4j.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Gives a handler a {@code HasuraClient} that acts as the caller: with the role and all session variables of the call at hand
 * beside the admin secret, so that the caller's permissions hold. Without this annotation the client acts as it is configured,
 * usually as the administrator.
 *
 * <p>On a parameter with {@link Fetch} it is the query that acts as the caller.
 *
 * <p>An event without session, as plain SQL makes them, has no caller: there the call fails before the handler runs, rather than
 * act as the administrator.
 */
@Target({ElementType.PARAMETER, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface AsCaller {}
