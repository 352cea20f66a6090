package io.github.hasura4j.spring.autoconfigure;

import java.lang.reflect.Constructor;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.service.connection.ConnectionDetails;
import org.springframework.boot.autoconfigure.service.connection.ConnectionDetailsFactories;
import org.springframework.boot.docker.compose.core.ConnectionPorts;
import org.springframework.boot.docker.compose.core.ImageReference;
import org.springframework.boot.docker.compose.core.RunningService;
import org.springframework.boot.docker.compose.service.connection.DockerComposeConnectionSource;
import org.springframework.core.env.Environment;
import org.springframework.core.env.StandardEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

/** Services as Docker Compose would report them; there is no Docker here. */
class HasuraDockerComposeTests {

    private record Service(String image0, Map<String, String> env, Map<String, String> labels)
            implements RunningService {

        @Override
        public String name() {
            return "graphql-engine";
        }

        @Override
        public ImageReference image() {
            return ImageReference.of(image0);
        }

        @Override
        public String host() {
            return "127.0.0.1";
        }

        @Override
        public ConnectionPorts ports() {
            return new ConnectionPorts() {
                @Override
                public int get(int containerPort) {
                    assertThat(containerPort).isEqualTo(8080);
                    return 49152;
                }

                @Override
                public List<Integer> getAll() {
                    return List.of(49152);
                }

                @Override
                public List<Integer> getAll(String protocol) {
                    return getAll();
                }
            };
        }
    }

    @Test
    void theEngineIsKnownByItsImage() throws Exception {
        HasuraConnectionDetails details = detailsOf(new Service(
                "hasura/graphql-engine:v2.48.1.cli-migrations-v3",
                Map.of("HASURA_GRAPHQL_ADMIN_SECRET", "from-compose"),
                Map.of()));

        assertThat(details.endpoint()).hasToString("http://127.0.0.1:49152");
        assertThat(details.adminSecret()).isEqualTo("from-compose");
    }

    @Test
    void anEngineWithoutAnAdminSecretHasNone() throws Exception {
        assertThat(detailsOf(new Service("hasura/graphql-engine:v2.48.1", Map.of(), Map.of()))
                        .adminSecret())
                .isNull();
    }

    @Test
    void anotherImageIsKnownByItsLabel() throws Exception {
        assertThat(allDetailsOf(new Service("mirror.example/engine:1", Map.of(), Map.of())))
                .isEmpty();
        assertThat(detailsOf(new Service(
                                "mirror.example/engine:1",
                                Map.of(),
                                Map.of("org.springframework.boot.service-connection", "hasura/graphql-engine")))
                        .endpoint())
                .hasToString("http://127.0.0.1:49152");
    }

    private static HasuraConnectionDetails detailsOf(RunningService service) throws Exception {
        return (HasuraConnectionDetails) allDetailsOf(service).get(HasuraConnectionDetails.class);
    }

    /** By way of spring.factories, as Spring Boot does it. */
    private static Map<Class<?>, ConnectionDetails> allDetailsOf(RunningService service) throws Exception {
        Constructor<DockerComposeConnectionSource> constructor =
                DockerComposeConnectionSource.class.getDeclaredConstructor(RunningService.class, Environment.class);
        constructor.setAccessible(true);
        return new ConnectionDetailsFactories(null)
                .getConnectionDetails(constructor.newInstance(service, new StandardEnvironment()), false);
    }
}
