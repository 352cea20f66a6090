package io.github.hasura4j.spring.autoconfigure;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How the engine calls this application.
 *
 * @param header Name of the header in which the engine sends the webhook secret.
 * @param secret Webhook secret the engine sends.
 * @param secrets Webhook secrets accepted at the same time, for changing the secret without downtime; added to 'secret'.
 * @param allowUnauthenticated Whether to start without any secret and believe everybody. For playing on your own machine.
 * @param maxBodySize Largest body accepted; rows can be megabytes.
 * @param asyncTimeout How long the future or Mono of an asynchronous handler may take.
 * @param actions Endpoint for actions.
 * @param events Endpoint for event triggers.
 */
@ConfigurationProperties("hasura.webhook")
public record HasuraWebhookProperties(
        @DefaultValue("X-Webhook-Secret") String header,
        @Nullable String secret,
        @DefaultValue List<String> secrets,
        @DefaultValue("false") boolean allowUnauthenticated,
        @DefaultValue("10MB") DataSize maxBodySize,
        @DefaultValue("60s") Duration asyncTimeout,
        @DefaultValue Actions actions,
        @DefaultValue Events events) {

    /** The single secret and the list of them, together. */
    List<String> allSecrets() {
        return Stream.concat(Stream.ofNullable(secret), secrets.stream()).toList();
    }

    /** Leaves the secrets out. */
    @Override
    public String toString() {
        return "HasuraWebhookProperties[header=" + header + ", allowUnauthenticated=" + allowUnauthenticated
                + ", maxBodySize=" + maxBodySize + ", actions=" + actions + ", events=" + events + "]";
    }

    /**
     * Endpoint for actions.
     *
     * @param path Path for actions; '{path}/{name}' works as well.
     */
    public record Actions(@DefaultValue("/hasura/actions") String path) {}

    /**
     * Endpoint for event triggers.
     *
     * @param path Path for event triggers; '{path}/{name}' works as well.
     */
    public record Events(@DefaultValue("/hasura/events") String path) {}
}
