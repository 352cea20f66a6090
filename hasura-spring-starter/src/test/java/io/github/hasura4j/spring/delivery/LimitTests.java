package io.github.hasura4j.spring.delivery;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import io.github.hasura4j.spring.HasuraAction;
import io.github.hasura4j.spring.HasuraEvent;
import io.github.hasura4j.spring.HasuraScheduled;
import io.github.hasura4j.spring.WebhookKind;
import io.github.hasura4j.spring.delivery.DeliveryCounts.Reason;
import io.github.hasura4j.spring.delivery.LimitSettings.Quota;
import io.github.hasura4j.spring.dispatch.InvalidHandlerException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

@Timeout(60)
class LimitTests {

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final DeliveryCounts counts = new DeliveryCounts();
    private final Busy busy = new Busy();
    private final List<Instance> instances = new ArrayList<>();
    private final Instance instance = instance(busy, LimitSettings.defaults());

    private Instance instance(Object bean, LimitSettings settings) {
        Instance created = new Instance(
                bean,
                new LimitAdvisor(settings, true, counts, new Random(1)),
                new RetryAdvisor((letter, cause) -> {}, InstantSource.system(), new Random(1)));
        instances.add(created);
        return created;
    }

    private static LimitSettings settings(Quota all, Quota deliveries, Map<String, Quota> handlers, Duration maxWait) {
        return new LimitSettings(all, deliveries, handlers, maxWait, 100, Duration.ofSeconds(10));
    }

    @AfterEach
    void close() {
        busy.free();
        threads.shutdownNow();
        instances.forEach(Instance::close);
    }

    static class Busy {

        final AtomicInteger running = new AtomicInteger();
        final AtomicInteger most = new AtomicInteger();
        final Set<Integer> done = ConcurrentHashMap.newKeySet();
        final AtomicInteger runs = new AtomicInteger();
        final CountDownLatch ten = new CountDownLatch(10);
        final CountDownLatch one = new CountDownLatch(1);
        final CountDownLatch release = new CountDownLatch(1);
        final CompletableFuture<String> future = new CompletableFuture<>();
        final Sinks.One<String> sink = Sinks.one();

        @HasuraEvent
        @Limit(concurrency = 10)
        void mail(Map<String, Integer> row) throws InterruptedException {
            most.accumulateAndGet(running.incrementAndGet(), Math::max);
            ten.countDown();
            release.await();
            runs.incrementAndGet();
            done.add(row.get("id"));
            running.decrementAndGet();
        }

        @HasuraEvent
        void other(Map<String, Object> row) {}

        @HasuraAction
        String hello() {
            return "hello";
        }

        @HasuraEvent
        @Limit(concurrency = 1)
        CompletableFuture<String> later(Map<String, Object> row) {
            one.countDown();
            return future;
        }

        @HasuraEvent
        @Limit(concurrency = 1)
        Mono<String> reactive(Map<String, Object> row) {
            return sink.asMono();
        }

        @HasuraAction
        @Limit(concurrency = 1)
        String pay() throws InterruptedException {
            one.countDown();
            release.await();
            return "paid";
        }

        @HasuraEvent
        @Limit(rate = "1/h")
        void hourly(Map<String, Object> row) {}

        @HasuraScheduled
        @Limit(rate = "1/h")
        void nightly() {}

        @HasuraEvent
        @Limit(concurrency = 1, rate = "2/h")
        void both(Map<String, Object> row) throws InterruptedException {
            one.countDown();
            release.await();
        }

        @HasuraEvent
        @Limit(concurrency = 1)
        @Retry(attempts = 2)
        void failing(Map<String, Integer> row) throws InterruptedException {
            if (row.get("id") == 1) {
                one.countDown();
                release.await();
            }
            throw new IllegalStateException("on purpose");
        }

        @HasuraEvent
        @Limit(concurrency = 1)
        void throwing(Map<String, Object> row) {
            throw new IllegalStateException("on purpose");
        }

