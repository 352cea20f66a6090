package io.github.hasura4j.client;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * The connection of one identity, through all the sockets it takes: connects when there is something to subscribe, again when
 * that breaks, ahead of time when the token expires, and lets go when there is nothing left. Everything happens on its inbox,
 * one thing at a time.
 */
final class Link implements Channel.Events {

    /** After so long, a connection has worked, even if no data came. */
    private static final Duration PROVED = Duration.ofSeconds(5);

    private final Subscriptions subscriptions;
    private final Identity identity;
    private final SerialExecutor inbox;
    private final AtomicInteger wanted = new AtomicInteger();
    private final Map<Operation, Entry> entries = new LinkedHashMap<>();
    private final Map<String, Entry> subscribed = new HashMap<>();
    private @Nullable Channel current;
    private @Nullable Channel spare;
    private Runnable timer = () -> {};
    private Runnable renewal = () -> {};
    private long lastId;
    private long acknowledgedAt;
    private boolean everAcknowledged;
    private boolean proved;
    private int failures;
    private int refusals;
    private boolean closed;

    Link(Subscriptions subscriptions, Identity identity) {
        this.subscriptions = subscriptions;
        this.identity = identity;
        this.inbox = new SerialExecutor(subscriptions.executor());
    }

    /** An operation and its id on the current channel, which is null while it is not subscribed. */
    private static final class Entry {

        private final Operation operation;
        private @Nullable String id;
        private boolean paused;

        Entry(Operation operation) {
            this.operation = operation;
        }
    }

    /** Whether anything was added that has not been removed. */
    boolean isWanted() {
        return wanted.get() > 0;
    }

    void add(Operation operation) {
        wanted.incrementAndGet();
        inbox.execute(() -> {
            Entry entry = new Entry(operation);
            boolean first = entries.isEmpty();
            entries.put(operation, entry);
            operation.connecting();
            if (first) {
                timer.run();
            }
            if (current != null) {
                subscribeIfConnected(entry);
            } else if (first) {
                connect(null); // Otherwise it waits for its next attempt, with the others.
            }
        });
    }

    /** Does nothing if it has ended already. */
    void remove(Operation operation) {
        inbox.execute(() -> {
            Entry entry = entries.get(operation);
            if (entry != null) {
                unsubscribe(entry);
                drop(entry);
            }
        });
    }

    /** Stops what arrives for an operation until {@link #resume}. To be called from the operation's {@code next}. */
    void pause(Operation operation) {
        Entry entry = entries.get(operation);
        if (entry != null) {
            entry.paused = true;
            unsubscribe(entry);
        }
    }

    void resume(Operation operation) {
        inbox.execute(() -> {
            Entry entry = entries.get(operation);
            if (entry != null && entry.paused) {
                entry.paused = false;
                subscribeIfConnected(entry);
            }
        });
    }

    /** Subscribes anew, for a payload that has changed. */
    void renew(Operation operation) {
        inbox.execute(() -> {
            Entry entry = entries.get(operation);
            if (entry != null && entry.id != null) {
                unsubscribe(entry);
                subscribeIfConnected(entry);
            }
        });
    }

    /** Ends everything at once; done when the engine was told. */
    CompletableFuture<Void> close() {
        CompletableFuture<Void> told = new CompletableFuture<>();
        inbox.execute(() -> {
            closed = true;
            for (Entry each : List.copyOf(entries.values())) {
                drop(each);
                each.operation.closed();
            }
            disconnect().whenComplete((said, failure) -> told.complete(null));
        });
        return told;
    }

    /** @param refused what the engine did not accept just before, if that is why */
    private void connect(Identity.@Nullable Sending refused) {
        current = new Channel(subscriptions, identity, inbox, this);
        current.open(refused, null);
    }

    private CompletableFuture<?> disconnect() {
        CompletableFuture<?> said = CompletableFuture.completedFuture(null);
        timer.run();
        renewal.run();
        if (current != null) {
            said = current.close();
            current = null;
        }
        if (spare != null) {
            spare.close();
            spare = null;
        }
        return said;
    }

    private void drop(Entry entry) {
        entries.remove(entry.operation);
        wanted.decrementAndGet();
        if (!entries.isEmpty() || closed) {
            return;
        }
        timer.run();
        if (current == null) {
            retire();
        } else {
            timer = later(subscriptions.settings().idleTimeout(), this::retire);
        }
    }

    private void retire() {
        if (entries.isEmpty() && subscriptions.retire(identity, this)) {
            closed = true;
            disconnect();
        }
    }

    private void subscribeIfConnected(Entry entry) {
        if (current != null && current.isAcknowledged()) {
            subscribe(entry);
        }
    }

    private void subscribe(Entry entry) {
        Channel channel = current;
        if (channel == null || entry.paused) {
            return;
        }
        String payload;
        try {
            payload = entry.operation.payload();
        } catch (RuntimeException e) {
            drop(entry);
            entry.operation.failed(e);
            return;
        }
        String id = Long.toString(++lastId); // Never used again, so what comes late for an older one is known as such.
        entry.id = id;
        subscribed.put(id, entry);
        channel.send(subscriptions.message("subscribe", id, new Subscriptions.RawJson(payload)));
        entry.operation.subscribed();
    }

    private void unsubscribe(Entry entry) {
        String id = entry.id;
        if (id != null) {
            entry.id = null;
            subscribed.remove(id);
            if (current != null) {
                current.send(subscriptions.message("complete", id, null));
            }
        }
    }

