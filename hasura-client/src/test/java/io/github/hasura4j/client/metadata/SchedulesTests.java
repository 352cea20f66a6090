package io.github.hasura4j.client.metadata;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import io.github.hasura4j.client.HasuraRequestException;
import io.github.hasura4j.client.metadata.ScheduledEvent.Status;
import io.github.hasura4j.client.project.HeaderMetadata;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SchedulesTests {

    private static final String SUCCESS = "{\"message\": \"success\"}";

    @AutoClose
    private final FakeMetadataEngine engine = new FakeMetadataEngine();

    private final Schedules schedules = engine.metadata().schedules();

    @Nested
    class ACronTrigger {

        private final CronTrigger nightly = CronTrigger.of("tidy up", "{{HANDLER_URL}}/events", "0 3 * * *")
                .withPayload(Map.of("older", new BigDecimal("1.50")))
                .withHeaderFromEnv("x-hasura-webhook-secret", "WEBHOOK_SECRET")
                .withHeader("x-plain", "hunter2")
                .withRetry(new ScheduleRetry(3, Duration.ofSeconds(20), Duration.ofMinutes(2), Duration.ofHours(1)))
                .withComment("every night");

        @Test
        void isCreated() {
            engine.answers("create_cron_trigger", SUCCESS);

            schedules.createCronTrigger(nightly);

            assertThat(engine.asked().args()).isEqualTo(FakeMetadataEngine.json("""
                    {"name": "tidy up", "webhook": "{{HANDLER_URL}}/events", "schedule": "0 3 * * *",
                     "include_in_metadata": true, "payload": {"older": 1.50},
                     "retry_conf": {"num_retries": 3, "retry_interval_seconds": 20, "timeout_seconds": 120,
                                    "tolerance_seconds": 3600},
                     "headers": [{"name": "x-hasura-webhook-secret", "value_from_env": "WEBHOOK_SECRET"},
                                 {"name": "x-plain", "value": "hunter2"}],
                     "comment": "every night", "replace": false}"""));
        }

        @Test
        void isReplaced() {
            engine.answers("create_cron_trigger", SUCCESS);

            schedules.createOrReplaceCronTrigger(
                    CronTrigger.of("a", "http://b", "* * * * *").outsideOfMetadata());

            assertThat(engine.asked().args()).isEqualTo(FakeMetadataEngine.json("""
                    {"name": "a", "webhook": "http://b", "schedule": "* * * * *", "include_in_metadata": false,
                     "retry_conf": {"num_retries": 0, "retry_interval_seconds": 10, "timeout_seconds": 60,
                                    "tolerance_seconds": 21600},
                     "headers": [], "replace": true}"""));
        }

        @Test
        void isRefusedIfItIsThereAlready() {
            engine.answers(
                    "create_cron_trigger",
                    400,
                    FakeMetadataEngine.error(
                                    400, "already-exists", "$.args", "cron trigger with name: tidy up already exists")
                            .body());

            assertThatThrownBy(() -> schedules.createCronTrigger(nightly))
                    .isInstanceOf(HasuraMetadataException.class)
                    .hasMessageContaining("already exists")
                    .hasMessageNotContaining("hunter2");
        }

        @Test
        void isNotCreatedWithAPayloadThatCannotBeWritten() {
            assertThatThrownBy(() -> schedules.createCronTrigger(nightly.withPayload(new MetadataClientTests.Broken())))
                    .isInstanceOf(HasuraRequestException.class)
                    .hasMessageContaining("'create_cron_trigger'")
                    .hasMessageNotContaining("hunter2");
        }

        @Test
        void comesBackAsItWasSent() {
            engine.answers("create_cron_trigger", SUCCESS);
            engine.answers("get_cron_triggers", """
                    {"cron_triggers": [
                      {"name": "tidy up", "webhook": "{{HANDLER_URL}}/events", "schedule": "0 3 * * *",
                       "include_in_metadata": true, "payload": {"older": 1.50}, "comment": "every night",
                       "retry_conf": {"num_retries": 3, "retry_interval_seconds": 20, "timeout_seconds": 120,
                                      "tolerance_seconds": 3600},
                       "headers": [{"name": "x-hasura-webhook-secret", "value_from_env": "WEBHOOK_SECRET"},
                                   {"name": "x-plain", "value": "hunter2"}],
                       "request_transform": {"version": 2, "template_engine": "Kriti"}},
                      {"name": "bare", "webhook": "http://b", "schedule": "* * * * *", "include_in_metadata": false}]}""");

            List<CronTrigger> triggers = schedules.cronTriggers();
            schedules.createOrReplaceCronTrigger(triggers.get(0));

            assertThat(triggers).extracting(CronTrigger::name).containsExactly("tidy up", "bare");
            assertThat(triggers.get(0).headers()).isEqualTo(nightly.headers());
            assertThat(triggers.get(0).retry()).isEqualTo(nightly.retry());
            assertThat(triggers.get(0)).asString().contains("tidy up").doesNotContain("hunter2", "1.5");
            assertThat(triggers.get(1))
                    .isEqualTo(CronTrigger.of("bare", "http://b", "* * * * *").outsideOfMetadata());
            assertThat(engine.received().get(1).args().path("request_transform"))
                    .isEqualTo(FakeMetadataEngine.json("{\"version\": 2, \"template_engine\": \"Kriti\"}"));
            assertThat(engine.received().get(1).args().path("payload").toString())
                    .isEqualTo("{\"older\":1.50}");
        }

        @Test
        void isDeleted() {
            engine.answers("delete_cron_trigger", SUCCESS);

            schedules.deleteCronTrigger("tidy up");

            assertThat(engine.asked().args()).hasToString("{\"name\":\"tidy up\"}");
        }

        @Test
        void countsInWholeSeconds() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new ScheduleRetry(1, Duration.ofMillis(1500), Duration.ZERO, Duration.ZERO))
                    .withMessage("The engine counts seconds: the interval has to be so many whole ones, but is PT1.5S");
            assertThatIllegalArgumentException().isThrownBy(() -> ScheduleRetry.times(-1));
        }
    }

    @Nested
    class AOneOffEvent {

        @Test
        void isScheduled() {
            engine.answers("create_scheduled_event", "{\"message\": \"success\", \"event_id\": \"s1\"}");
            record Reminder(int order) {}

            String id =
                    schedules.schedule(OneOffEvent.at(Instant.parse("2026-12-24T18:00:00.5Z"), "{{HANDLER_URL}}/events")
                            .withPayload(new Reminder(7))
                            .withHeaderFromEnv("x-hasura-webhook-secret", "WEBHOOK_SECRET")
                            .withHeader("x-plain", "hunter2")
                            .withRetry(ScheduleRetry.times(5))
                            .withComment("reminder"));

            assertThat(id).isEqualTo("s1");
            assertThat(engine.asked().args()).isEqualTo(FakeMetadataEngine.json("""
                    {"webhook": "{{HANDLER_URL}}/events", "schedule_at": "2026-12-24T18:00:00.500Z", "payload": {"order": 7},
                     "headers": [{"name": "x-hasura-webhook-secret", "value_from_env": "WEBHOOK_SECRET"},
                                 {"name": "x-plain", "value": "hunter2"}],
                     "retry_conf": {"num_retries": 5, "retry_interval_seconds": 10, "timeout_seconds": 60,
                                    "tolerance_seconds": 21600},
                     "comment": "reminder"}"""));
        }

        @Test
        void isListed() {
            engine.answers("get_scheduled_events", """
                    {"events": [
                      {"id": "s1", "webhook_conf": "{{HANDLER_URL}}/events", "scheduled_time": "2026-12-24T18:00:00Z",
                       "retry_conf": {"num_retries": 0}, "payload": {"card": "hunter2"},
                       "header_conf": [{"name": "x-plain", "value": "hunter2"}], "status": "error", "tries": 2,
                       "created_at": "2026-11-22T10:00:00Z", "next_retry_at": null, "comment": "reminder"},
                      {"id": "s2", "webhook_conf": "http://b", "scheduled_time": "2026-12-24T18:00:00Z",
                       "status": "newer than this", "tries": 0, "created_at": "2026-11-22T10:00:00Z"}], "count": 2}""");

            List<ScheduledEvent> events = schedules.oneOffEvents(Page.first(10), Status.ERROR, Status.DEAD);

            assertThat(engine.asked().args()).isEqualTo(FakeMetadataEngine.json("""
                    {"type": "one_off", "limit": 10, "offset": 0, "status": ["error", "dead"]}"""));
            ScheduledEvent first = events.get(0);
            assertThat(first.id()).isEqualTo("s1");
            assertThat(first.cronTrigger()).isNull();
            assertThat(first.status()).isEqualTo(Status.ERROR);
            assertThat(first.scheduledTime()).isEqualTo(Instant.parse("2026-12-24T18:00:00Z"));
            assertThat(first.tries()).isEqualTo(2);
            assertThat(first.nextRetryAt()).isNull();
            assertThat(first.webhook()).isEqualTo("{{HANDLER_URL}}/events");
            assertThat(first.headers()).containsExactly(new HeaderMetadata("x-plain", "hunter2", null));
            assertThat(first.comment()).isEqualTo("reminder");
            assertThat(first).asString().contains("s1").doesNotContain("hunter2");
            assertThat(events.get(1).status()).isEqualTo(Status.UNKNOWN);
        }

        @Test
        void isNotAskedForByAnUnknownStatus() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> schedules.oneOffEvents(Page.first(1), Status.UNKNOWN));
        }

        @Test
        void isDeleted() {
            engine.answers("delete_scheduled_event", SUCCESS);

            schedules.deleteOneOffEvent("s1");

            assertThat(engine.asked().args()).isEqualTo(FakeMetadataEngine.json("""
                    {"type": "one_off", "event_id": "s1"}"""));
        }

        @Test
        void hasInvocations() {
            engine.answers("get_scheduled_event_invocations", """
                    {"invocations": [{"id": "i1", "event_id": "s1", "status": 200, "request": {}, "response": {},
                                      "created_at": "2026-12-24T18:00:01Z"},
                                     {"id": "i2", "event_id": "s1", "created_at": "2026-12-24T18:00:01Z"}]}""");

            List<Invocation> invocations = schedules.oneOffInvocationsOf("s1", Page.first(3));

            assertThat(engine.asked().args()).isEqualTo(FakeMetadataEngine.json("""
                    {"type": "one_off", "event_id": "s1", "limit": 3, "offset": 0}"""));
            assertThat(invocations.get(0).status()).hasValue(200);
            assertThat(invocations.get(1).status()).isEmpty();
            assertThat(invocations.get(1).request()).isNull();
            assertThat(schedules.oneOffInvocations(Page.first(3))).hasSize(2);
        }
    }

    @Nested
    class AnEventOfACronTrigger {

        @Test
        void isListedDeletedAndLookedInto() {
            engine.answers("get_scheduled_events", """
                    {"events": [{"id": "c1", "trigger_name": "tidy up", "scheduled_time": "2026-11-23T03:00:00Z",
                                 "status": "scheduled", "tries": 0, "created_at": "2026-11-22T10:00:00Z"}]}""");
            engine.answers("delete_scheduled_event", SUCCESS);
            engine.answers("get_scheduled_event_invocations", "{\"invocations\": []}");

            assertThat(schedules.cronEvents("tidy up", Page.first(1)))
                    .singleElement()
                    .satisfies(event -> {
                        assertThat(event.cronTrigger()).isEqualTo("tidy up");
                        assertThat(event.status()).isEqualTo(Status.SCHEDULED);
                        assertThat(event.webhook()).isNull();
                    });
            schedules.deleteCronEvent("c1");
            assertThat(schedules.cronInvocations("tidy up", Page.first(1))).isEmpty();
            assertThat(schedules.cronInvocationsOf("c1", Page.first(1))).isEmpty();

            assertThat(engine.received())
                    .extracting(request -> request.args().toString())
                    .containsExactly(
                            "{\"type\":\"cron\",\"trigger_name\":\"tidy up\",\"limit\":1,\"offset\":0,\"status\":[]}",
                            "{\"type\":\"cron\",\"event_id\":\"c1\"}",
                            "{\"type\":\"cron\",\"trigger_name\":\"tidy up\",\"limit\":1,\"offset\":0}",
                            "{\"type\":\"cron\",\"event_id\":\"c1\",\"limit\":1,\"offset\":0}");
        }
    }
}
