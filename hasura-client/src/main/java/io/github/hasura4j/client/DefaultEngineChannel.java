package io.github.hasura4j.client;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

import io.github.hasura4j.client.HasuraTransportException.Reason;
import io.github.hasura4j.client.HasuraTransportException.Sent;
import io.github.hasura4j.client.internal.EngineChannel;
import io.github.hasura4j.client.internal.ReadLimits;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/** The engine's other addresses, over the transport that GraphQL goes over. */
final class DefaultEngineChannel implements EngineChannel {

    /** Documents come and go as they are, whatever the user's mapper does to trees. */
    private static final JsonMapper DOCUMENTS = ReadLimits.widen(JsonMapper.shared())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private final Transport transport;
    private final Identity identity;
    private final Duration timeout;

    private DefaultEngineChannel(Transport transport, Identity identity, Duration timeout) {
        this.transport = transport;
        this.identity = identity;
        this.timeout = timeout;
    }

    static EngineChannel of(Transport transport, Identity identity) {
        return new DefaultEngineChannel(transport, identity, transport.timeout());
    }

    @Override
    public boolean hasAdminSecret() {
        return identity.hasAdminSecret();
    }

    @Override
    public EngineChannel withTimeout(Duration other) {
        return new DefaultEngineChannel(transport, identity, HasuraClient.Builder.positive(other));
    }

    @Override
    public JsonNode tree(String what, @Nullable Object value) {
        if (value == null) {
            return JsonNodeFactory.instance.nullNode();
        }
        try {
            return value instanceof JsonNode tree ? tree : transport.mapper().valueToTree(value);
        } catch (JacksonException e) {
            throw new HasuraRequestException(
                    "%s was given a %s, which cannot be written as JSON. Give a map, a list, a record or a plain value; nothing was sent."
                            .formatted(what, value.getClass().getTypeName()),
                    HasuraException.withoutMessage(e));
        }
    }

    @Override
    public Reply post(String what, String path, JsonNode body) {
        return exchange(what, path, identity.asAdministrator(), transport.post(DOCUMENTS.writeValueAsBytes(body)));
    }

    @Override
    public Reply get(String what, String path) {
        return exchange(
                what, path, identity.asNobody(), HttpRequest.newBuilder().GET());
    }

    private Reply exchange(String what, String path, Identity asker, HttpRequest.Builder request) {
        request.uri(Endpoint.sibling(transport.endpoint(), path));
        asker.writeTo(request::setHeader);
        HttpResponse<byte[]> response = transport.exchange(what, request.build(), timeout);
        return new Reply(what, response.uri(), response.statusCode(), response.body());
    }

    @Override
    public JsonNode json(Reply reply) {
        try {
            return DOCUMENTS.readTree(reply.body());
        } catch (JacksonException e) {
            throw strange(reply, HasuraException.withoutMessage(e));
        }
    }

    @Override
    public HasuraTransportException strange(Reply reply) {
        return strange(reply, null);
    }

    private static HasuraTransportException strange(Reply reply, @Nullable Throwable cause) {
        String advice = switch (reply.status() / 100) {
            case 3 -> "Redirects are not followed: give the final address as the endpoint.";
            case 5 -> "Something between this client and the engine may have answered.";
            default -> "Is that the engine's address, and is nothing in front of it answering for it?";
        };
        return new HasuraTransportException(
                "%s got an answer (HTTP status %d, %d bytes) from %s that is not the engine's. %s"
                        .formatted(reply.what(), reply.status(), reply.body().length, reply.uri(), advice),
                reply.hasSuccess() ? Reason.NOT_GRAPHQL : Reason.STATUS,
                Sent.YES,
                reply.status(),
                cause);
    }

    @Override
    public HasuraTransportException interrupted(String what, InterruptedException cause) {
        Thread.currentThread().interrupt();
        return new HasuraTransportException(what + " was interrupted", Reason.INTERRUPTED, Sent.NO, null, cause);
    }

    @Override
    public String toString() {
        return transport.endpoint() + ", " + identity;
    }
}
