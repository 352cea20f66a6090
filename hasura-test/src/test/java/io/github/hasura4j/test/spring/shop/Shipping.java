package io.github.hasura4j.test.spring.shop;

import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

import io.github.hasura4j.payload.AuthHookPayload;
import io.github.hasura4j.payload.DeliveryInfo;
import io.github.hasura4j.payload.EventPayload;
import io.github.hasura4j.payload.ScheduledPayload;
import io.github.hasura4j.payload.SessionVariables;
import io.github.hasura4j.payload.ValidationPayload;
import io.github.hasura4j.spring.AuthHookResult;
import io.github.hasura4j.spring.HasuraActionException;
import io.github.hasura4j.spring.HasuraAuthHook;
import io.github.hasura4j.spring.HasuraEvent;
import io.github.hasura4j.spring.HasuraScheduled;
import io.github.hasura4j.spring.HasuraValidation;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

@Component
public class Shipping {

    private final Ledger ledger;

    Shipping(Ledger ledger) {
        this.ledger = ledger;
    }

    @HasuraEvent("order_paid")
    void ship(EventPayload<Map<String, Object>, Map<String, Object>> event) {
        DeliveryInfo delivery = Objects.requireNonNull(event.deliveryInfo());
        SessionVariables who = event.sessionVariables();
        ledger.add("%s %s by %s, retry %d"
                .formatted(
                        event.event().op(),
                        event.newRow(),
                        who == null ? "nobody" : who.get(SessionVariables.ROLE),
                        delivery.currentRetry()));
        if (delivery.currentRetry() < 2
                && "fragile".equals(String.valueOf(row(event).get("kind")))) {
            throw new IllegalStateException("not yet");
        }
    }

    private static Map<String, Object> row(EventPayload<Map<String, Object>, Map<String, Object>> event) {
        Map<String, Object> row = event.newRow();
        return row == null ? Map.of() : row;
    }

    @HasuraEvent("never_done")
    CompletableFuture<Void> neverDone() {
        ledger.add("begun");
        return new CompletableFuture<>();
    }

    @HasuraScheduled("nightly")
    void nightly(ScheduledPayload<Map<String, Object>> event) {
        ledger.add("nightly " + event.scheduledTime().text() + " " + event.payload());
    }

    @HasuraScheduled("reminder")
    void reminder(ScheduledPayload<Map<String, Object>> event) {
        ledger.add("reminder, from cron: " + event.fromCron());
    }

    @HasuraValidation("newOrder")
    void check(ValidationPayload<Map<String, Object>> payload) {
        if (payload.input().stream().anyMatch(row -> Objects.equals(row.get("amount"), 0))) {
            throw HasuraActionException.of("zero", "An order for nothing");
        }
    }

    @HasuraAuthHook
    @Nullable
    AuthHookResult who(AuthHookPayload payload) {
        return "Bearer good".equals(payload.header("Authorization"))
                ? AuthHookResult.ofRole("user").userId(7)
                : null;
    }
}
