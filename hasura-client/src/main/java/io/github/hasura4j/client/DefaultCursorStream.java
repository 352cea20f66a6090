package io.github.hasura4j.client;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.function.Consumer;
import java.util.function.Function;

import io.github.hasura4j.client.Position.Row;
import io.github.hasura4j.client.Position.Step;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Keeps what has arrived until the reader takes it, and the position behind it to go on from: so a connection that breaks costs
 * nothing. A reader who falls behind makes it pause, which is a break of its own making.
 */
final class DefaultCursorStream<T> extends Feed<DefaultCursorStream.Arrived, Batch<T>> implements CursorStream<T> {

    private final Function<JsonNode, GraphQlRequest> requestAt;
    private final String path;
    private final Class<T> type;
    private final Cursor cursor;
    private final GraphQlRequest request;
    private final CursorRows rows;
    private final Queue<Arrived> buffer = new ArrayDeque<>();
    private final Acknowledgements acknowledgements = new Acknowledgements(this::save);
    private CursorStore store = CursorStore.inMemory();
    private String name = "";
    private @Nullable Duration rereading;
    private volatile Position position;
    private long buffered;
    private boolean paused;
    private boolean over;
    private Runnable timer = () -> {};

    /**
     * A batch.
     *
     * @param fresh which of its rows to deliver
     * @param after the position behind it
     */
    record Arrived(String payload, BitSet fresh, Position after) {}

    /** @param requestAt what to subscribe in order to go on behind a value */
    DefaultCursorStream(
            Subscriptions subscriptions,
            Identity identity,
            Function<JsonNode, GraphQlRequest> requestAt,
            String path,
            Class<T> type,
            Cursor cursor) {
        super(subscriptions, identity);
        this.requestAt = requestAt;
        this.path = path;
        this.type = type;
        this.cursor = cursor;
        this.position = Position.start(cursor, beginning(cursor, subscriptions.mapper()));
        this.request = requestAt.apply(position.after());
        this.rows = new CursorRows(request, cursor, path, subscriptions.mapper());
        subscriptions.payload(request); // What cannot be written shows now.
    }

    private static JsonNode beginning(Cursor cursor, JsonMapper mapper) {
        try {
            return mapper.valueToTree(cursor.from());
        } catch (JacksonException e) {
            throw new HasuraRequestException(
                    "The value that the cursor on '%s' begins with cannot be written as JSON. Give a number, text or a date; nothing was sent."
                            .formatted(cursor.column()),
                    HasuraException.withoutMessage(e));
        }
    }

    @Override
    public CursorStream<T> resume(CursorStore store, String name) {
        configure(() -> {
            this.store = store;
            this.name = name;
        });
        return this;
    }

    @Override
    public CursorStream<T> rereadEvery(Duration interval) {
        if (cursor.overlap() == 0) {
            throw new IllegalStateException(
                    "There is nothing to read again without an overlap: say how many rows with Cursor.overlap(…).");
        }
        if (interval.isZero() || interval.isNegative()) {
            throw new IllegalArgumentException("Has to be longer than nothing, but is " + interval);
        }
        configure(() -> rereading = interval);
        return this;
    }

    @Override
    public CursorStream<T> listener(SubscriptionListener listener) {
        listenWith(listener);
        return this;
    }

    @Override
    void opening() {
        JsonMapper mapper = subscriptions.mapper();
        store.load(name).ifPresent(text -> position = Position.read(text, name, cursor, mapper));
        rereadLater();
    }

    private void save(Position acknowledged) {
        store.save(name, acknowledged.write(subscriptions.mapper()));
    }

    private void rereadLater() {
        Duration interval = rereading;
        if (interval == null) {
            return;
        }
        lock.lock();
        try {
            if (!over) {
                timer = subscriptions.timing().after(interval, () -> {
                    Link open = link();
                    if (open != null) {
                        open.renew(this);
                    }
                    rereadLater();
                });
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    void ended() {
        lock.lock();
        try {
            over = true;
            timer.run();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public GraphQlRequest request() {
        return request;
    }

    @Override
    public String payload() {
        return subscriptions.payload(requestAt.apply(position.after()));
    }

    @Override
    void arrived(String payload) {
        Step step;
        try {
            List<Row> read = rows.read(payload);
            if (read.isEmpty()) {
                return;
            }
            step = position.advance(read);
        } catch (HasuraException | IllegalStateException e) {
            fail(e);
            return;
        }
        Link full = null;
        lock.lock();
        try {
            position = step.position();
            if (!step.fresh().isEmpty()) {
                buffer.add(new Arrived(payload, step.fresh(), step.position()));
                buffered += payload.length();
            }
            SubscriptionSettings settings = subscriptions.settings();
            if (buffer.size() >= settings.bufferBatches() || buffered >= settings.bufferBytes()) {
                paused = true;
                full = link();
            }
        } finally {
            lock.unlock();
        }
        if (full != null) {
            full.pause(this);
        }
        signal();
    }

    @Override
    void taken() {
        Link goOn = null;
        lock.lock();
        try {
            SubscriptionSettings settings = subscriptions.settings();
            if (paused && buffer.size() <= settings.bufferBatches() / 2 && buffered <= settings.bufferBytes() / 2) {
                paused = false;
                goOn = link();
            }
        } finally {
            lock.unlock();
        }
        if (goOn != null) {
            goOn.resume(this);
        }
    }

    @Override
    @Nullable
    Arrived poll() {
        Arrived next = buffer.poll();
        if (next != null) {
            buffered -= next.payload().length();
        }
        return next;
    }

    @Override
    boolean isEmpty() {
        return buffer.isEmpty();
    }

    @Override
    void clear() {
        buffer.clear();
        buffered = 0;
    }

    /** How many batches wait for the reader; for tests. */
    int waiting() {
        lock.lock();
        try {
            return buffer.size();
        } finally {
            lock.unlock();
        }
    }

    @Override
    Batch<T> decode(Arrived arrived) {
        byte[] bytes = arrived.payload().getBytes(StandardCharsets.UTF_8);
        List<T> all = Answer.of(request, bytes, subscriptions.mapper(), 200, Subscriptions.NO_HEADERS)
                .list(path, type, false);
        BitSet fresh = arrived.fresh();
        List<T> some = all;
        if (fresh.cardinality() < all.size()) {
            some = new ArrayList<>();
            for (int i = fresh.nextSetBit(0); i >= 0; i = fresh.nextSetBit(i + 1)) {
                some.add(all.get(i));
            }
        }
        return new Batch<>(Collections.unmodifiableList(some), acknowledgements.delivered(arrived.after()));
    }

    @Override
    public void forEachBatch(Consumer<? super Batch<T>> reader) {
        try (this) {
            for (Batch<T> each : this) {
                reader.accept(each);
            }
        }
    }
}
