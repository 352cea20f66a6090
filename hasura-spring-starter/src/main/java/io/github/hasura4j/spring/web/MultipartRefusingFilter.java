package io.github.hasura4j.spring.web;

import java.io.IOException;

import io.github.hasura4j.spring.WebhookKind;
import io.github.hasura4j.spring.dispatch.WebhookDispatcher;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/**
 * Lets the dispatcher refuse multipart requests on the webhook paths before Spring MVC takes them apart: it would read a
 * stranger's whole body first, and answer a broken one in its own way.
 */
public final class MultipartRefusingFilter implements Filter {

    private final WebhookDispatcher dispatcher;

    /** Register the filter for the webhook paths and all below them. */
    public MultipartRefusingFilter(WebhookDispatcher dispatcher) {
        this.dispatcher = dispatcher;
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        String type = request.getContentType();
        if (type != null
                && type.regionMatches(true, 0, "multipart/", 0, 10)
                && request instanceof HttpServletRequest http) {
            // The kind does not matter: a request that is no JSON is refused before anything of it is read.
            WebhookServlets.write(
                    dispatcher.dispatch(WebhookServlets.request(WebhookKind.ACTION, null, http)),
                    (HttpServletResponse) response);
        } else {
            chain.doFilter(request, response);
        }
    }
}
