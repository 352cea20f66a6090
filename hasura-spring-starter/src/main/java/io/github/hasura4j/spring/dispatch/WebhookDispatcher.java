package io.github.hasura4j.spring.dispatch;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import io.github.hasura4j.payload.ActionError;
import io.github.hasura4j.payload.AuthHookPayload;
import io.github.hasura4j.spring.FailurePolicy;
import io.github.hasura4j.spring.HasuraActionException;
import io.github.hasura4j.spring.WebhookHeaders;
import io.github.hasura4j.spring.WebhookInterceptor;
import io.github.hasura4j.spring.WebhookKind;
import io.github.hasura4j.spring.dispatch.Dialect.Told;
import io.github.hasura4j.spring.dispatch.PayloadDecoder.Decoded;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers a request of the engine: checks the secret, finds the handler, calls it, and turns whatever happens into the JSON and
 * the status that the engine understands.
 *
 * <p>In this order: address (403), secret (401), method (405), content type (415), size (413), JSON (400), name (404), input (400), the
 * handler. A name in the path wins over the one in the body, so that a request transform may change the body; the payload
 * keeps the body's. {@code Retry-After}, which makes the engine retry beyond its limit, is sent where the {@link FailurePolicy} of a
 * handler says so, and nowhere else.
 *
 * <p>It knows no web framework: an adapter makes a {@link WebhookRequest} and writes the {@link WebhookResponse}. Safe for use
 * by many threads; a call runs on the thread that makes it, and an asynchronous handler's answer is made on the thread that
 * completes its future.
 */
public final class WebhookDispatcher {

    private static final Logger log = LoggerFactory.getLogger(WebhookDispatcher.class);

    private static final Map<String, List<String>> JSON = Map.of("Content-Type", List.of("application/json"));

    private static final byte[] NOT_KEPT = {};

