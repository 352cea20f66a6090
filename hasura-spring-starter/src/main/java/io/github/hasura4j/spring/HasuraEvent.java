package io.github.hasura4j.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import io.github.hasura4j.payload.Operation;
import org.springframework.core.annotation.AliasFor;

/**
 * Lets a bean's method handle the deliveries of an event trigger.
 *
 * <p>The method takes, in any order, any of
 *
 * <ul>
 *   <li>the row, as one record, class or {@code Map}: the new row, for DELETE the old one; or both, with {@link NewRow} and {@link
 *       OldRow}. Rows are partial: use boxed types;
 *   <li>{@code EventPayload<New, Old>};
 *   <li>{@code DeliveryInfo}, {@code TableName}, {@code Operation}, {@code TraceContext} (null for changes made outside the
 *       engine), {@code SessionVariables} and {@link HasuraSession} (empty for such changes), or one variable with {@link
 *       SessionVariable};
 *   <li>{@link WebhookHeaders}, or one header with {@link WebhookHeader};
 *   <li>a {@code HasuraClient}, where one is configured, with {@link AsCaller} in the name of whoever made the change;
 *   <li>what a query answers, with {@link Fetch};
 *   <li>with Spring Security, {@code Authentication}, {@code Principal} and {@code @AuthenticationPrincipal};
 *   <li>whatever a {@link HandlerArgumentResolver} of yours knows.
 * </ul>
 *
 * <p>Rows are validated where the parameter, a row or the payload, has {@code @Valid} or {@code @Validated}.
 *
 * <p>A {@code CompletionStage} or {@code Mono} that is returned means what it completes with.
 *
 * <p>Returning means delivered; any exception means "again", as often as the trigger's {@code retry_conf} allows. The engine
 * delivers at least once and in no order, so the method must bear the same {@code EventPayload.id()} twice. The return
 * value ends up in the engine's invocation log: return nothing unless you want it there.
 */
@Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface HasuraEvent {

    /** The trigger's name in the metadata, the method's name if left out; {@code ${…}} placeholders are resolved. */
    @AliasFor("trigger")
    String value() default "";

    /** The same as {@link #value()}. */
    @AliasFor("value")
    String trigger() default "";

    // What the metadata says of the trigger, where code is to decide it. Empty: the metadata alone decides.

    /** The table by its database name, such as {@code shop.orders}; without a dot it is one of the schema {@code public}. */
    String table() default "";

    /** The table's source; any source has the trigger if left out. */
    String source() default "";

    /** What fires the trigger: any of INSERT, UPDATE and DELETE. */
    Operation[] operations() default {};

    /** The columns of which an update must change one; {@code "*"} for any. */
    String[] columns() default {};

    /** The columns that are sent, for every operation; {@code "*"} for all. */
    String[] payload() default {};

    /** Whether it may be invoked by hand. */
    boolean[] enableManual() default {};

    /** How often, and how long, a delivery is tried. */
    RetryConf retryConf() default @RetryConf;

    /** How often, and how long, a delivery is tried; negative: the metadata alone decides. */
    @Target({})
    @Retention(RetentionPolicy.RUNTIME)
    @interface RetryConf {

        /** How often a failed delivery is tried again. */
        int numRetries() default -1;

        /** The seconds between tries. */
        int intervalSec() default -1;

        /** How many seconds the engine waits. */
        int timeoutSec() default -1;
    }
}
