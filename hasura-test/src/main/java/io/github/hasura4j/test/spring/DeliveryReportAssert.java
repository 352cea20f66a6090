package io.github.hasura4j.test.spring;

import java.time.Duration;
import java.util.List;

import org.assertj.core.api.AbstractAssert;

/** Assertions on deliveries. */
public final class DeliveryReportAssert extends AbstractAssert<DeliveryReportAssert, DeliveryReport> {

    DeliveryReportAssert(DeliveryReport report) {
        super(report, DeliveryReportAssert.class);
    }

    /** Every delivery came to its end with a 2xx answer. */
    public DeliveryReportAssert succeeded() {
        if (!actual.isDelivered()) {
            throw failure("Expected all to be delivered, but the engine gave up.%n%s", actual);
        }
        return this;
    }

    /** The engine gave up at least one delivery. */
    public DeliveryReportAssert failed() {
        if (actual.isDelivered()) {
            throw failure("Expected the engine to give up, but all was delivered.%n%s", actual);
        }
        return this;
    }

    /** The handler was called, or would have been, so often. */
    public DeliveryReportAssert times(int expected) {
        if (actual.attempts().size() != expected) {
            throw failure(
                    "Expected %s tries, but there were %s.%n%s",
                    expected, actual.attempts().size(), actual);
        }
        return this;
    }

    /** The tries were made at these times, counted from the first on the simulated clock. */
    public DeliveryReportAssert at(Duration... expected) {
        List<Duration> times =
                actual.attempts().stream().map(DeliveryAttempt::at).toList();
        if (!times.equals(List.of(expected))) {
            throw failure("Expected tries at %s, but they were at %s.%n%s", List.of(expected), times, actual);
        }
        return this;
    }
}
