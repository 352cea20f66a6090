package io.github.hasura4j.spring.delivery;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import io.github.hasura4j.payload.Operation;

/**
 * Runs an event's handler for some changes only; others are acknowledged without running it, and counted.
 *
 * <pre>{@code
 * @HasuraEvent("order_changed")
 * @OnlyWhen(changed = "status", from = "pending", to = "paid")
 * void ship(Order order) { … }
 * }</pre>
 *
 * <p>All that one annotation says has to fit; of several, one is enough. Rows are looked at as the engine sent them, before they are
 * decoded, whatever of them the handler takes. Where a column decides that the trigger's payload leaves out, the delivery fails as if the
 * handler had, with a line in the log. An event invoked by hand ({@code MANUAL}) fits only where {@link #operations()} names it, and its
 * "row" may be any JSON. It costs skimming the body once more for what fits, and saves decoding what does not.
 *
 * <p>The check of the metadata says where a trigger does not fire or does not send what an annotation wants, and a trigger that is made
 * from code fires on what the annotations want where its {@code @HasuraEvent} does not say.
 */
@Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
@Repeatable(OnlyWhen.Any.class)
@Documented
public @interface OnlyWhen {

    /** Stands for any value, null among them. */
    String ANY = "\0any";

    /** The table, as {@code orders} or {@code shop.orders}; any if left out. For a handler of several triggers. */
    String table() default "";

    /** The operations; all but {@code MANUAL} if left out. */
    Operation[] operations() default {};

    /**
     * Columns of which one has to differ between the old and the new row, as Postgres compares: 1.0 is 1.00. A row that is inserted
     * differs where its value is not null; one that is deleted does not.
     */
    String[] changed() default {};

    /**
     * The value before: a text, or any other value as JSON, such as {@code 0.5}, {@code true} or {@code null} for none; the text of these
     * four letters cannot be named. Needs exactly one column in {@link #changed()}.
     */
    String from() default ANY;

    /** The value after, written like {@link #from()}. Needs exactly one column in {@link #changed()}. */
    String to() default ANY;

    /** Several, of which one is enough. */
    @Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
    @Retention(RetentionPolicy.RUNTIME)
    @Documented
    @interface Any {
        OnlyWhen[] value();
    }
}
