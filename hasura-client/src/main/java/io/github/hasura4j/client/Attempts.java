package io.github.hasura4j.client;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.github.hasura4j.client.HasuraTransportException.Reason;
import io.github.hasura4j.client.HasuraTransportException.Sent;
import org.jspecify.annotations.Nullable;

/**
 * One call: makes the request of each attempt, with the credentials of that moment, and says after each what is next. It does
 * not wait itself, so that blocking and asynchronous calls share every decision. For one thread at a time.
 */
final class Attempts {

    private final ClientOperation operation;
    private final Identity identity;
    private final Transport transport;
    private final RetryPolicy policy;
    private final ClientObserver observer;
    private final Deadline deadline;
    private List<HasuraException> earlier = List.of();
    private byte @Nullable [] body;
    private int count;
    private int renewals;
    private Identity.@Nullable Sending sending;

    Attempts(
            ClientOperation operation,
            Identity identity,
            Transport transport,
            RetryPolicy policy,
            ClientObserver observer) {
        this.operation = operation;
        this.identity = identity;
        this.transport = transport;
        this.policy = policy;
        this.observer = observer;
        this.deadline = Deadline.in(operation.timeout());
    }

    /** What to do after an attempt. */
    sealed interface Next {

        /** There is an answer. */
        record Done(ClientResponse response) implements Next {}

        /** There will be none. */
        record Failed(RuntimeException failure) implements Next {}

        /** Another attempt, after a while. */
        record Again(Duration delay) implements Next {}
    }

    String shown() {
        return operation.shown();
    }

    Deadline deadline() {
        return deadline;
    }

    HttpRequest request() {
        if (body == null) {
            body = transport.body(operation);
        }
        sending = identity.sending();
        HttpRequest.Builder post = transport.post(body);
        sending.headers().forEach(post::setHeader);
        operation.headers().forEach(post::setHeader);
        count++;
        observer.sending(operation, count);
        return post.build();
    }

    void answering(int status) {
        observer.answering(operation, count, status);
    }

    Next answered(HttpResponse<byte[]> response) {
        List<Answer> answers;
        try {
            answers = Answer.all(
                    operation, response.body(), transport.mapper(), response.statusCode(), response.headers());
        } catch (HasuraTransportException e) {
            return failed(e);
        }
        Answer first = answers.get(0);
        // Credentials fail for a batch as a whole.
        if (first.mayHaveErrors()
                && answers.stream().allMatch(first::isSameAs)
                && !first.errors().isEmpty()) {
            HasuraGraphQlException errors =
                    HasuraGraphQlException.of(operation.requests().get(0), first.errors(), first);
            if (isWorthANewToken(errors)) {
                renewals++;
                return again(Duration.ZERO, errors);
            }
            Duration delay = policy.looksAtErrors() ? delayAfter(errors) : null;
            if (delay != null) {
                return again(delay, errors);
            }
        }
        ClientResponse done = new ClientResponse(operation, answers, count);
        observer.answered(done);
        return new Next.Done(done);
    }

    Next failed(RuntimeException failure) {
        if (failure instanceof HasuraException ours) {
            Duration delay = delayAfter(ours);
            if (delay != null) {
                return again(delay, ours);
            }
        }
        earlier.stream().filter(each -> each != failure).forEach(failure::addSuppressed);
        observer.failed(operation, failure);
        return new Next.Failed(failure);
    }

    Next interrupted(InterruptedException e) {
        return failed(new HasuraTransportException(
                shown() + " was interrupted between two attempts",
                Reason.INTERRUPTED,
                operation.isIdempotent() ? Sent.MAYBE : Sent.NO,
                null,
                e));
    }

    /** A rejected token means that nothing was run, so this holds for mutations too; once a call. */
    private boolean isWorthANewToken(HasuraGraphQlException errors) {
        return renewals == 0 && errors.hasCode("invalid-jwt") && sending != null && sending.renew();
    }

    private @Nullable Duration delayAfter(HasuraException failure) {
        Duration delay = policy.delayAfter(count - renewals, operation.isIdempotent(), failure);
        return delay != null && deadline.leavesRoomFor(delay) ? delay : null;
    }

    private Next again(Duration delay, HasuraException failure) {
        earlier = earlier.isEmpty() ? new ArrayList<>() : earlier;
        earlier.add(failure);
        observer.repeating(operation, count, delay, failure);
        return new Next.Again(delay);
    }
}
