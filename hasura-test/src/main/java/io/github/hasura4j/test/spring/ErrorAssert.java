package io.github.hasura4j.test.spring;

import java.util.Objects;

import io.github.hasura4j.test.engine.EngineException;
import io.github.hasura4j.test.engine.EngineJson;
import org.assertj.core.api.Assertions;
import tools.jackson.databind.JsonNode;

/** An error as clients of the engine see it. */
public final class ErrorAssert {

    private final String subject;
    private final EngineException error;

    ErrorAssert(String subject, EngineException error) {
        this.subject = subject;
        this.error = error;
    }

    /** What stands in {@code extensions.code}. */
    static String code(EngineException error) {
        JsonNode extensions = error.extensions();
        return extensions == null ? error.code() : extensions.path("code").asString("");
    }

    /** Fails if {@code extensions.code} is another. */
    public ErrorAssert withCode(String code) {
        if (!code(error).equals(code)) {
            throw new AssertionError("Expected the code '%s' of the error of %s, but it is '%s': %s"
                    .formatted(code, subject, code(error), error.getMessage()));
        }
        return this;
    }

    /** Fails if the message is another. */
    public ErrorAssert withMessage(String message) {
        if (!Objects.equals(error.getMessage(), message)) {
            throw new AssertionError("Expected the message '%s' of the error of %s, but it is '%s' (code '%s')"
                    .formatted(message, subject, error.getMessage(), code(error)));
        }
        return this;
    }

    /** Fails if {@code extensions} have not this entry. */
    public ErrorAssert withExtension(String name, Object value) {
        JsonNode extensions = error.extensions();
        Assertions.assertThat(extensions == null ? null : extensions.get(name))
                .as("extension '%s' of the error of %s", name, subject)
                .isEqualTo(EngineJson.tree(value));
        return this;
    }
}
