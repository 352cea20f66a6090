package io.github.hasura4j.spring.web;

import java.util.List;
import java.util.Map;

import io.github.hasura4j.payload.SessionVariables;
import io.github.hasura4j.spring.WebhookKind;
import io.github.hasura4j.spring.dispatch.TrustedSessions;
import io.github.hasura4j.spring.dispatch.WebhookEndpoints;
import io.github.hasura4j.spring.security.SessionAuthentications;
import jakarta.servlet.Filter;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.PriorityOrdered;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolderStrategy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.firewall.FirewalledRequest;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.web.util.ServletRequestPathUtils;

/**
 * Takes requests of the engine out of the application's own chains, whichever these are and whatever their order: they carry
 * the webhook secret, and neither tokens, forms nor sessions of ours. An {@code Authorization} that the engine forwards from its
 * client is nobody's here.
 *
 * <p>Behind it stands what is sent, not what {@code StrictHttpFirewall} makes of it: headers that a client chose and the engine
 * forwards may hold any character. Paths have passed the firewall.
 */
public final class EngineSecurityFilterChain implements SecurityFilterChain, PriorityOrdered {

    private final String what;
    private final RequestMatcher requests;
    private final List<Filter> filters;

    private EngineSecurityFilterChain(String what, RequestMatcher requests, Filter filter) {
        this.what = what;
        this.requests = requests;
        this.filters = List.of(filter);
    }

    /**
     * For the webhook paths, all requests: the dispatcher behind them checks the secret, and refuses in its own words. A path is
     * one of them exactly if {@link WebhookHandlerMapping} says so, or a request could come past the application's chains and past the
     * dispatcher too.
     */
    public static EngineSecurityFilterChain forWebhooks(Map<WebhookKind, String> paths) {
        WebhookEndpoints endpoints = new WebhookEndpoints(paths);
        return new EngineSecurityFilterChain(
                "webhooks",
                request -> endpoints.find(pathWithinApplication(request)) != null,
                (request, response, chain) -> chain.doFilter(asSent(request), response));
    }

    private static String pathWithinApplication(HttpServletRequest request) {
        if (ServletRequestPathUtils.hasParsedRequestPath(request)) {
            return ServletRequestPathUtils.getParsedRequestPath(request)
                    .pathWithinApplication()
                    .value();
        }
        try {
            return ServletRequestPathUtils.parseAndCache(request)
                    .pathWithinApplication()
                    .value();
        } finally {
            ServletRequestPathUtils.clearParsedRequestPath(request);
        }
    }

    /** For a remote schema, requests of the engine only: with their session as authentication. */
    public static EngineSecurityFilterChain forRemoteSchema(
            RequestMatcher path,
            TrustedSessions sessions,
            SessionAuthentications authentications,
            SecurityContextHolderStrategy contexts) {
        return new EngineSecurityFilterChain(
                "remote schema",
                request -> path.matches(request) && session(sessions, request) != null,
                (request, response, chain) -> {
                    SessionVariables session = session(sessions, request);
                    if (session != null) {
                        // FilterChainProxy clears it.
                        SecurityContext context = contexts.createEmptyContext();
                        context.setAuthentication(authentications.of(session));
                        contexts.setContext(context);
                    }
                    chain.doFilter(asSent(request), response);
                });
    }

    private static @Nullable SessionVariables session(TrustedSessions sessions, ServletRequest request) {
        HttpServletRequest sent = (HttpServletRequest) asSent(request);
        return sessions.of(WebhookServlets.headers(sent), sent.getRemoteAddr());
    }

    private static ServletRequest asSent(ServletRequest request) {
        return request instanceof FirewalledRequest firewalled ? firewalled.getRequest() : request;
    }

    @Override
    public boolean matches(HttpServletRequest request) {
        return requests.matches(request);
    }

    @Override
    public List<Filter> getFilters() {
        return filters;
    }

    /** Before the application's, even those with the highest precedence. */
    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }

    @Override
    public String toString() {
        return "EngineSecurityFilterChain[" + what + "]";
    }
}
