package io.github.hasura4j.client;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import io.github.hasura4j.client.FakeSocketEngine.Conversation;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Ten thousand rows and a connection that is cut fifty times, anywhere: between messages, inside of one, before the
 * acknowledgement, with and without a reset. Real time, and a seed that says what happened.
 */
@Timeout(60)
class StreamCutTests {

    private static final int ROWS = 10_000;
    private static final int CUTS = 50;
    private static final int BATCH = 20;

    @AutoClose
    private final FakeSocketEngine engine = new FakeSocketEngine();

    private final SubscriptionSettings settings = SubscriptionSettings.create()
            .backoff(Duration.ofMillis(1), Duration.ofMillis(2))
            .pingInterval(Duration.ofMillis(100))
            .silenceTimeout(Duration.ofMillis(300))
            .streamBuffer(8, 1_000_000);

    private final HasuraClient hasura =
            engine.client().adminSecret("s3cret").subscriptions(settings).build();

    record Row(long seq) {}

    record Tied(int id, String at) {}

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void everyRowIsAcknowledgedOnceAndInOrder(long seed) {
        Random random = new Random(seed);
        Table table = new Table(random, BATCH, i -> Integer.toString(i));
        CursorStore store = CursorStore.inMemory();
        List<Long> acknowledged = new ArrayList<>();
        int waiting = 0;
        int restarts = 0;
        while (acknowledged.size() < ROWS) { // Each round is a process that ends somewhere.
            int rounds = 50 + random.nextInt(150);
            try (CursorStream<Row> stream = hasura.subscription("event_stream").arg("batch_size", BATCH).stream(
                            Row.class, Cursor.on("seq").from(0))
                    .resume(store, "cut")) {
                Iterator<Batch<Row>> batches = stream.iterator();
                for (int i = 0; i < rounds && acknowledged.size() < ROWS; i++) {
                    Batch<Row> batch = batches.next();
                    batch.ack();
                    batch.rows().forEach(row -> acknowledged.add(row.seq()));
                    waiting = Math.max(waiting, ((DefaultCursorStream<Row>) stream).waiting());
                }
                if (acknowledged.size() < ROWS) {
                    batches.next(); // Delivered and not acknowledged: it comes again.
                    restarts++;
                }
            }
        }

        assertThat(acknowledged)
                .hasSize(ROWS)
                .isSorted()
                .doesNotHaveDuplicates()
                .startsWith(1L);
        assertThat(table.cuts).hasValueGreaterThanOrEqualTo(CUTS);
        assertThat(restarts).isPositive();
        assertThat(waiting).as("batches that wait").isLessThanOrEqualTo(8);
        end(table);
    }

    @Test
    void noTieIsLostOrComesTwice() {
        Random random = new Random(4);
        // Seven rows a second, so that nearly every batch ends among ties.
        Table table = new Table(
                random,
                BATCH,
                i -> "\"2026-01-31T%02d:%02d:%02d+00:00\"".formatted(i / 7 / 3600, i / 7 / 60 % 60, i / 7 % 60));
        List<Integer> acknowledged = new ArrayList<>();
        try (CursorStream<Tied> stream = hasura.subscription("event_stream").arg("batch_size", BATCH).stream(
                Tied.class, Cursor.on("at").from("2026-01-01T00:00:00+00:00").key("id"))) {
            for (Batch<Tied> batch : stream) {
                batch.ack();
                batch.rows().forEach(row -> acknowledged.add(row.id()));
                if (acknowledged.size() >= ROWS) {
                    break;
                }
            }
        }

        assertThat(acknowledged).hasSize(ROWS).isSorted().doesNotHaveDuplicates();
        assertThat(table.cuts).hasValueGreaterThanOrEqualTo(CUTS);
        end(table);
    }

    @Test
    void aReaderWhoSleepsCostsNoMemory() {
        Table table = new Table(new Random(5), BATCH, i -> Integer.toString(i)).withoutCuts();
        try (CursorStream<Row> stream = hasura.subscription("event_stream").arg("batch_size", BATCH).stream(
                Row.class, Cursor.on("seq").from(0))) {
            Iterator<Batch<Row>> batches = stream.iterator();
            Await.until(() -> table.pauses.get() == 1, () -> "not paused");
            int waiting = ((DefaultCursorStream<Row>) stream).waiting();
            assertThat(waiting).isEqualTo(8);

            long next = 1;
            while (next <= ROWS) {
                Batch<Row> batch = batches.next();
                batch.ack();
                for (Row row : batch.rows()) {
                    assertThat(row.seq()).isEqualTo(next++);
                }
            }
        }
        end(table);
    }

