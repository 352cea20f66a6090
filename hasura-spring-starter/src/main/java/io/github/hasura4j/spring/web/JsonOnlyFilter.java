package io.github.hasura4j.spring.web;

import java.io.IOException;
import java.util.Map;

import io.github.hasura4j.spring.WebhookKind;
import io.github.hasura4j.spring.dispatch.WebhookDispatcher;
import io.github.hasura4j.spring.dispatch.WebhookEndpoints;
import io.github.hasura4j.spring.dispatch.WebhookEndpoints.Target;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

/**
 * Lets the dispatcher refuse whatever is no JSON on the webhook paths before anybody else takes it apart: filters for forms and
 * Spring MVC's multipart support would read a stranger's whole body first, and answer a broken one in their own way.
 */
public final class JsonOnlyFilter implements Filter {

    private final WebhookDispatcher dispatcher;
    private final WebhookEndpoints endpoints;

    /** Register the filter for the webhook paths and all below them, before filters that read bodies. */
    public JsonOnlyFilter(WebhookDispatcher dispatcher, Map<WebhookKind, String> paths) {
        this.dispatcher = dispatcher;
        this.endpoints = new WebhookEndpoints(paths);
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Target target = WebhookDispatcher.mayBeJson(request.getContentType()) ? null : target(request);
        if (target == null) {
            chain.doFilter(request, response);
        } else {
            WebhookServlets.write(
                    dispatcher
                            .dispatch(WebhookServlets.request(target, (HttpServletRequest) request))
                            .toCompletableFuture()
                            .join(),
                    (HttpServletResponse) response);
        }
    }

    private @Nullable Target target(ServletRequest request) {
        return request instanceof HttpServletRequest http
                ? endpoints.find(
                        http.getRequestURI().substring(http.getContextPath().length()))
                : null;
    }
}