        void free() {
            release.countDown();
        }
    }

    private Instance.Answer mail(int id) {
        return instance.event("mail", "e" + id, 0, "2026-01-01T00:00:00Z", "{\"id\": %d}".formatted(id));
    }

    private List<Future<Instance.Answer>> start(List<Integer> ids) {
        return ids.stream()
                .map(id -> threads.submit((Callable<Instance.Answer>) () -> mail(id)))
                .toList();
    }

    @Test
    void runsNoMoreThanItsNumberOfFiveHundredLosesNoneAndLeavesOthersAlone() throws Exception {
        List<Integer> waiting = IntStream.range(0, 500).boxed().toList();
        List<Future<Instance.Answer>> answers = start(waiting);
        busy.ten.await();
        // All but those that run are answered although none of these has ended: nothing is kept for later.
        await().until(() -> counts.count(WebhookKind.EVENT, "mail", Reason.TOO_BUSY) == 490);
        assertThat(instance.event("other", "o1").status()).isEqualTo(200);
        assertThat(instance.action("hello", "{}").status()).isEqualTo(200);
        assertThat(busy.running).hasValue(10);

        busy.free();
        while (!waiting.isEmpty()) {
            List<Integer> again = new ArrayList<>();
            for (int i = 0; i < answers.size(); i++) {
                Instance.Answer answer = answers.get(i).get();
                if (answer.status() == 429) {
                    assertThat(answer.retryAfter()).isBetween(1, 11);
                    again.add(waiting.get(i));
                } else {
                    assertThat(answer.status()).isEqualTo(200);
                }
            }
            waiting = again;
            answers = start(waiting);
        }
        assertThat(busy.most).hasValueLessThanOrEqualTo(10);
        assertThat(busy.done).hasSize(500);
        assertThat(busy.runs).hasValue(500);
    }

    @Test
    void spreadsWhatItSendsAway() throws Exception {
        List<Future<Instance.Answer>> answers =
                start(IntStream.range(0, 110).boxed().toList());
        busy.ten.await();
        await().until(() -> counts.count(WebhookKind.EVENT, "mail", Reason.TOO_BUSY) == 100);
        busy.free();

        List<Integer> times = new ArrayList<>();
        for (Future<Instance.Answer> each : answers) {
            Integer after = each.get().retryAfter();
            if (after != null) {
                times.add(after);
            }
        }
        assertThat(Set.copyOf(times)).hasSizeGreaterThan(5);
    }

    @Test
    void holdsThePlaceOfAFutureUntilItCompletes() throws Exception {
        Future<Instance.Answer> first = threads.submit(() -> instance.event("later", "e1"));
        busy.one.await();
        assertThat(instance.event("later", "e2").status()).isEqualTo(429);

        busy.future.complete("done");

        assertThat(first.get().status()).isEqualTo(200);
        assertThat(instance.event("later", "e2").status()).isEqualTo(200);
    }

    @Test
    void holdsThePlaceOfAMonoUntilItCompletes() throws Exception {
        Future<Instance.Answer> first = threads.submit(() -> instance.event("reactive", "e1"));
        await().until(() -> busy.sink.currentSubscriberCount() > 0);
        assertThat(instance.event("reactive", "e2").status()).isEqualTo(429);

        busy.sink.tryEmitValue("done");

        assertThat(first.get().status()).isEqualTo(200);
        assertThat(instance.event("reactive", "e2").status()).isEqualTo(200);
    }

    @Test
    void givesThePlaceOfAFailureBack() {
        for (int i = 0; i < 3; i++) {
            assertThat(instance.event("throwing", "e" + i).status()).isEqualTo(500);
        }
    }

