package io.github.hasura4j.spring.dispatch;

import java.time.Duration;
import java.util.List;

/**
 * Whom to believe, and how much to read.
 *
 * @param secretHeader the header that holds the secret
 * @param secrets all secrets accepted at the moment; blank ones do not count, blanks around them are dropped
 * @param allowUnauthenticated whether to believe everybody as long as there is no secret
 * @param maxBodySize the largest body read, in bytes
 * @param asyncTimeout how long the future of an asynchronous handler may take
 */
public record WebhookSettings(
        String secretHeader,
        List<String> secrets,
        boolean allowUnauthenticated,
        long maxBodySize,
        Duration asyncTimeout) {

    /** With a minute for asynchronous handlers, as long as the engine waits for events. */
    public WebhookSettings(String secretHeader, List<String> secrets, boolean allowUnauthenticated, long maxBodySize) {
        this(secretHeader, secrets, allowUnauthenticated, maxBodySize, Duration.ofMinutes(1));
    }

    public WebhookSettings {
        secrets = secrets.stream()
                .filter(secret -> !secret.isBlank())
                .map(String::strip)
                .distinct()
                .toList();
    }

    /** Shows how many secrets there are, not which. */
    @Override
    public String toString() {
        return "WebhookSettings[secretHeader=" + secretHeader + ", secrets=" + secrets.size()
                + ", allowUnauthenticated=" + allowUnauthenticated + ", maxBodySize=" + maxBodySize + "]";
    }
}
