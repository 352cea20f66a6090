package io.github.hasura4j.client;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

import io.github.hasura4j.client.HasuraTransportException.Reason;
import io.github.hasura4j.client.HasuraTransportException.Sent;
import org.jspecify.annotations.Nullable;

/** A token at a time, and one question at a time for the next. Holds no lock while it waits. */
final class CachedTokens implements TokenSupplier {

    /** After a source failed while the present token was still good, so that not every call waits for it to fail again. */
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Supplier<AccessToken> source;
    private final Duration ahead;
    private final Clock clock;
    private final AtomicReference<@Nullable AccessToken> present = new AtomicReference<>();
    private final AtomicReference<@Nullable CompletableFuture<AccessToken>> question = new AtomicReference<>();
    private volatile Instant notBefore = Instant.MIN;

    CachedTokens(Supplier<AccessToken> source, Duration ahead, Clock clock) {
        this.source = source;
        this.ahead = ahead;
        this.clock = clock;
    }

    @Override
    public AccessToken token() {
        AccessToken known = present.get();
        Instant now = clock.instant();
        if (known == null || !isGood(known, now)) {
            return ask(known, true);
        }
        boolean ending = !isGood(known, now.plus(ahead));
        return ending && !now.isBefore(notBefore) ? ask(known, false) : known;
    }

    @Override
    public void rejected(AccessToken token) {
        AccessToken known = present.get();
        if (known != null && known.value().equals(token.value())) {
            present.compareAndSet(known, null);
        }
    }

    private static boolean isGood(AccessToken token, Instant when) {
        return token.expiresAt().map(when::isBefore).orElse(true);
    }

    /** @param known what there is, and is to be replaced; given instead where it still will do and somebody else asks */
    private AccessToken ask(@Nullable AccessToken known, boolean needed) {
        CompletableFuture<AccessToken> mine = new CompletableFuture<>();
        CompletableFuture<AccessToken> running = question.compareAndExchange(null, mine);
        if (running != null) {
            return known != null && !needed ? known : await(running);
        }
        try {
            AccessToken now = present.get();
            if (now == known || now == null) { // Else somebody was faster.
                now = source.get();
                present.set(now);
            }
            mine.complete(now);
            return now;
        } catch (Throwable e) {
            mine.completeExceptionally(e);
            if (known != null && !needed && e instanceof RuntimeException) {
                notBefore = clock.instant().plus(PAUSE);
                return known;
            }
            throw e;
        } finally {
            question.set(null);
        }
    }

    private static AccessToken await(CompletableFuture<AccessToken> running) {
        try {
            return running.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HasuraTransportException(
                    "Interrupted while another thread asked for a token", Reason.INTERRUPTED, Sent.NO, null, e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException("The question for a token ended unexpectedly", e);
        }
    }

    @Override
    public String toString() {
        return "TokenSupplier[cached, " + present.get() + "]";
    }
}
