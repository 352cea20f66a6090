package io.github.hasura4j.client.internal;

import java.net.URI;
import java.time.Duration;

import io.github.hasura4j.client.HasuraTransportException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * How what is not GraphQL reaches the engine: over the client's connections, but as the administrator or as nobody, whoever
 * the client's view is. {@code what} is how messages call the request.
 */
public interface EngineChannel {

    /** Whether there is an admin secret to be administrator with. */
    boolean hasAdminSecret();

    /** The same with another time for one request. */
    EngineChannel withTimeout(Duration timeout);

    /**
     * A value of the user's as JSON, by the client's own mapper.
     *
     * @throws io.github.hasura4j.client.HasuraRequestException if it cannot be written
     */
    JsonNode tree(String what, @Nullable Object value);

    /**
     * Posts as the administrator.
     *
     * @param path the path that stands beside {@code /v1/graphql}
     * @throws HasuraTransportException if there is no answer
     */
    Reply post(String what, String path, JsonNode body);

    /**
     * Gets without any credential.
     *
     * @param path the path that stands beside {@code /v1/graphql}
     * @throws HasuraTransportException if there is no answer
     */
    Reply get(String what, String path);

    /**
     * The reply as JSON, with every digit.
     *
     * @throws HasuraTransportException if it is none
     */
    JsonNode json(Reply reply);

    /** Tells of a reply that is not the engine's. */
    HasuraTransportException strange(Reply reply);

    /** Tells of a pause that was interrupted; the thread's flag is set again. */
    HasuraTransportException interrupted(String what, InterruptedException cause);

    /**
     * An answer, of whatever status.
     *
     * @param what how messages call the request
     * @param uri where it went
     * @param status the HTTP status
     * @param body the bytes
     */
    record Reply(String what, URI uri, int status, byte[] body) {

        public boolean hasSuccess() {
            return status / 100 == 2;
        }

        /** Leaves the body out. */
        @Override
        public String toString() {
            return "Reply[" + what + ", status=" + status + "]";
        }
    }
}
