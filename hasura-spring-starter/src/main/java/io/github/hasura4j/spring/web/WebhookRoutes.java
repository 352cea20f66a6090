package io.github.hasura4j.spring.web;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import io.github.hasura4j.spring.WebhookKind;
import io.github.hasura4j.spring.dispatch.WebhookDispatcher;
import io.github.hasura4j.spring.dispatch.WebhookResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.web.servlet.function.RequestPredicates;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
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
        RouterFunctions.Builder routes = RouterFunctions.route();
        paths.forEach((kind, path) ->
                routes.route(RequestPredicates.path(path + "/{*name}"), request -> handle(dispatcher, kind, request)));
        return routes.build();
    }

    private static ServerResponse handle(WebhookDispatcher dispatcher, WebhookKind kind, ServerRequest request)
            throws IOException {
        CompletableFuture<WebhookResponse> answer = dispatcher
                .dispatch(WebhookServlets.request(kind, name(request), request.servletRequest()))
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

    /** What stands behind the kind's path, without the slashes around it; null if that is nothing. */
    private static @Nullable String name(ServerRequest request) {
        String rest = request.pathVariable("name");
        int end = rest.endsWith("/") ? rest.length() - 1 : rest.length();
        return end < 2 ? null : rest.substring(1, end);
    }
}
