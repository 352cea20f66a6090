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

    /** Nothing follows: the engine said so, or it was ended here. */
    void completed();

    /** Nothing follows. */
    void failed(RuntimeException cause);
}
