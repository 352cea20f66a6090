package io.github.hasura4j.spring.dispatch;

import io.github.hasura4j.spring.ActionResult;
import org.jspecify.annotations.Nullable;

/** Actions: the answer is the bare value, and a refusal of any 4xx reaches the client ({@code webhooks.md} 1.4, 1.5). */
final class ActionDialect implements Dialect {

    @Override
    public String handlerName(WebhookRequest request, byte[] body, NameScanner names) {
        String inPath = request.name();
        return inPath == null ? names.scan(body, "action") : inPath;
    }

    @Override
    public String unknownCode() {
        return "unknown-action";
    }

    @Override
    public Told success(@Nullable Object result) {
        return result instanceof ActionResult<?> action
                ? new Told(200, action.value(), action.cookies())
                : Told.ok(result);
    }
}
