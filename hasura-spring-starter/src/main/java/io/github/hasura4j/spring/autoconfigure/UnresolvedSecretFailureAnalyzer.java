package io.github.hasura4j.spring.autoconfigure;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says which variable to set. */
final class UnresolvedSecretFailureAnalyzer extends AbstractFailureAnalyzer<UnresolvedSecretException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, UnresolvedSecretException cause) {
        return new FailureAnalysis(
                cause.getMessage() + ".",
                "Set the environment variable %s, or the property of that name. A secret itself cannot contain ${…}."
                        .formatted(cause.name()),
                cause);
    }
}
