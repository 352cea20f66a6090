package io.github.hasura4j.spring.web.reactive;

import org.springframework.core.Ordered;
import org.springframework.core.PriorityOrdered;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatcher;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Takes requests of the engine out of the application's own chains, whichever these are and whatever their order: they carry
 * the webhook secret, and neither tokens, forms nor sessions of ours. An {@code Authorization} that the engine forwards from its
 * client is nobody's here.
 */
public final class EngineSecurityWebFilterChain implements SecurityWebFilterChain, PriorityOrdered {

    private final ServerWebExchangeMatcher requests;
    private final Flux<WebFilter> filters;

    private EngineSecurityWebFilterChain(ServerWebExchangeMatcher requests, Flux<WebFilter> filters) {
        this.requests = requests;
        this.filters = filters;
    }

    /** For the webhook paths, all requests: the dispatcher behind them checks the secret, and refuses in its own words. */
    public static EngineSecurityWebFilterChain forWebhooks(ServerWebExchangeMatcher paths) {
        return new EngineSecurityWebFilterChain(paths, Flux.empty());
    }

    @Override
    public Mono<Boolean> matches(ServerWebExchange exchange) {
        return requests.matches(exchange).map(ServerWebExchangeMatcher.MatchResult::isMatch);
    }

    @Override
    public Flux<WebFilter> getWebFilters() {
        return filters;
    }

    /** Before the application's, even those with the highest precedence. */
    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }

    @Override
    public String toString() {
        return "EngineSecurityWebFilterChain[" + requests + "]";
    }
}
