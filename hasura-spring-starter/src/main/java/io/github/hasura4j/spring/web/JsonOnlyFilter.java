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
 * Lets the dispatcher refuse whatever is no JSON on the webhook paths before anybody else takes it apart: filters for forms and
 * Spring MVC's multipart support would read a stranger's whole body first, and answer a broken one in their own way.
 */
public final class JsonOnlyFilter implements Filter {

    private final WebhookDispatcher dispatcher;

    /** Register the filter for the webhook paths and all below them, before filters that read bodies. */
    public JsonOnlyFilter(WebhookDispatcher dispatcher) {
        this.dispatcher = dispatcher;
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (request instanceof HttpServletRequest http && !WebhookDispatcher.mayBeJson(request.getContentType())) {
            // The kind does not matter: a request that is no JSON is refused before anything of it is read.
            WebhookServlets.write(
                    dispatcher
                            .dispatch(WebhookServlets.request(WebhookKind.ACTION, null, http))
                            .toCompletableFuture()
                            .join(),
                    (HttpServletResponse) response);
        } else {
            chain.doFilter(request, response);
        }
    }
}
