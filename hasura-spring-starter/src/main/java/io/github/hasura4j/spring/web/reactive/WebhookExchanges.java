package io.github.hasura4j.spring.web.reactive;

import io.github.hasura4j.payload.SessionVariables;
import io.github.hasura4j.spring.WebhookHeaders;
import io.github.hasura4j.spring.dispatch.TrustedSessions;
import io.github.hasura4j.spring.dispatch.WebhookResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Carries requests and responses between WebFlux and us, where no route does. */
final class WebhookExchanges {

    private WebhookExchanges() {}

    static WebhookHeaders headers(HttpHeaders from) {
        WebhookHeaders.Builder headers = WebhookHeaders.builder();
        from.forEach(headers::add);
        return headers.build();
    }

    static @Nullable SessionVariables session(TrustedSessions sessions, ServerWebExchange exchange) {
        ServerHttpRequest request = exchange.getRequest();
        return sessions.of(headers(request.getHeaders()), request.getRemoteAddress());
    }

    /**
     * Answers without having read the request's body. The connection ends with that: what a stranger still sends is neither read
     * nor in the way of the next request.
     */
    static Mono<Void> write(WebhookResponse from, ServerHttpResponse to) {
        to.setStatusCode(HttpStatusCode.valueOf(from.status()));
        from.headers().forEach(to.getHeaders()::addAll);
        to.getHeaders().setContentLength(from.body().length);
        to.getHeaders().setConnection("close");
        return to.writeWith(Mono.fromSupplier(() -> to.bufferFactory().wrap(from.body())));
    }
}
