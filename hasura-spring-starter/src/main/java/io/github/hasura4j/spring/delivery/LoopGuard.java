package io.github.hasura4j.spring.delivery;

import java.util.List;

import io.github.hasura4j.spring.AdvisedHandler;
import io.github.hasura4j.spring.HandlerAdvisor;
import io.github.hasura4j.spring.WebhookInterceptor;
import io.github.hasura4j.spring.WebhookKind;
import io.github.hasura4j.spring.client.HasuraClientCustomizer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.annotation.Order;

/**
 * Stops event handlers that set each other off for ever: A changes what B listens to, and B what A does. How many of them led to an
 * event is carried by the {@code HasuraClient} of the application, in the session variable {@code x-hasura-hops} of its calls; the
 * event that is one too many is given up without running its handler: a line in the log, a dead letter, and it is counted.
 *
 * <p>It counts what handlers write through the application's clients with the admin secret, on the thread that runs the handler. Writes
 * past the engine, on other threads or with tokens begin anew at nothing.
 */
@Order(LoopGuard.ORDER)
public final class LoopGuard implements HandlerAdvisor, HasuraClientCustomizer {

    /** Outside of limits. */
    public static final int ORDER = 30;

    private static final Logger log = LoggerFactory.getLogger(LoopGuard.class);

    private final int maxHops;
    private final Hops counter;
    private final DeliveryCounts counts;

    /**
     * @param maxHops how many handlers in a row may lead to another one
     * @param secrets sign the number, so that no client can make it up; the first one signs, any is believed. All instances need the same
     * @param counts where it counts what it stopped
     */
    public LoopGuard(int maxHops, List<String> secrets, DeliveryCounts counts) {
        if (secrets.isEmpty()) {
            throw new IllegalArgumentException("A loop guard needs a secret to sign with");
        }
        this.maxHops = maxHops;
        this.counter = new Hops(secrets);
        this.counts = counts;
    }

    @Override
    public @Nullable WebhookInterceptor interceptor(AdvisedHandler handler) {
        if (handler.kind() != WebhookKind.EVENT) {
            return null;
        }
        DeliveryCounts.Counter stopped = counts.counter(handler, DeliveryCounts.Reason.LOOP);
        return (call, chain) -> {
            int hops = counter.of(call.sessionVariables());
            if (hops >= maxHops) {
                stopped.add();
                log.error(
                        "Stopped a loop: {} handlers in a row led to this event of trigger '{}', so {} is not run for it. What it writes sets off a trigger that leads back; filter with @OnlyWhen, or raise hasura.loop-guard.max-hops if it is meant",
                        hops,
                        call.name(),
                        handler);
                throw new GiveUpException("%d handlers in a row led to this event".formatted(hops));
            }
            return counter.during(hops + 1, chain::proceed);
        };
    }

    @Override
    public void customize(String name, io.github.hasura4j.client.HasuraClient.Builder builder) {
        builder.callVariables(counter::variables);
    }
}
