package io.github.hasura4j.test.engine.socket;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

import io.github.hasura4j.test.LocalHasuraException;
import io.github.hasura4j.test.engine.Authenticator;
import io.github.hasura4j.test.engine.GraphQlEngine;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The engine's WebSocket server: all connections, and the questions that are asked again for their subscriptions. */
public final class SocketFront implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SocketFront.class);
    private static final Duration TICK = Duration.ofMillis(20);
    private static final Duration FAREWELL = Duration.ofSeconds(1);

    private final Authenticator authenticator;
    private final Supplier<GraphQlEngine> engine;
    private final Clock clock;
    private final Settings settings;
    private final Set<Conversation> open = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(3, task -> {
        Thread thread = new Thread(task, "local-hasura-subscriptions");
        thread.setDaemon(true);
        return thread;
    });
    private volatile boolean closed;

    /**
     * How WebSockets are served.
     *
     * @param liveQueries how often live queries are asked again; zero for never
     * @param streams the same for streams
     * @param keepAlive how often there is a sign of life
     * @param initTimeout how long a client may take to say who it is
     */
    public record Settings(Duration liveQueries, Duration streams, Duration keepAlive, Duration initTimeout) {}

    public SocketFront(Authenticator authenticator, Supplier<GraphQlEngine> engine, Clock clock, Settings settings) {
        this.authenticator = authenticator;
        this.engine = engine;
        this.clock = clock;
        this.settings = settings;
        every(TICK, this::tick);
        every(settings.liveQueries(), () -> round(false));
        every(settings.streams(), () -> round(true));
    }

    private void every(Duration interval, Runnable what) {
        if (!interval.isZero()) {
            timer.scheduleWithFixedDelay(
                    () -> {
                        try {
                            what.run();
                        } catch (RuntimeException e) {
                            if (!closed) {
                                LOG.warn("The local engine cannot look after subscriptions; trying again", e);
                            }
                        }
                    },
                    interval.toNanos(),
                    interval.toNanos(),
                    TimeUnit.NANOSECONDS);
        }
    }

    /** Serves a connection until it ends. */
    public void serve(RequestHead head, InputStream in, Socket socket) throws IOException {
        if (closed) {
            WebSocket.refuse(socket, "503 Service Unavailable\r\nRetry-After: 0");
            return;
        }
        if (!head.path().equals("/v1/graphql")) {
            WebSocket.refuse(socket, "404 Not Found");
            return;
        }
        Dialect dialect = Dialect.of(head.all("Sec-WebSocket-Protocol"));
        WebSocket accepted = WebSocket.accept(head, dialect.protocol(), in, socket);
        if (accepted == null) {
            return;
        }
        Conversation conversation = new Conversation(accepted, dialect, head.headers(), authenticator, engine);
        open.add(conversation);
        try {
            conversation.hold();
        } finally {
            open.remove(conversation);
        }
    }

    private void tick() {
        open.forEach(conversation -> conversation.tick(System.nanoTime(), clock.instant(), settings));
    }

    private void round(boolean streaming) {
        for (Operation operation : operations()) {
            // A client that does not read makes nobody wait but itself.
            if (operation.streaming() == streaming && operation.ready()) {
                refresh(operation);
            }
        }
    }

    private List<Operation> operations() {
        return open.stream()
                .flatMap(conversation -> conversation.operations().stream())
                .toList();
    }

    private static boolean refresh(Operation operation) {
        try {
            return operation.refresh();
        } catch (RuntimeException e) {
            LOG.warn("The local engine cannot ask again for a subscription", e);
            return false;
        }
    }

    /**
     * Sends subscribers what has changed, streams to their present end.
     *
     * @throws LocalHasuraException if a client does not read within the limit
     */
    public void refresh(Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        for (Operation operation : operations()) {
            boolean more = true;
            while (more) {
                if (System.nanoTime() > deadline) {
                    throw new LocalHasuraException(
                            "A subscriber of the local engine has not read everything after " + limit, null);
                }
                if (operation.ready() || operation.stopped()) {
                    more = refresh(operation);
                } else {
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
                }
            }
        }
    }

    /** Closes all connections, since the metadata are others by now; clients come again. */
    public void restart() {
        open.forEach(conversation -> conversation.restart("Server state changed, restarting the server"));
    }

    /** Says farewell to all clients, and waits a moment for theirs. */
    @Override
    public void close() {
        closed = true;
        timer.shutdownNow();
        open.forEach(conversation -> conversation.restart("shutting server down"));
        long deadline = System.nanoTime() + FAREWELL.toNanos();
        while (!open.isEmpty() && System.nanoTime() < deadline) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
        open.forEach(Conversation::cut);
    }
}
