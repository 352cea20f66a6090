package io.github.hasura4j.client;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Time that passes when a test says so. What is scheduled runs on the thread that lets it pass. */
final class ManualTiming implements Timing {

    static final Instant START = Instant.parse("2026-01-31T10:00:00Z");

    private final List<Task> tasks = new ArrayList<>();
    private Duration passed = Duration.ZERO;
    private volatile double random = 0.5;

    private record Task(Duration due, Duration delay, Runnable task) {}

    ManualTiming random(double value) {
        random = value;
        return this;
    }

    @Override
    public synchronized long nanoTime() {
        return passed.toNanos() + 1;
    }

    @Override
    public synchronized Instant now() {
        return START.plus(passed);
    }

    @Override
    public double random() {
        return random;
    }

    @Override
    public synchronized Runnable after(Duration delay, Runnable task) {
        Task scheduled = new Task(passed.plus(delay), delay, task);
        tasks.add(scheduled);
        return () -> {
            synchronized (this) {
                tasks.removeIf(each -> each == scheduled);
            }
        };
    }

    synchronized boolean isWaitingFor(Duration delay) {
        return tasks.stream().anyMatch(each -> each.delay().equals(delay));
    }

    synchronized List<Duration> delays() {
        return tasks.stream().map(Task::delay).sorted().toList();
    }

    /** Waits until something has been scheduled that long ahead, and lets that much time pass. */
    void pass(Duration delay) {
        Await.until(() -> isWaitingFor(delay), () -> "nothing is scheduled in " + delay + ", but in " + delays());
        advance(delay);
    }

    void advance(Duration duration) {
        List<Task> due;
        synchronized (this) {
            passed = passed.plus(duration);
            due = tasks.stream()
                    .filter(each -> each.due().compareTo(passed) <= 0)
                    .toList();
            tasks.removeAll(due);
        }
        due.forEach(each -> each.task().run());
    }
}
