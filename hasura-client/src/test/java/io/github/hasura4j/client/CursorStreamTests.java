package io.github.hasura4j.client;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.hasura4j.client.FakeSocketEngine.Conversation;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(30)
class CursorStreamTests {

    @AutoClose
    private final FakeSocketEngine engine = new FakeSocketEngine();

    private final ManualTiming timing = new ManualTiming();
    private final CursorStore store = CursorStore.inMemory();
    private HasuraClient hasura = client(SubscriptionSettings.create());

    @AfterEach
    void close() {
        hasura.close();
    }

    record Event(long seq) {}

    record Timed(int id, String at) {}

    private HasuraClient client(SubscriptionSettings settings) {
        return engine.client()
                .adminSecret("s3cret")
                .timing(timing)
                .subscriptions(settings)
                .build();
    }

    private CursorStream<Event> bySeq() {
        return hasura.subscription("event_stream").select("kind").stream(
                        Event.class, Cursor.on("seq").from(0))
                .resume(store, "test");
    }

    private CursorStream<Timed> byTime(Cursor cursor) {
        return hasura.subscription("event_stream").stream(Timed.class, cursor).resume(store, "test");
    }

    private static String rows(int... seqs) {
        List<String> rows = new ArrayList<>();
        for (int each : seqs) {
            rows.add("{\"kind\":\"k\",\"seq\":%d}".formatted(each));
        }
        return "{\"event_stream\":[" + String.join(",", rows) + "]}";
    }

    /** Each as {@code id@second}. */
    private static String timed(String... rows) {
        List<String> all = new ArrayList<>();
        for (String each : rows) {
            String[] parts = each.split("@");
            all.add("{\"id\":%s,\"at\":\"2026-01-31T10:00:%s+00:00\"}".formatted(parts[0], parts[1]));
        }
        return "{\"event_stream\":[" + String.join(",", all) + "]}";
    }

    private static List<Long> seqs(Batch<Event> batch) {
        return batch.rows().stream().map(Event::seq).toList();
    }

    private static List<Integer> ids(Batch<Timed> batch) {
        return batch.rows().stream().map(Timed::id).toList();
    }

    private static String cursor(JsonNode subscribe) {
        return subscribe.at("/payload/variables/cursor").toString();
    }

    private static void arrived(Conversation connection) {
        connection.send("{\"type\":\"ping\"}").expect("pong");
    }

    private Conversation reconnect(Conversation broken) {
        broken.cut();
        timing.pass(Duration.ofMillis(100));
        return engine.welcome();
    }

    @Nested
    class WhatIsSent {

        @Test
        void hasTheCursorItsColumnsAndABatchSize() {
            byTime(Cursor.on("at").from("2026-01-31").descending().key("id")).iterator();

            JsonNode subscribe = engine.welcome().expect("subscribe");

            assertThat(subscribe.at("/payload/query").asString())
                    .isEqualTo("subscription event_stream($batch_size: Int!, $cursor: [event_stream_cursor_input]!) "
                            + "{ event_stream(batch_size: $batch_size, cursor: $cursor) { at id } }");
            assertThat(subscribe.at("/payload/variables/batch_size").asInt()).isEqualTo(100);
            assertThat(subscribe.at("/payload/variables/cursor/0/initial_value").toString())
                    .isEqualTo("{\"at\":\"2026-01-31\"}");
            assertThat(subscribe.at("/payload/variables/cursor/0/ordering").asString())
                    .isEqualTo("DESC");
        }

        @Test
        void hasTheCursorInItsTextWithoutASchema() {
            hasura.close();
            hasura = engine.client().schema(SchemaSource.none()).timing(timing).build();
            Iterator<Batch<Event>> batches = hasura.subscription("event_stream").stream(
                            Event.class, Cursor.on("seq").from("0"))
                    .iterator();
            Conversation first = engine.welcome();
            JsonNode subscribe = first.expect("subscribe");
            assertThat(subscribe.at("/payload/query").asString()).contains("seq: \"0\"");
            first.next(subscribe.path("id").asString(), "{\"event_stream\":[{\"seq\":\"9\"}]}");
            assertThat(seqs(batches.next())).containsExactly(9L);

            assertThat(reconnect(first).expect("subscribe").at("/payload/query").asString())
                    .contains("seq: \"9\"");
        }

