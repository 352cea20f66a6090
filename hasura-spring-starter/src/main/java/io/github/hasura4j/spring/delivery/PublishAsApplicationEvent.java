package io.github.hasura4j.spring.delivery;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Publishes what the handler of an event or a scheduled trigger returns as Spring application event, inside of the handler's
 * transaction: a queue or a log may take over from there.
 *
 * <pre>{@code
 * @HasuraEvent("order_placed")
 * @Idempotent
 * @PublishAsApplicationEvent
 * OrderPlaced placed(Order order) {
 *     return new OrderPlaced(order.id());
 * }
 * }</pre>
 *
 * <p>A collection is published one by one; null or an empty {@code Optional} publishes nothing. The engine gets none of it.
 *
 * <p>With {@link Idempotent} it is the transaction of the mark, else a new one. A {@code @TransactionalEventListener} runs after the
 * commit, and what it misses when the process dies is lost; a registry such as Spring Modulith's writes each event down in the
 * same transaction, so that the engine's event is acknowledged when it is safe, and not before. A plain {@code @EventListener} runs
 * inside, and its failure is the handler's.
 *
 * <p>Return types of your own without type variables: a registry stores the event as JSON under the name of its class, and a
 * {@code RowInserted<Order>} would come back without the {@code Order}.
 */
@Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface PublishAsApplicationEvent {}
