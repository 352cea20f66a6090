package io.github.hasura4j.spring.dispatch;

import java.util.List;
import java.util.Map;

/**
 * What to answer the engine.
 *
 * @param status the HTTP status
 * @param headers the headers to set, {@code Content-Type} among them, some with several values; not modifiable
 * @param body a whole JSON document, never empty; not copied, so do not change it
 */
public record WebhookResponse(int status, Map<String, List<String>> headers, byte[] body) {

    public WebhookResponse {
        headers = Map.copyOf(headers);
    }

    /** Leaves the body out. */
    @Override
    public String toString() {
        return "WebhookResponse[status=" + status + ", bytes=" + body.length + "]";
    }
}
