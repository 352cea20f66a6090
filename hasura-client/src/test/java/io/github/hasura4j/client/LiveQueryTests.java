package io.github.hasura4j.client;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import io.github.hasura4j.client.FakeSocketEngine.Conversation;
import io.github.hasura4j.client.HasuraTransportException.Reason;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What readers of a live query get. */
@Timeout(30)
class LiveQueryTests {

    private static final String DOCUMENT = "subscription events { event { seq } }";

    @AutoClose
    private final FakeSocketEngine engine = new FakeSocketEngine();

    private final ManualTiming timing = new ManualTiming();
    private final HasuraClient hasura =
            engine.client().adminSecret("s3cret").timing(timing).build();

    @AfterEach
    void close() {
        hasura.close();
    }

    record Event(long seq) {}

    record Exact(BigDecimal amount, long seq, JsonNode payload) {}

    private LiveQuery<List<Event>> events() {
        return hasura.document(DOCUMENT).liveList("event", Event.class);
    }

    private static String event(int seq) {
        return "{\"event\":[{\"seq\":%d}]}".formatted(seq);
    }

    private static List<Event> one(int seq) {
        return List.of(new Event(seq));
    }

    /** Sends answers and, so that they have arrived, waits for the reply to a ping. */
    private static void arrive(Conversation connection, String id, int... answers) {
        for (int each : answers) {
            connection.next(id, event(each));
        }
        connection.send("{\"type\":\"ping\"}").expect("pong");
    }

    @Nested
    class ASlowReader {

        @Test
        void getsTheNewestAnswerAndNoBacklog() {
            Iterator<List<Event>> values = events().iterator();
            Conversation connection = engine.welcome();
            String id = connection.subscribed();
            arrive(connection, id, 1, 2, 3);

            assertThat(values.next()).isEqualTo(one(3));

            arrive(connection, id, 4, 5);
            assertThat(values.next()).isEqualTo(one(5));
        }

        @Test
        void getsTheNewestAnswerBeforeTheEnd() {
            Iterator<List<Event>> values = events().iterator();
            Conversation connection = engine.welcome();
            String id = connection.subscribed();
            arrive(connection, id, 1, 2);
            connection.complete(id);

            assertThat(values).toIterable().containsExactly(one(2));
        }
    }

    @Nested
    class AfterAnInterruption {

        @Test
        void theSameAnswerIsNotDeliveredAgain() {
            Iterator<List<Event>> values = events().iterator();
            Conversation first = engine.welcome();
            first.next(first.subscribed(), event(1));
            assertThat(values.next()).isEqualTo(one(1));
            first.cut();
            timing.pass(Duration.ofMillis(100));

            Conversation second = engine.welcome();
            String id = second.subscribed();
            arrive(second, id, 1);
            second.next(id, event(2));

            assertThat(values.next()).isEqualTo(one(2));
        }

        @Test
        void anAnswerThatWasNeverReadIsReplacedByTheStateOfNow() {
            Iterator<List<Event>> values = events().iterator();
            Conversation first = engine.welcome();
            String id = first.subscribed();
            first.next(id, event(1));
            assertThat(values.next()).isEqualTo(one(1));
            arrive(first, id, 2);
            first.cut();
            timing.pass(Duration.ofMillis(100));

            Conversation second = engine.welcome();
            String newId = second.subscribed();
            arrive(second, newId, 1);
            second.next(newId, event(3));

            assertThat(values.next()).isEqualTo(one(3));
        }

        @Test
        void theSameAnswerTwiceInARowIsDeliveredIfTheEngineSendsIt() {
            Iterator<List<Event>> values = events().iterator();
            Conversation connection = engine.welcome();
            String id = connection.subscribed();
            connection.next(id, event(1));
            assertThat(values.next()).isEqualTo(one(1));
            connection.next(id, event(1));

            assertThat(values.next()).isEqualTo(one(1));
        }
    }

    @Nested
    class Values {

