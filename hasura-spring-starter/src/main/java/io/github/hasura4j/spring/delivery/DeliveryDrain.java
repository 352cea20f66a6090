package io.github.hasura4j.spring.delivery;

import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;

import io.github.hasura4j.spring.AdvisedHandler;
import io.github.hasura4j.spring.HandlerAdvisor;
import io.github.hasura4j.spring.WebhookInterceptor;
import io.github.hasura4j.spring.WebhookKind;
import io.github.hasura4j.spring.delivery.DeliveryCounts.Reason;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.core.annotation.Order;

/**
 * While the application ends, lets running events and scheduled triggers finish and sends new ones away for some seconds, before
 * the web server stops taking requests: the engine would count a connection that is refused as a failure.
 *
 * <p>It waits no longer than {@code spring.lifecycle.timeout-per-shutdown-phase}. Actions and other calls that somebody waits for
 * are answered until the web server stops.
 */
@Order(DeliveryDrain.ORDER)
public final class DeliveryDrain implements HandlerAdvisor, SmartLifecycle {

    /** Outside of limits: nothing waits for room that is going to be sent away. */
    public static final int ORDER = 40;

    /** Stopped before the web server, whose graceful shutdown begins 1024 below the highest phase. */
    private static final int PHASE = SmartLifecycle.DEFAULT_PHASE - 512;

    private static final Logger log = LoggerFactory.getLogger(DeliveryDrain.class);

    private final DeliveryCounts counts;
    private final Spread spread;
    private final AtomicLong calls = new AtomicLong();
    private final AtomicReference<@Nullable Runnable> whenNoneRuns = new AtomicReference<>();
    private volatile boolean draining;
    private volatile boolean started;

    public DeliveryDrain(DeliveryCounts counts, RandomGenerator random) {
        this.counts = counts;
        this.spread = new Spread(random);
    }

    @Override
    public @Nullable WebhookInterceptor interceptor(AdvisedHandler handler) {
        if (handler.kind() != WebhookKind.EVENT && handler.kind() != WebhookKind.SCHEDULED) {
            return null;
        }
        DeliveryCounts.Counter counter = counts.counter(handler, Reason.SHUTDOWN);
        return (call, chain) -> {
            calls.incrementAndGet();
            Object answer;
            CompletionStage<?> later;
            try {
                if (draining) {
                    counter.add();
                    throw spread.pushBack();
                }
                answer = chain.proceed();
                later = handler.later(answer);
            } catch (Throwable e) {
                ended();
                throw e;
            }
            if (later != null) {
                return new Afterwards(later, this::ended);
            }
            ended();
            return answer;
        };
    }

    private void ended() {
        if (calls.decrementAndGet() == 0 && draining) {
            drained();
        }
    }

    private void drained() {
        Runnable waiting = whenNoneRuns.getAndSet(null);
        if (waiting != null) {
            started = false;
            waiting.run();
        }
    }

    @Override
    public void start() {
        draining = false;
        started = true;
    }

    @Override
    public void stop() {
        draining = true;
        started = false;
    }

    @Override
    public void stop(Runnable callback) {
        whenNoneRuns.set(callback);
        draining = true;
        long running = calls.get();
        if (running == 0) {
            drained();
        } else {
            log.info("Waiting for {} running deliveries of Hasura", running);
        }
    }

    @Override
    public boolean isRunning() {
        return started;
    }

    /** Whether new deliveries are sent away. */
    public boolean isDraining() {
        return draining;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }
}
