package io.github.hasura4j.example;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.github.hasura4j.client.Batch;
import io.github.hasura4j.client.Cursor;
import io.github.hasura4j.client.CursorStore;
import io.github.hasura4j.client.CursorStream;
import io.github.hasura4j.client.DocumentCall;
import io.github.hasura4j.client.DynamicSubscription;
import io.github.hasura4j.client.HasuraClient;
import io.github.hasura4j.client.LiveQuery;
import io.github.hasura4j.client.SubscriptionListener;
import io.github.hasura4j.client.SubscriptionSettings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import reactor.adapter.JdkFlowAdapter;

import static org.assertj.core.api.Assertions.assertThat;

/** Subscriptions as the guide shows them. The local engine has no WebSocket yet, so a server with Spring for GraphQL answers. */
@SpringBootTest(
        classes = SpringSubscriptionTests.Server.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.graphql.schema.locations=classpath:subscriptions/",
            "spring.graphql.http.path=/v1/graphql",
            "spring.graphql.websocket.path=/v1/graphql",
            "hasura.webhook.secret=unused",
            "hasura.remote-schema.guarded=false",
            "logging.level.org.springframework.graphql=off",
            "logging.level.org.springframework.web.socket=off"
        })
@Timeout(60)
class GuideSubscriptionsTests {

    record Event(int seq, String kind) {}

    private final List<List<Event>> shown = new ArrayList<>();
    private final CursorStore store = CursorStore.inMemory();
    private HasuraClient hasura;

    @BeforeEach
    void connect(@LocalServerPort int port) {
        URI endpoint = URI.create("http://localhost:" + port);
        // tag::settings[]
        hasura = HasuraClient.builder()
                .endpoint(endpoint)
                .adminSecret("s3cret")
                .subscriptions(SubscriptionSettings.create()
                        .backoff(Duration.ofMillis(200), Duration.ofSeconds(30))
                        .streamBuffer(64, 16 * 1024 * 1024))
                .build();
        // end::settings[]
    }

    @AfterEach
    void close() {
        hasura.close();
    }

    @Test
    void readsALiveQueryInALoop() {
        // tag::live[]
        try (LiveQuery<List<Event>> live =
                hasura.subscription("event").select("seq", "kind").liveRows(Event.class)) {
            for (List<Event> now : live) { // waits for the next answer
                shown.add(now);
            }
        }
        // end::live[]
        assertThat(shown.get(shown.size() - 1)).containsExactly(new Event(3, "k"));
    }

    @Test
    void readsADocumentAndWaitsForAWhile() {
        int number = 1;
        // tag::document[]
        DocumentCall one = hasura.document("subscription one($seq: Int!) { event_by_pk(seq: $seq) { seq kind } }")
                .variable("seq", number);
        try (LiveQuery<Optional<Event>> live = one.liveOptional("event_by_pk", Event.class)) {
            Optional<Optional<Event>> first = live.next(Duration.ofSeconds(5)); // empty if nothing came in time
            // end::document[]
            assertThat(first).contains(Optional.of(new Event(1, "k")));
            // tag::document[]
        }
        // end::document[]
    }

    @Test
    void readsAStream() {
        List<Event> projected = new ArrayList<>();
        // tag::stream[]
        DynamicSubscription log =
                hasura.subscription("event_stream").arg("batch_size", 500).select("seq", "kind");
        try (CursorStream<Event> events =
                log.stream(Event.class, Cursor.on("seq").from(0)).resume(store, "projector")) {
            for (Batch<Event> batch : events) {
                projected.addAll(batch.rows());
                batch.ack(); // now they need not come again
                // end::stream[]
                if (projected.size() == 2000) {
                    break;
                }
                // tag::stream[]
            }
        }
        // end::stream[]
        assertThat(projected).extracting(Event::seq).isSorted().doesNotHaveDuplicates();
        assertThat(store.load("projector")).isPresent();
    }

    @Test
    void publishesToReactor() {
        // tag::reactor[]
        LiveQuery<List<Event>> live =
                hasura.subscription("event").select("seq", "kind").liveRows(Event.class);
        List<Event> newest =
                JdkFlowAdapter.flowPublisherToFlux(live.asPublisher()).blockLast(Duration.ofSeconds(10));
        // end::reactor[]
        assertThat(newest).containsExactly(new Event(3, "k"));
    }

    @Test
    void tellsAListener() throws InterruptedException {
        BlockingQueue<String> log = new LinkedBlockingQueue<>();
        CountDownLatch completed = new CountDownLatch(1);
        // tag::listener[]
        LiveQuery<List<Event>> live = hasura.subscription("event")
                .select("seq", "kind")
                .liveRows(Event.class)
                .listener(new SubscriptionListener() {
                    @Override
                    public void interrupted(RuntimeException cause, int attempt) {
                        log.add("interrupted, attempt " + attempt + ": " + cause.getMessage());
                    }

                    @Override
                    public void completed() {
                        completed.countDown();
                    }
                });
        // end::listener[]
        live.forEach(shown::add);
        assertThat(completed.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(log).isEmpty();
    }
}
