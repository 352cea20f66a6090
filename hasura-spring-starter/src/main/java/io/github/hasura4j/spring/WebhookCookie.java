package io.github.hasura4j.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Binds a handler's {@code String} parameter to a cookie of the client; null if there is none of that name.
 *
 * <p>Actions and validations carry the client's cookies only with {@code forward_client_headers}, an auth hook always does.
 */
@Target({ElementType.PARAMETER, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface WebhookCookie {

    /** The cookie's name; case counts. */
    String value();
}
