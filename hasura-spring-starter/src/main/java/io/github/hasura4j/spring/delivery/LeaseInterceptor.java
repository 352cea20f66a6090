package io.github.hasura4j.spring.delivery;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.function.Function;

import io.github.hasura4j.spring.AdvisedHandler;
import io.github.hasura4j.spring.WebhookCall;
import io.github.hasura4j.spring.WebhookInterceptor;
import io.github.hasura4j.spring.delivery.InboxStore.Claim;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Claims, runs and marks, each for itself; an asynchronous handler is marked when its answer is there. */
final class LeaseInterceptor implements WebhookInterceptor {

    private static final Logger log = LoggerFactory.getLogger(LeaseInterceptor.class);

    private final AdvisedHandler handler;
    private final InboxStore store;
    private final Function<WebhookCall, InboxKey> keys;
    private final Duration lease;
    private final Answers answers;
    private final Spread spread;

    LeaseInterceptor(
            AdvisedHandler handler,
            InboxStore store,
            Function<WebhookCall, InboxKey> keys,
            Duration lease,
            InboxSettings settings,
            Spread spread) {
        this.handler = handler;
        this.store = store;
        this.keys = keys;
        this.lease = lease;
        this.answers = new Answers(handler, settings.maxAnswerSize());
        this.spread = spread;
    }

    @Override
    public @Nullable Object intercept(WebhookCall call, Chain chain) throws Exception {
        InboxKey key = keys.apply(call);
        Claim claim = store.claim(key, lease);
        if (claim instanceof Claim.Done done) {
            return answers.toRepeat(done.answer());
        }
        if (!(claim instanceof Claim.Granted granted)) {
            throw answers.inProgress(spread);
        }
        Object answer;
        CompletionStage<?> later;
        try {
            answer = chain.proceed();
            later = handler.later(answer);
        } catch (Throwable e) {
            release(key, granted, e);
            throw e;
        }
        if (later != null) {
            return new MarkedLater(key, granted, later);
        }
        mark(key, granted, answer);
        return answer;
    }

    private void mark(InboxKey key, Claim.Granted claim, @Nullable Object answer) {
        if (!store.complete(key, claim, answers.toRecord(answer))) {
            log.warn("{} took longer than its lease of {}: it may have run twice", handler, lease);
        }
    }

    private void release(InboxKey key, Claim.Granted claim, Throwable thrown) {
        try {
            store.release(key, claim);
        } catch (RuntimeException broken) {
            thrown.addSuppressed(broken);
        }
    }

    /** The answer once it is marked; cancelling this cancels the handler's own future. */
    private final class MarkedLater extends CompletableFuture<@Nullable Object> {

        private final CompletionStage<?> source;

        MarkedLater(InboxKey key, Claim.Granted claim, CompletionStage<?> source) {
            this.source = source;
            source.whenComplete((answer, thrown) -> {
                if (thrown != null) {
                    release(key, claim, thrown);
                    completeExceptionally(thrown);
                    return;
                }
                try {
                    mark(key, claim, answer);
                    complete(answer);
                } catch (RuntimeException e) {
                    completeExceptionally(e);
                }
            });
        }

        @Override
        public boolean cancel(boolean mayInterrupt) {
            if (source instanceof Future<?> running) {
                running.cancel(mayInterrupt);
            }
            return super.cancel(mayInterrupt);
        }
    }
}
