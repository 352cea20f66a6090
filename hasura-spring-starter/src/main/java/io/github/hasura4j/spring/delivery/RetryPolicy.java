package io.github.hasura4j.spring.delivery;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

import io.github.hasura4j.payload.DeliveryInfo;
import io.github.hasura4j.payload.EventPayload;
import io.github.hasura4j.payload.ScheduledPayload;
import io.github.hasura4j.spring.FailurePolicy;
import io.github.hasura4j.spring.FetchFailedException;
import io.github.hasura4j.spring.WebhookCall;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Again, or never again. */
final class RetryPolicy implements FailurePolicy {

    private static final Logger log = LoggerFactory.getLogger(RetryPolicy.class);

    private static final int LONGEST_MESSAGE = 2000;

    private final String handler;
    private final RetryRules rules;
    private final boolean forAll;
    private final DeadLetterHandler deadLetters;
    private final InstantSource clock;
    private final Spread spread;
    private final PushBacks pushBacks;

    /** @param forAll whether to decide about every failure, and not only where the handler says what it wants */
    RetryPolicy(
            String handler,
            RetryRules rules,
            boolean forAll,
            DeadLetterHandler deadLetters,
            InstantSource clock,
            Spread spread,
            PushBacks pushBacks) {
        this.handler = handler;
        this.rules = rules;
        this.forAll = forAll;
        this.deadLetters = deadLetters;
        this.clock = clock;
        this.spread = spread;
        this.pushBacks = pushBacks;
    }

    @Override
    public @Nullable Outcome decide(FailedCall failed) {
        Throwable cause = failed.cause();
        if (cause instanceof PushedBackException pushedBack) {
            pushBacks.add(failed.call(), pushedBack.after());
            return new Again(pushedBack.after(), true, pushedBack.status());
        }
        if (cause instanceof GiveUpException) {
            return giveUp(failed);
        }
        RetryLaterException later = cause instanceof RetryLaterException wanted ? wanted : null;
        if (later == null && !forAll) {
            return null;
        }
        int attempt = attempt(failed.call());
        if (attempt >= limit(failed.call().payload()) || later == null && !mayHelp(cause)) {
            return giveUp(failed);
        }
        return new Again(
                rules.capped(later == null ? spread.around(rules.after(attempt)) : later.after()), later != null);
    }

    /** A fetch that failed says nothing about the handler, which did not even run. */
    private boolean mayHelp(Throwable cause) {
        return cause instanceof FetchFailedException || rules.mayHelp(cause);
    }

    /** Which attempt of the handler it was: deliveries that were sent away are none. */
    private int attempt(WebhookCall call) {
        PushBacks.SoFar sentAway = pushBacks.of(call);
        if (call.payload() instanceof EventPayload<?, ?> event) {
            DeliveryInfo info = event.deliveryInfo();
            return info == null
                    ? attemptSince(event.createdAt().toInstant().plus(sentAway.time()))
                    : Math.max(1, info.currentRetry() + 1 - sentAway.count());
        }
        return attemptSince(((ScheduledPayload<?>) call.payload())
                .scheduledTime()
                .toInstant()
                .plus(sentAway.time()));
    }

    private int attemptSince(Instant due) {
        return rules.attemptAfter(Duration.between(due, clock.instant()));
    }

    private int limit(Object payload) {
        if (rules.attempts() != Retry.AS_CONFIGURED) {
            return rules.attempts();
        }
        DeliveryInfo info = payload instanceof EventPayload<?, ?> event ? event.deliveryInfo() : null;
        return info == null ? 1 : info.maxRetries() + 1;
    }

    /** Acknowledged once somebody has taken it, and not before. */
    private Outcome giveUp(FailedCall failed) {
        Throwable cause = failed.cause();
        String message = cause.getMessage();
        DeadLetter letter = new DeadLetter(
                failed.call().kind(),
                handler,
                EventIds.of(failed.call()),
                new String(failed.body(), StandardCharsets.UTF_8),
                cause.getClass().getName(),
                message == null || message.length() <= LONGEST_MESSAGE
                        ? message
                        : message.substring(0, LONGEST_MESSAGE),
                clock.instant());
        try {
            deadLetters.handle(letter, cause);
            return new Acknowledge();
        } catch (RuntimeException e) {
            log.error("The dead letter of the {} '{}' could not be kept, so it comes again", letter.kind(), handler, e);
            return new Again(rules.max(), false);
        }
    }
}
