package io.github.hasura4j.spring.autoconfigure;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.github.hasura4j.spring.WebhookKind;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.bind.Name;
import org.springframework.util.unit.DataSize;

/**
 * How the engine calls this application.
 *
 * @param header Name of the header in which the engine sends the webhook secret.
 * @param secret Webhook secret the engine sends.
 * @param secrets Webhook secrets accepted at the same time, for changing the secret without downtime; added to 'secret'.
 * @param allowUnauthenticated Whether to start without any secret and believe everybody. For playing on your own machine.
 * @param allowedAddresses IP addresses or ranges, such as 10.0.0.0/8, that webhooks are taken from. Anywhere if left out.
 * @param maxBodySize Largest body accepted; rows can be megabytes.
 * @param asyncTimeout How long the future or Mono of an asynchronous handler may take.
 * @param actions Endpoint for actions.
 * @param events Endpoint for event triggers.
 * @param scheduled Endpoint for cron triggers and one-off scheduled events.
 * @param validations Endpoint for input validations.
 * @param authHook Endpoint for the auth hook.
 */
@ConfigurationProperties("hasura.webhook")
public record HasuraWebhookProperties(
        @DefaultValue("X-Webhook-Secret") String header,
        @Nullable String secret,
        @DefaultValue List<String> secrets,
        @DefaultValue("false") boolean allowUnauthenticated,
        @DefaultValue List<String> allowedAddresses,
        @DefaultValue("10MB") DataSize maxBodySize,
        @DefaultValue("60s") Duration asyncTimeout,
        @DefaultValue Actions actions,
        @DefaultValue Events events,
        @DefaultValue Scheduled scheduled,
        @DefaultValue Validations validations,
        @DefaultValue @Name("auth-hook") AuthHook authHook) {

    /** The single secret and the list of them, together. */
    List<String> allSecrets() {
        return together(secret, secrets);
    }

    /** The endpoints, by what they are for. */
    Map<WebhookKind, Endpoint> endpoints() {
        Map<WebhookKind, Endpoint> endpoints = new LinkedHashMap<>();
        endpoints.put(WebhookKind.ACTION, actions);
        endpoints.put(WebhookKind.EVENT, events);
        endpoints.put(WebhookKind.SCHEDULED, scheduled);
        endpoints.put(WebhookKind.VALIDATION, validations);
        endpoints.put(WebhookKind.AUTH_HOOK, authHook);
        return endpoints;
    }

    private static List<String> together(@Nullable String secret, List<String> secrets) {
        return Stream.concat(Stream.ofNullable(secret), secrets.stream()).toList();
    }

    /** Leaves the secrets out. */
    @Override
    public String toString() {
        return "HasuraWebhookProperties[header=" + header + ", allowUnauthenticated=" + allowUnauthenticated
                + ", maxBodySize=" + maxBodySize + ", endpoints=" + endpoints() + "]";
    }

    /** What the endpoints have in common. */
    sealed interface Endpoint {

        String path();

        @Nullable
        String secret();

        List<String> secrets();

        /** The secrets of this endpoint alone; empty if it has the ones of all. */
        default List<String> ownSecrets() {
            return together(secret(), secrets());
        }
    }

    /**
     * Endpoint for actions.
     *
     * @param path Path for actions; '{path}/{name}' works as well.
     * @param secret Secret for actions alone, instead of 'hasura.webhook.secret'.
     * @param secrets Secrets for actions alone, accepted at the same time.
     */
    public record Actions(
            @DefaultValue("/hasura/actions") String path,
            @Nullable String secret,
            @DefaultValue List<String> secrets) implements Endpoint {

        /** Leaves the secrets out. */
        @Override
        public String toString() {
            return path;
        }
    }

    /**
     * Endpoint for event triggers.
     *
     * @param path Path for event triggers; '{path}/{name}' works as well.
     * @param secret Secret for event triggers alone, instead of 'hasura.webhook.secret'.
     * @param secrets Secrets for event triggers alone, accepted at the same time.
     */
    public record Events(
            @DefaultValue("/hasura/events") String path,
            @Nullable String secret,
            @DefaultValue List<String> secrets) implements Endpoint {

        /** Leaves the secrets out. */
        @Override
        public String toString() {
            return path;
        }
    }

    /**
     * Endpoint for cron triggers and one-off scheduled events.
     *
     * @param path Path for cron triggers; one-off events come to '{path}/{name}'.
     * @param secret Secret for scheduled triggers alone, instead of 'hasura.webhook.secret'.
     * @param secrets Secrets for scheduled triggers alone, accepted at the same time.
     */
    public record Scheduled(
            @DefaultValue("/hasura/scheduled") String path,
            @Nullable String secret,
            @DefaultValue List<String> secrets) implements Endpoint {

        /** Leaves the secrets out. */
        @Override
        public String toString() {
            return path;
        }
    }

    /**
     * Endpoint for input validations.
     *
     * @param path Path for input validations, which come to '{path}/{name}'.
     * @param secret Secret for input validations alone, instead of 'hasura.webhook.secret'.
     * @param secrets Secrets for input validations alone, accepted at the same time.
     */
    public record Validations(
            @DefaultValue("/hasura/validations") String path,
            @Nullable String secret,
            @DefaultValue List<String> secrets)
            implements Endpoint {

        /** Leaves the secrets out. */
        @Override
        public String toString() {
            return path;
        }
    }

    /**
     * Endpoint for the auth hook.
     *
     * @param path Path for the auth hook; the engine calls '{path}/{secret}'.
     * @param secret Secret at the end of the auth hook's URL; the engine cannot send it in a header.
     * @param secrets Secrets accepted at the end of the auth hook's URL at the same time.
     * @param allowUnauthenticated Whether everybody may ask the auth hook, because only the engine can reach it.
     */
    public record AuthHook(
            @DefaultValue("/hasura/auth-hook") String path,
            @Nullable String secret,
            @DefaultValue List<String> secrets,
            @DefaultValue("false") boolean allowUnauthenticated)
            implements Endpoint {

        /** Leaves the secrets out. */
        @Override
        public String toString() {
            return path;
        }
    }
}
