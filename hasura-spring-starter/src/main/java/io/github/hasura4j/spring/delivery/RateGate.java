package io.github.hasura4j.spring.delivery;

import io.github.bucket4j.BlockingStrategy;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;

/** So many calls in a time, kept by Bucket4j: the one class that needs it. */
final class RateGate implements Gate {

    private final Bucket bucket;

    RateGate(Rate rate) {
        this.bucket = Bucket.builder()
                .addLimit(limit -> limit.capacity(rate.calls()).refillGreedy(rate.calls(), rate.per()))
                .build();
    }

    @Override
    public long tryEnter() {
        ConsumptionProbe probe = bucket.tryConsumeAndReturnRemaining(1);
        return probe.isConsumed() ? 0 : Math.max(1, probe.getNanosToWaitForRefill());
    }

    @Override
    public boolean enter(long nanos) throws InterruptedException {
        return nanos > 0 ? bucket.asBlocking().tryConsume(1, nanos, BlockingStrategy.PARKING) : bucket.tryConsume(1);
    }

    @Override
    public void leave() {}

    @Override
    public void giveBack() {
        bucket.addTokens(1);
    }
}
