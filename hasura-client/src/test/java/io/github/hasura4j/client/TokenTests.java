package io.github.hasura4j.client;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TokenTests {

    private static final String REJECTED =
            "{\"errors\": [{\"message\": \"Could not verify JWT: JWTExpired\", \"extensions\": {\"path\": \"$\", \"code\": \"invalid-jwt\"}}]}";
    private static final String REJECTED_IN_THE_OLD_SHAPE =
            "{\"path\": \"$\", \"error\": \"Could not verify JWT: JWTExpired\", \"code\": \"invalid-jwt\"}";

    @AutoClose
    private final FakeEngine engine = new FakeEngine();

    private final AtomicInteger issued = new AtomicInteger();

    @Nested
    class Cached {

        private final MovingClock clock = new MovingClock();
        private final TokenSupplier tokens =
                new CachedTokens(() -> next(Duration.ofMinutes(5)), Duration.ofSeconds(30), clock);

        @Test
        void isAskedForOnceAsLongAsItIsGood() {
            assertThat(tokens.token().value()).isEqualTo("token-1");
            clock.pass(Duration.ofMinutes(4));
            assertThat(tokens.token().value()).isEqualTo("token-1");
        }

        @Test
        void isReplacedBeforeItEnds() {
            tokens.token();
            clock.pass(Duration.ofMinutes(4).plusSeconds(40));
            assertThat(tokens.token().value()).isEqualTo("token-2");
        }

        @Test
        void isReplacedWhenItWasRefused() {
            AccessToken first = tokens.token();
            tokens.rejected(first);
            assertThat(tokens.token().value()).isEqualTo("token-2");

            tokens.rejected(first); // by somebody who was late
            assertThat(tokens.token().value()).isEqualTo("token-2");
        }

        @Test
        void isKeptUntilRefusedIfItSaysNoEnd() {
            TokenSupplier endless = new CachedTokens(
                    () -> AccessToken.of("token-" + issued.incrementAndGet()), Duration.ofSeconds(30), clock);
            endless.token();
            clock.pass(Duration.ofDays(1000));

            assertThat(endless.token().value()).isEqualTo("token-1");
        }

        @Test
        void isAskedForByOneHoweverManyNeedIt() throws Exception {
            int callers = 8;
            CountDownLatch begun = new CountDownLatch(callers);
            TokenSupplier slow = TokenSupplier.cached(
                    () -> {
                        awaits(begun);
                        return AccessToken.of("token-" + issued.incrementAndGet());
                    },
                    Duration.ZERO);
            ExecutorService threads = Executors.newFixedThreadPool(callers);
            try {
                List<Future<AccessToken>> all = new ArrayList<>();
                for (int i = 0; i < callers; i++) {
                    all.add(threads.submit(() -> {
                        begun.countDown();
                        return slow.token();
                    }));
                }
                Set<String> given = ConcurrentHashMap.newKeySet();
                for (Future<AccessToken> each : all) {
                    given.add(each.get(20, TimeUnit.SECONDS).value());
                }
                assertThat(given).containsExactly("token-1");
            } finally {
                threads.shutdownNow();
            }
        }

        @Test
        void isUsedOnIfTheSourceFailsWhileItIsStillGood() {
            AtomicInteger asked = new AtomicInteger();
            TokenSupplier shaky = new CachedTokens(
                    () -> {
                        if (asked.incrementAndGet() == 2) {
                            throw new IllegalStateException("the provider is away");
                        }
                        return next(Duration.ofMinutes(5));
                    },
                    Duration.ofSeconds(30),
                    clock);
            shaky.token();
            clock.pass(Duration.ofMinutes(4).plusSeconds(40));

            assertThat(shaky.token().value()).isEqualTo("token-1");
            assertThat(shaky.token().value()).as("without asking again at once").isEqualTo("token-1");
            clock.pass(Duration.ofSeconds(2));
            assertThat(shaky.token().value()).isEqualTo("token-2");
            assertThat(asked).hasValue(3);
        }

        @Test
        void failsWithTheSourceIfThereIsNone() {
            TokenSupplier broken = TokenSupplier.cached(
                    () -> {
                        throw new IllegalStateException("the provider is away");
                    },
                    Duration.ZERO);

            assertThatThrownBy(broken::token).hasMessage("the provider is away");
        }

        private AccessToken next(Duration lifetime) {
            return AccessToken.of(
                    "token-" + issued.incrementAndGet(), clock.instant().plus(lifetime));
        }

        private void awaits(CountDownLatch latch) {
            try {
                latch.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Nested
    class Refused {

        private final TokenSupplier tokens =
                TokenSupplier.cached(() -> AccessToken.of("token-" + issued.incrementAndGet()), Duration.ofSeconds(30));
        private final HasuraClient hasura =
                engine.client().credentials(Credentials.bearer(tokens)).build();

        @Test
        void isReplacedAndTheQueryRepeated() {
            engine.answersInTurn(
                    FakeEngine.answer(200, REJECTED), FakeEngine.answer(200, "{\"data\": {\"hello\": \"hi\"}}"));

            assertThat(hasura.query("hello").execute().row(String.class)).contains("hi");
            assertThat(sent()).containsExactly("Bearer token-1", "Bearer token-2");
        }

        @Test
        void isReplacedForAMutationTooBecauseNothingWasRun() {
            engine.answersInTurn(
                    FakeEngine.answer(200, REJECTED_IN_THE_OLD_SHAPE),
                    FakeEngine.answer(200, "{\"data\": {\"ping\": 1}}"));

            assertThat(hasura.mutation("ping").execute().row(Integer.class)).contains(1);
        }

        @Test
        void isReplacedForAnAsynchronousCall() throws Exception {
            engine.answersInTurn(
                    FakeEngine.answer(401, REJECTED), FakeEngine.answer(200, "{\"data\": {\"hello\": \"hi\"}}"));

            assertThat(hasura.query("hello").executeAsync().get().row(String.class))
                    .contains("hi");
        }

        @Test
        void isReplacedOnlyOnce() {
            engine.answers(REJECTED);

            assertThatThrownBy(() -> hasura.query("hello").execute().data())
                    .isInstanceOf(HasuraAuthenticationException.class);
            assertThat(sent()).containsExactly("Bearer token-1", "Bearer token-2");
        }

        @Test
        void isNotSentAgainIfThereIsNoOther() {
            engine.answers(REJECTED);

            assertThatThrownBy(() -> engine.client()
                            .bearerToken("same")
                            .build()
                            .query("hello")
                            .execute()
                            .data())
                    .isInstanceOf(HasuraAuthenticationException.class);
            assertThat(sent()).containsExactly("Bearer same");
        }

        private List<String> sent() {
            return engine.received().stream()
                    .map(each -> each.headers().getFirst("Authorization"))
                    .toList();
        }
    }

    @Nested
    class AJwt {

        @Test
        void saysItselfHowLongItIsGood() {
            assertThat(AccessToken.ofJwt(jwt("{\"sub\": \"7\", \"exp\": 1790000000}"))
                            .expiresAt())
                    .contains(Instant.ofEpochSecond(1_790_000_000));
            assertThat(AccessToken.ofJwt(jwt("{\"sub\": \"7\"}")).expiresAt()).isEmpty();
        }

        @Test
        void isNotShown() {
            assertThat(AccessToken.of("hunter2").toString()).doesNotContain("hunter2");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> AccessToken.ofJwt("hunter2"))
                    .withMessageNotContaining("hunter2");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> AccessToken.ofJwt("a.hunter2.b"))
                    .withMessageNotContaining("hunter2")
                    .withNoCause();
        }

        private String jwt(String claims) {
            return "e30."
                    + Base64.getUrlEncoder().withoutPadding().encodeToString(claims.getBytes(StandardCharsets.UTF_8))
                    + ".sig";
        }
    }

    @Nested
    class OtherCredentials {

        @Test
        void mayBeHeadersOfAnyKind() {
            Supplier<Map<String, String>> headers =
                    () -> new TreeMap<>(Map.of("Authorization", "Basic abc", "x-api-key", "k"));
            HasuraClient hasura = engine.client()
                    .credentials(Credentials.headers(headers))
                    .role("editor")
                    .build();

            hasura.query("hello").execute();

            assertThat(engine.asked().headers().getFirst("Authorization")).isEqualTo("Basic abc");
            assertThat(engine.asked().headers().getFirst("x-api-key")).isEqualTo("k");
            assertThat(engine.asked().headers().getFirst("x-hasura-role")).isEqualTo("editor");
            assertThat(hasura.toString()).doesNotContain("abc");
        }

        @Test
        void doNotSmuggleInTheAdminSecret() {
            HasuraClient hasura = engine.client()
                    .credentials(Credentials.headers(() -> Map.of("X-Hasura-Admin-Secret", "s")))
                    .build();

            assertThatIllegalArgumentException()
                    .isThrownBy(() -> hasura.query("hello").execute());
        }

        @Test
        void replaceThoseOfTheClientInAView() {
            engine.admin()
                    .asRole("editor")
                    .withCredentials(Credentials.none())
                    .query("hello")
                    .execute();

            assertThat(engine.asked().headers()).doesNotContainKeys("X-hasura-admin-secret", "X-hasura-role");
        }
    }

    /** A clock that stands still unless moved. */
    private static final class MovingClock extends Clock {

        private Instant now = Instant.parse("2026-01-01T00:00:00Z");

        void pass(Duration duration) {
            now = now.plus(duration);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }
    }
}
