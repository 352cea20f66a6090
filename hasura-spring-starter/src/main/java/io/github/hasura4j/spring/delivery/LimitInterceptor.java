package io.github.hasura4j.spring.delivery;

import java.time.Duration;
import java.util.concurrent.CompletionStage;

import io.github.hasura4j.spring.AdvisedHandler;
import io.github.hasura4j.spring.HasuraActionException;
import io.github.hasura4j.spring.WebhookCall;
import io.github.hasura4j.spring.WebhookInterceptor;
import org.jspecify.annotations.Nullable;

/** Runs a call if there is room, and until it has answered. */
final class LimitInterceptor implements WebhookInterceptor {

    private final AdvisedHandler handler;
    private final Gates gates;
    private final Entrance entrance;

    LimitInterceptor(AdvisedHandler handler, Gates gates, Entrance entrance) {
        this.handler = handler;
        this.gates = gates;
        this.entrance = entrance;
    }

    @Override
    public @Nullable Object intercept(WebhookCall call, Chain chain) throws Exception {
        entrance.enter(gates);
        Object answer;
        CompletionStage<?> later;
        try {
            answer = chain.proceed();
            later = handler.later(answer);
        } catch (Throwable e) {
            gates.leave();
            throw e;
        }
        if (later != null) {
            return new Afterwards(later, gates::leave);
        }
        gates.leave();
        return answer;
    }

    /** What becomes of a call for which there is no room. */
    @FunctionalInterface
    interface Entrance {

        /** Returns when the call went through the gates, and throws if it is not to. */
        void enter(Gates gates) throws InterruptedException;
    }

    /** Sends a delivery away: it comes again. */
    record SentAway(DeliveryCounts.Counter counter, Spread spread, Duration over) implements Entrance {

        @Override
        public void enter(Gates gates) {
            Duration closed = gates.tryEnter();
            if (!closed.isZero()) {
                counter.add();
                throw new TooBusyException(spread.beyond(closed, over));
            }
        }
    }

    /** Has a call wait that somebody waits for. */
    record Waiting(DeliveryCounts.Counter counter, Gate waiting, Duration patience) implements Entrance {

        @Override
        public void enter(Gates gates) throws InterruptedException {
            if (gates.tryEnter().isZero()) {
                return;
            }
            boolean entered = false;
            if (waiting.tryEnter() == 0) {
                try {
                    entered = gates.enter(patience);
                } finally {
                    waiting.leave();
                }
            }
            if (!entered) {
                counter.add();
                throw HasuraActionException.of("too-busy", "Too much to do at the moment. Try again later")
                        .withStatus(429);
            }
        }
    }
}