        @Test
        void mayBeADocumentWithTheCursorInAVariable() {
            CursorStream<Event> stream = hasura.document("""
                    subscription s($after: bigint!) {
                      event_stream(batch_size: 5, cursor: {initial_value: {seq: $after}}) { seq }
                    }""").stream(
                    "event_stream", Event.class, Cursor.on("seq").from(7).variable("after"));
            Iterator<Batch<Event>> batches = stream.iterator();
            Conversation first = engine.welcome();
            JsonNode subscribe = first.expect("subscribe");
            assertThat(subscribe.at("/payload/variables").toString()).isEqualTo("{\"after\":7}");
            first.next(subscribe.path("id").asString(), rows(8, 9));
            assertThat(seqs(batches.next())).containsExactly(8L, 9L);

            JsonNode again = reconnect(first).expect("subscribe");

            assertThat(again.at("/payload/variables").toString()).isEqualTo("{\"after\":9}");
        }
    }

    @Nested
    class AfterAnInterruption {

        @Test
        void goesOnBehindTheLastRowItGotAcknowledgedOrNot() {
            Iterator<Batch<Event>> batches = bySeq().iterator();
            Conversation first = engine.welcome();
            String id = first.subscribed();
            first.next(id, rows(1, 2));
            first.next(id, rows(3, 4));
            arrived(first);

            Conversation second = reconnect(first);
            JsonNode subscribe = second.expect("subscribe");
            second.next(subscribe.path("id").asString(), rows(5));

            assertThat(cursor(subscribe)).contains("{\"seq\":4}");
            assertThat(seqs(batches.next())).containsExactly(1L, 2L);
            assertThat(seqs(batches.next())).containsExactly(3L, 4L);
            assertThat(seqs(batches.next())).containsExactly(5L);
        }

        @Test
        void readsTiesAgainAndDropsWhatItHad() {
            Iterator<Batch<Timed>> batches =
                    byTime(Cursor.on("at").from("2026-01-01").key("id")).iterator();
            Conversation first = engine.welcome();
            first.next(first.subscribed(), timed("1@01", "2@02.5", "3@02.5"));
            assertThat(ids(batches.next())).containsExactly(1, 2, 3);

            Conversation second = reconnect(first);
            JsonNode subscribe = second.expect("subscribe");
            String id = subscribe.path("id").asString();
            assertThat(cursor(subscribe)).contains("10:00:01+00:00");
            second.next(id, timed("3@02.5", "4@02.5", "2@02.5")).next(id, timed("2@03", "5@04"));

            assertThat(ids(batches.next())).containsExactly(4);
            assertThat(ids(batches.next())).as("a row that moved counts as new").containsExactly(2, 5);
        }

        @Test
        void readsTheOverlapAgainOnTimeAndFindsRowsThatWereCommittedLate() {
            hasura.close();
            hasura = client(SubscriptionSettings.create().pingInterval(Duration.ofDays(1)));
            Iterator<Batch<Event>> batches = hasura.subscription("event_stream").stream(
                            Event.class, Cursor.on("seq").from(0).overlap(3))
                    .rereadEvery(Duration.ofMinutes(1))
                    .iterator();
            Conversation connection = engine.welcome();
            String id = connection.subscribed();
            connection.next(id, rows(1, 2, 4, 6)).next(id, rows(7));
            batches.next();
            batches.next();

            timing.pass(Duration.ofMinutes(1));
            assertThat(connection.expect("complete").path("id").asString()).isEqualTo(id);
            JsonNode again = connection.expect("subscribe");
            assertThat(cursor(again)).contains("{\"seq\":2}");
            connection.next(again.path("id").asString(), rows(4, 5, 6, 7, 8));

            assertThat(seqs(batches.next())).containsExactly(5L, 8L);
            timing.pass(Duration.ofMinutes(1));
            connection.expect("complete");
            assertThat(cursor(connection.expect("subscribe"))).contains("{\"seq\":5}");
        }
    }

    @Nested
    class ASlowReader {

        @Test
        void makesItPauseAndGoOnWhereItWas() {
            hasura.close();
            hasura = client(SubscriptionSettings.create().streamBuffer(2, 1_000_000));
            Iterator<Batch<Event>> batches = bySeq().iterator();
            Conversation connection = engine.welcome();
            String id = connection.subscribed();
            connection.next(id, rows(1)).next(id, rows(2)).next(id, rows(3));
            assertThat(connection.expect("complete").path("id").asString()).isEqualTo(id);
            arrived(connection);
            assertThat(connection.takeNow()).isNull();

            assertThat(seqs(batches.next())).containsExactly(1L);
            JsonNode again = connection.expect("subscribe");
            assertThat(cursor(again)).contains("{\"seq\":2}");
            connection.next(again.path("id").asString(), rows(3));

            assertThat(seqs(batches.next())).containsExactly(2L);
            assertThat(seqs(batches.next())).containsExactly(3L);
        }