    private final HandlerRegistry registry;
    private final WebhookSettings settings;
    private final List<WebhookInterceptor> interceptors;
    private final WebhookJson json;
    private final Map<WebhookKind, Dialect> dialects = new EnumMap<>(WebhookKind.class);
    private final Map<WebhookKind, SecretCheck> secrets = new EnumMap<>(WebhookKind.class);
    private final AddressRanges addresses;
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
        for (WebhookKind kind : WebhookKind.values()) {
            dialects.put(kind, Dialect.of(kind));
            secrets.put(kind, new SecretCheck(settings.of(kind)));
        }
        this.addresses = AddressRanges.of(settings.allowedAddresses());
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
        List<HandlerMethod> handlers = registry.handlers();
        log.info("Found {} handler(s) for Hasura", handlers.size());
        for (WebhookKind kind : WebhookKind.values()) {
            int ofKind =
                    (int) handlers.stream().filter(each -> each.kind() == kind).count();
            WebhookSettings.Access access = settings.of(kind);
            if (ofKind > 0 && access.secrets().isEmpty()) {
                if (!access.allowUnauthenticated()) {
                    throw new MissingSecretException(kind, kind == WebhookKind.AUTH_HOOK ? ofKind : handlers.size());
                }
                log.warn(
                        "Hasura webhooks of the kind '{}' accept everybody: there is no secret, and that is allowed",
                        kind);
            }
        }
    }

    /**
     * The answer: there already when this returns, unless the handler is asynchronous. Neither throws nor fails for anything a
     * request or a handler does.
     */
    public CompletionStage<WebhookResponse> dispatch(WebhookRequest request) {
        Dialect dialect = dialect(request.kind());
        try {
            return answer(request, dialect);
        } catch (RuntimeException e) {
            // Only what happens outside of a handler's call: reading and looking up.
            return CompletableFuture.completedFuture(failed(dialect, null, null, e));
        }
    }

    private Dialect dialect(WebhookKind kind) {
        return Objects.requireNonNull(dialects.get(kind));
    }

    private CompletionStage<WebhookResponse> answer(WebhookRequest request, Dialect dialect) {
        WebhookKind kind = request.kind();
        if (!addresses.allow(request.remoteAddress())) {
            throw Refusal.addressNotAllowed();
        }
        SecretCheck secret = Objects.requireNonNull(secrets.get(kind));
        String inPath = kind == WebhookKind.AUTH_HOOK ? request.name() : null;
        if (!secret.accepts(request.headers(), inPath)) {
            throw Refusal.unauthenticated();
        }
        if (!dialect.allows(request.method())) {
            throw Refusal.methodNotAllowed();
        }
        if (!mayBeJson(request.headers().first("content-type"))) {
            throw Refusal.unsupportedMediaType();
        }
        byte[] body = bodies.read(request.headers(), request.body());
        String name = dialect.handlerName(request, body, names);
        Handler handler = registry.find(kind, name);
        if (handler == null) {
            throw unknown(kind, name, dialect);
        }
        return call(dialect, handler, request, body);
    }

    private CompletionStage<WebhookResponse> call(
            Dialect dialect, Handler handler, WebhookRequest request, byte[] body) {
        DefaultWebhookCall call = null;
        Object result;
        CompletionStage<?> later;
        try {
            RuntimeException undecided = null;
            try {
                if (!handler.accepts(body)) {
                    return CompletableFuture.completedFuture(succeeded(dialect, handler, null, null));
                }
            } catch (RuntimeException e) {
                undecided = e;
            }
            Decoded decoded = handler.decode(request, body);
            call = new DefaultWebhookCall(
                    handler.method(),
                    headers(request, decoded.payload()),
                    decoded.payload(),
                    decoded.inputPath(),
                    handler.keepsBody() ? body : NOT_KEPT);
            if (undecided != null) {
                throw undecided; // Now that there is a call whose failure somebody may decide about.
            }
            result = proceed(handler, call, 0);
            later = handler.later(result);
        } catch (Throwable e) {
            return CompletableFuture.completedFuture(failed(dialect, handler, call, e));
        }
        return later == null
                ? CompletableFuture.completedFuture(succeeded(dialect, handler, call, result))
                : await(dialect, handler, call, later);
    }

    /** The headers that matter to a handler: whom an auth hook is asked about is the client, not the engine. */
    private static WebhookHeaders headers(WebhookRequest request, Object payload) {
        return payload instanceof AuthHookPayload hook ? WebhookHeaders.of(hook.headers()) : request.headers();
    }

    /** What becomes of a promise: its value, its failure, or the end of our patience. */
    private CompletionStage<WebhookResponse> await(
            Dialect dialect, Handler handler, DefaultWebhookCall call, CompletionStage<?> later) {
        CompletableFuture<WebhookResponse> answer = new CompletableFuture<>();
        later.whenComplete((value, thrown) -> answer.complete(
                thrown == null
                        ? succeeded(dialect, handler, call, value)
                        : failed(dialect, handler, call, unwrapped(thrown))));
        return answer.orTimeout(settings.asyncTimeout().toMillis(), TimeUnit.MILLISECONDS)
                .exceptionally(thrown -> {
                    if (later instanceof Future<?> running) {
                        running.cancel(true);
                    }
                    return failed(dialect, handler, call, unwrapped(thrown));
                });
    }

    private static Throwable unwrapped(Throwable thrown) {
        return thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown;
    }

    private WebhookResponse succeeded(
            Dialect dialect, Handler handler, @Nullable DefaultWebhookCall call, @Nullable Object result) {
        try {
            return response(
                    dialect.success(result instanceof Optional<?> optional ? optional.orElse(null) : result), Map.of());
        } catch (RuntimeException | StackOverflowError unwritable) {
            return bug(dialect, handler, unwritable);
        }
    }

    /** The answer for what was thrown; with a handler, by it or on the way to it. */
    private WebhookResponse failed(
            Dialect dialect, @Nullable Handler handler, @Nullable DefaultWebhookCall call, Throwable thrown) {
        if (thrown instanceof VirtualMachineError fatal && !(thrown instanceof StackOverflowError)) {
            throw fatal;
        }
        if (thrown instanceof InterruptedException) {
            Thread.currentThread().interrupt();
        }
        WebhookResponse decided = handler == null || call == null ? null : decided(dialect, handler, call, thrown);
        if (decided != null) {
            return decided;
        }
        if (thrown instanceof Refusal rejected) {
            log.debug(
                    "Refused a webhook request: {} {}",
                    rejected.status(),
                    rejected.error().code());
            return response(dialect.rejected(rejected.status(), rejected.error()), rejected.headers());
        }
        HasuraActionException refusal = handler == null ? null : dialect.refusal(thrown);
        if (refusal != null) {
            return refused(dialect, handler, refusal);
        }
        HasuraActionException translated = handler == null || call == null ? null : translated(handler, call, thrown);
        return translated == null ? bug(dialect, handler, thrown) : refused(dialect, handler, translated);
    }

    /** What a handler's policy makes of its failure, or null if it leaves that to us. */
    private @Nullable WebhookResponse decided(
            Dialect dialect, Handler handler, DefaultWebhookCall call, Throwable thrown) {
        FailurePolicy policy = handler.advice().failurePolicy();
        if (policy == null) {
            return null;
        }
        FailurePolicy.Outcome outcome;
        try {
            outcome = policy.decide(new FailurePolicy.FailedCall(call, call.body(), thrown));
        } catch (RuntimeException broken) {
            thrown.addSuppressed(broken);
            return null;
        }
        if (outcome == null) {
            return null;
        }
        HandlerMethod method = handler.method();
        if (outcome instanceof FailurePolicy.Again again) {
            if (again.expected()) {
                log.debug("{} for {} comes again in {} s", method, method.subject(), again.seconds());
            } else {
                log.warn("{} for {} failed, again in {} s", method, method.subject(), again.seconds(), thrown);
            }
            return response(
                    dialect.rejected(again.status(), ActionError.of("try-again-later", "Not handled yet")),
                    Map.of("Retry-After", List.of(again.seconds())));
        }
        return response(Told.DONE, Map.of());
    }

    /** What the application makes of an exception, or null if nothing. */
    private static @Nullable HasuraActionException translated(
            Handler handler, DefaultWebhookCall call, Throwable thrown) {
        try {
            return handler.translate(call, thrown);
        } catch (HasuraActionException refusal) {
            return refusal;
        } catch (Exception broken) {
            thrown.addSuppressed(broken);
            return null;
        }
    }

    private WebhookResponse response(Told told, Map<String, List<String>> more) {
        byte[] body = json.write(told.body());
        if (told.cookies().isEmpty() && more.isEmpty()) {
            return new WebhookResponse(told.status(), JSON, body);
        }
        Map<String, List<String>> headers = new LinkedHashMap<>(JSON);
        headers.putAll(more);
        if (!told.cookies().isEmpty()) {
            headers.put("Set-Cookie", told.cookies());
        }
        return new WebhookResponse(told.status(), headers, body);
    }

    private @Nullable Object proceed(Handler handler, DefaultWebhookCall call, int next) throws Exception {
        return next == interceptors.size()
                ? handler.call(call)
                : interceptors.get(next).intercept(call, () -> proceed(handler, call, next + 1));
    }

    private WebhookResponse refused(Dialect dialect, @Nullable Handler handler, HasuraActionException e) {
        try {
            return response(dialect.refused(e.status(), e.error()), Map.of());
        } catch (RuntimeException unwritable) {
            return bug(dialect, handler, unwritable);
        }
    }

    private WebhookResponse bug(Dialect dialect, @Nullable Handler handler, Throwable thrown) {
        String reference = UUID.randomUUID().toString();
        if (handler == null) {
            log.error("A webhook request failed, reference {}", reference, thrown);
        } else {
            HandlerMethod method = handler.method();
            log.error("{} for {} failed, reference {}", method, method.subject(), reference, thrown);
        }
        ActionError error = ActionError.of("internal-error", "Internal error").with("reference", reference);
        return response(dialect.rejected(500, error), Map.of());
    }

    private Refusal unknown(WebhookKind kind, String name, Dialect dialect) {
        if (kind == WebhookKind.AUTH_HOOK) {
            log.warn("There is no auth hook here. Annotate a bean's method with @HasuraAuthHook");
            return Refusal.unknownHandler(dialect.unknownCode(), "There is no auth hook here");
        }
        String shown = name.length() > 100 ? name.substring(0, 100) + "…" : name;
        List<String> close = CloseNames.of(name, registry.names(kind).keySet());
        // Names of other handlers stay here: the engine shows the message to its clients.
        log.warn(
                "No handler for the {} '{}'.{} Annotate a bean's method with {}(\"{}\"), or correct the name in the metadata",
                kind,
                shown,
                close.isEmpty() ? "" : " Close: " + String.join(", ", close) + ".",
                annotation(kind),
                shown);
        return Refusal.unknownHandler(dialect.unknownCode(), "No handler for the %s '%s'".formatted(kind, shown));
    }

    private static String annotation(WebhookKind kind) {
        return switch (kind) {
            case ACTION -> "@HasuraAction";
            case EVENT -> "@HasuraEvent";
            case SCHEDULED -> "@HasuraScheduled";
            case VALIDATION -> "@HasuraValidation";
            case AUTH_HOOK -> "@HasuraAuthHook";
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
