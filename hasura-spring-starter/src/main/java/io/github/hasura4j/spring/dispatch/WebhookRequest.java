package io.github.hasura4j.spring.dispatch;

import java.io.InputStream;

import io.github.hasura4j.spring.WebhookHeaders;
import io.github.hasura4j.spring.WebhookKind;
import org.jspecify.annotations.Nullable;

/**
 * A request as a web framework received it, before anything was checked or read.
 *
 * @param kind which endpoint received it
 * @param method the HTTP method, in upper case
 * @param name the handler's name from the path, or null to look for it in the body
 * @param headers all headers
 * @param body the body, unread; whoever made the request closes it
 */
public record WebhookRequest(
        WebhookKind kind, String method, @Nullable String name, WebhookHeaders headers, InputStream body) {

    /** Shows neither header values nor the body. */
    @Override
    public String toString() {
        return "WebhookRequest[kind=" + kind + ", method=" + method + ", name=" + name + ", " + headers + "]";
    }
}