    @Test
    void sendsAwayWhatComesTooFastUntilThereIsTimeAgain() {
        assertThat(instance.event("hourly", "e1").status()).isEqualTo(200);
        Instance.Answer second = instance.event("hourly", "e2");

        assertThat(second.status()).isEqualTo(429);
        assertThat(second.retryAfter()).isBetween(3500, 3611);
        assertThat(instance.scheduled("nightly", "2026-01-01T00:00:00Z").status())
                .isEqualTo(200);
        assertThat(instance.scheduled("nightly", "2026-01-01T00:00:00Z").status())
                .isEqualTo(429);
    }

    @Test
    void spendsNothingOfTheRateOnWhatFindsNoPlace() throws Exception {
        Future<Instance.Answer> first = threads.submit(() -> instance.event("both", "e1"));
        busy.one.await();
        for (int i = 0; i < 5; i++) {
            assertThat(instance.event("both", "e2").status()).isEqualTo(429);
        }
        busy.free();
        assertThat(first.get().status()).isEqualTo(200);

        assertThat(instance.event("both", "e2").status()).isEqualTo(200);
        assertThat(instance.event("both", "e3").status()).isEqualTo(429);
    }

    @Test
    void isNoAttemptOfARetry() throws Exception {
        Future<Instance.Answer> first =
                threads.submit(() -> instance.event("failing", "e1", 0, "2026-01-01T00:00:00Z", "{\"id\": 1}"));
        busy.one.await();
        for (int retry = 0; retry < 5; retry++) {
            assertThat(failing(retry).status()).isEqualTo(429);
        }
        busy.free();
        assertThat(first.get().status()).isEqualTo(503);

        assertThat(failing(5).status()).isEqualTo(503);
        assertThat(failing(6).status()).isEqualTo(200);
    }

    private Instance.Answer failing(int retry) {
        return instance.event("failing", "e2", retry, "2026-01-01T00:00:00Z", "{\"id\": 2}");
    }

    @Nested
    class WhereSomebodyWaits {

        @Test
        void waitsForAPlace() throws Exception {
            Instance patient = instance(busy, settings(Quota.NONE, Quota.NONE, Map.of(), Duration.ofMinutes(1)));
            Future<Instance.Answer> first = threads.submit(() -> patient.action("pay", "{}"));
            busy.one.await();
            CompletableFuture<Instance.Answer> second = new CompletableFuture<>();
            Thread waiting = new Thread(() -> second.complete(patient.action("pay", "{}")));
            waiting.start();
            await().until(() -> waiting.getState() == Thread.State.TIMED_WAITING);

            busy.free();

            assertThat(first.get().body()).isEqualTo("\"paid\"");
            assertThat(second.get(30, TimeUnit.SECONDS).body()).isEqualTo("\"paid\"");
        }

        @Test
        void isRefusedInTheEndAndNotAskedToComeAgain() throws Exception {
            Instance impatient = instance(busy, settings(Quota.NONE, Quota.NONE, Map.of(), Duration.ofMillis(5)));
            threads.submit(() -> impatient.action("pay", "{}"));
            busy.one.await();

            Instance.Answer answer = impatient.action("pay", "{}");

            assertThat(answer.status()).isEqualTo(429);
            assertThat(answer.retryAfter()).isNull();
            assertThat(answer.body()).contains("\"message\":", "\"code\":\"too-busy\"");
            assertThat(counts.count(WebhookKind.ACTION, "pay", Reason.TOO_BUSY)).isEqualTo(1);
        }

        @Test
        void doesNotWaitWhereTooManyDo() throws Exception {
            Instance full = instance(
                    busy,
                    new LimitSettings(Quota.NONE, Quota.NONE, Map.of(), Duration.ofHours(1), 0, Duration.ofSeconds(1)));
            threads.submit(() -> full.action("pay", "{}"));
            busy.one.await();

            assertThat(full.action("pay", "{}").status()).isEqualTo(429);
        }
    }

    @Nested
    class OfSettings {

