package io.github.hasura4j.client;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;

import io.github.hasura4j.client.HasuraTransportException.Reason;
import io.github.hasura4j.client.HasuraTransportException.Sent;
import org.jspecify.annotations.Nullable;

/**
 * The schemas that a client and its views have asked for: each once, by one thread, while others who need it wait. A
 * question that failed is forgotten.
 */
final class Schemas {

    private final Function<Identity, Schema> question;
    private final @Nullable Identity administrator;
    private final ConcurrentMap<String, CompletableFuture<Schema>> byRole = new ConcurrentHashMap<>();

    private Schemas(Function<Identity, Schema> question, @Nullable Identity administrator) {
        this.question = question;
        this.administrator = administrator;
    }

    /** One schema, the administrator's, if there is the secret to get it; else one for each role. */
    static Schemas of(Identity identity, Function<Identity, Schema> question) {
        return new Schemas(question, identity.hasAdminSecret() ? identity.asAdministrator() : null);
    }

    /** What a view with another token asks: the same, unless what is known here depends on who asked. */
    Schemas forOtherToken() {
        return administrator != null ? this : new Schemas(question, null);
    }

    Schema of(Identity identity) {
        Identity asker = administrator != null ? administrator : identity;
        String key = asker.role() == null ? "" : asker.role();
        while (true) {
            CompletableFuture<Schema> mine = new CompletableFuture<>();
            CompletableFuture<Schema> earlier = byRole.putIfAbsent(key, mine);
            if (earlier == null) {
                return ask(key, mine, asker);
            }
            Schema schema = await(earlier);
            if (schema != null) {
                return schema;
            }
        }
    }

    private Schema ask(String key, CompletableFuture<Schema> mine, Identity asker) {
        try {
            Schema schema = question.apply(asker);
            mine.complete(schema);
            return schema;
        } catch (Throwable e) {
            byRole.remove(key, mine);
            mine.completeExceptionally(e);
            throw e;
        }
    }

    /** Null if the thread that asked was interrupted, which is no reason for this one to fail. */
    private static @Nullable Schema await(CompletableFuture<Schema> running) {
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
}
