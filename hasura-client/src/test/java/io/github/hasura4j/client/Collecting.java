package io.github.hasura4j.client;

import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A subscriber that keeps what it gets, and asks for what the test says. */
final class Collecting<T> implements Flow.Subscriber<T> {

    private final BlockingQueue<T> values = new LinkedBlockingQueue<>();
    final List<T> all = new CopyOnWriteArrayList<>();
    private final long demand;
    volatile Flow.Subscription subscription;
    volatile Throwable failure;
    volatile boolean completed;

    Collecting(long demand) {
        this.demand = demand;
    }

    static <T> Collecting<T> from(Flow.Publisher<T> publisher, long demand) {
        Collecting<T> collecting = new Collecting<>(demand);
        publisher.subscribe(collecting);
        return collecting;
    }

    T take() {
        try {
            T value = values.poll(10, TimeUnit.SECONDS);
            if (value == null) {
                throw new AssertionError("No value came; failed with " + failure + ", completed " + completed);
            }
            return value;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    void request(long more) {
        Await.until(() -> subscription != null, () -> "not subscribed");
        subscription.request(more);
    }

    Throwable awaitFailure() {
        Await.until(() -> failure != null, () -> "no failure, completed " + completed);
        return failure;
    }

    void awaitCompletion() {
        Await.until(() -> completed, () -> "not completed, failure " + failure);
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        this.subscription = subscription;
        if (demand > 0) {
            subscription.request(demand);
        }
    }

    @Override
    public void onNext(T item) {
        all.add(item);
        values.add(item);
    }

    @Override
    public void onError(Throwable throwable) {
        failure = throwable;
    }

    @Override
    public void onComplete() {
        completed = true;
    }
}
