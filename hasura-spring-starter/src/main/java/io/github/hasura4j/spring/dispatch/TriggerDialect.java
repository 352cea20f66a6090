package io.github.hasura4j.spring.dispatch;

import org.jspecify.annotations.Nullable;

/** Event triggers: any 2xx means delivered and anything else "again" ({@code webhooks.md} 2.8). */
final class TriggerDialect implements Dialect {

    private final String holder;
    private final String unknownCode;

    /** @param holder the object in the body whose {@code name} tells handlers apart */
    TriggerDialect(String holder, String unknownCode) {
        this.holder = holder;
        this.unknownCode = unknownCode;
    }

    @Override
    public String handlerName(WebhookRequest request, byte[] body, NameScanner names) {
        String inPath = request.name();
        return inPath == null ? names.scan(body, holder) : inPath;
    }

    @Override
    public String unknownCode() {
        return unknownCode;
    }

    @Override
    public Told success(@Nullable Object result) {
        return result == null ? Told.DONE : Told.ok(result);
    }
}
