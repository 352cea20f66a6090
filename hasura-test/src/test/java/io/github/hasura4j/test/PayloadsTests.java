package io.github.hasura4j.test;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import io.github.hasura4j.payload.ActionPayload;
import io.github.hasura4j.payload.AuthHookPayload;
import io.github.hasura4j.payload.EventPayload;
import io.github.hasura4j.payload.Operation;
import io.github.hasura4j.payload.ScheduledPayload;
import io.github.hasura4j.payload.SessionVariables;
import io.github.hasura4j.payload.ValidationPayload;
import org.junit.jupiter.api.Test;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

class PayloadsTests {

    private static final Instant EVENING = Instant.parse("2026-02-03T22:00:00Z");

    private record Row(int id, BigDecimal price) {}

    @Test
    void anEventIsWhatTheEngineSends() {
        EventPayload<Row, Row> event = Payloads.event("order_paid")
                .id("an-id")
                .createdAt(EVENING)
                .session(null)
                .retry(1, 3)
                .update(new Row(1, new BigDecimal("100.00")), new Row(1, new BigDecimal("0.01")));
        String json = Payloads.json(event);
        JsonMapper mapper = JsonMapper.shared();
        assertThat(mapper.readTree(json)).isEqualTo(mapper.readTree("""
                {"id": "an-id", "created_at": "2026-02-03T22:00:00",
                 "table": {"schema": "public", "name": "order_paid"}, "trigger": {"name": "order_paid"},
                 "event": {"op": "UPDATE", "session_variables": null, "trace_context": null,
                           "data": {"old": {"id": 1, "price": 100.0}, "new": {"id": 1, "price": 1.0e-2}}},
                 "delivery_info": {"current_retry": 1, "max_retries": 3}}"""));
        assertThat(json).contains("1.0e-2");
    }

    @Test
    void eventsHaveTheRowsOfTheirOperation() {
        EventPayload<String, String> inserted = Payloads.event("t").insert("row");
        assertThat(inserted.operation()).isEqualTo(Operation.INSERT);
        assertThat(inserted.oldRow()).isNull();
        EventPayload<String, String> deleted = Payloads.event("t").delete("row");
        assertThat(deleted.newRow()).isNull();
        assertThat(deleted.oldRow()).isEqualTo("row");
        EventPayload<String, String> manual = Payloads.event("t").manual("any");
        assertThat(manual.operation()).isEqualTo(Operation.MANUAL);
    }

    @Test
    void anActionIsReadBack() {
        ActionPayload<Map<String, Integer>> action =
                Payloads.action("add", Map.of("amount", 1), SessionVariables.ofRole("user"));
        ActionPayload<Map<String, Integer>> again =
                JsonMapper.shared().readValue(Payloads.json(action), new TypeReference<>() {});
        assertThat(again).isEqualTo(action);
    }

    @Test
    void schedulesKnowWhereTheyComeFrom() {
        ScheduledPayload<String> cron = Payloads.cron("nightly", EVENING, "payload");
        assertThat(cron.fromCron()).isTrue();
        assertThat(cron.scheduledTime().toInstant()).isEqualTo(EVENING);
        assertThat(Payloads.oneOff(EVENING, "payload").fromCron()).isFalse();
    }

    @Test
    void validationsAndAuthHooksHaveWhatIsAskedAbout() {
        ValidationPayload<String> validation = Payloads.validation(SessionVariables.ofRole("user"), List.of("a", "b"));
        assertThat(validation.role()).isEqualTo("user");
        assertThat(validation.input()).containsExactly("a", "b");
        AuthHookPayload hook = Payloads.authHook(Map.of("Authorization", "Bearer x"));
        assertThat(hook.header("authorization")).isEqualTo("Bearer x");
    }
}
