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
 * @param name what stands behind the endpoint's path: the handler's name, null to look for it in the body; for an auth hook the
 *     secret
 * @param headers all headers
 * @param remoteAddress the IP address the request came from, null if that is not known
 * @param body the body, unread; whoever made the request closes it
 */
public record WebhookRequest(
        WebhookKind kind,
        String method,
        @Nullable String name,
        WebhookHeaders headers,
        @Nullable String remoteAddress,
        InputStream body) {

    /** Shows neither header values nor the body, nor the name, which may be a secret. */
    @Override
    public String toString() {
        return "WebhookRequest[kind=" + kind + ", method=" + method + ", " + headers + "]";
    }
}
