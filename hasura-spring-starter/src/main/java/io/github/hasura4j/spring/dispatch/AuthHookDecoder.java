package io.github.hasura4j.spring.dispatch;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.hasura4j.payload.AuthHookPayload;
import io.github.hasura4j.spring.WebhookHeaders;

/** Reads what the engine asks an auth hook: in POST mode from the body, in GET mode from the client's headers themselves. */
final class AuthHookDecoder implements PayloadDecoder {

    private final PayloadDecoder posted;

    AuthHookDecoder(PayloadDecoder posted) {
        this.posted = posted;
    }

    @Override
    public Decoded decode(WebhookRequest request, byte[] body) {
        return request.method().equals("GET")
                ? new Decoded(new AuthHookPayload(lastValues(request.headers()), List.of()), "")
                : posted.decode(request, body);
    }

    /** As the engine does in POST mode. */
    private static Map<String, String> lastValues(WebhookHeaders headers) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String name : headers.names()) {
            List<String> all = headers.all(name);
            values.put(name, all.get(all.size() - 1));
        }
        return values;
    }
}
