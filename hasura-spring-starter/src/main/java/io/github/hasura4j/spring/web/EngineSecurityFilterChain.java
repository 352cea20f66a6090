package io.github.hasura4j.spring.web;

import java.util.List;

import jakarta.servlet.Filter;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.core.Ordered;
import org.springframework.core.PriorityOrdered;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.firewall.FirewalledRequest;
import org.springframework.security.web.util.matcher.RequestMatcher;

/**
 * Takes requests of the engine out of the application's own chains, whichever these are and whatever their order: they carry
 * the webhook secret, and neither tokens, forms nor sessions of ours. An {@code Authorization} that the engine forwards from its
 * client is nobody's here.
 *
 * <p>Behind it stands what is sent, not what {@code StrictHttpFirewall} makes of it: headers that a client chose and the engine
 * forwards may hold any character. Paths have passed the firewall.
 */
public final class EngineSecurityFilterChain implements SecurityFilterChain, PriorityOrdered {

    private final RequestMatcher requests;
    private final List<Filter> filters;

    private EngineSecurityFilterChain(RequestMatcher requests, Filter filter) {
        this.requests = requests;
        this.filters = List.of(filter);
    }

    /** For the webhook paths, all requests: the dispatcher behind them checks the secret, and refuses in its own words. */
    public static EngineSecurityFilterChain forWebhooks(RequestMatcher paths) {
        return new EngineSecurityFilterChain(
                paths, (request, response, chain) -> chain.doFilter(asSent(request), response));
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
        return "EngineSecurityFilterChain[" + requests + "]";
    }
}
