package io.github.hasura4j.spring.autoconfigure;

import java.net.URI;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.docker.compose.core.RunningService;
import org.springframework.boot.docker.compose.service.connection.DockerComposeConnectionDetailsFactory;
import org.springframework.boot.docker.compose.service.connection.DockerComposeConnectionSource;

/**
 * The engine of a compose file, known by its image {@code hasura/graphql-engine}. Another image needs the label {@code
 * org.springframework.boot.service-connection: hasura/graphql-engine}; {@code org.springframework.boot.ignore: true} leaves one out.
 */
final class HasuraDockerComposeConnectionDetailsFactory
        extends DockerComposeConnectionDetailsFactory<HasuraConnectionDetails> {

    private static final String IMAGE = "hasura/graphql-engine";
    private static final int PORT = 8080;

    HasuraDockerComposeConnectionDetailsFactory() {
        super(IMAGE, "io.github.hasura4j.client.HasuraClient");
    }

    @Override
    protected HasuraConnectionDetails getDockerComposeConnectionDetails(DockerComposeConnectionSource source) {
        return new ComposeDetails(source.getRunningService());
    }

    private static final class ComposeDetails extends DockerComposeConnectionDetails
            implements HasuraConnectionDetails {

        private final URI endpoint;
        private final @Nullable String adminSecret;

        private ComposeDetails(RunningService service) {
            super(service);
            Map<String, @Nullable String> environment = service.env();
            endpoint = URI.create(
                    "http://" + service.host() + ":" + service.ports().get(PORT));
            adminSecret = environment.get("HASURA_GRAPHQL_ADMIN_SECRET");
        }

        @Override
        public URI endpoint() {
            return endpoint;
        }

        @Override
        public @Nullable String adminSecret() {
            return adminSecret;
        }
    }
}
