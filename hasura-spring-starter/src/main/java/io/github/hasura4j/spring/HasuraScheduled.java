package io.github.hasura4j.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.core.annotation.AliasFor;

/**
 * Lets a bean's method handle a cron trigger, or one-off scheduled events.
 *
 * <pre>{@code
 * @HasuraScheduled("send_reminders")
 * void remind(ScheduledPayload<Reminder> due) { … }
 * }</pre>
 *
 * <p>A cron trigger is found by its name. A one-off event has none, so its webhook's URL has to end in the handler's:
 * {@code {{HANDLER_URL}}/hasura/scheduled/trialEnds}.
 *
 * <p>The method takes, in any order, any of
 *
 * <ul>
 *   <li>the payload, as one parameter of any type; null if there is none. It is validated where it has {@code @Valid} or
 *       {@code @Validated};
 *   <li>{@code ScheduledPayload<Payload>}, which also knows the id, the name and the time;
 *   <li>{@link WebhookHeaders}, or one header with {@link WebhookHeader};
 *   <li>a {@code HasuraClient}, where one is configured;
 *   <li>what a query answers, with {@link Fetch};
 *   <li>whatever a {@link HandlerArgumentResolver} of yours knows.
 * </ul>
 *
 * <p>There is no session: nobody asks. Returning means delivered, any exception means "again", as often as the trigger's
 * {@code retry_conf} allows. An occurrence can come late, up to {@code tolerance_seconds}, several at once after an outage, and
 * the same twice: tell them apart by {@code ScheduledPayload.id()} ({@code webhooks.md} 3).
 */
@Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface HasuraScheduled {

    /** The cron trigger's name in the metadata, the method's name if left out; {@code ${…}} placeholders are resolved. */
    @AliasFor("name")
    String value() default "";

    /** The same as {@link #value()}. */
    @AliasFor("value")
    String name() default "";

    /**
     * When the trigger is meant to fire, in the five fields of cron and in UTC, such as {@code 0 22 * * 1-5}; it is checked at
     * start-up. Empty for one-off events, and where only the metadata says. Saying it here changes nothing by itself.
     */
    String cron() default "";
}
