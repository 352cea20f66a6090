package io.github.hasura4j.spring.delivery;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

import io.github.hasura4j.spring.AdvisedHandler;
import io.github.hasura4j.spring.HandlerAdvisor;
import io.github.hasura4j.spring.WebhookInterceptor;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.Order;

/** Has old marks and keys forgotten after calls of handlers that make some. */
@Order(CleanupAdvisor.ORDER)
public final class CleanupAdvisor implements HandlerAdvisor {

    /** Outside of all that may hold a transaction: a deletion that fails must not take the handler's work with it. */
    public static final int ORDER = OrderAdvisor.ORDER - 10;

    private final Supplier<@Nullable InboxStore> inbox;
    private final Supplier<@Nullable OrderStore> order;
    private final InboxSettings settings;
    private final InstantSource clock;
    private @Nullable Cleaner ofInbox;
    private @Nullable Cleaner ofOrder;

    /**
     * @param inbox asked when a handler needs it; gives null where there is none
     * @param order the same for the order
     */
    public CleanupAdvisor(
            Supplier<@Nullable InboxStore> inbox,
            Supplier<@Nullable OrderStore> order,
            InboxSettings settings,
            InstantSource clock) {
        this.inbox = inbox;
        this.order = order;
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public @Nullable WebhookInterceptor interceptor(AdvisedHandler handler) {
        List<Cleaner> cleaners = new ArrayList<>();
        add(cleaners, handler.annotation(Idempotent.class) == null ? null : ofInbox());
        add(cleaners, handler.annotation(KeepOrder.class) == null ? null : ofOrder());
        if (cleaners.isEmpty()) {
            return null;
        }
        return (call, chain) -> {
            Object answer = chain.proceed();
            cleaners.forEach(Cleaner::cleanIfDue);
            return answer;
        };
    }

    private static void add(List<Cleaner> cleaners, @Nullable Cleaner cleaner) {
        if (cleaner != null) {
            cleaners.add(cleaner);
        }
    }

    /** One for all handlers. */
    private synchronized @Nullable Cleaner ofInbox() {
        InboxStore store = ofInbox == null ? inbox.get() : null;
        if (store != null) {
            ofInbox = new Cleaner(store::deleteDoneBefore, settings, clock);
        }
        return ofInbox;
    }

    private synchronized @Nullable Cleaner ofOrder() {
        OrderStore store = ofOrder == null ? order.get() : null;
        if (store != null) {
            ofOrder = new Cleaner(store::deleteUnusedSince, settings, clock);
        }
        return ofOrder;
    }
}
