package io.github.hasura4j.spring.dispatch;

/** Scheduled triggers: like events, but one-off events have no name of their own ({@code webhooks.md} 3). */
final class ScheduledDialect implements Dialect {

    @Override
    public String handlerName(WebhookRequest request, byte[] body, NameScanner names) {
        String inPath = request.name();
        String name = inPath == null ? names.scanTop(body) : inPath;
        if (name == null) {
            throw Refusal.missing("name", """
                    A one-off event has no name, so the URL of its webhook has to end in the name of its handler""");
        }
        return name;
    }

    @Override
    public String unknownCode() {
        return "unknown-trigger";
    }
}
