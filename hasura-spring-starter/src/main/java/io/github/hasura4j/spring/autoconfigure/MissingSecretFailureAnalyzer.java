package io.github.hasura4j.spring.autoconfigure;

import io.github.hasura4j.spring.dispatch.MissingSecretException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says which property to set. */
final class MissingSecretFailureAnalyzer extends AbstractFailureAnalyzer<MissingSecretException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, MissingSecretException cause) {
        return new FailureAnalysis(cause.getMessage() + ".", """
                Set hasura.webhook.secret (or hasura.webhook.secrets, to accept several) to the value that the metadata sends \
                in the header X-Webhook-Secret (hasura.webhook.header names another one). To play on your own machine \
                without a secret, set hasura.webhook.allow-unauthenticated=true.""", cause);
    }
}
