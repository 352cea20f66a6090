package io.github.hasura4j.spring.delivery;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Lets no more calls through to a handler than it can bear.
 *
 * <p>Events and scheduled triggers that are too many are sent away at once, with 429 and a {@code Retry-After} that spreads them,
 * and come again however often it takes: the engine counts such deliveries as tries, {@link Retry} does not. Where somebody waits
 * for the answer, as for an action, the call waits for {@code hasura.limits.max-wait} and is then refused with the code {@code
 * too-busy}.
 *
 * <p>A handler that answers later holds its place until it has answered. Limits are kept by each instance for itself, so two
 * instances do twice as much. {@code hasura.limits.handlers.<name>} overrides what is said here.
 */
@Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface Limit {

    /** How many calls run at once; 0 for any number. */
    int concurrency() default 0;

    /**
     * How many calls begin in a time, such as {@code 100/min}, {@code 5/s} or {@code 30/10s}; empty for any number. That is the
     * average: after a quiet time as many as one time allows may begin together. Needs {@code com.bucket4j:bucket4j_jdk17-core}.
     */
    String rate() default "";
}
