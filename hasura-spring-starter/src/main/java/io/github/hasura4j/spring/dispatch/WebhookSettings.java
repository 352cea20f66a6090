package io.github.hasura4j.spring.dispatch;

import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.github.hasura4j.spring.WebhookKind;

/**
 * Whom to believe, and how much to read.
 *
 * @param access whom to believe, for every kind of call
 * @param allowedAddresses where requests may come from, as IP addresses or ranges such as {@code 10.0.0.0/8}; empty for anywhere
 * @param maxBodySize the largest body read, in bytes
 * @param asyncTimeout how long the future of an asynchronous handler may take
 */
public record WebhookSettings(
        Map<WebhookKind, Access> access, List<String> allowedAddresses, long maxBodySize, Duration asyncTimeout) {

    /** The same for every kind, from anywhere, with a minute for asynchronous handlers, as long as the engine waits for events. */
    public WebhookSettings(String secretHeader, List<String> secrets, boolean allowUnauthenticated, long maxBodySize) {
        this(secretHeader, secrets, allowUnauthenticated, maxBodySize, Duration.ofMinutes(1));
    }

    /** The same for every kind, from anywhere. */
    public WebhookSettings(
            String secretHeader,
            List<String> secrets,
            boolean allowUnauthenticated,
            long maxBodySize,
            Duration asyncTimeout) {
        this(
                Arrays.stream(WebhookKind.values())
                        .collect(Collectors.toMap(
                                Function.identity(), any -> new Access(secretHeader, secrets, allowUnauthenticated))),
                List.of(),
                maxBodySize,
                asyncTimeout);
    }

    public WebhookSettings {
        access = Map.copyOf(new EnumMap<>(access));
        for (WebhookKind kind : WebhookKind.values()) {
            if (!access.containsKey(kind)) {
                throw new IllegalArgumentException("Nothing is said about access to calls of kind " + kind);
            }
        }
        allowedAddresses = List.copyOf(allowedAddresses);
    }

    /** Whether requests can be allowed from there: an IP address or a range of them, no host name. */
    public static boolean isAddressOrRange(String text) {
        try {
            AddressRanges.of(List.of(text));
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Whom to believe. */
    Access of(WebhookKind kind) {
        return Objects.requireNonNull(access.get(kind));
    }

    /**
     * Whom to believe for one kind of call.
     *
     * @param secretHeader the header that holds the secret
     * @param secrets all secrets accepted at the moment; blank ones do not count, blanks around them are dropped
     * @param allowUnauthenticated whether to believe everybody as long as there is no secret
     */
    public record Access(String secretHeader, List<String> secrets, boolean allowUnauthenticated) {

        public Access {
            secrets = secrets.stream()
                    .filter(secret -> !secret.isBlank())
                    .map(String::strip)
                    .distinct()
                    .toList();
        }

        /** Shows how many secrets there are, not which. */
        @Override
        public String toString() {
            return "Access[secretHeader=" + secretHeader + ", secrets=" + secrets.size() + ", allowUnauthenticated="
                    + allowUnauthenticated + "]";
        }
    }
}
