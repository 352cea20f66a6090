package io.github.hasura4j.spring;

/** What the engine calls a handler for. More kinds will come: give a {@code switch} a default. */
public enum WebhookKind {
    /** A client runs an action. */
    ACTION("action"),
    /** An event trigger fired. */
    EVENT("event trigger");

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
