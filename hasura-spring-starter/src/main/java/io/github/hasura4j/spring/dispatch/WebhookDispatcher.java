package io.github.hasura4j.spring.dispatch;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import io.github.hasura4j.payload.ActionError;
import io.github.hasura4j.spring.HasuraActionException;
import io.github.hasura4j.spring.WebhookInterceptor;
import io.github.hasura4j.spring.WebhookKind;
import io.github.hasura4j.spring.dispatch.PayloadDecoder.Decoded;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers a request of the engine: checks the secret, finds the handler, calls it, and turns whatever happens into the JSON and
 * the status that the engine understands.
 *
 * <p>In this order: secret (401), method (405), content type (415), size (413), JSON (400), name (404), input (400), the
 * handler. A name in the path wins over the one in the body, so that a request transform may change the body; the payload
 * keeps the body's. Nothing is ever answered with {@code Retry-After}, which would make the engine retry beyond its limit.
 *
 * <p>It knows no web framework: an adapter makes a {@link WebhookRequest} and writes the {@link WebhookResponse}. Safe for use
 * by many threads; a call runs on the thread that makes it, and an asynchronous handler's answer is made on the thread that
 * completes its future.
 */
public final class WebhookDispatcher {

    private static final Logger log = LoggerFactory.getLogger(WebhookDispatcher.class);

    private static final Map<String, String> JSON = Map.of("Content-Type", "application/json");

    private final HandlerRegistry registry;
    private final WebhookSettings settings;
    private final List<WebhookInterceptor> interceptors;
    private final WebhookJson json;
    private final SecretCheck secret;
    private final BodyReader bodies;
    private final NameScanner names;

    /**
     * Nothing is searched or checked yet: call {@link #verify()} at start-up.
     *
     * @param interceptors go around every call, the first one outermost
     */
    public WebhookDispatcher(
            HandlerRegistry registry, WebhookSettings settings, List<WebhookInterceptor> interceptors) {
        this.registry = registry;
        this.settings = settings;
        this.interceptors = List.copyOf(interceptors);
        this.json = registry.json();
        this.secret = new SecretCheck(settings);
        this.bodies = new BodyReader(settings.maxBodySize());
        this.names = new NameScanner(json);
    }

    /**
     * Looks at all handlers, so that mistakes stop the application and not a call.
     *
     * @throws InvalidHandlerException if a handler cannot work
     * @throws MissingSecretException if there are handlers, no secret, and no permission to go without
     */
    public void verify() {
        int handlers = registry.handlers().size();
        log.info("Found {} handler(s) for Hasura", handlers);
        if (handlers > 0 && settings.secrets().isEmpty()) {
            if (!settings.allowUnauthenticated()) {
                throw new MissingSecretException(handlers);
            }
            log.warn("Hasura webhooks accept everybody: there is no webhook secret, and that is allowed");
        }
    }

    /**
     * The answer: there already when this returns, unless the handler is asynchronous. Neither throws nor fails for anything a
     * request or a handler does.
     */
    public CompletionStage<WebhookResponse> dispatch(WebhookRequest request) {
        try {
            return answer(request);
        } catch (RuntimeException e) {
            // Only what happens outside of a handler's call: reading and looking up.
            return CompletableFuture.completedFuture(failed(null, e));
        }
    }

    private CompletionStage<WebhookResponse> answer(WebhookRequest request) {
        if (!secret.accepts(request.headers())) {
            throw Refusal.unauthenticated();
        }
        if (!request.method().equals("POST")) {
            throw Refusal.methodNotAllowed();
        }
        if (!mayBeJson(request.headers().first("content-type"))) {
            throw Refusal.unsupportedMediaType();
        }
        byte[] body = bodies.read(request.headers(), request.body());
        WebhookKind kind = request.kind();
        String inPath = request.name();
        String name = inPath == null ? names.scan(body, holder(kind)) : inPath;
        Handler handler = registry.find(kind, name);
        if (handler == null) {
            throw unknown(kind, name);
        }
        return call(handler, request, body);
    }

    private CompletionStage<WebhookResponse> call(Handler handler, WebhookRequest request, byte[] body) {
        Object result;
        CompletionStage<?> later;
        try {
            Decoded decoded = handler.decode(body);
            DefaultWebhookCall call =
                    new DefaultWebhookCall(handler.method(), request.headers(), decoded.payload(), decoded.inputPath());
            result = proceed(handler, call, 0);
            later = handler.later(result);
        } catch (Throwable e) {
            return CompletableFuture.completedFuture(failed(handler, e));
        }
        return later == null ? CompletableFuture.completedFuture(succeeded(handler, result)) : await(handler, later);
    }

