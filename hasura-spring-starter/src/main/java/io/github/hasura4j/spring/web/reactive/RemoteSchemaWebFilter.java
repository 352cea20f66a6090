package io.github.hasura4j.spring.web.reactive;

import io.github.hasura4j.spring.dispatch.TrustedSessions;
import io.github.hasura4j.spring.dispatch.WebhookResponse;
import org.springframework.core.Ordered;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;
import reactor.core.publisher.Mono;

/** Refuses requests to a remote schema that do not carry the webhook secret, before anything of them is read. */
public final class RemoteSchemaWebFilter implements WebFilter, Ordered {

    private final TrustedSessions sessions;
    private final PathPattern path;

    /** For the schema's path and all below it. */
    public RemoteSchemaWebFilter(TrustedSessions sessions, String path) {
        this.sessions = sessions;
        this.path = PathPatternParser.defaultInstance.parse(path + "/**");
    }

    /** Before Spring Security's. */
    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE + 10;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        boolean refused = path.matches(exchange.getRequest().getPath().pathWithinApplication())
                && WebhookExchanges.session(sessions, exchange) == null;
        return refused
                ? WebhookExchanges.write(WebhookResponse.unauthenticatedGraphQl(), exchange.getResponse())
                : chain.filter(exchange);
    }
}
