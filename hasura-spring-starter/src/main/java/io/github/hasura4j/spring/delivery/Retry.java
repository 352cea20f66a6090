package io.github.hasura4j.spring.delivery;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Lets the handler of an event or a scheduled trigger decide about its retries, instead of the engine's {@code retry_conf}.
 *
 * <p>A failure is answered with {@code Retry-After}: after {@link #first()}, then twice as long each time up to {@link #max()},
 * with some chance in it so that not all come at once. The engine would go on for ever; after {@link #attempts()} the event is
 * given up: it is handed to the {@link DeadLetterHandler} and acknowledged. An event's attempts are what the engine counts,
 * without those that this instance remembers to have sent away; for scheduled triggers, where it does not count, they follow from the time since the event
 * was due, so an event that was delivered late has fewer.
 */
@Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface Retry {

    /** For {@link #attempts()}: as many as the trigger's {@code retry_conf} says. For events only. */
    int AS_CONFIGURED = 0;

    /** The time to the second attempt, such as {@code 10s}. */
    String first() default "10s";

    /** The longest time between two attempts, also for a {@link RetryLaterException}. */
    String max() default "1h";

    /** How often the handler is tried in all, or {@link #AS_CONFIGURED}. */
    int attempts() default 10;

    /** Exceptions that no retry can help, subclasses too; {@link GiveUpException} always is one. The nearest class decides. */
    Class<? extends Throwable>[] giveUpOn() default {};

    /** Exceptions that a retry may help, subclasses too; where given, all others are given up. */
    Class<? extends Throwable>[] retryOn() default {};
}
