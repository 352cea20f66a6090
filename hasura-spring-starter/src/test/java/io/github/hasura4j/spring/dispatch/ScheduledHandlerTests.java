package io.github.hasura4j.spring.dispatch;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.hasura4j.payload.ScheduledPayload;
import io.github.hasura4j.spring.HasuraScheduled;
import io.github.hasura4j.spring.WebhookKind;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Positive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

class ScheduledHandlerTests {

    private static final List<Object> SEEN = new CopyOnWriteArrayList<>();

    private static final String CRON = """
            {"id": "1", "name": "%s", "scheduled_time": "2024-06-24T22:00:00Z", "payload": %s, "comment": "nightly"}""";

    private static final String ONE_OFF = """
            {"id": "2", "scheduled_time": "2024-06-24T22:00:00.5Z", "payload": %s, "created_at": "2024-06-20T08:00:00Z"}""";

    @BeforeEach
    void forget() {
        SEEN.clear();
    }

    record Reminder(@Positive Integer userId) {}

    static class Handlers {

        @HasuraScheduled(name = "send reminders", cron = "0 22 * * 1-5")
        void remind(ScheduledPayload<Reminder> due) {
            SEEN.add(due);
        }

        @HasuraScheduled
        void trialEnds(Reminder reminder) {
            SEEN.add(reminder == null ? "nothing" : reminder);
        }

        @HasuraScheduled
        void text(String text) {
            SEEN.add(text);
        }

        @HasuraScheduled
        void list(List<Reminder> all) {
            SEEN.add(all);
        }

        @HasuraScheduled
        void tree(JsonNode any, ScheduledPayload<?> due) {
            SEEN.add(any);
        }

        @HasuraScheduled
        void checked(@Valid Reminder reminder) {
            SEEN.add(reminder);
        }

        @HasuraScheduled
        void nothing() {
            SEEN.add("ran");
        }

        @HasuraScheduled
        void broken() {
            throw new IllegalStateException("hidden detail");
        }

        @HasuraScheduled
        String talks() {
            return "3 sent";
        }
    }

    @Test
    void isFoundByTheTriggersNameWithSpaces() {
        try (var dispatching = Dispatching.to(Handlers.class)) {
            assertThat(dispatching.scheduled(null, CRON.formatted("send reminders", "{\"userId\": 7}")))
                    .isEqualTo(new Dispatching.Answer(
                            200, "{}", java.util.Map.of("Content-Type", List.of("application/json"))));
            ScheduledPayload<?> due = (ScheduledPayload<?>) SEEN.get(0);
            assertThat(due.payload()).isEqualTo(new Reminder(7));
            assertThat(due.fromCron()).isTrue();
            assertThat(due.comment()).isEqualTo("nightly");
            assertThat(due.lateBy(Instant.parse("2024-06-24T22:00:03Z"))).isEqualTo(Duration.ofSeconds(3));
        }
    }

    @Test
    void isFoundByTheNameInThePathForOneOffEvents() {
        try (var dispatching = Dispatching.to(Handlers.class)) {
            assertThat(dispatching
                            .scheduled("trialEnds", ONE_OFF.formatted("{\"userId\": 8}"))
                            .status())
                    .isEqualTo(200);
            assertThat(SEEN).containsExactly(new Reminder(8));
        }
    }

    @Test
    void isNotFoundForAOneOffEventWithoutANameInThePath() {
        try (var dispatching = Dispatching.to(Handlers.class)) {
            var answer = dispatching.scheduled(null, ONE_OFF.formatted("null"));
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.message())
                    .isEqualTo(
                            "A one-off event has no name, so the URL of its webhook has to end in the name of its handler");
        }
    }

    @Test
    void takesAnyPayload() {
        try (var dispatching = Dispatching.to(Handlers.class)) {
            dispatching.scheduled("trialEnds", ONE_OFF.formatted("null"));
            dispatching.scheduled("text", ONE_OFF.formatted("\"hi\""));
            dispatching.scheduled("list", ONE_OFF.formatted("[{\"userId\": 1}]"));
            dispatching.scheduled("tree", ONE_OFF.formatted("1.50"));
            dispatching.scheduled("nothing", ONE_OFF.formatted("{\"deep\": [1, {}]}"));
            assertThat(SEEN.subList(0, 3)).containsExactly("nothing", "hi", List.of(new Reminder(1)));
            assertThat(SEEN.get(3)).hasToString("1.50");
            assertThat(SEEN.get(4)).isEqualTo("ran");
        }
    }

    @Test
    void refusesAPayloadThatDoesNotFit() {
        try (var dispatching = Dispatching.to(Handlers.class)) {
            var answer = dispatching.scheduled("trialEnds", ONE_OFF.formatted("{\"userId\": \"seven\"}"));
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.json().at("/extensions/path").asString()).isEqualTo("payload.userId");
            assertThat(SEEN).isEmpty();
        }
    }

    @Test
    void validatesThePayloadWhereAsked() {
        try (var dispatching = Dispatching.to(Handlers.class)) {
            var answer = dispatching.scheduled("checked", ONE_OFF.formatted("{\"userId\": -1}"));
            assertThat(answer.code()).isEqualTo("validation-failed");
            assertThat(answer.json().at("/extensions/violations/0/path").asString())
                    .isEqualTo("payload.userId");
            assertThat(dispatching
                            .scheduled("trialEnds", ONE_OFF.formatted("{\"userId\": -1}"))
                            .status())
                    .isEqualTo(200);
        }
    }

    @Test
    void failsLikeAnEvent() {
        try (var dispatching = Dispatching.to(Handlers.class)) {
            var answer = dispatching.scheduled("broken", ONE_OFF.formatted("null"));
            assertThat(answer.status()).isEqualTo(500);
            assertThat(answer.body()).doesNotContain("hidden");
            assertThat(answer.headers()).doesNotContainKey("Retry-After");
        }
    }

    @Test
    void mayLeaveAWordInTheEnginesLog() {
        try (var dispatching = Dispatching.to(Handlers.class)) {
            assertThat(dispatching.scheduled("talks", ONE_OFF.formatted("null")).body())
                    .isEqualTo("\"3 sent\"");
        }
    }

    @Test
    void unknownNamesAreRefused() {
        try (var dispatching = Dispatching.to(Handlers.class)) {
            var answer = dispatching.scheduled(null, CRON.formatted("send remainders", "null"));
            assertThat(answer.status()).isEqualTo(404);
            assertThat(answer.code()).isEqualTo("unknown-trigger");
            assertThat(answer.message()).isEqualTo("No handler for the scheduled trigger 'send remainders'");
            assertThat(dispatching
                            .send(WebhookKind.SCHEDULED, null, "[]", Dispatching.AUTHENTICATED)
                            .status())
                    .isEqualTo(400);
        }
    }
}
