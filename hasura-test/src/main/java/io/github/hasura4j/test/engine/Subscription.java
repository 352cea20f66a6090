package io.github.hasura4j.test.engine;

import java.util.function.BooleanSupplier;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A live query, or a stream, asked again and again ({@code graphql-api.md} C.6). Not thread-safe. */
public final class Subscription {

    /** Asks for the data. */
    interface Source {

        /** The data as JSON text; null if there is nothing to send. */
        @Nullable
        String ask();
    }

    private final Session session;
    private final boolean streaming;
    private final Source source;
    private final BooleanSupplier over;
    private @Nullable String last;
    private boolean begun;
    private boolean finished;

    private Subscription(Session session, boolean streaming, Source source, BooleanSupplier over) {
        this.session = session;
        this.streaming = streaming;
        this.source = source;
        this.over = over;
    }

    static Subscription live(Session session, Source source, BooleanSupplier over) {
        return new Subscription(session, false, source, over);
    }

    static Subscription stream(Session session, Source source) {
        return new Subscription(session, true, source, () -> false);
    }

    /** Whether it sends batches of rows, each of them once. */
    public boolean streaming() {
        return streaming;
    }

    /** Whether nothing can come any more. */
    public boolean finished() {
        return finished;
    }

    /**
     * Asks once.
     *
     * @return what to send, data or errors; null if nothing is new
     * @throws EngineException if the first question fails, so that there is no subscription
     */
    public @Nullable String next() {
        @Nullable String answer;
        boolean failed = false;
        try {
            // Before the data, or one that comes in between would never be sent.
            boolean done = over.getAsBoolean();
            String data = source.ask();
            answer = data == null ? null : "{\"data\":" + data + "}";
            finished = done;
        } catch (EngineException e) {
            if (!begun) {
                throw e;
            }
            ObjectNode body = JsonNodeFactory.instance.objectNode();
            body.putNull("data").set("errors", GraphQlEngine.errors(e, session.admin()));
            answer = EngineJson.write(body);
            failed = true;
        }
        begun = true;
        if (answer == null || ((failed || !streaming) && answer.equals(last))) {
            return null;
        }
        last = answer;
        return answer;
    }
}
