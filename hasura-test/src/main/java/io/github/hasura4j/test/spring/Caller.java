package io.github.hasura4j.test.spring;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

import io.github.hasura4j.client.project.HeaderMetadata;
import io.github.hasura4j.spring.WebhookHeaders;
import io.github.hasura4j.spring.WebhookKind;
import io.github.hasura4j.spring.dispatch.HandlerMethod;
import io.github.hasura4j.spring.dispatch.HandlerRegistry;
import io.github.hasura4j.spring.dispatch.WebhookDispatcher;
import io.github.hasura4j.spring.dispatch.WebhookRequest;
import io.github.hasura4j.spring.dispatch.WebhookResponse;
import io.github.hasura4j.test.engine.http.Webhooks;
import org.jspecify.annotations.Nullable;

/**
 * Where handlers are and how to get there, for an engine that does not know whether HTTP is in between.
 *
 * @param exchange makes calls
 * @param urls the endpoints
 * @param header the header with the secret
 * @param secrets the secrets of the endpoints
 * @param known the names of handlers; null where nobody can tell
 */
record Caller(
        Webhooks.Exchange exchange,
        Map<WebhookKind, String> urls,
        String header,
        Map<WebhookKind, String> secrets,
        Function<WebhookKind, @Nullable List<String>> known) {

    private static final String NOWHERE = "http://handlers.invalid/";

    /** Handlers in this JVM, called on the thread that calls. */
    static Caller of(
            WebhookDispatcher dispatcher, HandlerRegistry handlers, String header, Map<WebhookKind, String> secrets) {
        Map<WebhookKind, String> urls = new EnumMap<>(WebhookKind.class);
        for (WebhookKind kind : WebhookKind.values()) {
            urls.put(kind, NOWHERE + kind.name());
        }
        return new Caller(
                (method, url, headers, body, timeout) -> dispatch(dispatcher, method, url, headers, body, timeout),
                urls,
                header,
                secrets,
                kind -> handlers.handlers().stream()
                        .filter(each -> each.kind() == kind)
                        .map(HandlerMethod::name)
                        .sorted()
                        .toList());
    }

    /** Handlers of an application that runs, behind the starter's own paths. */
    static Caller over(URI baseUrl, String secret) {
        String base = baseUrl.toString().replaceFirst("/+$", "") + "/hasura/";
        Webhooks http = new Webhooks(Map.of(), true);
        Map<WebhookKind, String> secrets = new EnumMap<>(WebhookKind.class);
        for (WebhookKind kind : WebhookKind.values()) {
            secrets.put(kind, secret);
        }
        return new Caller(
                http::call,
                Map.of(
                        WebhookKind.ACTION, base + "actions",
                        WebhookKind.EVENT, base + "events",
                        WebhookKind.SCHEDULED, base + "scheduled",
                        WebhookKind.VALIDATION, base + "validations",
                        WebhookKind.AUTH_HOOK, base + "auth-hook"),
                "X-Webhook-Secret",
                secrets,
                kind -> null);
    }

    /** The same with another secret at one endpoint. */
    Caller withSecret(WebhookKind kind, String secret) {
        Map<WebhookKind, String> changed = new EnumMap<>(secrets);
        changed.put(kind, secret);
        return new Caller(exchange, urls, header, changed, known);
    }

    /** The same with an endpoint elsewhere. */
    Caller withUrl(WebhookKind kind, String url) {
        Map<WebhookKind, String> changed = new EnumMap<>(urls);
        changed.put(kind, url);
        return new Caller(exchange, changed, header, secrets, known);
    }

    String url(WebhookKind kind) {
        return String.valueOf(urls.get(kind));
    }

    /** An endpoint with a name at its end, which may hold spaces. */
    String url(WebhookKind kind, String name) {
        return url(kind) + "/" + URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** What the metadata of an endpoint sends along. */
    List<HeaderMetadata> headers(WebhookKind kind) {
        return List.of(new HeaderMetadata(header, secret(kind), null));
    }

    String secret(WebhookKind kind) {
        return secrets.getOrDefault(kind, "");
    }

    private static Webhooks.Answer dispatch(
            WebhookDispatcher dispatcher,
            String method,
            String url,
            Map<String, String> headers,
            @Nullable String body,
            Duration timeout)
            throws IOException {
        String[] path = url.substring(NOWHERE.length()).split("/", 2);
        WebhookRequest request = new WebhookRequest(
                WebhookKind.valueOf(path[0]),
                method,
                path.length == 1 ? null : URLDecoder.decode(path[1], StandardCharsets.UTF_8),
                WebhookHeaders.of(headers),
                null,
                new ByteArrayInputStream((body == null ? "" : body).getBytes(StandardCharsets.UTF_8)));
        long begin = System.nanoTime();
        try {
            WebhookResponse response =
                    dispatcher.dispatch(request).toCompletableFuture().get(timeout.toMillis(), TimeUnit.MILLISECONDS);
            if (System.nanoTime() - begin > timeout.toNanos()) {
                throw new TimeoutException();
            }
            Map<String, List<String>> lower = new LinkedHashMap<>();
            response.headers().forEach((name, values) -> lower.put(name.toLowerCase(Locale.ROOT), values));
            return new Webhooks.Answer(response.status(), lower, response.body());
        } catch (TimeoutException e) {
            throw new IOException("request timed out after " + timeout.toSeconds() + " s", e);
        } catch (ExecutionException e) {
            throw new IOException("the dispatcher failed", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /** Leaves the secrets out. */
    @Override
    public String toString() {
        return "Caller" + urls.values();
    }
}
