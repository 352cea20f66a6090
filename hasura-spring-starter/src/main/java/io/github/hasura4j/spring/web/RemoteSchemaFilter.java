package io.github.hasura4j.spring.web;

import java.io.IOException;

import io.github.hasura4j.spring.dispatch.TrustedSessions;
import io.github.hasura4j.spring.dispatch.WebhookResponse;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/** Refuses requests to a remote schema that do not carry the webhook secret, before anything of them is read. */
public final class RemoteSchemaFilter implements Filter {

    private final TrustedSessions sessions;

    /** Register the filter for the schema's path and all below it, before Spring Security's. */
    public RemoteSchemaFilter(TrustedSessions sessions) {
        this.sessions = sessions;
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (sessions.of(WebhookServlets.headers((HttpServletRequest) request), request.getRemoteAddr()) == null) {
            WebhookServlets.write(WebhookResponse.unauthenticatedGraphQl(), (HttpServletResponse) response);
        } else {
            chain.doFilter(request, response);
        }
    }
}
