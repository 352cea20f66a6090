package io.github.hasura4j.spring.dispatch;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;

import io.github.hasura4j.payload.SessionVariables;
import io.github.hasura4j.spring.WebhookHeaders;
import org.jspecify.annotations.Nullable;

/**
 * Sessions of requests to other endpoints than the webhooks', such as a remote schema, where the engine sends them as {@code
 * x-hasura-*} headers. They are believed if the secret and the address are right, since anybody can send such headers.
 *
 * <p>Safe for use by many threads.
 */
public final class TrustedSessions {

    private final String secretHeader;
    private final SecretCheck secret;
    private final AddressRanges addresses;

    /**
     * For a bean.
     *
     * @param access whom to believe
     * @param allowedAddresses where requests may come from, as IP addresses or ranges; empty for anywhere
     */
    public TrustedSessions(WebhookSettings.Access access, List<String> allowedAddresses) {
        this.secretHeader = access.secretHeader();
        this.secret = new SecretCheck(access);
        this.addresses = AddressRanges.of(allowedAddresses);
    }

    /** The session of a request, maybe an empty one; null if the request is not to be believed. */
    public @Nullable SessionVariables of(WebhookHeaders headers, @Nullable String remoteAddress) {
        return addresses.allow(remoteAddress) && secret.accepts(headers)
                ? SessionHeaders.read(headers, secretHeader)
                : null;
    }

    /** The session of a request, maybe an empty one; null if the request is not to be believed. */
    public @Nullable SessionVariables of(WebhookHeaders headers, @Nullable InetSocketAddress remoteAddress) {
        InetAddress address = remoteAddress == null ? null : remoteAddress.getAddress();
        return of(headers, address == null ? null : address.getHostAddress());
    }
}
