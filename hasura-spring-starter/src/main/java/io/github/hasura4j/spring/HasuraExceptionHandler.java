package io.github.hasura4j.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.core.annotation.AliasFor;

/**
 * Turns exceptions of handlers into refusals that the client understands.
 *
 * <pre>{@code
 * @HasuraExceptionHandler
 * HasuraActionException soldOut(SoldOutException e) {
 *     return HasuraActionException.of("sold-out", "Sold out").with("sku", e.sku());
 * }
 * }</pre>
 *
 * <p>On a bean that has handlers it counts for these handlers; on any other bean for all handlers, after those of the handler's own
 * bean. The most specific exception type wins; where nothing fits the exception itself, its causes are tried. Two methods of equal
 * reach for the same type stop the application at start-up. {@link HasuraActionException} itself needs no handler and goes to none.
 *
 * <p>The method takes, in any order, the exception, the {@link WebhookCall}, and {@code SessionVariables}. It returns a {@link
 * HasuraActionException} or an {@code ActionError} (a 400), or null to leave the exception to the usual 500; or it throws. Of a
 * validation only the message reaches the client, and an event that is refused is tried again like one that failed.
 */
@Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface HasuraExceptionHandler {

    /** The exceptions to handle; those of the method's parameter if left out. */
    @AliasFor("exceptions")
    Class<? extends Throwable>[] value() default {};

    /** The same as {@link #value()}. */
    @AliasFor("value")
    Class<? extends Throwable>[] exceptions() default {};
}
