package io.github.hasura4j.spring.delivery;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.random.RandomGenerator;

import io.github.hasura4j.spring.AdvisedHandler;
import io.github.hasura4j.spring.FailurePolicy;
import io.github.hasura4j.spring.HandlerAdvisor;
import io.github.hasura4j.spring.WebhookKind;
import io.github.hasura4j.spring.dispatch.InvalidHandlerException;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.Order;

/**
 * Decides about failures of events and scheduled triggers: as their {@link Retry} says, and without it only about {@link
 * RetryLaterException} and {@link GiveUpException}, with the limits that {@link Retry} has if it says nothing.
 */
@Order(RetryAdvisor.ORDER)
public final class RetryAdvisor implements HandlerAdvisor {

    /** After whatever else decides about failures. */
    public static final int ORDER = 300;

    private static final RetryRules DEFAULTS =
            new RetryRules(Duration.ofSeconds(10), Duration.ofHours(1), 10, List.of(), List.of());

    private final DeadLetterHandler deadLetters;
    private final InstantSource clock;
    private final Spread spread;
    private final PushBacks pushBacks = new PushBacks(10_000);

    public RetryAdvisor(DeadLetterHandler deadLetters, InstantSource clock, RandomGenerator random) {
        this.deadLetters = deadLetters;
        this.clock = clock;
        this.spread = new Spread(random);
    }

    @Override
    public @Nullable FailurePolicy failurePolicy(AdvisedHandler handler) {
        Retry wanted = handler.annotation(Retry.class);
        boolean delivered = handler.kind() == WebhookKind.EVENT || handler.kind() == WebhookKind.SCHEDULED;
        if (!delivered) {
            if (wanted != null) {
                throw new InvalidHandlerException("""
                        %s has @Retry, but the engine repeats only events and scheduled triggers. Remove it""".formatted(handler));
            }
            return null;
        }
        return wanted == null
                ? new RetryPolicy(handler.name(), DEFAULTS, false, deadLetters, clock, spread, pushBacks)
                : new RetryPolicy(handler.name(), rules(handler, wanted), true, deadLetters, clock, spread, pushBacks);
    }

    private static RetryRules rules(AdvisedHandler handler, Retry wanted) {
        Duration first = Durations.of(handler, "first", wanted.first());
        Duration max = Durations.of(handler, "max", wanted.max());
        if (max.compareTo(first) < 0) {
            throw new InvalidHandlerException("%s has @Retry with max = \"%s\", which is shorter than first = \"%s\""
                    .formatted(handler, wanted.max(), wanted.first()));
        }
        if (wanted.attempts() < 0 || wanted.attempts() > 1000) {
            throw new InvalidHandlerException("%s has @Retry with attempts = %d. Say 1 to 1000, or AS_CONFIGURED"
                    .formatted(handler, wanted.attempts()));
        }
        if (wanted.attempts() == Retry.AS_CONFIGURED && handler.kind() == WebhookKind.SCHEDULED) {
            throw new InvalidHandlerException("""
                    %s leaves its attempts to the trigger's retry_conf, which the engine tells of for events only. Say \
                    how many: attempts = 10""".formatted(handler));
        }
        return new RetryRules(first, max, wanted.attempts(), List.of(wanted.giveUpOn()), List.of(wanted.retryOn()));
    }
}
