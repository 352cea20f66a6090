package io.github.hasura4j.client;

import java.time.Duration;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.Flow;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

import io.github.hasura4j.client.HasuraTransportException.Reason;
import io.github.hasura4j.client.HasuraTransportException.Sent;
import org.jspecify.annotations.Nullable;

/**
 * What arrives for one operation, on its way to the one reader: a thread that waits, or a subscriber with demand.
 *
 * @param <R> what is kept until somebody wants it
 * @param <T> what the reader gets
 */
abstract class Feed<R, T> implements Operation, Iterable<T>, AutoCloseable {

    private enum State {
        NEW,
        OPEN,
        ENDED
    }

    private static final SubscriptionListener NOBODY = new SubscriptionListener() {};

    final Subscriptions subscriptions;
    final ReentrantLock lock = new ReentrantLock();
    private final Identity identity;
    private final Condition changed = lock.newCondition();
    private final SerialExecutor callbacks;
    private State state = State.NEW;
    private SubscriptionListener listener = NOBODY;
    private @Nullable Link link;
    private @Nullable RuntimeException failure;
    private @Nullable Outlet outlet;
    private boolean iterated;
    private boolean everSubscribed;
    private boolean interrupted;
    private @Nullable RuntimeException lastError;

    Feed(Subscriptions subscriptions, Identity identity) {
        this.subscriptions = subscriptions;
        this.identity = identity;
        this.callbacks = new SerialExecutor(subscriptions.executor());
    }

    /** The next thing for the reader, or null. With the lock. */
    abstract @Nullable R poll();

    /** Whether {@link #poll} would give nothing. With the lock. */
    abstract boolean isEmpty();

    /** Drops what nobody will read. With the lock. */
    abstract void clear();

    /** Makes of it what the reader wants; by the reader, without the lock. */
    abstract T decode(R raw);

    /** Something was taken; without the lock. */
    void taken() {}

    /** Before it is opened; may throw. */
    void opening() {}

    /** Nothing will arrive any more; without the lock. */
    void ended() {}

    @Nullable
    Link link() {
        return link;
    }

    /** Changes what may be changed until it is opened. */
    final void configure(Runnable change) {
        lock.lock();
        try {
            if (state != State.NEW || iterated || outlet != null) {
                throw new IllegalStateException("It is open already: say that before reading.");
            }
            change.run();
        } finally {
            lock.unlock();
        }
    }

    final void listenWith(SubscriptionListener listener) {
        configure(() -> this.listener = listener);
    }

    private void open() {
        lock.lock();
        try {
            if (state != State.NEW) {
                return;
            }
            opening();
            link = subscriptions.open(identity, this);
            state = State.OPEN;
        } finally {
            lock.unlock();
        }
    }

    // The reader.

    @Override
    public final Iterator<T> iterator() {
        lock.lock();
        try {
            if (iterated || outlet != null) {
                throw new IllegalStateException(
                        "It has a reader already; ask for another subscription for another one.");
            }
            iterated = true;
        } finally {
            lock.unlock();
        }
        open();
        return new Iterator<>() {
            private @Nullable T next;

            @Override
            public boolean hasNext() {
                if (next == null) {
                    next = await(Long.MAX_VALUE);
                }
                return next != null;
            }

            @Override
            public T next() {
                if (!hasNext()) {
                    throw new NoSuchElementException("The subscription has ended");
                }
                T taken = next;
                next = null;
                return java.util.Objects.requireNonNull(taken);
            }
        };
    }

    public final Optional<T> next(Duration timeout) {
        lock.lock();
        try {
            if (outlet != null) {
                throw new IllegalStateException("It has a subscriber, who gets everything.");
            }
        } finally {
            lock.unlock();
        }
        open();
        return Optional.ofNullable(await(nanos(timeout)));
    }

    private static long nanos(Duration timeout) {
        try {
            return timeout.toNanos();
        } catch (ArithmeticException e) {
            return timeout.isNegative() ? 0 : Long.MAX_VALUE;
        }
    }

    private @Nullable T await(long nanos) {
        R raw = awaitRaw(nanos);
        if (raw == null) {
            return null;
        }
        taken();
        try {
            return decode(raw);
        } catch (RuntimeException e) {
            fail(e);
            throw e;
        }
    }

