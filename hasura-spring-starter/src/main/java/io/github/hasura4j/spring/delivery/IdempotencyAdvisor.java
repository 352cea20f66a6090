package io.github.hasura4j.spring.delivery;

import java.time.Duration;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

import io.github.hasura4j.spring.ActionResult;
import io.github.hasura4j.spring.AdvisedHandler;
import io.github.hasura4j.spring.HandlerAdvisor;
import io.github.hasura4j.spring.HasuraActionException;
import io.github.hasura4j.spring.WebhookCall;
import io.github.hasura4j.spring.WebhookInterceptor;
import io.github.hasura4j.spring.WebhookKind;
import io.github.hasura4j.spring.dispatch.InvalidHandlerException;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.Order;

/** Puts an inbox around handlers that are {@link Idempotent}, and around no others. */
@Order(IdempotencyAdvisor.ORDER)
public final class IdempotencyAdvisor implements HandlerAdvisor {

    /** Inside of {@link OrderAdvisor}. */
    public static final int ORDER = 200;

    private final Supplier<@Nullable InboxStore> store;
    private final Supplier<@Nullable HandlerTransactions> transactions;
    private final InboxSettings settings;
    private final Spread spread;

    /**
     * @param store asked when a handler needs it; gives null where there is none, which is a mistake once a handler needs it
     * @param transactions the same for transactions
     */
    public IdempotencyAdvisor(
            Supplier<@Nullable InboxStore> store,
            Supplier<@Nullable HandlerTransactions> transactions,
            InboxSettings settings,
            RandomGenerator random) {
        this.store = store;
        this.transactions = transactions;
        this.settings = settings;
        this.spread = new Spread(random);
    }

    @Override
    public @Nullable WebhookInterceptor interceptor(AdvisedHandler handler) {
        Idempotent wanted = handler.annotation(Idempotent.class);
        if (wanted == null) {
            return null;
        }
        Function<WebhookCall, InboxKey> key = key(handler, wanted);
        InboxStore inbox = store.get();
        if (inbox == null) {
            throw new InvalidHandlerException("""
                    %s is @Idempotent, but there is no inbox. Add spring-boot-starter-jdbc and a DataSource, set \
                    hasura.inbox.store to 'memory', or declare an InboxStore bean""".formatted(handler));
        }
        Duration lease = Durations.of(handler, "lease", wanted.lease());
        if (wanted.mode() == Idempotent.Mode.LEASE) {
            if (handler.annotation(KeepOrder.class) != null && inbox.joinsTransactions()) {
                throw new InvalidHandlerException("""
                        %s has @KeepOrder, which holds a transaction, and a lease, which nobody would see before that ends. Use \
                        @Idempotent in mode TRANSACTION""".formatted(handler));
            }
            return new LeaseInterceptor(handler, inbox, key, lease, settings, spread);
        }
        return new TransactionInterceptor(
                handler, inbox, requireTransactions(handler, inbox), key, lease, settings, spread);
    }

    private HandlerTransactions requireTransactions(AdvisedHandler handler, InboxStore inbox) {
        if (handler.isAsynchronous()) {
            throw new InvalidHandlerException("""
                    %s answers later, but the transaction that holds its mark ends when the method returns. Return the value \
                    itself, or use @Idempotent(mode = LEASE)""".formatted(handler));
        }
        HandlerTransactions own = transactions.get();
        if (!inbox.joinsTransactions() || own == null) {
            throw new InvalidHandlerException("""
                    %s is @Idempotent in mode TRANSACTION, but %s. Use @Idempotent(mode = LEASE), or the JDBC inbox""".formatted(
                            handler,
                            own == null
                                    ? "there is no transaction manager"
                                    : inbox.getClass().getSimpleName() + " takes no part in transactions"));
        }
        own.requireJoining(handler);
        return own;
    }

    private static Function<WebhookCall, InboxKey> key(AdvisedHandler handler, Idempotent wanted) {
        WebhookKind kind = handler.kind();
        if (kind == WebhookKind.VALIDATION || kind == WebhookKind.AUTH_HOOK) {
            throw new InvalidHandlerException(
                    "%s is @Idempotent, but the engine repeats no call of that kind. Remove it".formatted(handler));
        }
        String text = wanted.key();
        if (kind == WebhookKind.ACTION) {
            requireRecordable(handler);
            if (text.isEmpty()) {
                throw new InvalidHandlerException("""
                        %s is @Idempotent, but calls of an action have no id. Say what tells them apart: key = \
                        "#session.require('x-hasura-user-id') + ':' + #input.requestId\"""".formatted(handler));
            }
        } else if (text.isEmpty()) {
            return call -> InboxKey.of(kind, handler.name(), EventIds.of(call));
        }
        KeyExpression expression = KeyExpression.of(handler, text);
        return call -> {
            String key = expression.of(call);
            if (key == null) {
                throw kind == WebhookKind.ACTION
                        ? HasuraActionException.of("missing-key", "What tells this call from others is missing")
                        : new GiveUpException("The key of " + handler + " is empty");
            }
            return InboxKey.of(kind, handler.name(), key);
        };
    }

    private static void requireRecordable(AdvisedHandler handler) {
        for (ResolvableType type = handler.returnType(); type.resolve() != null; type = type.getGeneric(0)) {
            if (type.resolve() == ActionResult.class) {
                throw new InvalidHandlerException("""
                        %s is @Idempotent and returns an ActionResult, but cookies are not recorded. Return the value \
                        alone""".formatted(handler));
            }
            if (!type.hasGenerics()) {
                return;
            }
        }
    }
}