    @Test
    void aLiveQueryEndsOnTheNewestState() {
        Random random = new Random(6);
        AtomicLong state = new AtomicLong();
        AtomicInteger cuts = new AtomicInteger();
        AtomicBoolean running = new AtomicBoolean(true);
        Thread serving = serve(running, connection -> {
            String id = connection.subscribed();
            boolean willBeCut = cuts.get() < CUTS;
            long last = willBeCut ? Math.min(ROWS - 1, state.get() + random.nextInt(ROWS / CUTS)) : ROWS;
            connection.next(id, "{\"event\":[{\"seq\":%d}]}".formatted(state.get()));
            while (state.get() < last) {
                connection.next(id, "{\"event\":[{\"seq\":%d}]}".formatted(state.incrementAndGet()));
            }
            if (willBeCut) {
                cuts.incrementAndGet();
                cut(connection, random);
            }
        });

        long last = 0;
        try (LiveQuery<List<Row>> live =
                hasura.subscription("event").select("seq").liveRows(Row.class)) {
            for (List<Row> now : live) {
                assertThat(now.get(0).seq()).isGreaterThanOrEqualTo(last);
                last = now.get(0).seq();
                if (last == ROWS) {
                    break;
                }
            }
        }

        assertThat(last).isEqualTo(ROWS);
        assertThat(cuts).hasValue(CUTS);
        running.set(false);
        engine.close();
        join(serving);
        hasura.close();
    }

    private void end(Table table) {
        table.running.set(false);
        hasura.close();
        engine.close();
        join(table.serving);
    }

    private static void join(Thread thread) {
        try {
            thread.join(10_000);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private Thread serve(AtomicBoolean running, Serving serving) {
        Thread thread = new Thread(() -> {
            while (running.get()) {
                try {
                    Conversation next = engine.accept();
                    next.expect("connection_init");
                    next.send("{\"type\":\"connection_ack\"}");
                    serving.serve(next);
                } catch (AssertionError | RuntimeException e) {
                    // The connection went away, or the test is over.
                }
            }
        });
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private interface Serving {
        void serve(Conversation connection);
    }

    private static void cut(Conversation connection, Random random) {
        switch (random.nextInt(4)) {
            case 0 -> connection.hangUp();
            case 1 -> connection.close(1012, "Server state changed, restarting the server");
            default -> connection.cut();
        }
    }

    private interface Value {
        String of(int row);
    }

    /** A table of rows 1 to ROWS, streamed in order; whoever subscribes gets what is behind the cursor, so a cut among ties hurts. */
    private final class Table {

        final AtomicInteger cuts = new AtomicInteger();
        final AtomicInteger pauses = new AtomicInteger();
        final AtomicBoolean running = new AtomicBoolean(true);
        final Thread serving;
        private final Random random;
        private final int batch;
        private final List<String> values = new ArrayList<>();
        private volatile boolean cutting = true;

        Table(Random random, int batch, Value value) {
            this.random = random;
            this.batch = batch;
            for (int i = 1; i <= ROWS; i++) {
                values.add(value.of(i));
            }
            this.serving = serve(running, this::serveOne);
        }

        Table withoutCuts() {
            cutting = false;
            return this;
        }

        private void serveOne(Conversation connection) {
            int most = cutting ? random.nextInt(2 * ROWS / BATCH / CUTS) : Integer.MAX_VALUE;
            String id = "";
            int at = ROWS;
            for (int sent = 0; running.get(); ) {
                JsonNode message = at >= ROWS ? connection.take() : connection.takeNow();
                String type = message == null ? "" : message.path("type").asString();
                if (type.equals("subscribe")) {
                    id = message.path("id").asString();
                    at = after(message.at("/payload/variables/cursor/0/initial_value"));
                } else if (type.equals("complete")) {
                    pauses.incrementAndGet();
                    at = ROWS;
                } else if (type.equals("ping")) {
                    connection.send("{\"type\":\"pong\"}");
                } else if (at < ROWS && sent++ < most) {
                    int end = Math.min(at + batch, ROWS);
                    connection.next(id, rows(at, end));
                    at = end;
                } else if (sent > most) {
                    if (at < ROWS && random.nextBoolean()) {
                        String message2 = "{\"type\":\"next\",\"id\":\"%s\",\"payload\":{\"data\":%s}}"
                                .formatted(id, rows(at, Math.min(at + batch, ROWS)));
                        connection.sendBeginning(message2, 1 + random.nextInt(message2.length()));
                    }
                    cuts.incrementAndGet();
                    cut(connection, random);
                    return;
                }
            }
        }

        private int after(JsonNode initial) {
            String text = initial.path("seq").isMissingNode()
                    ? "\"" + initial.path("at").asString() + "\""
                    : initial.path("seq").asString();
            int last = values.lastIndexOf(text);
            return last + 1;
        }

        private String rows(int from, int to) {
            List<String> rows = new ArrayList<>();
            for (int i = from; i < to; i++) {
                rows.add("{\"id\":%d,\"seq\":%d,\"at\":%s}".formatted(i + 1, i + 1, values.get(i)));
            }
            return "{\"event_stream\":[" + String.join(",", rows) + "]}";
        }
    }
}
