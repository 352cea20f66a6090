package io.github.hasura4j.spring.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.hasura4j.payload.EventPayload;
import io.github.hasura4j.spring.HasuraEvent;
import io.github.hasura4j.spring.delivery.InboxStore.Claim;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What every store promises, with two applications on it. */
abstract class StoreContract {

    final SettableClock clock = new SettableClock();
    private final InboxSettings settings = new InboxSettings(Duration.ofDays(7), Duration.ofMinutes(1), 2, 1000);

    /** A store over the same data as the other ones of this test. */
    abstract InboxStore inbox();

    abstract OrderStore order();

    abstract @Nullable HandlerTransactions transactions();

    /** Does a piece of work that can be counted, in the transaction if there is one. */
    abstract void work(String id);

    abstract int worked(String id);

    Instance instance(Object bean, InboxStore inbox) {
        return new Instance(
                bean,
                new CleanupAdvisor(() -> inbox, this::order, settings, clock),
                new OrderAdvisor(this::order, this::transactions, new Random(1)),
                new IdempotencyAdvisor(() -> inbox, this::transactions, settings, new Random(1)),
                new RetryAdvisor((letter, cause) -> {}, clock, new Random(1)));
    }

    Instance instance(Object bean) {
        return instance(bean, inbox());
    }

    /** Handlers with what the store can do: a transaction if it takes part in one, else a lease. */
    Object handlers(Handlers behaviour) {
        return transactions() == null ? new Leased(behaviour) : new Transacted(behaviour);
    }

    interface Handlers {
        void handle(String id) throws Exception;
    }

    static class Transacted {

        private final Handlers behaviour;

        Transacted(Handlers behaviour) {
            this.behaviour = behaviour;
        }

        @HasuraEvent
        @Idempotent
        void once(EventPayload<Map<String, Object>, Void> event) throws Exception {
            behaviour.handle(event.id());
        }

        @HasuraEvent
        @Idempotent
        @KeepOrder(key = "#row.id")
        void latest(EventPayload<Map<String, Object>, Void> event) throws Exception {
            behaviour.handle(event.id());
        }

        @HasuraEvent
        @KeepOrder(key = "#event.newRow().id", policy = KeepOrder.Policy.SERIAL)
        void serial(EventPayload<Map<String, Object>, Void> event) throws Exception {
            behaviour.handle(event.id());
        }
    }

    static class Leased {

        private final Handlers behaviour;

        Leased(Handlers behaviour) {
            this.behaviour = behaviour;
        }

        @HasuraEvent
        @Idempotent(mode = Idempotent.Mode.LEASE)
        void once(EventPayload<Map<String, Object>, Void> event) throws Exception {
            behaviour.handle(event.id());
        }

        @HasuraEvent
        @Idempotent(mode = Idempotent.Mode.LEASE)
        @KeepOrder(key = "#row.id")
        void latest(EventPayload<Map<String, Object>, Void> event) throws Exception {
            behaviour.handle(event.id());
        }

        @HasuraEvent
        @KeepOrder(key = "#row.id", policy = KeepOrder.Policy.SERIAL)
        void serial(EventPayload<Map<String, Object>, Void> event) throws Exception {
            behaviour.handle(event.id());
        }
    }

