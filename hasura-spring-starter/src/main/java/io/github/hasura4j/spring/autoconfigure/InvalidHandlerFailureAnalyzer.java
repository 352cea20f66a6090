package io.github.hasura4j.spring.autoconfigure;

import io.github.hasura4j.spring.dispatch.InvalidHandlerException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Shows the sentence instead of a stack trace; it says itself what to change. */
final class InvalidHandlerFailureAnalyzer extends AbstractFailureAnalyzer<InvalidHandlerException> {

    @Override
    protected @Nullable FailureAnalysis analyze(Throwable rootFailure, InvalidHandlerException cause) {
        String message = cause.getMessage();
        return message == null ? null : new FailureAnalysis(message + ".", null, cause);
    }
}
