package io.github.hasura4j.test;

import java.util.List;

import io.github.hasura4j.test.Delivery.Attempt;
import io.github.hasura4j.test.Delivery.State;
import io.github.hasura4j.test.engine.EngineJson;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class DeliveriesAssertTests {

    private static final Attempt REFUSED = new Attempt(500, "hidden answer", null);
    private static final Attempt ACCEPTED = new Attempt(200, "hidden answer", null);

    private static Deliveries deliveries(Delivery... list) {
        return new Deliveries("newUser", List.of(list));
    }

    private static Delivery delivery(State state, Attempt... attempts) {
        return new Delivery(
                "7",
                state,
                EngineJson.parse("{\"event\": {\"data\": {\"new\": {\"a\": \"hidden value\"}}}}"),
                List.of(attempts));
    }

    @Test
    void saysWhatItFoundWithoutPayloadsAndAnswers() {
        Deliveries refused = deliveries(delivery(State.FAILED, REFUSED, new Attempt(null, null, "connection refused")));

        assertThatThrownBy(() -> assertThat(refused).succeeded())
                .isInstanceOf(AssertionError.class)
                .hasMessage("Expected all deliveries of 'newUser' to be DELIVERED, but 1 of 1 are not:"
                        + " [7 FAILED [status 500, connection refused]]");
        assertThatThrownBy(() -> assertThat(refused).times(2))
                .hasMessage("Expected 2 deliveries of 'newUser', but there are 1:"
                        + " [7 FAILED [status 500, connection refused]]");
    }

    @Test
    void noneHaveNotSucceeded() {
        assertThatThrownBy(() -> assertThat(deliveries()).succeeded())
                .hasMessage("Expected deliveries of 'newUser' that are DELIVERED, but there are none");
        assertThat(deliveries()).none();
    }

    @Test
    void looksAtAttemptsAndAnswers() {
        Deliveries second = deliveries(delivery(State.DELIVERED, REFUSED, ACCEPTED));

        assertThat(second).succeeded().afterAttempts(2).answeredWith(200);
        assertThatThrownBy(() -> assertThat(second).afterAttempts(1)).hasMessageContaining("to take 1 attempts");
        assertThatThrownBy(() -> assertThat(second).answeredWith(500)).hasMessageContaining("to be 500");
    }
}
