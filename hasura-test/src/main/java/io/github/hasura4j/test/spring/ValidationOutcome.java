package io.github.hasura4j.test.spring;

import io.github.hasura4j.test.engine.EngineException;
import org.jspecify.annotations.Nullable;

/** Whether a mutation goes on. */
public final class ValidationOutcome {

    private final String name;
    private final @Nullable EngineException refusal;

    ValidationOutcome(String name, @Nullable EngineException refusal) {
        this.name = name;
        this.refusal = refusal;
    }

    /** Fails if the input was refused. */
    public void accepts() {
        if (refusal != null) {
            throw new AssertionError(
                    "Expected validation '%s' to accept, but it refused: %s".formatted(name, refusal.getMessage()));
        }
    }

    /** Fails if the input was accepted; else the error that the client gets. */
    public ErrorAssert refuses() {
        if (refusal == null) {
            throw new AssertionError("Expected validation '%s' to refuse, but it accepted".formatted(name));
        }
        return new ErrorAssert("validation '" + name + "'", refusal);
    }
}
