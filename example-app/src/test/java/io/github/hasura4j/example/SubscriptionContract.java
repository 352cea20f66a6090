package io.github.hasura4j.example;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.hasura4j.client.Batch;
import io.github.hasura4j.client.Cursor;
import io.github.hasura4j.client.CursorStore;
import io.github.hasura4j.client.CursorStream;
import io.github.hasura4j.client.HasuraClient;
import io.github.hasura4j.client.HasuraGraphQlException;
import io.github.hasura4j.client.LiveQuery;
import io.github.hasura4j.client.SubscriptionSettings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What every server of graphql-transport-ws does with our client, whoever wrote it. They do not speak the engine's dialect, so
 * this says that we speak the protocol itself, and that nothing is lost when a connection to somebody else's server is cut.
 */
@Timeout(120)
abstract class SubscriptionContract {

    private static final String STREAM = """
            subscription events($seq: Int!) {
              event_stream(batch_size: 10, cursor: {initial_value: {seq: $seq}}) { seq kind }
            }""";

    record Event(int seq) {}

    private CuttingProxy proxy;
    private HasuraClient hasura;

    /** The port of the server on the loopback. */
    abstract int port();

    @BeforeEach
    void connect() {
        proxy = new CuttingProxy(port());
        hasura = client().adminSecret("s3cret").build();
    }

    @AfterEach
    void disconnect() {
        hasura.close();
        proxy.close();
    }

    private HasuraClient.Builder client() {
        return HasuraClient.builder()
                .endpoint(URI.create("http://127.0.0.1:" + proxy.port()))
                .subscriptions(SubscriptionSettings.create()
                        .backoff(Duration.ofMillis(1), Duration.ofMillis(50))
                        .pingInterval(Duration.ofMillis(500))
                        .silenceTimeout(Duration.ofSeconds(2)));
    }

    private LiveQuery<List<Event>> events(HasuraClient client, int limit) {
        return client.document("subscription s($limit: Int) { event(limit: $limit) { seq } }")
                .variable("limit", limit)
                .liveList("event", Event.class);
    }

    @Test
    void answersUntilItCompletes() {
        List<Event> last = List.of();
        for (List<Event> now : events(hasura, 3)) {
            last = now;
        }

        assertThat(last).containsExactly(new Event(3));
    }

    @Test
    void answersSeveralOnOneConnection() {
        try (LiveQuery<List<Event>> one = events(hasura, 1);
                LiveQuery<Optional<Event>> other = hasura.document("subscription { event_by_pk(seq: 1) { seq } }")
                        .liveOptional("event_by_pk", Event.class)) {
            assertThat(one).containsExactly(List.of(new Event(1)));
            assertThat(other.next(Duration.ofSeconds(10))).contains(Optional.of(new Event(1)));
        }

        assertThat(proxy.connections()).isEqualTo(1);
    }

    @Test
    void refusesADocumentThatDoesNotFitTheSchema() {
        try (LiveQuery<List<Event>> live =
                hasura.document("subscription { event { sec } }").liveList("event", Event.class)) {
            assertThatExceptionOfType(HasuraGraphQlException.class)
                    .isThrownBy(live.iterator()::hasNext)
                    .withMessageContaining("sec");
        }
        assertThat(events(hasura, 1)).hasSize(1);
    }

    @Test
    void refusesCredentialsTwice() {
        AtomicInteger asked = new AtomicInteger();
        try (HasuraClient stranger =
                client().adminSecret(() -> "no" + asked.incrementAndGet()).build()) {
            assertThatExceptionOfType(HasuraGraphQlException.class)
                    .isThrownBy(() -> events(stranger, 1).iterator().hasNext());
        }
        assertThat(asked).hasValue(2);
    }

    @Test
    void losesNothingWhenConnectionsAreCut() {
        List<Integer> acknowledged = new ArrayList<>();
        CursorStore store = CursorStore.inMemory();
        try (CursorStream<Event> stream = hasura.document(STREAM).stream(
                        "event_stream", Event.class, Cursor.on("seq").from(0))
                .resume(store, "contract")) {
            for (Batch<Event> batch : stream) {
                batch.rows().forEach(row -> acknowledged.add(row.seq()));
                batch.ack();
                if (acknowledged.size() >= 2000) {
                    break;
                }
                if (acknowledged.size() % 200 == 0) {
                    proxy.cut();
                }
            }
        }

        assertThat(acknowledged)
                .hasSize(2000)
                .isSorted()
                .doesNotHaveDuplicates()
                .startsWith(1);
        assertThat(proxy.connections()).isGreaterThan(1);
        assertThat(store.load("contract")).contains("{\"cursor\":\"seq\",\"after\":2000}");
    }
}
