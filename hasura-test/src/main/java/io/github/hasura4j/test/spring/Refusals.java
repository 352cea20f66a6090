package io.github.hasura4j.test.spring;

import io.github.hasura4j.test.engine.EngineException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Tells errors that a handler means from answers that the engine does not take. */
final class Refusals {

    private static final String HANDLERS_FAILURE = "internal error";

    private Refusals() {}

    /** Whether a handler refused, or failed and said so as it should: what its tests may expect. */
    static boolean isOfTheHandler(EngineException e) {
        String message = String.valueOf(e.getMessage());
        return e.status() < 500 && !message.startsWith("parsing Hasura.") || message.equals(HANDLERS_FAILURE);
    }

    /** How a test fails whose handler does not keep the contract. */
    static AssertionError notTaken(String subject, EngineException e) {
        JsonNode internal = e.internal();
        return failure(
                subject, e, internal == null ? null : internal.path("error").asString(null));
    }

    private static AssertionError failure(String subject, EngineException e, @Nullable String detail) {
        boolean more = detail != null && !detail.equals("unexpected response");
        return new AssertionError(
                "The engine does not take the answer of %s: %s%s"
                        .formatted(subject, e.getMessage(), more ? " (" + detail + ")" : ""),
                e);
    }
}
