package io.github.hasura4j.client.metadata;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import io.github.hasura4j.client.HasuraTransportException;
import io.github.hasura4j.client.metadata.EventTriggers.EventStatus;
import io.github.hasura4j.payload.TableName;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class EventTriggersTests {

    private static final String EVENT = """
            {"id": "e1", "schema_name": "public", "table_name": "user", "trigger_name": "newUser",
             "payload": {"op": "INSERT", "data": {"old": null, "new": {"name": "hunter2"}}},
             "delivered": false, "error": true, "tries": 4, "created_at": "2026-11-22T10:00:00.123456Z",
             "locked": null, "next_retry_at": "2026-11-22T10:00:10", "archived": false}""";

    private static final String INVOCATION = """
            {"id": "i1", "trigger_name": "newUser", "event_id": "e1", "http_status": 503,
             "request": {"headers": [{"name": "x-secret", "value": "hunter2"}]}, "response": {"type": "webhook_response"},
             "created_at": "2026-11-22T10:00:01Z"}""";

    @AutoClose
    private final FakeMetadataEngine engine = new FakeMetadataEngine();

    private final EventTriggers triggers = engine.metadata().eventTriggers();

    @Test
    void areInvokedByHand() {
        engine.answers("pg_invoke_event_trigger", "{\"event_id\": \"e7\"}");

        assertThat(triggers.invoke("newUser", Map.of("name", "Ada"))).isEqualTo("e7");

        assertThat(engine.asked().args()).isEqualTo(FakeMetadataEngine.json("""
                {"name": "newUser", "source": "default", "payload": {"name": "Ada"}}"""));
    }

    @Test
    void areInvokedWithNullToo() {
        engine.answers("pg_invoke_event_trigger", "{\"event_id\": \"e7\"}");

        triggers.invoke("newUser", null);

        assertThat(engine.asked().args().get("payload").isNull()).isTrue();
    }

    @Test
    void sayWhyTheyAreNot() {
        engine.answers(
                "pg_invoke_event_trigger",
                400,
                FakeMetadataEngine.error(
                                400, "not-supported", "$.args", "manual mode is not enabled for event trigger: newUser")
                        .body());

        assertThatThrownBy(() -> triggers.invoke("newUser", Map.of()))
                .isInstanceOfSatisfying(
                        HasuraMetadataException.class, e -> assertThat(e.code()).isEqualTo("not-supported"));
    }

    @Test
    void deliverOnceMore() {
        engine.answers("pg_redeliver_event", "{\"message\": \"success\"}");

        engine.metadata().eventTriggers("analytics").redeliver("e1");

        assertThat(engine.asked().args()).isEqualTo(FakeMetadataEngine.json("""
                {"event_id": "e1", "source": "analytics"}"""));
    }

    @Test
    void listTheirEvents() {
        engine.answers("pg_get_event_logs", "[" + EVENT + "]");

        List<LoggedEvent> events =
                triggers.events("newUser", EventStatus.PENDING, Page.first(10).next());

        assertThat(engine.asked().args()).isEqualTo(FakeMetadataEngine.json("""
                {"name": "newUser", "source": "default", "limit": 10, "offset": 10, "status": "pending"}"""));
        assertThat(events).singleElement().satisfies(event -> {
            assertThat(event.id()).isEqualTo("e1");
            assertThat(event.trigger()).isEqualTo("newUser");
            assertThat(event.table()).isEqualTo(TableName.of("user"));
            assertThat(event.payload().path("op").stringValue()).isEqualTo("INSERT");
            assertThat(event.delivered()).isFalse();
            assertThat(event.failed()).isTrue();
            assertThat(event.tries()).isEqualTo(4);
            assertThat(event.createdAt()).isEqualTo(Instant.parse("2026-11-22T10:00:00.123456Z"));
            assertThat(event.lockedAt()).isNull();
            assertThat(event.nextRetryAt()).isEqualTo(Instant.parse("2026-11-22T10:00:10Z"));
            assertThat(event.archived()).isFalse();
            assertThat(event.toString()).contains("e1").doesNotContain("hunter2");
        });
    }

    @Test
    void listTheNewestHundredUnlessTold() {
        engine.answers("pg_get_event_logs", "[]");

        assertThat(triggers.events("newUser")).isEmpty();

        assertThat(engine.asked().args()).isEqualTo(FakeMetadataEngine.json("""
                {"name": "newUser", "source": "default", "limit": 100, "offset": 0, "status": "all"}"""));
    }

    @Test
    void listTheirInvocations() {
        engine.answers("pg_get_event_invocation_logs", "[" + INVOCATION + "]");

        assertThat(triggers.invocations("newUser", Page.first(5)))
                .singleElement()
                .satisfies(invocation -> {
                    assertThat(invocation.id()).isEqualTo("i1");
                    assertThat(invocation.eventId()).isEqualTo("e1");
                    assertThat(invocation.status()).hasValue(503);
                    assertThat(invocation.response()).isNotNull();
                    assertThat(invocation.createdAt()).isEqualTo(Instant.parse("2026-11-22T10:00:01Z"));
                    assertThat(invocation.toString()).contains("503").doesNotContain("hunter2");
                });
    }

    @Test
    void knowOneEventByItsId() {
        engine.answers("pg_get_event_by_id", "{\"event\": %s, \"invocations\": [%s]}".formatted(EVENT, INVOCATION));

        assertThat(triggers.event("e1")).map(LoggedEvent::tries).contains(4);
        assertThat(triggers.invocationsOf("e1", new Page(2, 4)))
                .extracting(Invocation::id)
                .containsExactly("i1");
        assertThat(engine.received().get(1).args()).isEqualTo(FakeMetadataEngine.json("""
                {"event_id": "e1", "source": "default", "invocation_log_limit": 2, "invocation_log_offset": 4}"""));
    }

    @Test
    void doNotKnowAnotherEvent() {
        engine.answers("pg_get_event_by_id", "{\"invocations\": []}");

        assertThat(triggers.event("e2")).isEmpty();
        assertThat(triggers.invocationsOf("e2", Page.first(1))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[1]",
                "[{\"id\": \"e1\"}]",
                "[{\"id\":\"e\",\"trigger_name\":\"t\",\"schema_name\":\"s\",\"table_name\":\"t\",\"created_at\":\"hunter2\"}]"
            })
    void doNotBelieveAnAnswerThatIsNone(String body) {
        engine.answers("pg_get_event_logs", body);

        assertThatThrownBy(() -> triggers.events("newUser"))
                .isInstanceOf(HasuraTransportException.class)
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void havePagesOfSomeSize() {
        assertThatIllegalArgumentException().isThrownBy(() -> Page.first(0)).withMessageContaining("limit is 0");
        assertThatIllegalArgumentException().isThrownBy(() -> new Page(1, -1));
    }
}
