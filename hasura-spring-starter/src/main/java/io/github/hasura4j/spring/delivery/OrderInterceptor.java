package io.github.hasura4j.spring.delivery;

import io.github.hasura4j.payload.EventPayload;
import io.github.hasura4j.spring.AdvisedHandler;
import io.github.hasura4j.spring.WebhookCall;
import io.github.hasura4j.spring.WebhookInterceptor;
import io.github.hasura4j.spring.delivery.OrderStore.Position;
import io.github.hasura4j.spring.delivery.OrderStore.Turn;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One event of a key at a time, and if so wished none after a later one. */
final class OrderInterceptor implements WebhookInterceptor {

    private static final Logger log = LoggerFactory.getLogger(OrderInterceptor.class);

    private final AdvisedHandler handler;
    private final OrderStore store;
    private final @Nullable HandlerTransactions transactions;
    private final KeyExpression key;
    private final boolean latestWins;
    private final Spread spread;

    OrderInterceptor(
            AdvisedHandler handler,
            OrderStore store,
            @Nullable HandlerTransactions transactions,
            KeyExpression key,
            KeepOrder.Policy policy,
            Spread spread) {
        this.handler = handler;
        this.store = store;
        this.transactions = transactions;
        this.key = key;
        this.latestWins = policy == KeepOrder.Policy.LATEST_WINS;
        this.spread = spread;
    }

    @Override
    public @Nullable Object intercept(WebhookCall call, Chain chain) throws Exception {
        String text = key.of(call);
        if (text == null) {
            throw new GiveUpException("The key of " + handler + " is empty");
        }
        InboxKey of = InboxKey.of(handler.kind(), handler.name(), text);
        EventPayload<?, ?> event = (EventPayload<?, ?>) call.payload();
        Position position = new Position(event.createdAt().toInstant(), event.id());
        store.prepare(of);
        return transactions == null
                ? inTurn(of, position, chain)
                : transactions.<@Nullable Object>run(() -> inTurn(of, position, chain));
    }

    private @Nullable Object inTurn(InboxKey of, Position position, Chain chain) throws Exception {
        Turn turn = store.take(of);
        if (turn == null) {
            throw spread.pushBack();
        }
        try (turn) {
            Position last = turn.last();
            if (latestWins && last != null && position.compareTo(last) < 0) {
                log.debug("{} skips event {}, which is older than the last one of its key", handler, position.id());
                return null;
            }
            Object answer = chain.proceed();
            if (latestWins) {
                turn.handled(position);
            }
            return answer;
        }
    }
}
