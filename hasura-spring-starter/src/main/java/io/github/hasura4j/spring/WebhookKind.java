package io.github.hasura4j.spring;

/** What the engine calls a handler for. More kinds will come: give a {@code switch} a default. */
public enum WebhookKind {

    /** A client runs an action. */
    ACTION("action"),

    /** An event trigger fired. */
    EVENT("event trigger"),

    /** A cron trigger or a one-off scheduled event is due. */
    SCHEDULED("scheduled trigger"),

    /** Rows are about to be inserted, updated or deleted, and the table's permission has {@code validate_input}. */
    VALIDATION("input validation"),

    /** The engine wants to know who a client is. */
    AUTH_HOOK("auth hook");

    private final String words;

    WebhookKind(String words) {
        this.words = words;
    }

    /** The engine's words for it, in lower case: "event trigger". */
    @Override
    public String toString() {
        return words;
    }
}
