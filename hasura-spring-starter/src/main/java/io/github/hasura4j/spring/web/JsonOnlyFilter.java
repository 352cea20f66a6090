package io.github.hasura4j.spring.web;

import java.io.IOException;

import io.github.hasura4j.spring.WebhookKind;
import io.github.hasura4j.spring.dispatch.WebhookDispatcher;
import io.github.hasura4j.spring.dispatch.WebhookResponse;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;

/**
 * Lets the dispatcher refuse whatever is no JSON on the webhook paths before anybody else takes it apart: filters for forms and
 * Spring MVC's multipart support would read a stranger's whole body first, and answer a broken one in their own way.
 *
 * <p>What others refuse before the dispatcher sees it, a firewall that does not like a path, say, or a limit on requests, is said
 * in JSON as well: the engine reads no HTML, and the application's page for errors may be behind a login.
 */
public final class JsonOnlyFilter implements Filter {

    private final WebhookDispatcher dispatcher;

    /** Register the filter for the webhook paths and all below them, before all filters that read bodies or refuse. */
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
            chain.doFilter(request, response instanceof HttpServletResponse http ? new ErrorsInJson(http) : response);
        }
    }

    private static final class ErrorsInJson extends HttpServletResponseWrapper {

        ErrorsInJson(HttpServletResponse response) {
            super(response);
        }

        @Override
        public void sendError(int status) throws IOException {
            resetBuffer();
            WebhookServlets.write(WebhookResponse.refusedElsewhere(status), this);
        }

        @Override
        public void sendError(int status, String message) throws IOException {
            sendError(status);
        }
    }
}
