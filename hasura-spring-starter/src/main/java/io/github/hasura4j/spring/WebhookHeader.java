package io.github.hasura4j.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Binds a handler's {@code String} parameter to a header of the engine's request; null if the header is absent.
 *
 * <p>Actions carry client headers only with {@code forward_client_headers}, and a client can set those to anything.
 */
@Target(ElementType.PARAMETER)
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface WebhookHeader {

    /** The header's name, in any case. */
    String value();
}
