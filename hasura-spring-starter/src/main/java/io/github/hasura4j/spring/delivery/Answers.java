package io.github.hasura4j.spring.delivery;

import io.github.hasura4j.spring.AdvisedHandler;
import io.github.hasura4j.spring.HasuraActionException;
import io.github.hasura4j.spring.WebhookKind;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.util.RawValue;

/** What is recorded of a handler's answer, and what of that a repeat gets. */
final class Answers {

    private final AdvisedHandler handler;
    private final int limit;

    Answers(AdvisedHandler handler, int limit) {
        this.handler = handler;
        this.limit = limit;
    }

    /** The text to record, or null where nobody waits for an answer or it is too long. */
    @Nullable
    String toRecord(@Nullable Object answer) {
        if (handler.kind() != WebhookKind.ACTION) {
            return null;
        }
        String json = handler.toJson(answer);
        return json.length() > limit ? null : json;
    }

    /** The answer for a repeat. */
    @Nullable
    Object toRepeat(@Nullable String recorded) {
        if (handler.kind() != WebhookKind.ACTION) {
            return null;
        }
        if (recorded == null) {
            throw HasuraActionException.of(
                            "answer-not-recorded", "This was done before; its answer was too large to keep")
                    .withStatus(409);
        }
        return new RawValue(recorded);
    }

    /** What to throw at a delivery whose twin is still running. */
    RuntimeException inProgress(Spread spread) {
        return handler.kind() == WebhookKind.ACTION
                ? HasuraActionException.of("in-progress", "The same call is still running")
                        .withStatus(409)
                : spread.pushBack();
    }
}
