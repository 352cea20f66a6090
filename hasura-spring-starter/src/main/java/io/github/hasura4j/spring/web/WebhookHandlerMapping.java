package io.github.hasura4j.spring.web;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import io.github.hasura4j.spring.WebhookKind;
import io.github.hasura4j.spring.dispatch.WebhookDispatcher;
import io.github.hasura4j.spring.dispatch.WebhookEndpoints;
import io.github.hasura4j.spring.dispatch.WebhookEndpoints.Target;
import io.github.hasura4j.spring.dispatch.WebhookResponse;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.web.HttpRequestHandler;
import org.springframework.web.context.request.async.AsyncWebRequest;
import org.springframework.web.context.request.async.DeferredResult;
import org.springframework.web.context.request.async.WebAsyncManager;
import org.springframework.web.context.request.async.WebAsyncUtils;
import org.springframework.web.filter.ServerHttpObservationFilter;
import org.springframework.web.servlet.handler.AbstractHandlerMapping;
import org.springframework.web.util.ServletRequestPathUtils;

/**
 * Brings requests on the webhook endpoints to the dispatcher: the path of a kind, and all below it, where the rest of the path is a
 * handler's name.
 *
 * <p>It takes every HTTP method, so that a wrong one is answered by the dispatcher, in JSON. The application's interceptors for
 * controllers have no part in it. It stands before all other mappings and compares the beginning of a path; nothing of Spring MVC is
 * made of a request or an answer, which is what makes it faster than a controller.
 */
public final class WebhookHandlerMapping extends AbstractHandlerMapping {

    /** Before the functional routes, which stand at -1, and the controllers. */
    private static final int ORDER = -2;

    /** The dispatcher itself ends the waiting, with an answer; the container's own end has none that the engine could read. */
    private static final long NEVER = Duration.ofDays(1).toMillis();

    private final WebhookDispatcher dispatcher;
    private final WebhookEndpoints endpoints;

    /** Maps each kind below its path. */
    public WebhookHandlerMapping(WebhookDispatcher dispatcher, Map<WebhookKind, String> paths) {
        this.dispatcher = dispatcher;
        this.endpoints = new WebhookEndpoints(paths);
        setOrder(ORDER);
    }

    @Override
    protected @Nullable Object getHandlerInternal(HttpServletRequest request) {
        String path = ServletRequestPathUtils.getParsedRequestPath(request)
                .pathWithinApplication()
                .value();
        Target target = endpoints.find(path);
        if (target == null) {
            return null;
        }
        // For metrics and traces: never the path itself, which may end in a secret.
        String pattern = endpoints.pattern(target.kind());
        request.setAttribute(BEST_MATCHING_PATTERN_ATTRIBUTE, pattern);
        ServerHttpObservationFilter.findObservationContext(request)
                .ifPresent(context -> context.setPathPattern(pattern));
        return (HttpRequestHandler) (in, out) -> handle(target, in, out);
    }

    private void handle(Target target, HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        WebAsyncManager waiting = WebAsyncUtils.getAsyncManager(request);
        if (waiting.hasConcurrentResult()) {
            Object result = waiting.getConcurrentResult();
            waiting.clearConcurrentResult();
            // Anything else means that the client is gone.
            if (result instanceof WebhookResponse answer) {
                WebhookServlets.write(answer, response);
            }
            return;
        }
        CompletableFuture<WebhookResponse> answer =
                dispatcher.dispatch(WebhookServlets.request(target, request)).toCompletableFuture();
        if (answer.isDone()) {
            WebhookServlets.write(answer.join(), response);
        } else {
            await(answer, waiting, WebAsyncUtils.createAsyncWebRequest(request, response));
        }
    }

    private static void await(
            CompletableFuture<WebhookResponse> answer, WebAsyncManager waiting, AsyncWebRequest request)
            throws ServletException {
        DeferredResult<WebhookResponse> later = new DeferredResult<>(NEVER);
        waiting.setAsyncWebRequest(request);
        try {
            waiting.startDeferredResultProcessing(later);
        } catch (Exception e) {
            throw new ServletException("Cannot wait for the answer of an asynchronous handler", e);
        }
        answer.thenAccept(later::setResult);
    }
}
