package io.github.hasura4j.test.spring;

import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;

import io.github.hasura4j.test.engine.Environment;
import io.github.hasura4j.test.engine.Trace;
import io.github.hasura4j.test.engine.http.WebhookDelivery;
import io.github.hasura4j.test.engine.http.Webhooks;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Delivers as the engine does, on a clock that jumps from one try to the next ({@code webhooks.md} 2.8). */
final class Deliveries {

    private static final int TOO_MANY = 100;

    private final Caller caller;
    private final EventCall.Faults faults;

    Deliveries(Caller caller, EventCall.Faults faults) {
        this.caller = caller;
        this.faults = faults;
    }

    /**
     * What is to be delivered.
     *
     * @param subject the trigger, in words
     * @param id the event
     * @param target who is called
     * @param body what is sent, by the tries already made
     * @param numRetries how often it is tried again
     * @param intervalSeconds the pause between tries
     * @param trace the trace that the event remembers
     */
    record Job(
            String subject,
            String id,
            WebhookDelivery.Target target,
            IntFunction<ObjectNode> body,
            int numRetries,
            int intervalSeconds,
            Trace trace) {}

    /**
     * A job that waits for its time.
     *
     * @param job the job
     * @param due its time
     * @param order the place among those of the same time
     * @param tries the tries that the engine knows of
     * @param calls the calls that were made
     */
    private record Waiting(Job job, Duration due, int order, int tries, int calls) {}

    DeliveryReport run(List<Job> jobs) {
        PriorityQueue<Waiting> queue =
                new PriorityQueue<>(Comparator.comparing(Waiting::due).thenComparing(Waiting::order));
        for (int i = 0; i < jobs.size(); i++) {
            queue.add(new Waiting(jobs.get(i), Duration.ZERO, i, 0, 0));
        }
        List<DeliveryAttempt> attempts = new ArrayList<>();
        while (!queue.isEmpty()) {
            Duration now = queue.element().due();
            List<Waiting> due = new ArrayList<>();
            while (!queue.isEmpty() && queue.element().due().equals(now)) {
                due.add(queue.remove());
            }
            List<WebhookDelivery.Attempt> made = faults.concurrent ? together(due) : oneByOne(due);
            for (int i = 0; i < due.size(); i++) {
                Waiting next = settle(due.get(i), made.get(i), attempts);
                if (next != null) {
                    queue.add(next);
                }
            }
        }
        return new DeliveryReport(jobs.get(0).subject(), attempts);
    }

    private @Nullable Waiting settle(Waiting tried, WebhookDelivery.Attempt made, List<DeliveryAttempt> attempts) {
        boolean forgotten = faults.restart && tried.calls() == 0;
        Integer retryAfter = made.retryAfter();
        Job job = tried.job();
        Duration pause = null;
        if (forgotten) {
            pause = Duration.ZERO;
        } else if (!made.delivered() && retryAfter != null) {
            pause = Duration.ofSeconds(retryAfter);
        } else if (!made.delivered() && tried.tries() < job.numRetries()) {
            pause = Duration.ofSeconds(job.intervalSeconds());
        }
        attempts.add(new DeliveryAttempt(
                job.id(),
                tried.due(),
                tried.tries(),
                made.status(),
                forgotten ? "the engine stopped before it knew (" + made.outcome() + ")" : made.outcome(),
                made.delivered() && !forgotten,
                pause == null));
        if (tried.calls() >= TOO_MANY) {
            throw new AssertionError(
                    "%s was tried %d times and asks for more: the engine tries again for ever where an answer other than 2xx has Retry-After. Look at delivery_info.current_retry, and give up yourself"
                            .formatted(job.subject(), TOO_MANY));
        }
        return pause == null
                ? null
                : new Waiting(
                        job,
                        tried.due().plus(pause),
                        tried.order(),
                        tried.tries() + (forgotten ? 0 : 1),
                        tried.calls() + 1);
    }

    private List<WebhookDelivery.Attempt> oneByOne(List<Waiting> due) {
        return due.stream().map(this::attempt).toList();
    }

    private List<WebhookDelivery.Attempt> together(List<Waiting> due) {
        CyclicBarrier start = new CyclicBarrier(due.size());
        ExecutorService threads = Executors.newFixedThreadPool(due.size());
        try {
            List<Callable<WebhookDelivery.Attempt>> calls = new ArrayList<>();
            due.forEach(each -> calls.add(() -> {
                start.await();
                return attempt(each);
            }));
            List<WebhookDelivery.Attempt> made = new ArrayList<>();
            for (Future<WebhookDelivery.Attempt> each : threads.invokeAll(calls)) {
                made.add(each.get());
            }
            return made;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while delivering", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("A delivery failed in the tester itself", e.getCause());
        } finally {
            threads.shutdownNow();
        }
    }

    private WebhookDelivery.Attempt attempt(Waiting waiting) {
        Job job = waiting.job();
        Webhooks.Exchange faulty =
                (method, url, headers, body, timeout) -> call(waiting.calls(), method, url, headers, body, timeout);
        return new WebhookDelivery(new Webhooks(faulty), new Environment(Map.of()))
                .attempt(job.target(), job.body().apply(waiting.tries()), job.trace(), "2");
    }

    private Webhooks.Answer call(
            int calls, String method, String url, Map<String, String> headers, @Nullable String body, Duration timeout)
            throws IOException {
        if (calls < faults.refused) {
            throw new ConnectException("connection refused");
        }
        Webhooks.Answer answer = caller.exchange().call(method, url, headers, body, timeout);
        if (calls < faults.refused + faults.lost) {
            throw new IOException("the connection was closed before the answer came");
        }
        if (calls < faults.refused + faults.lost + faults.late) {
            throw new IOException("request timed out after " + timeout.toSeconds() + " s");
        }
        return answer;
    }
}
