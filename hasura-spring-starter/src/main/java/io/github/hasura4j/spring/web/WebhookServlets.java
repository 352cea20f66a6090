package io.github.hasura4j.spring.web;

import java.io.IOException;
import java.util.Enumeration;

import io.github.hasura4j.spring.WebhookHeaders;
import io.github.hasura4j.spring.dispatch.WebhookEndpoints.Target;
import io.github.hasura4j.spring.dispatch.WebhookRequest;
import io.github.hasura4j.spring.dispatch.WebhookResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/** Carries requests and responses between the servlet API and the dispatcher. */
final class WebhookServlets {

    private WebhookServlets() {}

    static WebhookRequest request(Target target, HttpServletRequest request) throws IOException {
        return new WebhookRequest(
                target.kind(),
                request.getMethod(),
                target.name(),
                headers(request),
                request.getRemoteAddr(),
                request.getInputStream());
    }

    static void write(WebhookResponse from, HttpServletResponse to) throws IOException {
        // A handler that was interrupted leaves its mark on the thread, and a socket is closed rather than written to
        // then. The
        // thread is the container's, and the request is over: nobody is left to be told.
        Thread.interrupted();
        to.setStatus(from.status());
        from.headers().forEach((name, values) -> values.forEach(value -> to.addHeader(name, value)));
        to.setContentLength(from.body().length);
        to.getOutputStream().write(from.body());
        to.flushBuffer();
    }

    private static WebhookHeaders headers(HttpServletRequest request) {
        WebhookHeaders.Builder headers = WebhookHeaders.builder();
        for (Enumeration<String> names = request.getHeaderNames(); names.hasMoreElements(); ) {
            String name = names.nextElement();
            for (Enumeration<String> values = request.getHeaders(name); values.hasMoreElements(); ) {
                headers.add(name, values.nextElement());
            }
        }
        return headers.build();
    }
}
