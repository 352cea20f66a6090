package io.github.hasura4j.client;

import java.lang.reflect.Method;
import java.net.http.HttpClient;
import java.time.Duration;

/** Ends an {@code HttpClient}, which Java learned to do with 21; before, it ends by itself once nobody holds it. */
final class HttpClients {

    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private HttpClients() {}

    static void shutdown(HttpClient client) {
        if (!(client instanceof AutoCloseable)) {
            return;
        }
        try {
            Method shutdownNow = HttpClient.class.getMethod("shutdownNow");
            Method awaitTermination = HttpClient.class.getMethod("awaitTermination", Duration.class);
            shutdownNow.invoke(client);
            awaitTermination.invoke(client, PATIENCE);
        } catch (ReflectiveOperationException e) {
            if (e.getCause() instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
