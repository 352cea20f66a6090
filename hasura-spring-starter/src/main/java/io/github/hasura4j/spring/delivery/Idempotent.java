package io.github.hasura4j.spring.delivery;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Runs a handler once for each event, however often the engine delivers it; a repeat is acknowledged without running.
 *
 * <p>Events and scheduled triggers are told apart by their id, actions by a {@link #key()}; each handler has its own marks. A
 * handler that throws leaves no mark and runs again. The mark of a handler that returned is kept for {@code
 * hasura.inbox.retention}: a repeat after that runs again.
 *
 * <p>A repeat of an action gets the answer that was recorded, as JSON and unencrypted, in the store; one over {@code
 * hasura.inbox.max-answer-size} is not recorded, and its repeats are refused. Cookies are not recorded, so such a handler cannot return an {@code
 * ActionResult}. Put whoever asks into the key, or one client gets the answer of another: {@code
 * "#session.require('x-hasura-user-id') + ':' + #order.requestId"}.
 */
@Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface Idempotent {

    /** How work and mark are kept together. */
    Mode mode() default Mode.TRANSACTION;

    /**
     * What tells one call of an action from another, as a Spring expression; for events and schedules their id if left out.
     *
     * <p>The handler's parameters are known by their names, and besides them {@code #payload}, {@code #session} and, for events,
     * {@code #row}, the new row or else the old one. A key that is null or empty is refused.
     */
    String key() default "";

    /** How long a claim of {@link Mode#LEASE} holds, as ISO text or such as {@code 30s}: longer than the work can take. */
    String lease() default "5m";

    /** How work and mark are kept together. */
    enum Mode {

        /**
         * The handler runs in a transaction that holds the mark as well: its work in that database and the mark are committed
         * together or not at all, whenever the process dies. Two deliveries at once: the second waits for the first to end, and
         * is asked to come again if that takes longer than the database waits for locks.
         *
         * <p>Nothing is promised for what the handler does elsewhere, such as mails: take {@link #LEASE} there.
         */
        TRANSACTION,

        /**
         * A claim is stored, the handler runs, the mark is stored. Two deliveries at once: the second is asked to come again.
         *
         * <p>Promised: after the mark nothing runs again, and within the lease nothing runs twice. Not promised: a process that
         * dies after the work and before the mark leaves a claim that ends with its lease, and then the work is done a second
         * time; so does a handler that outlasts its lease. Nobody can do better for work outside of the store; hand the event's
         * id on as the key where the other side knows idempotency keys.
         */
        LEASE
    }
}