        @Test
        void keepEveryDigit() {
            Iterator<Exact> values = hasura.document("subscription { event_by_pk(seq: \"1\") { amount seq payload } }")
                    .live("event_by_pk", Exact.class)
                    .iterator();
            Conversation connection = engine.welcome();
            connection.next(
                    connection.subscribed(),
                    "{\"event_by_pk\":{\"amount\":1234567890123456789012345678901.234,\"seq\":9007199254740993,\"payload\":{\"n\":0.12345678901234567890}}}");

            Exact exact = values.next();

            assertThat(exact.amount()).isEqualTo(new BigDecimal("1234567890123456789012345678901.234"));
            assertThat(exact.seq()).isEqualTo(9_007_199_254_740_993L);
            assertThat(exact.payload().path("n").decimalValue()).isEqualTo(new BigDecimal("0.12345678901234567890"));
        }

        @Test
        void areRowsOfAField() {
            Iterator<List<Event>> values = hasura.subscription("event")
                    .arg("limit", 2)
                    .select("seq")
                    .liveRows(Event.class)
                    .iterator();
            Conversation connection = engine.welcome();
            JsonNode subscribe = connection.expect("subscribe");
            connection.next(subscribe.path("id").asString(), event(1));

            assertThat(values.next()).isEqualTo(one(1));
            assertThat(subscribe.path("payload").path("query").asString())
                    .isEqualTo("subscription event($limit: Int) { event(limit: $limit) { seq } }");
            assertThat(subscribe.path("payload").path("variables").toString()).isEqualTo("{\"limit\":2}");
        }

        @Test
        void areOneRowThatComesAndGoes() {
            Iterator<Optional<Event>> values = hasura.subscription("event_by_pk")
                    .arg("seq", 1)
                    .select("seq")
                    .liveRow(Event.class)
                    .iterator();
            Conversation connection = engine.welcome();
            String id = connection.subscribed();
            connection.next(id, "{\"event_by_pk\":null}");
            assertThat(values.next()).isEmpty();
            connection.next(id, "{\"event_by_pk\":{\"seq\":1}}");
            assertThat(values.next()).contains(new Event(1));
        }

        @Test
        void areOptionalByDocument() {
            Iterator<Optional<Event>> values = hasura.document("subscription { event_by_pk(seq: \"1\") { seq } }")
                    .liveOptional("event_by_pk", Event.class)
                    .iterator();
            Conversation connection = engine.welcome();
            String id = connection.subscribed();
            connection.next(id, "{\"event_by_pk\":null}");

            assertThat(values.next()).isEmpty();
        }

        @Test
        void thatDoNotFitEndItAndAreNotShown() {
            LiveQuery<List<Event>> live = events();
            Iterator<List<Event>> values = live.iterator();
            Conversation connection = engine.welcome();
            String id = connection.subscribed();
            connection.next(id, "{\"event\":[{\"seq\":\"hunter2\"}]}");

            assertThatExceptionOfType(HasuraDecodingException.class)
                    .isThrownBy(values::hasNext)
                    .satisfies(e -> assertThat(e.path()).isEqualTo("event[0].seq"))
                    .withMessageNotContaining("hunter2");
            assertThat(connection.expect("complete").path("id").asString()).isEqualTo(id);
        }
    }

    @Nested
    class IsRefusedBeforeAnythingIsSent {

        @Test
        void ifTheDocumentIsNoSubscription() {
            assertThatExceptionOfType(HasuraRequestException.class)
                    .isThrownBy(
                            () -> hasura.document("query q { event { seq } }").liveList("event", Event.class))
                    .withMessageContaining("'q' is no subscription");
        }

        @Test
        void ifTheSchemaDoesNotKnowTheField() {
            assertThatExceptionOfType(HasuraRequestException.class)
                    .isThrownBy(() -> hasura.subscription("event")
                            .arg("limit", 1)
                            .select("sec")
                            .liveRows(Event.class))
                    .withMessageContaining("no field 'sec'");
            assertThat(engine.all()).isEmpty();
        }

        @Test
        void ifASubscriptionIsFetched() {
            assertThatExceptionOfType(HasuraRequestException.class)
                    .isThrownBy(() -> hasura.document(DOCUMENT).fetchList("event", Event.class))
                    .withMessageContaining("live(…)");
        }
    }

    @Nested
    class AReader {

        @Test
        void waitsNoLongerThanItWants() {
            LiveQuery<List<Event>> live = events();

            assertThat(live.next(Duration.ofMillis(1))).isEmpty();

            Conversation connection = engine.welcome();
            connection.next(connection.subscribed(), event(1));
            assertThat(live.next(Await.LONG)).contains(one(1));
        }

