package io.github.hasura4j.client;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

import io.github.hasura4j.client.HasuraTransportException.Reason;
import io.github.hasura4j.client.HasuraTransportException.Sent;
import org.jspecify.annotations.Nullable;

/**
 * The schemas that a client and its views have asked for: each once, by one thread, while others who need it wait. A
 * question that failed is forgotten. A schema that turned out not to know what somebody asks for is asked for again, while
 * those whose calls fit the one at hand go on with it.
 */
final class Schemas {

    /** How old a schema has to be, so that a misspelt name does not ask for it over and over. */
    private static final Duration YOUNG = Duration.ofSeconds(5);

    private final Function<Identity, Schema> question;
    private final @Nullable Identity administrator;
    private final LongSupplier nanoTime;
    private final ConcurrentMap<String, CompletableFuture<Dated>> byRole = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, CompletableFuture<Dated>> renewals = new ConcurrentHashMap<>();

    private Schemas(Function<Identity, Schema> question, @Nullable Identity administrator, LongSupplier nanoTime) {
        this.question = question;
        this.administrator = administrator;
        this.nanoTime = nanoTime;
    }

    /** One schema, the administrator's, if there is the secret to get it; else one for each role. */
    static Schemas of(Identity identity, Function<Identity, Schema> question, LongSupplier nanoTime) {
        return new Schemas(question, identity.hasAdminSecret() ? identity.asAdministrator() : null, nanoTime);
    }

    /** One schema for all, which is never asked for again. */
    static Schemas of(Supplier<Schema> fixed, LongSupplier nanoTime) {
        Identity anybody = Identity.of(Credentials.none(), null, Map.of());
        return new Schemas(
                new Function<>() {
                    private volatile @Nullable Schema schema;

                    @Override
                    public Schema apply(Identity asker) {
                        Schema known = schema;
                        if (known == null) {
                            known = fixed.get();
                            schema = known;
                        }
                        return known;
                    }
                },
                anybody,
                nanoTime);
    }

    /** What a view with another token asks: the same, unless what is known here depends on who asked. */
    Schemas forOtherToken() {
        return administrator != null ? this : new Schemas(question, null, nanoTime);
    }

    Schema of(Identity identity) {
        return current(asker(identity)).schema();
    }

    /** The schema if it is there already. */
    @Nullable
    Schema known(Identity identity) {
        CompletableFuture<Dated> known = byRole.get(key(asker(identity)));
        return known != null && known.isDone() && !known.isCompletedExceptionally()
                ? known.join().schema()
                : null;
    }

    /** The schema asked for after this one; the same if it is young, or if the engine does not tell. */
    Schema after(Schema known, Identity identity) {
        Identity asker = asker(identity);
        Dated current = current(asker);
        if (current.schema() != known || nanoTime.getAsLong() - current.askedAt() < YOUNG.toNanos()) {
            return current.schema();
        }
        String key = key(asker);
        return once(renewals, key, () -> {
                    Dated latest = current(asker);
                    if (latest == current) { // Nobody was faster.
                        latest = dated(renewed(known, asker));
                        byRole.put(key, CompletableFuture.completedFuture(latest));
                    }
                    renewals.remove(key);
                    return latest;
                })
                .schema();
    }

    private Schema renewed(Schema known, Identity asker) {
        try {
            return question.apply(asker);
        } catch (HasuraException e) {
            return known; // Whoever asks for what it does not know is refused, and may try again.
        }
    }

    private Dated current(Identity asker) {
        return once(byRole, key(asker), () -> dated(question.apply(asker)));
    }

    private Dated dated(Schema schema) {
        return new Dated(schema, nanoTime.getAsLong());
    }

    private Identity asker(Identity identity) {
        return administrator != null ? administrator : identity;
    }

    private static String key(Identity asker) {
        return asker.role() == null ? "" : asker.role();
    }

    private static Dated once(
            ConcurrentMap<String, CompletableFuture<Dated>> answers, String key, Supplier<Dated> asking) {
        while (true) {
            CompletableFuture<Dated> mine = new CompletableFuture<>();
            CompletableFuture<Dated> earlier = answers.putIfAbsent(key, mine);
            if (earlier == null) {
                return ask(answers, key, mine, asking);
            }
            Dated answer = await(earlier);
            if (answer != null) {
                return answer;
            }
        }
    }

    private static Dated ask(
            ConcurrentMap<String, CompletableFuture<Dated>> answers,
            String key,
            CompletableFuture<Dated> mine,
            Supplier<Dated> asking) {
        try {
            Dated answer = asking.get();
            mine.complete(answer);
            return answer;
        } catch (Throwable e) {
            answers.remove(key, mine);
            mine.completeExceptionally(e);
            throw e;
        }
    }

    /** Null if the thread that asked was interrupted, which is no reason for this one to fail. */
    private static @Nullable Dated await(CompletableFuture<Dated> running) {
        try {
            return running.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HasuraTransportException(
                    "Interrupted while another thread asked for the schema", Reason.INTERRUPTED, Sent.NO, null, e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof HasuraTransportException failure && failure.reason() == Reason.INTERRUPTED) {
                return null;
            }
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException("The question for the schema ended unexpectedly", e);
        }
    }

    /** What the engine told, and when. */
    private record Dated(Schema schema, long askedAt) {}
}