        @Test
        void replacesWhatTheHandlerSays() {
            Instance configured = instance(
                    busy,
                    settings(Quota.NONE, Quota.NONE, Map.of("hourly", new Quota(0, Rate.of("2/h"))), Duration.ZERO));

            assertThat(configured.event("hourly", "e1").status()).isEqualTo(200);
            assertThat(configured.event("hourly", "e2").status()).isEqualTo(200);
            assertThat(configured.event("hourly", "e3").status()).isEqualTo(429);
        }

        @Test
        void limitsDeliveriesTogetherAndLeavesRoomForActions() {
            Instance configured =
                    instance(busy, settings(Quota.NONE, new Quota(0, Rate.of("1/h")), Map.of(), Duration.ZERO));

            assertThat(configured.event("other", "e1").status()).isEqualTo(200);
            assertThat(configured.scheduled("nightly", "2026-01-01T00:00:00Z").status())
                    .isEqualTo(429);
            assertThat(configured.action("hello", "{}").status()).isEqualTo(200);
        }

        @Test
        void limitsAllCallsTogether() {
            Instance configured =
                    instance(busy, settings(new Quota(0, Rate.of("1/h")), Quota.NONE, Map.of(), Duration.ZERO));

            assertThat(configured.event("other", "e1").status()).isEqualTo(200);
            assertThat(configured.action("hello", "{}").body()).contains("too-busy");
        }

        @Test
        void areForHandlersThatThereAre() {
            LimitAdvisor advisor = new LimitAdvisor(
                    settings(Quota.NONE, Quota.NONE, Map.of("mial", new Quota(1, null)), Duration.ZERO),
                    true,
                    counts,
                    new Random(1));
            try (Instance any = new Instance(new Busy(), advisor)) {
                assertThatExceptionOfType(InvalidHandlerException.class)
                        .isThrownBy(advisor::requireHandlers)
                        .withMessageContaining("limits for mial,")
                        .withMessageContaining("mail");
            }
        }
    }

    static class LimitsNothing {
        @HasuraEvent
        @Limit
        void event() {}
    }

    static class NoRate {
        @HasuraEvent
        @Limit(rate = "fast")
        void event() {}
    }

    static class Negative {
        @HasuraEvent
        @Limit(concurrency = -1)
        void event() {}
    }

    static class Rated {
        @HasuraEvent
        @Limit(rate = "90/min")
        void event() {}
    }

    @Test
    void stopsTheApplicationOverMistakes() {
        for (Object each : List.of(new LimitsNothing(), new NoRate(), new Negative())) {
            assertThatExceptionOfType(InvalidHandlerException.class)
                    .isThrownBy(() -> instance(each, LimitSettings.defaults()))
                    .withMessageContaining(each.getClass().getName());
        }
    }

    @Test
    void stopsTheApplicationWhereNobodyKeepsTheRate() {
        LimitAdvisor without = new LimitAdvisor(LimitSettings.defaults(), false, counts, new Random(1));

        assertThatExceptionOfType(InvalidHandlerException.class)
                .isThrownBy(() -> new Instance(new Rated(), without))
                .withMessageContaining("Rated.event() limits the rate to 90 in 1m")
                .withMessageContaining("com.bucket4j:bucket4j_jdk17-core");
    }

    @Test
    void readsRates() {
        assertThat(Rate.of("100/min")).isEqualTo(new Rate(100, Duration.ofMinutes(1)));
        assertThat(Rate.of(" 5 / s ")).isEqualTo(new Rate(5, Duration.ofSeconds(1)));
        assertThat(Rate.of("2/H")).isEqualTo(new Rate(2, Duration.ofHours(1)));
        assertThat(Rate.of("30/10s")).isEqualTo(new Rate(30, Duration.ofSeconds(10)));
        for (String each : List.of("", "100", "0/s", "-1/s", "1/0s", "x/s", "1/soon", "9999999999999/s")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Rate.of(each))
                    .withMessageContaining("\"" + each + "\" is no rate");
        }
    }
}