    private @Nullable R awaitRaw(long nanos) {
        long rest = nanos;
        try {
            lock.lockInterruptibly();
            try {
                while (true) {
                    R raw = poll();
                    if (raw != null) {
                        return raw;
                    }
                    if (state == State.ENDED) {
                        if (failure != null) {
                            throw failure;
                        }
                        return null;
                    }
                    if (rest <= 0) {
                        return null;
                    }
                    if (rest == Long.MAX_VALUE) {
                        changed.await(); // Which, other than the one below, does not keep a common pool's thread from
                        // the JDK.
                    } else {
                        rest = changed.awaitNanos(rest);
                    }
                }
            } finally {
                lock.unlock();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HasuraTransportException(
                    "Operation '%s' was interrupted while it waited for data"
                            .formatted(request().shownName()),
                    Reason.INTERRUPTED,
                    Sent.MAYBE,
                    null,
                    e);
        }
    }

    public final Flow.Publisher<T> asPublisher() {
        return this::subscribe;
    }

    private void subscribe(Flow.Subscriber<? super T> subscriber) {
        Outlet mine = new Outlet(java.util.Objects.requireNonNull(subscriber, "subscriber"));
        boolean free;
        lock.lock();
        try {
            free = outlet == null && !iterated && state == State.NEW;
            if (free) {
                outlet = mine;
            }
        } finally {
            lock.unlock();
        }
        if (!free) {
            callbacks.execute(() -> mine.refuse(new IllegalStateException(
                    "It has a reader already; ask for another subscription for another one.")));
            return;
        }
        callbacks.execute(() -> subscriber.onSubscribe(mine));
        try {
            open();
        } catch (RuntimeException e) {
            fail(e);
        }
    }

    /** A subscriber and what it has asked for. It is called from {@link #callbacks} only. */
    private final class Outlet implements Flow.Subscription {

        private final Flow.Subscriber<? super T> subscriber;
        private long demand;
        private boolean draining;
        private boolean done;

        Outlet(Flow.Subscriber<? super T> subscriber) {
            this.subscriber = subscriber;
        }

        void refuse(RuntimeException why) {
            done = true;
            subscriber.onSubscribe(this);
            subscriber.onError(why);
        }

        @Override
        public void request(long more) {
            if (more <= 0) {
                fail(new IllegalArgumentException("A subscriber asked for " + more + "; it has to be more than 0"));
                return;
            }
            lock.lock();
            try {
                demand = demand + more < 0 ? Long.MAX_VALUE : demand + more;
            } finally {
                lock.unlock();
            }
            drainLater();
        }

        @Override
        public void cancel() {
            lock.lock();
            try {
                done = true;
            } finally {
                lock.unlock();
            }
            close();
        }

        void drainLater() {
            lock.lock();
            try {
                if (draining || done) {
                    return;
                }
                draining = true;
            } finally {
                lock.unlock();
            }
            callbacks.execute(this::drain);
        }

        private void drain() {
            while (true) {
                R raw;
                lock.lock();
                try {
                    raw = !done && demand > 0 ? poll() : null;
                    if (raw == null) {
                        draining = false;
                        if (done || state != State.ENDED || !isEmpty()) {
                            return;
                        }
                        done = true;
                    } else {
                        demand--;
                    }
                } finally {
                    lock.unlock();
                }
                if (raw == null) {
                    finish();
                    return;
                }
                taken();
                deliver(raw);
            }
        }

        private void deliver(R raw) {
            T value;
            try {
                value = decode(raw);
            } catch (RuntimeException e) {
                fail(e);
                return;
            }
            try {
                subscriber.onNext(value);
            } catch (RuntimeException e) {
                cancel(); // Against the rules of the subscriber; nobody is there to be told.
                throw e;
            }
        }

        private void finish() {
            if (failure != null) {
                subscriber.onError(failure);
            } else {
                subscriber.onComplete();
            }
        }
    }

    /** Wakes the reader. */
    final void signal() {
        Outlet subscriber;
        lock.lock();
        try {
            changed.signalAll();
            subscriber = outlet;
        } finally {
            lock.unlock();
        }
        if (subscriber != null) {
            subscriber.drainLater();
        }
    }

    // The link.

    @Override
    public final void connecting() {
        tell(SubscriptionListener::connecting);
    }

    @Override
    public void subscribed() {
        if (!everSubscribed) {
            everSubscribed = true;
            interrupted = false;
            tell(SubscriptionListener::connected);
        } else {
            undisturbed();
        }
    }

    @Override
    public final void interrupted(RuntimeException cause, int attempt) {
        interrupted = true;
        tell(heard -> heard.interrupted(cause, attempt));
    }

    /** It delivers again. */
    final void undisturbed() {
        if (interrupted) {
            interrupted = false;
            tell(SubscriptionListener::resumed);
        }
    }

    @Override
    public final void next(Frame frame) {
        String payload = frame.payload();
        if (frame.hasErrors() && payload != null) {
            // The engine could not run it this time, and keeps it.
            lastError = subscriptions.failure(request(), payload, true);
            interrupted(lastError, 0);
        } else {
            lastError = null;
            undisturbed();
            arrived(payload == null ? "{}" : payload);
        }
    }

    /** An answer without errors, on the link's turn. */
    abstract void arrived(String payload);

    @Override
    public final void completed() {
        end(lastError, false); // Spring for GraphQL refuses a document that way.
    }

    @Override
    public final void closed() {
        end(null, false);
    }

    @Override
    public final void failed(RuntimeException cause) {
        end(cause, false);
    }

    /** Ends it from this side, with what the reader has to know after what is there already. */
    final void fail(RuntimeException cause) {
        end(cause, true);
        leave();
    }

    @Override
    public final void close() {
        end(null, true);
        leave();
    }

    private void leave() {
        Link left;
        lock.lock();
        try {
            left = link;
        } finally {
            lock.unlock();
        }
        if (left != null) {
            left.remove(this);
        }
    }

    private void end(@Nullable RuntimeException cause, boolean now) {
        lock.lock();
        try {
            if (now) {
                clear();
            }
            if (state == State.ENDED) {
                failure = failure == null && now ? cause : failure; // What was left could not be read.
                return;
            }
            state = State.ENDED;
            failure = cause;
        } finally {
            lock.unlock();
        }
        ended();
        signal();
        if (cause == null) {
            tell(SubscriptionListener::completed);
        } else {
            tell(heard -> heard.failed(cause));
        }
    }

    private void tell(java.util.function.Consumer<SubscriptionListener> what) {
        if (listener != NOBODY) {
            callbacks.execute(() -> what.accept(listener));
        }
    }

    @Override
    public String toString() {
        return getClass().getInterfaces()[0].getSimpleName() + "[" + request() + "]";
    }
}
