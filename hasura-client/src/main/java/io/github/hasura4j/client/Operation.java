package io.github.hasura4j.client;

/** A subscription as its connection sees it. All calls come one at a time, on the link's turn, and must not block. */
interface Operation {

    GraphQlRequest request();

    /** The payload of {@code subscribe}, asked for at each subscription anew. */
    String payload();

    void connecting();

    /** It was sent; a second time after an interruption or a pause. */
    void subscribed();

    void interrupted(RuntimeException cause, int attempt);

    void next(Frame frame);

    /** The engine said that nothing follows. */
    void completed();

    /** It was ended with its client; nothing follows. */
    void closed();

    /** Nothing follows. */
    void failed(RuntimeException cause);
}