        @Test
        void countsBytesToo() {
            hasura.close();
            hasura = client(SubscriptionSettings.create().streamBuffer(1000, 100));
            bySeq().iterator();
            Conversation connection = engine.welcome();
            String id = connection.subscribed();

            connection.next(id, rows(1, 2, 3, 4, 5));

            connection.expect("complete");
        }

        @Test
        void staysPausedWhenTheConnectionBreaks() {
            hasura.close();
            hasura = client(SubscriptionSettings.create().streamBuffer(1, 1_000_000));
            Iterator<Batch<Event>> batches = bySeq().iterator();
            Conversation first = engine.welcome();
            first.next(first.subscribed(), rows(1));
            first.expect("complete");

            Conversation second = reconnect(first);
            arrived(second);
            assertThat(second.takeNow()).isNull();
            batches.next();

            assertThat(cursor(second.expect("subscribe"))).contains("{\"seq\":1}");
        }
    }

    @Nested
    class ThePosition {

        private final List<String> saved = new CopyOnWriteArrayList<>();
        private boolean failing;

        private final CursorStore noting = new CursorStore() {
            @Override
            public Optional<String> load(String name) {
                return Optional.empty();
            }

            @Override
            public void save(String name, String position) {
                if (failing) {
                    throw new IllegalStateException("database away");
                }
                saved.add(position);
            }
        };

        @Test
        void isSavedWhenABatchIsAcknowledgedAndEverythingBeforeIt() {
            Iterator<Batch<Event>> batches = bySeq().resume(noting, "x").iterator();
            Conversation connection = engine.welcome();
            String id = connection.subscribed();
            connection.next(id, rows(1)).next(id, rows(2)).next(id, rows(3));
            Batch<Event> first = batches.next();
            Batch<Event> second = batches.next();
            Batch<Event> third = batches.next();

            second.ack();
            assertThat(saved).isEmpty();
            first.ack();
            assertThat(saved).containsExactly("{\"cursor\":\"seq\",\"after\":2}");
            first.ack();
            third.ack();
            assertThat(saved).containsExactly("{\"cursor\":\"seq\",\"after\":2}", "{\"cursor\":\"seq\",\"after\":3}");
        }

        @Test
        void isNotMovedIfTheStoreFails() {
            Iterator<Batch<Event>> batches = bySeq().resume(noting, "x").iterator();
            Conversation connection = engine.welcome();
            connection.next(connection.subscribed(), rows(1));
            Batch<Event> batch = batches.next();
            failing = true;
            assertThatThrownBy(batch::ack).hasMessage("database away");

            failing = false;
            batch.ack();

            assertThat(saved).containsExactly("{\"cursor\":\"seq\",\"after\":1}");
        }

        @Test
        void isWhereAStreamGoesOnThatIsOpenedLater() {
            CursorStream<Event> before = bySeq();
            Iterator<Batch<Event>> batches = before.iterator();
            Conversation connection = engine.welcome();
            String id = connection.subscribed();
            connection.next(id, rows(1, 2)).next(id, rows(3));
            batches.next().ack();
            batches.next();
            before.close();
            connection.expect("complete");

            Iterator<Batch<Event>> again = bySeq().iterator();
            JsonNode subscribe = connection.expect("subscribe");
            connection.next(subscribe.path("id").asString(), rows(3));

            assertThat(cursor(subscribe)).contains("{\"seq\":2}");
            assertThat(seqs(again.next())).containsExactly(3L);
        }

        @Test
        void knowsTheTiesThatWereAcknowledged() {
            CursorStream<Timed> before =
                    byTime(Cursor.on("at").from("2026-01-01").key("id"));
            Iterator<Batch<Timed>> batches = before.iterator();
            Conversation connection = engine.welcome();
            connection.next(connection.subscribed(), timed("1@01", "2@02"));
            batches.next().ack();
            before.close();
            connection.expect("complete");

            Iterator<Batch<Timed>> again =
                    byTime(Cursor.on("at").from("2026-01-01").key("id")).iterator();
            JsonNode subscribe = connection.expect("subscribe");
            connection.next(subscribe.path("id").asString(), timed("2@02", "3@02"));

            assertThat(cursor(subscribe)).contains("10:00:01+00:00");
            assertThat(ids(again.next())).containsExactly(3);
        }

