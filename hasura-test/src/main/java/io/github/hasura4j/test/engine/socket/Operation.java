package io.github.hasura4j.test.engine.socket;

import io.github.hasura4j.test.engine.EngineException;
import io.github.hasura4j.test.engine.Subscription;
import org.jspecify.annotations.Nullable;

/** A subscription under way on a connection; nothing is sent after it has stopped. */
final class Operation {

    private final String id;
    private final Subscription subscription;
    private final WebSocket socket;
    private final Dialect dialect;
    private boolean stopped;

    Operation(String id, Subscription subscription, WebSocket socket, Dialect dialect) {
        this.id = id;
        this.subscription = subscription;
        this.socket = socket;
        this.dialect = dialect;
    }

    boolean streaming() {
        return subscription.streaming();
    }

    /** Whether the client has read what came before. */
    boolean ready() {
        return socket.idle();
    }

    /**
     * Asks once, and sends what is new.
     *
     * @return whether there may be more at once
     * @throws EngineException if the first question fails
     */
    synchronized boolean refresh() {
        if (stopped || socket.ended()) {
            return false;
        }
        @Nullable String news = subscription.next();
        if (news != null) {
            socket.send(dialect.result(id, news));
        }
        if (subscription.finished()) {
            stopped = true;
            socket.send(Dialect.complete(id));
        }
        return news != null && subscription.streaming();
    }

    synchronized void stop() {
        stopped = true;
    }

    synchronized boolean stopped() {
        return stopped;
    }
}
