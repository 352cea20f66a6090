package io.github.hasura4j.test;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Cron triggers and one-off events, by a clock that tests move on. */
class ScheduleTests {

    private static final Instant BEGIN = Instant.parse("2024-06-24T12:00:00Z");

    @TempDir
    private static Path directory;

    private static StubHandler handler;

    private static LocalHasura engine;
    private static Database database;

    /** The noon of each test's own day: the clock only moves on. */
    private static Instant noon = BEGIN;

    @BeforeAll
    static void start() {
        handler = new StubHandler();
        ProjectFiles.in(directory).with("metadata/cron_triggers.yaml", """
                        - name: end of day
                          webhook: '{{HANDLER}}/reports'
                          schedule: 0 22 * * *
                          include_in_metadata: true
                          payload: {report: daily, share: 0.05}
                          headers: [{name: X-Secret, value_from_env: SECRET}]
                          comment: This is a comment
                        - name: heartbeat
                          webhook: '{{HANDLER}}/beat'
                          schedule: '*/15 * * * *'
                          include_in_metadata: true
                          retry_conf: {num_retries: 1, retry_interval_seconds: 30, timeout_seconds: 5, tolerance_seconds: 600}
                        - name: nonsense
                          webhook: '{{HANDLER}}/x'
                          schedule: 0 25 * * *
                          include_in_metadata: true
                        - name: homeless
                          webhook: '{{NOT_SET}}/x'
                          schedule: 0 0 * * *
                          include_in_metadata: true
                        """);
        engine = engine().start();
        database = Database.of(engine);
    }

    @AfterAll
    static void stop() {
        engine.close();
        handler.close();
    }

    @BeforeEach
    void beginAnotherDay() {
        noon = noon.plus(Duration.ofDays(1));
        engine.advanceClock(Duration.between(engine.now(), noon));
        database.run("DELETE FROM hdb_catalog.hdb_cron_events; DELETE FROM hdb_catalog.hdb_scheduled_events");
        engine.awaitIdle();
        handler.answers(200, "");
        handler.forget();
    }

    private static LocalHasura.Builder engine() {
        return LocalHasura.forProject(directory)
                .environment("HANDLER", handler.url())
                .environment("SECRET", "shared")
                .clock(Clock.fixed(BEGIN, ZoneOffset.UTC))
                .schedulesInterval(Duration.ZERO);
    }

    @Test
    void nothingHappensBeforeItsTime() {
        engine.advanceClock(Duration.ofMinutes(14));
        engine.awaitIdle();
        assertThat(handler.hasReceivedNothingMore()).isTrue();
        assertThat(engine.now()).isEqualTo(noon.plus(Duration.ofMinutes(14)));
    }

