package io.github.hasura4j.spring;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/** Decides what the engine is told when a handler's call failed. Costs nothing while calls succeed. Safe for many threads. */
@FunctionalInterface
public interface FailurePolicy {

    /** What to tell the engine, or null for what it would be told without a policy: for events and schedules "again". */
    @Nullable
    Outcome decide(FailedCall failed);

    /**
     * A call that failed, be it in the handler, around it, or by taking too long.
     *
     * @param call the call
     * @param body what the engine sent, word for word; not copied, so do not change it
     * @param cause what was thrown
     */
    record FailedCall(WebhookCall call, byte[] body, Throwable cause) {

        /** Leaves the body and the cause's message out. */
        @Override
        public String toString() {
            return "FailedCall[" + call + ", " + cause.getClass().getName() + "]";
        }
    }

    /** What the engine is told. */
    sealed interface Outcome permits Acknowledge, Again {}

    /** Delivered: it will not come again. */
    record Acknowledge() implements Outcome {}

    /**
     * Again after this time, also beyond the engine's own limit.
     *
     * @param after sent as whole seconds, at least one, since the engine reads nothing else
     * @param expected whether this is part of the plan and needs no error in the log
     * @param status the status of the answer, which shows in the engine's log
     */
    record Again(Duration after, boolean expected, int status) implements Outcome {

        /** With status 503. */
        public Again(Duration after, boolean expected) {
            this(after, expected, 503);
        }

        /** The text of the header {@code Retry-After}. */
        public String seconds() {
            return Long.toString(Math.max(1, after.plusNanos(999_999_999).toSeconds()));
        }
    }
}
