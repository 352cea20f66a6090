package io.github.hasura4j.spring.web.reactive;

import io.github.hasura4j.spring.dispatch.WebhookResponse;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ServerHttpResponse;
import reactor.core.publisher.Mono;

/** Writes answers of ours where no route does. */
final class ReactiveResponses {

    private ReactiveResponses() {}

    static Mono<Void> write(WebhookResponse from, ServerHttpResponse to) {
        to.setStatusCode(HttpStatusCode.valueOf(from.status()));
        from.headers().forEach(to.getHeaders()::addAll);
        to.getHeaders().setContentLength(from.body().length);
        return to.writeWith(Mono.fromSupplier(() -> to.bufferFactory().wrap(from.body())));
    }
}
