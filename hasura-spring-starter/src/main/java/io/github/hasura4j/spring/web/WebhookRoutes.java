package io.github.hasura4j.spring.web;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import io.github.hasura4j.spring.WebhookKind;
import io.github.hasura4j.spring.dispatch.WebhookDispatcher;
import io.github.hasura4j.spring.dispatch.WebhookEndpoints;
import io.github.hasura4j.spring.dispatch.WebhookEndpoints.Target;
import io.github.hasura4j.spring.dispatch.WebhookResponse;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * Routes for the webhook endpoints: the path of a kind, and all below it, where the rest of the path is a handler's name.
 *
 * <p>They take every HTTP method, so that a wrong one is answered by the dispatcher, in JSON.
 */
public final class WebhookRoutes {

    /** The dispatcher itself ends the waiting, with an answer; the container's own end has none that the engine could read. */
    private static final Duration NEVER = Duration.ofDays(1);

    private WebhookRoutes() {}

    /** Routes to the dispatcher, for each kind below its path. */
    public static RouterFunction<ServerResponse> to(WebhookDispatcher dispatcher, Map<WebhookKind, String> paths) {
        WebhookEndpoints endpoints = new WebhookEndpoints(paths);
        // No predicates: this stands before every request of the application, and compares the beginning of its path.
        return request -> {
            Target target =
                    endpoints.find(request.requestPath().pathWithinApplication().value());
            return target == null ? Optional.empty() : Optional.of(any -> handle(dispatcher, target, any));
        };
    }

    private static ServerResponse handle(WebhookDispatcher dispatcher, Target target, ServerRequest request)
            throws IOException {
        CompletableFuture<WebhookResponse> answer = dispatcher
                .dispatch(WebhookServlets.request(target, request.servletRequest()))
                .toCompletableFuture();
        return answer.isDone()
                ? response(answer.join())
                : ServerResponse.async(answer.thenApply(WebhookRoutes::response), NEVER);
    }

    private static ServerResponse response(WebhookResponse from) {
        return ServerResponse.status(from.status()).build((servletRequest, servletResponse) -> {
            WebhookServlets.write(from, servletResponse);
            return null;
        });
    }
}
