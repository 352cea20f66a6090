package io.github.hasura4j.spring.autoconfigure;

import java.net.URI;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.service.connection.ConnectionDetails;

/**
 * Where the engine is that the application's {@code HasuraClient} calls: what {@code hasura.client.endpoint} and {@code
 * hasura.client.admin-secret} say, unless a container or Docker Compose says otherwise. A bean of this type goes before the
 * properties; role, headers and the rest are theirs in any case.
 */
public interface HasuraConnectionDetails extends ConnectionDetails {

    /** Address of the engine, such as {@code http://localhost:8080}. */
    URI endpoint();

    /** Admin secret of the engine; null if it has none, or it is not to be used. */
    default @Nullable String adminSecret() {
        return null;
    }
}
