package io.github.hasura4j.test;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.github.hasura4j.client.Batch;
import io.github.hasura4j.client.Cursor;
import io.github.hasura4j.client.CursorStream;
import io.github.hasura4j.client.HasuraClient;
import io.github.hasura4j.client.LiveQuery;
import io.github.hasura4j.client.SubscriptionSettings;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** The subscriptions of our client against the local engine. */
@Timeout(60)
class ClientSubscriptionTests {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @TempDir
    private static Path directory;

    private static LocalHasura engine;
    private static HasuraClient hasura;

    record Event(int seq) {}

    @BeforeAll
    static void start() {
        ProjectFiles.in(directory)
                .withMigration("CREATE TABLE event (seq int PRIMARY KEY);")
                .withTable("event", "table: {name: event, schema: public}\n");
        engine = LocalHasura.forProject(directory)
                .adminSecret("s")
                .subscriptionsInterval(Duration.ofMillis(5))
                .start();
        hasura = HasuraClient.builder()
                .endpoint(engine.url())
                .adminSecret("s")
                .subscriptions(SubscriptionSettings.create().backoff(Duration.ofMillis(1), Duration.ofMillis(50)))
                .build();
    }

    @AfterAll
    static void stop() {
        hasura.close();
        engine.close();
    }

    @BeforeEach
    void clean() {
        engine.cleanData();
    }

    private static void insert(int from, int to) {
        Database.of(engine).run("INSERT INTO event SELECT n FROM generate_series(" + from + ", " + to + ") AS n");
    }

    @Test
    void seeALiveQueryChange() {
        try (LiveQuery<List<Event>> live =
                hasura.document("subscription { event { seq } }").liveList("event", Event.class)) {
            assertThat(live.next(PATIENCE)).contains(List.of());
            insert(1, 1);
            assertThat(live.next(PATIENCE)).contains(List.of(new Event(1)));
        }
    }

    @Test
    void getEveryRowOnceAlthoughTheEngineSendsThemAwayInBetween() {
        insert(1, 200);
        List<Integer> seen = new ArrayList<>();
        try (CursorStream<Event> stream = hasura.document("""
                        subscription events($seq: Int!) {
                          event_stream(batch_size: 10, cursor: {initial_value: {seq: $seq}}) { seq }
                        }""").stream(
                "event_stream", Event.class, Cursor.on("seq").from(0))) {
            for (Batch<Event> batch : stream) {
                batch.rows().forEach(row -> seen.add(row.seq()));
                batch.ack();
                if (seen.size() == 50) {
                    engine.reloadRemoteSchemas();
                }
                if (seen.size() >= 200) {
                    break;
                }
            }
        }
        assertThat(seen).hasSize(200).isSorted().doesNotHaveDuplicates();
    }
}
