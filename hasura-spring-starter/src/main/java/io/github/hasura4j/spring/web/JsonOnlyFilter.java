package io.github.hasura4j.spring.web;

import java.io.IOException;
import java.util.Map;

import io.github.hasura4j.spring.WebhookKind;
import io.github.hasura4j.spring.dispatch.WebhookDispatcher;
import io.github.hasura4j.spring.dispatch.WebhookRequest;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.util.StringUtils;

/**
 * Lets the dispatcher refuse whatever is no JSON on the webhook paths before anybody else takes it apart: filters for forms and
 * Spring MVC's multipart support would read a stranger's whole body first, and answer a broken one in their own way.
 */
public final class JsonOnlyFilter implements Filter {

    private final WebhookDispatcher dispatcher;
    private final Map<WebhookKind, String> paths;

    /** Register the filter for the webhook paths and all below them, before filters that read bodies. */
    public JsonOnlyFilter(WebhookDispatcher dispatcher, Map<WebhookKind, String> paths) {
        this.dispatcher = dispatcher;
        this.paths = Map.copyOf(paths);
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (request instanceof HttpServletRequest http && !WebhookDispatcher.mayBeJson(request.getContentType())) {
            WebhookServlets.write(
                    dispatcher.dispatch(request(http)).toCompletableFuture().join(), (HttpServletResponse) response);
        } else {
            chain.doFilter(request, response);
        }
    }

    private WebhookRequest request(HttpServletRequest request) throws IOException {
        String path = request.getRequestURI().substring(request.getContextPath().length()) + "/";
        for (Map.Entry<WebhookKind, String> endpoint : paths.entrySet()) {
            String begin = endpoint.getValue() + "/";
            if (path.startsWith(begin)) {
                String name = StringUtils.trimTrailingCharacter(path.substring(begin.length()), '/');
                return WebhookServlets.request(endpoint.getKey(), name.isEmpty() ? null : name, request);
            }
        }
        return WebhookServlets.request(WebhookKind.ACTION, null, request);
    }
}