    @Override
    public void acknowledged(Channel channel) {
        if (channel == spare) {
            Channel old = current;
            current = spare;
            spare = null;
            if (old != null) {
                old.close();
            }
        } else if (channel != current) {
            return;
        }
        everAcknowledged = true;
        proved = false;
        acknowledgedAt = subscriptions.timing().nanoTime();
        resubscribeAll();
        renewInTime(channel);
    }

    private void resubscribeAll() {
        subscribed.clear();
        for (Entry each : List.copyOf(entries.values())) {
            each.id = null;
            subscribe(each);
        }
    }

    private void renewInTime(Channel channel) {
        Instant expiry = channel.expiry();
        renewal.run();
        if (expiry != null) {
            Duration rest = Duration.between(subscriptions.timing().now(), expiry);
            Duration ahead = rest.minus(subscriptions.settings().renewBefore());
            if (!ahead.isNegative()) {
                renewal = later(ahead, this::openSpare);
            }
        }
    }

    private void openSpare() {
        if (current != null && spare == null && !closed) {
            spare = new Channel(subscriptions, identity, inbox, this);
            spare.open(null, current.expiry());
        }
    }

    /** Once more while the old token lasts; then the engine closes, and the ordinary way leads on. */
    private void trySpareAgain() {
        Instant expiry = current == null ? null : current.expiry();
        Duration pause = subscriptions.settings().renewBefore().dividedBy(3);
        if (expiry != null && subscriptions.timing().now().plus(pause).isBefore(expiry)) {
            renewal = later(pause, this::openSpare);
        }
    }

    @Override
    public void received(Channel channel, Frame frame) {
        Entry entry = channel == current && frame.id() != null ? subscribed.get(frame.id()) : null;
        if (entry == null) {
            return; // Of an operation that was ended here meanwhile.
        }
        switch (frame.type()) {
            case "next" -> {
                proved = true;
                entry.operation.next(frame);
            }
            case "error" -> {
                forget(entry);
                String errors = frame.payload() == null ? "[]" : frame.payload();
                entry.operation.failed(subscriptions.failure(entry.operation.request(), errors, frame.hasErrors()));
            }
            default -> {
                forget(entry);
                entry.operation.completed();
            }
        }
    }

    private void forget(Entry entry) {
        subscribed.remove(String.valueOf(entry.id));
        entry.id = null;
        drop(entry);
    }

    @Override
    public void ended(Channel channel, Ending ending) {
        if (channel == spare) {
            spare = null;
            trySpareAgain();
            return;
        }
        if (channel != current) {
            return;
        }
        boolean worked = proved
                || channelLasted(); // Else a server that accepts and then closes would be asked without any pause.
        current = null;
        renewal.run();
        subscribed.clear();
        entries.values().forEach(each -> each.id = null);
        if (worked) {
            failures = 0;
            refusals = 0;
        }
        if (entries.isEmpty()) {
            retire();
            return;
        }
        goOnAfter(channel, ending);
        acknowledgedAt = 0;
        proved = false;
    }

    private boolean channelLasted() {
        return acknowledgedAt != 0 && subscriptions.timing().nanoTime() - acknowledgedAt >= PROVED.toNanos();
    }

    private void goOnAfter(Channel channel, Ending ending) {
        switch (ending.meaning()) {
            case REFUSED -> {
                refusals++;
                if (refusals > 1) {
                    failAll(operation -> refused(operation, ending));
                } else {
                    failures++;
                    interruptAll(operation -> refused(operation, ending));
                    connectOrSpare(channel.sent());
                }
            }
            case HOPELESS -> failAll(operation -> ending.exception(subscriptions.address()));
            default -> {
                boolean hopeless = ending.meaning() == Ending.Meaning.MISCONFIGURED && !everAcknowledged;
                failures++;
                if (hopeless || failures >= subscriptions.settings().maxAttempts()) {
                    failAll(operation -> ending.exception(subscriptions.address()));
                } else {
                    interruptAll(operation -> ending.exception(subscriptions.address()));
                    Duration most = subscriptions.settings().backoff(failures);
                    long wait = (long) (most.toNanos() * subscriptions.timing().random());
                    timer = later(Duration.ofNanos(wait), () -> connectOrSpare(null));
                }
            }
        }
    }

    /** A spare that is on its way already is the next connection. */
    private void connectOrSpare(Identity.@Nullable Sending refused) {
        if (current != null || closed) {
            return;
        }
        if (spare != null) {
            current = spare;
            spare = null;
        } else {
            connect(refused);
        }
    }

    private RuntimeException refused(Operation operation, Ending ending) {
        String text = ending.refusal() == null ? ending.what() : ending.refusal();
        String code = text.toLowerCase(java.util.Locale.ROOT).contains("jwt") ? "invalid-jwt" : "access-denied";
        String error = subscriptions
                .mapper()
                .writeValueAsString(List.of(Map.of("message", text, "extensions", Map.of("code", code, "path", "$"))));
        return subscriptions.failure(operation.request(), error, false);
    }

    private void interruptAll(Function<Operation, RuntimeException> cause) {
        for (Entry each : List.copyOf(entries.values())) {
            each.operation.interrupted(cause.apply(each.operation), failures);
        }
    }

    private void failAll(Function<Operation, RuntimeException> cause) {
        failures = 0;
        refusals = 0;
        for (Entry each : new ArrayList<>(entries.values())) {
            drop(each);
            each.operation.failed(cause.apply(each.operation));
        }
    }

    private Runnable later(Duration delay, Runnable task) {
        boolean[] wanted = {true};
        Runnable cancel = subscriptions
                .timing()
                .after(
                        delay,
                        () -> inbox.execute(() -> {
                            if (wanted[0]) {
                                task.run();
                            }
                        }));
        return () -> {
            wanted[0] = false;
            cancel.run();
        };
    }
}
