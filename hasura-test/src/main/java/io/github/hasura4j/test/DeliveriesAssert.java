package io.github.hasura4j.test;

import java.util.List;

import org.assertj.core.api.AbstractAssert;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ListAssert;

/** AssertJ assertions on what the engine has delivered. Messages name states and statuses, never payloads or answers. */
public final class DeliveriesAssert extends AbstractAssert<DeliveriesAssert, Deliveries> {

    DeliveriesAssert(Deliveries actual) {
        super(actual, DeliveriesAssert.class);
    }

    /** There are some, and the handler has accepted every one. */
    public DeliveriesAssert succeeded() {
        return allAre(Delivery.State.DELIVERED);
    }

    /** There are some, and the engine has given every one up. */
    public DeliveriesAssert failed() {
        return allAre(Delivery.State.FAILED);
    }

    /** There are some, and the engine will try every one, again or for the first time, when it is due. */
    public DeliveriesAssert waiting() {
        return allAre(Delivery.State.WAITING);
    }

    /** There are as many; not counting how often each was tried. */
    public DeliveriesAssert times(int number) {
        if (actual.list().size() != number) {
            throw failure("Expected %d %s, but there are %d: %s", number, what(), size(), actual.list());
        }
        return this;
    }

    /** There are none. */
    public DeliveriesAssert none() {
        return times(0);
    }

    /** The handler was called as often for each. */
    public DeliveriesAssert afterAttempts(int number) {
        for (Delivery delivery : actual.list()) {
            if (delivery.attempts().size() != number) {
                throw failure("Expected each of the %s to take %d attempts, but: %s", what(), number, actual.list());
            }
        }
        return this;
    }

    /** The last answers had this HTTP status. */
    public DeliveriesAssert answeredWith(int status) {
        for (Delivery delivery : actual.list()) {
            List<Delivery.Attempt> attempts = delivery.attempts();
            Integer last = attempts.isEmpty()
                    ? null
                    : attempts.get(attempts.size() - 1).status();
            if (last == null || last != status) {
                throw failure("Expected the last answer of each to be %d, but: %s", status, actual.list());
            }
        }
        return this;
    }

    /** Goes on with the rows of events, oldest event first. */
    public <T> ListAssert<T> rows(Class<T> type) {
        return Assertions.assertThat(
                actual.list().stream().map(each -> each.row(type)).toList());
    }

    /** Goes on with the payloads, oldest first. */
    public <T> ListAssert<T> payloads(Class<T> type) {
        return Assertions.assertThat(
                actual.list().stream().map(each -> each.payload(type)).toList());
    }

    /** Goes on with the deliveries themselves, oldest first. */
    public ListAssert<Delivery> each() {
        return Assertions.assertThat(actual.list());
    }

    private DeliveriesAssert allAre(Delivery.State state) {
        if (actual.list().isEmpty()) {
            throw failure("Expected %s that are %s, but there are none", what(), state);
        }
        List<Delivery> others =
                actual.list().stream().filter(each -> each.state() != state).toList();
        if (!others.isEmpty()) {
            throw failure(
                    "Expected all %s to be %s, but %d of %d are not: %s", what(), state, others.size(), size(), others);
        }
        return this;
    }

    private String what() {
        return "deliveries of '" + actual.name() + "'";
    }

    private int size() {
        return actual.list().size();
    }
}
