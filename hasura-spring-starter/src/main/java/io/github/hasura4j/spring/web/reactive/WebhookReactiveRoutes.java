package io.github.hasura4j.spring.web.reactive;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.CompletionStage;

import io.github.hasura4j.spring.WebhookKind;
import io.github.hasura4j.spring.dispatch.WebhookDispatcher;
import io.github.hasura4j.spring.dispatch.WebhookEndpoints;
import io.github.hasura4j.spring.dispatch.WebhookEndpoints.Target;
import io.github.hasura4j.spring.dispatch.WebhookRequest;
import io.github.hasura4j.spring.dispatch.WebhookResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.web.reactive.function.BodyExtractors;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Routes for the webhook endpoints: the path of a kind, and all below it, where the rest of the path is a handler's name.
 *
 * <p>They take every HTTP method, so that a wrong one is answered by the dispatcher, in JSON. Bodies are read and handlers are
 * called on the given scheduler: handlers may block, event loops may not.
 */
public final class WebhookReactiveRoutes {

    private final WebhookDispatcher dispatcher;
    private final Scheduler workers;

    private WebhookReactiveRoutes(WebhookDispatcher dispatcher, Scheduler workers) {
        this.dispatcher = dispatcher;
        this.workers = workers;
    }

    /**
     * Routes to the dispatcher, for each kind below its path.
     *
     * @param workers where handlers run; its threads may be blocked
     */
    public static RouterFunction<ServerResponse> to(
            WebhookDispatcher dispatcher, Map<WebhookKind, String> paths, Scheduler workers) {
        WebhookReactiveRoutes handling = new WebhookReactiveRoutes(dispatcher, workers);
        WebhookEndpoints endpoints = new WebhookEndpoints(paths);
        // No predicates: this stands before every request of the application, and compares the beginning of its path.
        return request -> {
            Target target =
                    endpoints.find(request.requestPath().pathWithinApplication().value());
            return target == null ? Mono.empty() : Mono.just(any -> handling.handle(target, any));
        };
    }

    private Mono<ServerResponse> handle(Target target, ServerRequest request) {
        UnreadBody body = new UnreadBody(request.body(BodyExtractors.toDataBuffers()));
        return Mono.fromCallable(() -> dispatch(target, request, body))
                .subscribeOn(workers)
                .flatMap(Mono::fromCompletionStage)
                .flatMap(answer -> response(answer, body.isUnread()));
    }

    private CompletionStage<WebhookResponse> dispatch(Target target, ServerRequest request, UnreadBody unread) {
        try (InputStream body = unread) {
            return dispatcher.dispatch(new WebhookRequest(
                    target.kind(),
                    request.method().name(),
                    target.name(),
                    WebhookExchanges.headers(request.headers().asHttpHeaders()),
                    remoteAddress(request),
                    body));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot close the body of a webhook request", e);
        }
    }

    /** @param last whether to end the connection, on which a body still waits that nobody reads */
    private static Mono<ServerResponse> response(WebhookResponse from, boolean last) {
        return ServerResponse.status(from.status())
                .headers(headers -> {
                    from.headers().forEach(headers::addAll);
                    if (last) {
                        headers.setConnection("close");
                    }
                })
                .bodyValue(from.body());
    }

    private static @Nullable String remoteAddress(ServerRequest request) {
        return request.remoteAddress()
                .map(InetSocketAddress::getAddress)
                .map(InetAddress::getHostAddress)
                .orElse(null);
    }
}