        @Test
        void isRefusedIfItIsOfAnotherCursor() {
            store.save("test", "{\"cursor\":\"at, key [id]\",\"after\":1}");
            assertThatThrownBy(bySeq()::iterator)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("'test'")
                    .hasMessageContaining("seq");
            store.save("test", "nonsense");
            assertThatThrownBy(bySeq()::iterator).isInstanceOf(IllegalStateException.class);
            assertThat(engine.all()).isEmpty();
        }

        @Test
        void failsASubscriberIfItCannotBeLoaded() {
            store.save("test", "nonsense");

            assertThat(Collecting.from(bySeq().asPublisher(), 1).awaitFailure())
                    .isInstanceOf(IllegalStateException.class);
        }
    }

    @Nested
    class Fails {

        @Test
        void ifRowsTieAndNothingTellsThemApart() {
            Iterator<Batch<Event>> batches = bySeq().iterator();
            Conversation connection = engine.welcome();
            connection.next(connection.subscribed(), rows(1, 2, 2));

            assertThatThrownBy(batches::hasNext)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("'seq'")
                    .hasMessageContaining("key(…)");
            connection.expect("complete");
        }

        @Test
        void ifAKeyIsGivenForACursorThatHasNoOrderInJava() {
            Iterator<Batch<Timed>> batches =
                    byTime(Cursor.on("at").from("a").key("id")).iterator();
            Conversation connection = engine.welcome();
            connection.next(connection.subscribed(), "{\"event_stream\":[{\"id\":1,\"at\":\"b-side\"}]}");

            assertThatThrownBy(batches::hasNext)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("'at'")
                    .hasMessageNotContaining("b-side");
        }

        @Test
        void ifTheCursorIsNotInTheAnswer() {
            Iterator<Batch<Event>> batches = hasura.document("""
                            subscription s($seq: bigint!) {
                              event_stream(batch_size: 5, cursor: {initial_value: {seq: $seq}}) { kind }
                            }""").stream(
                            "event_stream", Event.class, Cursor.on("seq").from(7))
                    .iterator();
            Conversation connection = engine.welcome();
            connection.next(connection.subscribed(), "{\"event_stream\":[{\"kind\":\"k\"}]}");

            assertThatExceptionOfType(HasuraDecodingException.class)
                    .isThrownBy(batches::hasNext)
                    .satisfies(e -> assertThat(e.path()).isEqualTo("event_stream[0].seq"));
        }

        @Test
        void ifNobodyAcknowledges() {
            hasura.close();
            hasura = client(SubscriptionSettings.create().streamBuffer(2000, 10_000_000));
            Iterator<Batch<Event>> batches = bySeq().iterator();
            Conversation connection = engine.welcome();
            String id = connection.subscribed();
            for (int i = 1; i <= 1001; i++) {
                connection.next(id, rows(i));
            }
            for (int i = 1; i <= 1000; i++) {
                batches.next();
            }

            assertThatThrownBy(batches::hasNext)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("ack()");
        }

        @Test
        void withWhatTheReaderOfBatchesThrowsAndEndsIt() {
            CursorStream<Event> stream = bySeq();
            Conversation[] connection = new Conversation[1];
            Thread feeding = new Thread(() -> {
                connection[0] = engine.welcome();
                connection[0].next(connection[0].subscribed(), rows(1));
            });
            feeding.start();

            assertThatThrownBy(() -> stream.forEachBatch(batch -> {
                        throw new IllegalArgumentException("no");
                    }))
                    .hasMessage("no");
            connection[0].expect("complete");
            assertThat(store.load("test")).isEmpty();
        }
    }

    @Test
    void givesSubscribersBatchesOnDemand() {
        Collecting<Batch<Event>> collecting = Collecting.from(bySeq().asPublisher(), 1);
        Conversation connection = engine.welcome();
        String id = connection.subscribed();
        connection.next(id, rows(1)).next(id, rows(2));
        assertThat(seqs(collecting.take())).containsExactly(1L);
        arrived(connection);
        assertThat(collecting.all).hasSize(1);

        collecting.request(1);

        assertThat(seqs(collecting.take())).containsExactly(2L);
    }

    @Test
    void refusesStepsThatMakeNoSense() {
        Cursor cursor = Cursor.on("seq");
        assertThatThrownBy(() -> Cursor.on("a b")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> cursor.key()).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> cursor.overlap(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> cursor.overlap(10_001)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> bySeq().rereadEvery(Duration.ofMinutes(1))).isInstanceOf(IllegalStateException.class);
        assertThat(cursor.from("hunter2")).asString().doesNotContain("hunter2");
    }
}
