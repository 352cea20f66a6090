package io.github.hasura4j.spring.dispatch;

import java.nio.charset.StandardCharsets;
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

    /** For what others refused before it came to the dispatcher; tells nothing of their reason. */
    public static WebhookResponse refusedElsewhere(int status) {
        return json(status, """
                {"message":"The request was refused before it came to a handler","extensions":{"code":"refused"}}""");
    }

    /** For a remote schema: not to be believed, in the words of GraphQL. */
    public static WebhookResponse unauthenticatedGraphQl() {
        return json(401, """
                {"errors":[{"message":"The webhook secret is missing or wrong","extensions":{"code":"unauthenticated"}}]}""");
    }

    private static WebhookResponse json(int status, String body) {
        return new WebhookResponse(
                status, Map.of("Content-Type", List.of("application/json")), body.getBytes(StandardCharsets.UTF_8));
    }

    /** Leaves the body out. */
    @Override
    public String toString() {
        return "WebhookResponse[status=" + status + ", bytes=" + body.length + "]";
    }
}
