package io.github.hasura4j.test.spring;

import java.util.List;

import org.assertj.core.api.AssertProvider;

/** What came of deliveries: look at it with AssertJ's {@code assertThat(report)}. */
public final class DeliveryReport implements AssertProvider<DeliveryReportAssert> {

    private final String subject;
    private final List<DeliveryAttempt> attempts;

    DeliveryReport(String subject, List<DeliveryAttempt> attempts) {
        this.subject = subject;
        this.attempts = List.copyOf(attempts);
    }

    /** All tries, in their order. */
    public List<DeliveryAttempt> attempts() {
        return attempts;
    }

    /** Whether every delivery came to its end with a 2xx answer. */
    public boolean isDelivered() {
        return attempts.stream().filter(DeliveryAttempt::last).allMatch(DeliveryAttempt::delivered);
    }

    /** Fails if a delivery was given up. */
    public DeliveryReport succeeds() {
        assertThat().succeeded();
        return this;
    }

    String subject() {
        return subject;
    }

    @Override
    public DeliveryReportAssert assertThat() {
        return new DeliveryReportAssert(this);
    }

    @Override
    public String toString() {
        StringBuilder lines =
                new StringBuilder("deliveries of ").append(subject).append(':');
        attempts.forEach(each -> lines.append("\n  ").append(each));
        return lines.toString();
    }
}