    /** What becomes of a promise: its value, its failure, or the end of our patience. */
    private CompletionStage<WebhookResponse> await(Handler handler, CompletionStage<?> later) {
        CompletableFuture<WebhookResponse> answer = new CompletableFuture<>();
        later.whenComplete((value, thrown) ->
                answer.complete(thrown == null ? succeeded(handler, value) : failed(handler, unwrapped(thrown))));
        return answer.orTimeout(settings.asyncTimeout().toMillis(), TimeUnit.MILLISECONDS)
                .exceptionally(thrown -> {
                    if (later instanceof Future<?> running) {
                        running.cancel(true);
                    }
                    return failed(handler, unwrapped(thrown));
                });
    }

    private static Throwable unwrapped(Throwable thrown) {
        return thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown;
    }

    private WebhookResponse succeeded(Handler handler, @Nullable Object result) {
        try {
            Object value = result instanceof Optional<?> optional ? optional.orElse(null) : result;
            if (value == null && handler.method().kind() != WebhookKind.ACTION) {
                value = Map.of();
            }
            return new WebhookResponse(200, JSON, json.write(value));
        } catch (RuntimeException | StackOverflowError unwritable) {
            return bug(handler, unwritable);
        }
    }

    /** The answer for what was thrown; with a handler, by it or on the way to it. */
    private WebhookResponse failed(@Nullable Handler handler, Throwable thrown) {
        if (thrown instanceof Refusal refusal) {
            log.debug(
                    "Refused a webhook request: {} {}",
                    refusal.status(),
                    refusal.error().code());
            Map<String, String> headers = new LinkedHashMap<>(JSON);
            headers.putAll(refusal.headers());
            return new WebhookResponse(refusal.status(), headers, json.write(refusal.error()));
        }
        if (handler != null && thrown instanceof HasuraActionException refusal) {
            return refused(handler, refusal);
        }
        if (thrown instanceof VirtualMachineError fatal && !(thrown instanceof StackOverflowError)) {
            throw fatal;
        }
        if (thrown instanceof InterruptedException) {
            Thread.currentThread().interrupt();
        }
        return bug(handler, thrown);
    }

    private @Nullable Object proceed(Handler handler, DefaultWebhookCall call, int next) throws Exception {
        return next == interceptors.size()
                ? handler.call(call)
                : interceptors.get(next).intercept(call, () -> proceed(handler, call, next + 1));
    }

    private WebhookResponse refused(Handler handler, HasuraActionException e) {
        try {
            return new WebhookResponse(e.status(), JSON, json.write(e.error()));
        } catch (RuntimeException unwritable) {
            return bug(handler, unwritable);
        }
    }

    private WebhookResponse bug(@Nullable Handler handler, Throwable thrown) {
        String reference = UUID.randomUUID().toString();
        if (handler == null) {
            log.error("A webhook request failed, reference {}", reference, thrown);
        } else {
            HandlerMethod method = handler.method();
            log.error("{} for {} '{}' failed, reference {}", method, method.kind(), method.name(), reference, thrown);
        }
        ActionError error = ActionError.of("internal-error", "Internal error").with("reference", reference);
        return new WebhookResponse(500, JSON, json.write(error));
    }

    private Refusal unknown(WebhookKind kind, String name) {
        String shown = name.length() > 100 ? name.substring(0, 100) + "…" : name;
        List<String> close = CloseNames.of(name, registry.names(kind).keySet());
        String annotation = kind == WebhookKind.ACTION ? "@HasuraAction" : "@HasuraEvent";
        // Names of other handlers stay here: the engine shows the message to its clients.
        log.warn(
                "No handler for the {} '{}'.{} Annotate a bean's method with {}(\"{}\"), or correct the name in the metadata",
                kind,
                shown,
                close.isEmpty() ? "" : " Close: " + String.join(", ", close) + ".",
                annotation,
                shown);
        return Refusal.unknownHandler(
                kind == WebhookKind.ACTION ? "unknown-action" : "unknown-trigger",
                "No handler for the %s '%s'".formatted(kind, shown));
    }

    /** The object in the body whose {@code name} tells handlers apart. */
    private static String holder(WebhookKind kind) {
        return switch (kind) {
            case ACTION -> "action";
            case EVENT -> "trigger";
        };
    }

    /** Whether a content type says JSON, or is not there at all: whatever else it says, {@link #dispatch} refuses it unread. */
    public static boolean mayBeJson(@Nullable String contentType) {
        if (contentType == null) {
            return true;
        }
        int parameters = contentType.indexOf(';');
        String type = (parameters < 0 ? contentType : contentType.substring(0, parameters))
                .strip()
                .toLowerCase(Locale.ROOT);
        return type.equals("application/json") || type.startsWith("application/") && type.endsWith("+json");
    }
}
