package io.github.hasura4j.spring.web.reactive;

import java.util.Map;

import io.github.hasura4j.payload.SessionVariables;
import io.github.hasura4j.spring.WebhookKind;
import io.github.hasura4j.spring.dispatch.TrustedSessions;
import io.github.hasura4j.spring.dispatch.WebhookEndpoints;
import io.github.hasura4j.spring.security.SessionAuthentications;
import org.springframework.core.Ordered;
import org.springframework.core.PriorityOrdered;
import org.springframework.security.core.context.ReactiveSecurityContextHolder;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatcher;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatcher.MatchResult;
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

    private final String what;
    private final ServerWebExchangeMatcher requests;
    private final Flux<WebFilter> filters;

    private EngineSecurityWebFilterChain(String what, ServerWebExchangeMatcher requests, Flux<WebFilter> filters) {
        this.what = what;
        this.requests = requests;
        this.filters = filters;
    }

    /**
     * For the webhook paths, all requests: the dispatcher behind them checks the secret, and refuses in its own words. A path is
     * one of them exactly if {@link WebhookReactiveRoutes} say so, or a request could come past the application's chains and
     * past the dispatcher too.
     */
    public static EngineSecurityWebFilterChain forWebhooks(Map<WebhookKind, String> paths) {
        WebhookEndpoints endpoints = new WebhookEndpoints(paths);
        return new EngineSecurityWebFilterChain(
                "webhooks",
                exchange -> {
                    String path = exchange.getRequest()
                            .getPath()
                            .pathWithinApplication()
                            .value();
                    return endpoints.find(path) == null ? MatchResult.notMatch() : MatchResult.match();
                },
                Flux.empty());
    }

    /** For a remote schema, requests of the engine only: with their session as authentication. */
    public static EngineSecurityWebFilterChain forRemoteSchema(
            ServerWebExchangeMatcher path, TrustedSessions sessions, SessionAuthentications authentications) {
        ServerWebExchangeMatcher trusted = exchange -> path.matches(exchange)
                .filter(result -> result.isMatch() && WebhookExchanges.session(sessions, exchange) != null)
                .switchIfEmpty(MatchResult.notMatch());
        WebFilter authenticating = (exchange, chain) -> {
            SessionVariables session = WebhookExchanges.session(sessions, exchange);
            return session == null
                    ? chain.filter(exchange)
                    : chain.filter(exchange)
                            .contextWrite(
                                    ReactiveSecurityContextHolder.withAuthentication(authentications.of(session)));
        };
        return new EngineSecurityWebFilterChain("remote schema", trusted, Flux.just(authenticating));
    }

    @Override
    public Mono<Boolean> matches(ServerWebExchange exchange) {
        return requests.matches(exchange).map(MatchResult::isMatch);
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
        return "EngineSecurityWebFilterChain[" + what + "]";
    }
}
