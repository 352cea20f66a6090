package io.github.hasura4j.spring.delivery;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Keeps the events of one key from overtaking each other or running side by side, over all instances of the application.
 *
 * <p>What it costs: a delivery whose key is taken is sent away and comes again after a second or some, so a key that is written
 * in bursts is handled slowly, and the engine counts each such delivery as a try. With the JDBC store the handler runs in a
 * transaction that locks the key's row, which takes a connection for as long as the handler runs; there is one row for each key,
 * kept for {@code hasura.inbox.retention} after its last use. The engine promises no order, so neither policy makes events arrive in order: nothing waits for an earlier
 * event that is still to come.
 */
@Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface KeepOrder {

    /** Which events belong together, as a Spring expression such as {@code #row.id}; see {@link Idempotent#key()}. */
    String key();

    /** What becomes of an event that comes too late or too early. */
    Policy policy() default Policy.LATEST_WINS;

    /** What becomes of an event that comes too late or too early. */
    enum Policy {

        /**
         * One at a time, and an event older than the last one handled for its key is acknowledged without running: right for
         * handlers that copy a row's state. Older is what {@code created_at} says, and between equal ones the id; with the JDBC
         * store that is kept in the transaction of the handler.
         */
        LATEST_WINS,

        /** One at a time, and every event runs, in whatever order they come. */
        SERIAL
    }
}
