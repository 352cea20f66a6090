package io.github.hasura4j.test.autoconfigure;

import io.github.hasura4j.client.project.HasuraProjectException;
import io.github.hasura4j.test.LocalHasuraException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;

/** Shows the sentence instead of a stack trace when the local engine cannot start; it says itself what to change. */
final class LocalHasuraFailureAnalyzer implements FailureAnalyzer {

    @Override
    public @Nullable FailureAnalysis analyze(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof LocalHasuraException || cause instanceof HasuraProjectException) {
                return new FailureAnalysis(cause.getMessage() + ".", null, cause);
            }
        }
        return null;
    }
}