    @Test
    void hasOneEffectOfEveryEventDeliveredTwiceAndConcurrently() throws Exception {
        ExecutorService engine = Executors.newFixedThreadPool(8);
        try (Instance one = instance(handlers(this::work));
                Instance two = instance(handlers(this::work))) {
            List<Callable<Void>> deliveries = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                String id = "event-" + i;
                for (Instance each : List.of(one, two)) {
                    deliveries.add(() -> {
                        while (each.event("once", id).status() != 200) {
                            Thread.onSpinWait();
                        }
                        return null;
                    });
                }
            }
            for (Future<Void> done : engine.invokeAll(deliveries, 60, TimeUnit.SECONDS)) {
                done.get();
            }
            for (int i = 0; i < 40; i++) {
                assertThat(worked("event-" + i)).isEqualTo(1);
            }
        } finally {
            engine.shutdownNow();
        }
    }

    @Test
    void runsAgainAfterAFailureWithoutATraceOfTheFirst() {
        AtomicInteger calls = new AtomicInteger();
        try (Instance one = instance(handlers(id -> {
            if (calls.incrementAndGet() == 1) {
                throw new IllegalStateException("on purpose");
            }
            work(id);
        }))) {
            Instance.Answer failed = one.event("once", "a");
            assertThat(failed.status()).isEqualTo(500);
            assertThat(failed.retryAfter()).isNull();
            assertThat(one.event("once", "a").status()).isEqualTo(200);
            assertThat(one.event("once", "a").status()).isEqualTo(200);
            assertThat(worked("a")).isEqualTo(1);
        }
    }

    @Test
    void survivesACrashBetweenWorkAndMark() {
        InboxStore crashing = new Crashing(inbox());
        try (Instance dying = instance(handlers(this::work), crashing);
                Instance living = instance(handlers(this::work))) {
            assertThat(dying.event("once", "a").status()).isEqualTo(500);
            if (transactions() != null) {
                assertThat(worked("a")).isZero();
                assertThat(living.event("once", "a").status()).isEqualTo(200);
                assertThat(worked("a")).isEqualTo(1);
            } else {
                assertThat(living.event("once", "a").retryAfter()).isBetween(1, 5);
                clock.advance(Duration.ofMinutes(6));
                assertThat(living.event("once", "a").status()).isEqualTo(200);
                assertThat(worked("a")).isEqualTo(2); // What a lease cannot promise.
            }
        }
    }

    @Test
    void letsAClaimBeTakenOverWhenItsLeaseEndsAndNotBefore() {
        InboxKey key = new InboxKey("handler", "a");
        Claim.Granted first = (Claim.Granted) inbox().claim(key, Duration.ofSeconds(30));

        assertThat(inbox().claim(key, Duration.ofSeconds(30)))
                .isEqualTo(new Claim.Held(Instant.parse("2026-01-01T00:00:30Z")));
        clock.advance(Duration.ofSeconds(30));
        Claim.Granted second = (Claim.Granted) inbox().claim(key, Duration.ofSeconds(30));

        assertThat(inbox().complete(key, first, "late")).isFalse();
        inbox().release(key, first);
        assertThat(inbox().complete(key, second, "{\"a\":1}")).isTrue();
        assertThat(inbox().claim(key, Duration.ofSeconds(30))).isEqualTo(new Claim.Done("{\"a\":1}"));
    }

    @Test
    void tellsUpperFromLowerCase() {
        assertThat(inbox().claim(new InboxKey("h", "a"), Duration.ofSeconds(1))).isInstanceOf(Claim.Granted.class);
        assertThat(inbox().claim(new InboxKey("h", "A"), Duration.ofSeconds(1))).isInstanceOf(Claim.Granted.class);
    }

    @Test
    void forgetsMarksAfterTheirTimeInBatches() {
        try (Instance one = instance(handlers(this::work))) {
            for (String id : List.of("a", "b", "c")) {
                one.event("once", id);
            }
            clock.advance(Duration.ofDays(8));
            one.event("once", "d"); // Forgets two,
            one.event("once", "e"); // and the third.
            for (String id : List.of("a", "b", "c", "d")) {
                one.event("once", id);
            }
            assertThat(List.of(worked("a"), worked("b"), worked("c"), worked("d")))
                    .containsExactly(2, 2, 2, 1);
        }
    }

    @Test
    void forgetsKeysOfAnOrderAfterTheirTimeInBatches() {
        try (Instance one = instance(handlers(this::work))) {
            for (String id : List.of("a", "b", "c")) {
                one.event("latest", id, 0, "2026-01-02T00:00:00", "{\"id\": \"%s\"}".formatted(id));
            }
            clock.advance(Duration.ofDays(6));
            one.event("latest", "c2", 0, "2026-01-03T00:00:00", "{\"id\": \"c\"}");
            clock.advance(Duration.ofDays(2));
            one.event("serial", "s1", 0, "2026-01-01T00:00:00", "{\"id\": 1}"); // Forgets a and b.
            boolean forgets = transactions() != null; // In memory keys go when there is no room.
            for (String id : List.of("a", "b", "c")) {
                one.event("latest", id + "-old", 0, "2026-01-01T00:00:00", "{\"id\": \"%s\"}".formatted(id));
            }
            assertThat(List.of(worked("a-old"), worked("b-old"), worked("c-old")))
                    .containsExactly(forgets ? 1 : 0, forgets ? 1 : 0, 0);
        }
    }

    @Test
    void skipsWhatIsOlderThanTheLatestOfItsKey() {
        try (Instance one = instance(handlers(this::work));
                Instance two = instance(handlers(this::work))) {
            one.event("latest", "b", 0, "2026-01-01T00:00:02.000002", "{\"id\": 1}");
            assertThat(two.event("latest", "a", 0, "2026-01-01T00:00:02.000001", "{\"id\": 1}")
                            .status())
                    .isEqualTo(200);
            two.event("latest", "other", 0, "2026-01-01T00:00:01", "{\"id\": 2}");
            one.event("latest", "a2", 0, "2026-01-01T00:00:02.000002", "{\"id\": 1}");
            two.event("latest", "c", 0, "2026-01-01T00:00:03", "{\"id\": 1}");

            assertThat(List.of(worked("b"), worked("a"), worked("other"), worked("a2"), worked("c")))
                    .containsExactly(1, 0, 1, 0, 1);
        }
    }

    @Test
    void runsOneAtATimeForAKeyAndSendsTheOthersAway() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        List<String> handled = Collections.synchronizedList(new ArrayList<>());
        Handlers behaviour = id -> {
            handled.add(id);
            if (id.equals("slow")) {
                running.countDown();
                assertThat(end.await(30, TimeUnit.SECONDS)).isTrue();
            }
        };
        ExecutorService engine = Executors.newSingleThreadExecutor();
        try (Instance one = instance(handlers(behaviour));
                Instance two = instance(handlers(behaviour))) {
            Future<Instance.Answer> slow = engine.submit(() -> one.event("serial", "slow"));
            assertThat(running.await(30, TimeUnit.SECONDS)).isTrue();

            Instance.Answer sentAway = two.event("serial", "next");
            assertThat(sentAway.status()).isEqualTo(503);
            assertThat(sentAway.retryAfter()).isBetween(1, 5);
            assertThat(two.event("serial", "other", 0, "2026-01-01T00:00:00Z", "{\"id\": 2}")
                            .status())
                    .isEqualTo(200);

            end.countDown();
            assertThat(slow.get(30, TimeUnit.SECONDS).status()).isEqualTo(200);
            assertThat(two.event("serial", "next").status()).isEqualTo(200);
            assertThat(handled).containsExactly("slow", "other", "next");
        } finally {
            end.countDown();
            engine.shutdownNow();
        }
    }

    /** Dies when it should mark. */
    private record Crashing(InboxStore store) implements InboxStore {

        @Override
        public boolean joinsTransactions() {
            return store.joinsTransactions();
        }

        @Override
        public Claim claim(InboxKey key, Duration lease) {
            return store.claim(key, lease);
        }

        @Override
        public boolean complete(InboxKey key, Claim.Granted claim, @Nullable String answer) {
            throw new IllegalStateException("crash");
        }

        @Override
        public void release(InboxKey key, Claim.Granted claim) {}

        @Override
        public int deleteDoneBefore(Instant time, int limit) {
            return 0;
        }
    }
}
