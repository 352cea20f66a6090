package io.github.hasura4j.spring.autoconfigure;

import io.github.hasura4j.spring.WebhookKind;
import io.github.hasura4j.spring.dispatch.MissingSecretException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says which property to set. */
final class MissingSecretFailureAnalyzer extends AbstractFailureAnalyzer<MissingSecretException> {

    private static final String FOR_ALL = """
            Set hasura.webhook.secret (or hasura.webhook.secrets, to accept several) to the value that the metadata sends \
            in the header X-Webhook-Secret (hasura.webhook.header names another one). To play on your own machine \
            without a secret, set hasura.webhook.allow-unauthenticated=true.""";

    private static final String FOR_THE_AUTH_HOOK = """
            Set hasura.webhook.auth-hook.secret and append it to the URL in the engine's HASURA_GRAPHQL_AUTH_HOOK, as in \
            http://service/hasura/auth-hook/the-secret: the engine cannot send it in a header. Where nobody but the engine can \
            reach this application, hasura.webhook.auth-hook.allow-unauthenticated=true goes without.""";

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, MissingSecretException cause) {
        return new FailureAnalysis(
                cause.getMessage() + ".", cause.kind() == WebhookKind.AUTH_HOOK ? FOR_THE_AUTH_HOOK : FOR_ALL, cause);
    }
}
