package io.github.hasura4j.spring.web.reactive;

import java.util.Collection;
import java.util.List;

import io.github.hasura4j.spring.dispatch.WebhookResponse;
import org.springframework.core.Ordered;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.PathContainer;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;
import reactor.core.publisher.Mono;

/**
 * Says in JSON what others refuse on the webhook paths before the dispatcher sees it, without a word: a firewall that does not
 * like a path, a limit on requests. The engine takes an empty answer for a broken one.
 */
public final class JsonOnlyWebFilter implements WebFilter, Ordered {

    private final List<PathPattern> paths;

    /** For these paths and all below them. */
    public JsonOnlyWebFilter(Collection<String> paths) {
        this.paths = paths.stream()
                .map(path -> PathPatternParser.defaultInstance.parse(path + "/**"))
                .toList();
    }

    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE + 10;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        PathContainer path = exchange.getRequest().getPath().pathWithinApplication();
        return paths.stream().anyMatch(pattern -> pattern.matches(path))
                ? chain.filter(exchange).then(Mono.defer(() -> completed(exchange.getResponse())))
                : chain.filter(exchange);
    }

    private static Mono<Void> completed(ServerHttpResponse response) {
        HttpStatusCode status = response.getStatusCode();
        return status == null || !status.isError() || response.isCommitted()
                ? Mono.empty()
                : WebhookExchanges.write(WebhookResponse.refusedElsewhere(status.value()), response);
    }
}
