package io.github.hasura4j.spring.dispatch;

/** Event triggers: any 2xx means delivered and anything else "again" ({@code webhooks.md} 2.8). */
final class EventDialect implements Dialect {

    @Override
    public String handlerName(WebhookRequest request, byte[] body, NameScanner names) {
        String inPath = request.name();
        return inPath == null ? names.scan(body, "trigger") : inPath;
    }

    @Override
    public String unknownCode() {
        return "unknown-trigger";
    }
}