    @Test
    void theClockDoesNotGoBack() {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> engine.advanceClock(Duration.ofSeconds(-1)));
    }

    @Nested
    class ACronTrigger {

        @Test
        void isDeliveredWithWhatTheMetadataSay() {
            // tag::clock[]
            engine.advanceClock(Duration.ofHours(10));
            engine.awaitIdle();
            // end::clock[]

            StubHandler.Received request = received("/reports").get(0);
            assertThat(request.json().path("id").asString()).matches("[0-9a-f-]{36}");
            assertThat(request.body())
                    .contains("\"scheduled_time\":\"" + noon.plus(Duration.ofHours(10)) + "\"")
                    .contains("\"payload\":{\"report\":\"daily\",\"share\":5.0e-2}")
                    .contains("\"comment\":\"This is a comment\"")
                    .contains("\"name\":\"end of day\"");
            assertThat(request.json().propertyNames())
                    .containsExactlyInAnyOrder("id", "name", "scheduled_time", "payload", "comment");
            assertThat(request.header("X-Secret")).isEqualTo("shared");
            assertThat(request.header("X-B3-TraceId")).matches("[0-9a-f]{32}");
        }

        @Test
        void sendsNullForNoPayloadAndNothingForNoComment() {
            engine.advanceClock(Duration.ofMinutes(15));
            engine.deliverNow();

            JsonNode body = handler.next().json();
            assertThat(body.propertyNames()).containsExactlyInAnyOrder("id", "name", "scheduled_time", "payload");
            assertThat(body.path("payload").isNull()).isTrue();
        }

        @Test
        void catchesUpWithinItsToleranceAndLeavesTheRestDead() {
            engine.advanceClock(Duration.ofMinutes(47));
            engine.awaitIdle();

            assertThat(received("/beat"))
                    .extracting(request -> request.json().path("scheduled_time").asString())
                    .containsExactly(noon.plus(Duration.ofMinutes(45)).toString());
            assertThat(database.column("SELECT status FROM hdb_catalog.hdb_cron_events"
                            + " WHERE trigger_name = 'heartbeat' AND scheduled_time < '" + noon.plusSeconds(3600)
                            + "' ORDER BY scheduled_time"))
                    .containsExactly("dead", "dead", "delivered");
        }

        @Test
        void isWrittenDownInAdvance() {
            assertThat(database.column(
                            "SELECT DISTINCT count(*) FROM hdb_catalog.hdb_cron_events GROUP BY trigger_name"))
                    .containsExactly("100");
            engine.advanceClock(Duration.ofMinutes(16));
            engine.awaitIdle();
            assertThat(database.value("SELECT count(*) FROM hdb_catalog.hdb_cron_events"
                            + " WHERE trigger_name = 'heartbeat' AND status = 'scheduled'"))
                    .isEqualTo("199");
        }

        @Test
        void isTriedAgainAndThenGivenUp() {
            handler.answers(500, "no");
            engine.advanceClock(Duration.ofMinutes(15));
            engine.awaitIdle();
            JsonNode first = handler.next().json();
            assertThat(handler.hasReceivedNothingMore()).isTrue();

            engine.advanceClock(Duration.ofSeconds(30));
            engine.awaitIdle();
            assertThat(handler.next().json()).isEqualTo(first);

            engine.advanceClock(Duration.ofSeconds(60));
            engine.awaitIdle();
            assertThat(handler.hasReceivedNothingMore()).isTrue();
            String id = first.path("id").asString();
            assertThat(database.value(
                            "SELECT status || ' ' || tries FROM hdb_catalog.hdb_cron_events WHERE id = '" + id + "'"))
                    .isEqualTo("error 2");
            assertThat(database.column("SELECT response->'data'->>'message' FROM"
                            + " hdb_catalog.hdb_cron_event_invocation_logs WHERE event_id = '" + id
                            + "' AND status = 500"))
                    .containsExactly("no", "no");
        }

        @Test
        void keepsTryingWhileTheHandlerSaysWhen() {
            handler.answers(request -> new StubHandler.Reply(503, Map.of("Retry-After", List.of("20")), ""));
            engine.advanceClock(Duration.ofMinutes(15));
            for (int i = 0; i < 4; i++) {
                engine.awaitIdle();
                handler.next();
                assertThat(handler.hasReceivedNothingMore()).isTrue();
                engine.advanceClock(Duration.ofSeconds(20));
            }
        }

        @Test
        void isLeftOutIfItCannotWork() {
            assertThat(engine.inconsistentObjects())
                    .extracting(Object::toString)
                    .containsExactly(
                            "cron_trigger 'nonsense': Inconsistent object: '25' of a cron expression is not within 0 and 23",
                            "cron_trigger 'homeless': Inconsistent object: Value for environment variables not found: NOT_SET");
        }
    }

    @Nested
    class AOneOffEvent {

        @Test
        void isDeliveredOnceAtItsTime() {
            String id = engine.scheduleEvent("{{HANDLER}}/once", noon.plusMillis(250), Map.of("key1", "value1"));
            engine.awaitIdle();
            assertThat(handler.hasReceivedNothingMore()).isTrue();

            engine.advanceClock(Duration.ofSeconds(1));
            engine.awaitIdle();
            StubHandler.Received request = handler.next();
            engine.advanceClock(Duration.ofSeconds(1));
            engine.awaitIdle();

            assertThat(request.path()).isEqualTo("/once");
            assertThat(request.body())
                    .isEqualTo("{\"id\":\"" + id + "\",\"scheduled_time\":\""
                            + noon.toString().replace("Z", ".25Z") + "\","
                            + "\"payload\":{\"key1\":\"value1\"},\"created_at\":\"" + noon + "\"}");
            assertThat(handler.hasReceivedNothingMore()).isTrue();
            assertThat(database.value("SELECT status FROM hdb_catalog.hdb_scheduled_events"))
                    .isEqualTo("delivered");
            assertThat(database.value(
                            "SELECT request->>'version' FROM hdb_catalog.hdb_scheduled_event_invocation_logs"))
                    .isEqualTo("1");
        }

        @Test
        void isDeadIfItIsMuchTooLate() {
            engine.scheduleEvent("{{HANDLER}}/once", noon.minus(Duration.ofHours(7)), null);
            engine.awaitIdle();
            assertThat(handler.hasReceivedNothingMore()).isTrue();
            assertThat(database.value("SELECT status FROM hdb_catalog.hdb_scheduled_events"))
                    .isEqualTo("dead");
        }

        @Test
        void failsIfNobodyAnswers() {
            engine.scheduleEvent("http://127.0.0.1:1/", noon, null);
            engine.awaitIdle();
            assertThat(database.value("SELECT status FROM hdb_catalog.hdb_scheduled_events"))
                    .isEqualTo("error");
            assertThat(database.value("SELECT (status IS NULL) || ' ' || (response->>'type') FROM"
                            + " hdb_catalog.hdb_scheduled_event_invocation_logs"))
                    .isEqualTo("true client_error");
        }
    }

    @Test
    void goesOnWithItsScheduleAfterARestart(@TempDir Path data) {
        LocalHasura.Builder keeping = engine().dataDirectory(data.resolve("postgres"));
        try (LocalHasura before = keeping.start()) {
            before.scheduleEvent("{{HANDLER}}/once", BEGIN.plusSeconds(60), null);
        }
        try (LocalHasura after = keeping.clock(Clock.fixed(BEGIN.plusSeconds(901), ZoneOffset.UTC))
                .start()) {
            after.awaitIdle();
            assertThat(List.of(handler.next().path(), handler.next().path()))
                    .containsExactlyInAnyOrder("/once", "/beat");
            assertThat(handler.hasReceivedNothingMore()).isTrue();
        }
    }

    private static List<StubHandler.Received> received(String path) {
        List<StubHandler.Received> all = new ArrayList<>();
        while (!handler.hasReceivedNothingMore()) {
            StubHandler.Received next = handler.next();
            if (next.path().equals(path)) {
                all.add(next);
            }
        }
        return all;
    }
}