        @Test
        void comesToTheEndWhenAnotherThreadCloses() throws Exception {
            LiveQuery<List<Event>> live = events();
            CompletableFuture<Boolean> waiting =
                    CompletableFuture.supplyAsync(() -> live.iterator().hasNext());
            engine.welcome().subscribed();

            live.close();

            assertThat(waiting.get()).isFalse();
        }

        @Test
        void mayBeInterrupted() {
            Iterator<List<Event>> values = events().iterator();
            Thread.currentThread().interrupt();

            assertThatExceptionOfType(HasuraTransportException.class)
                    .isThrownBy(values::hasNext)
                    .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.INTERRUPTED));
            assertThat(Thread.interrupted()).isTrue();
        }

        @Test
        void isTheOnlyOne() {
            LiveQuery<List<Event>> live = events();
            live.iterator();

            assertThatThrownBy(live::iterator).isInstanceOf(IllegalStateException.class);
            assertThat(Collecting.from(live.asPublisher(), 1).awaitFailure()).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> live.listener(new Hearing())).isInstanceOf(IllegalStateException.class);
        }

        @Test
        void readsNothingAfterClose() {
            LiveQuery<List<Event>> live = events();
            live.close();
            live.close();

            assertThat(live).isEmpty();
            assertThat(engine.all()).isEmpty();
        }
    }

    @Nested
    class ASubscriber {

        @Test
        void getsWhatItAskedForAndOtherwiseTheNewestWaits() {
            Collecting<List<Event>> collecting = Collecting.from(events().asPublisher(), 1);
            Conversation connection = engine.welcome();
            String id = connection.subscribed();
            connection.next(id, event(1));
            assertThat(collecting.take()).isEqualTo(one(1));

            arrive(connection, id, 2, 3);
            assertThat(collecting.all).hasSize(1);
            collecting.request(1);

            assertThat(collecting.take()).isEqualTo(one(3));
        }

        @Test
        void isToldOfTheEndEvenWithoutDemand() {
            Collecting<List<Event>> collecting = Collecting.from(events().asPublisher(), 0);
            Conversation connection = engine.welcome();
            connection.complete(connection.subscribed());

            collecting.awaitCompletion();
        }

        @Test
        void isToldOfTheEndAfterWhatIsLeft() {
            Collecting<List<Event>> collecting = Collecting.from(events().asPublisher(), 0);
            Conversation connection = engine.welcome();
            String id = connection.subscribed();
            connection.next(id, event(1)).complete(id);
            connection.send("{\"type\":\"ping\"}").expect("pong");
            assertThat(collecting.completed).isFalse();

            collecting.request(1);

            collecting.awaitCompletion();
            assertThat(collecting.all).containsExactly(one(1));
        }

        @Test
        void isToldOfAFailure() {
            Collecting<List<Event>> collecting = Collecting.from(events().asPublisher(), Long.MAX_VALUE);
            Conversation connection = engine.welcome();
            connection.next(connection.subscribed(), "{\"event\":7}");

            assertThat(collecting.awaitFailure()).isInstanceOf(HasuraDecodingException.class);
        }

        @Test
        void failsIfItAsksForNothing() {
            Collecting<List<Event>> collecting = Collecting.from(events().asPublisher(), 0);
            collecting.request(0);

            assertThat(collecting.awaitFailure()).isInstanceOf(IllegalArgumentException.class);
        }

        @Test
        void endsItByCancelling() {
            Collecting<List<Event>> collecting = Collecting.from(events().asPublisher(), 1);
            Conversation connection = engine.welcome();
            String id = connection.subscribed();

            collecting.subscription.cancel();

            assertThat(connection.expect("complete").path("id").asString()).isEqualTo(id);
            assertThat(collecting.completed).isFalse();
        }
    }

    @Test
    void showsNoValue() {
        LiveQuery<List<Event>> live = hasura.document("subscription s($n: Int) { event(limit: $n) { seq } }")
                .variable("n", 4711)
                .liveList("event", Event.class);

        assertThat(live).asString().contains("LiveQuery").doesNotContain("4711");
    }
}
