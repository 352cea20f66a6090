package io.github.hasura4j.spring.delivery;

import java.time.Duration;
import java.util.function.Function;

import io.github.hasura4j.spring.AdvisedHandler;
import io.github.hasura4j.spring.WebhookCall;
import io.github.hasura4j.spring.WebhookInterceptor;
import io.github.hasura4j.spring.delivery.InboxStore.Claim;
import org.jspecify.annotations.Nullable;

/** Claim, work and mark in one transaction, so that what is seen of them is all or nothing. */
final class TransactionInterceptor implements WebhookInterceptor {

    private final InboxStore store;
    private final HandlerTransactions transactions;
    private final Function<WebhookCall, InboxKey> keys;
    private final Duration lease;
    private final Answers answers;
    private final Spread spread;

    TransactionInterceptor(
            AdvisedHandler handler,
            InboxStore store,
            HandlerTransactions transactions,
            Function<WebhookCall, InboxKey> keys,
            Duration lease,
            InboxSettings settings,
            Spread spread) {
        this.store = store;
        this.transactions = transactions;
        this.keys = keys;
        this.lease = lease;
        this.answers = new Answers(handler, settings.maxAnswerSize());
        this.spread = spread;
    }

    @Override
    public @Nullable Object intercept(WebhookCall call, Chain chain) throws Exception {
        InboxKey key = keys.apply(call);
        return transactions.<@Nullable Object>run(() -> once(key, chain));
    }

    private @Nullable Object once(InboxKey key, Chain chain) throws Exception {
        store.requireTransaction();
        Claim claim = store.claim(key, lease);
        if (claim instanceof Claim.Done done) {
            return answers.toRepeat(done.answer());
        }
        if (!(claim instanceof Claim.Granted granted)) {
            throw answers.inProgress(spread);
        }
        Object answer = chain.proceed();
        if (!store.complete(key, granted, answers.toRecord(answer))) {
            throw new IllegalStateException("The mark of %s was lost inside of its transaction".formatted(key));
        }
        return answer;
    }
}
