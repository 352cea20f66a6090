package io.github.hasura4j.spring.delivery;

import java.util.function.Supplier;
import java.util.random.RandomGenerator;

import io.github.hasura4j.spring.AdvisedHandler;
import io.github.hasura4j.spring.HandlerAdvisor;
import io.github.hasura4j.spring.WebhookInterceptor;
import io.github.hasura4j.spring.WebhookKind;
import io.github.hasura4j.spring.dispatch.InvalidHandlerException;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.Order;

/** Puts an order into the calls of handlers that ask for it with {@link KeepOrder}. */
@Order(OrderAdvisor.ORDER)
public final class OrderAdvisor implements HandlerAdvisor {

    /** Outside of {@link IdempotencyAdvisor}, so that its transaction holds the turn as well. */
    public static final int ORDER = 100;

    private final Supplier<@Nullable OrderStore> store;
    private final Supplier<@Nullable HandlerTransactions> transactions;
    private final Spread spread;

    /**
     * @param store asked when a handler needs it; gives null where there is none, which is a mistake once a handler needs it
     * @param transactions the same for transactions
     */
    public OrderAdvisor(
            Supplier<@Nullable OrderStore> store,
            Supplier<@Nullable HandlerTransactions> transactions,
            RandomGenerator random) {
        this.store = store;
        this.transactions = transactions;
        this.spread = new Spread(random);
    }

    @Override
    public @Nullable WebhookInterceptor interceptor(AdvisedHandler handler) {
        KeepOrder wanted = handler.annotation(KeepOrder.class);
        if (wanted == null) {
            return null;
        }
        if (handler.kind() != WebhookKind.EVENT) {
            throw new InvalidHandlerException(
                    "%s has @KeepOrder, which is for the handlers of event triggers. Remove it".formatted(handler));
        }
        if (handler.isAsynchronous()) {
            throw new InvalidHandlerException("""
                    %s has @KeepOrder and answers later, but its turn ends when the method returns. Return the value itself""".formatted(handler));
        }
        KeyExpression key = KeyExpression.of(handler, wanted.key());
        OrderStore orders = store.get();
        if (orders == null) {
            throw new InvalidHandlerException("""
                    %s has @KeepOrder, but nobody keeps it. Add spring-boot-starter-jdbc and a DataSource, set \
                    hasura.inbox.store to 'memory', or declare an OrderStore bean""".formatted(handler));
        }
        if (orders.joinsTransactions()) {
            HandlerTransactions own = transactions.get();
            if (own == null) {
                throw new InvalidHandlerException(
                        "%s has @KeepOrder, but there is no transaction manager to hold its turn. Declare one"
                                .formatted(handler));
            }
            own.requireJoining(handler);
            return new OrderInterceptor(handler, orders, own, key, wanted.policy(), spread);
        }
        return new OrderInterceptor(handler, orders, null, key, wanted.policy(), spread);
    }
}
