package io.github.hasura4j.test.container;

import java.nio.file.Path;
import java.util.Map;

import io.github.hasura4j.client.HasuraClient;
import io.github.hasura4j.spring.autoconfigure.HasuraClientAutoConfiguration;
import io.github.hasura4j.spring.autoconfigure.HasuraConnectionDetails;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.testcontainers.service.connection.ServiceConnection;
import org.springframework.boot.testcontainers.service.connection.ServiceConnectionAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.utility.DockerImageName;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** How the containers are described; nothing is started, since that needs Docker. */
class HasuraContainerTests {

    private static final Path PROJECT = Path.of("src/test/resources/spring/hasura");

    private static HasuraContainer container() {
        return new HasuraContainer("v2.48.1", PROJECT);
    }

    @Test
    void isTheVariantThatAppliesMigrationsAndMetadata() {
        assertThat(container().image()).hasToString("hasura/graphql-engine:v2.48.1.cli-migrations-v3");
        assertThat(new HasuraContainer("v2.48.1.cli-migrations-v3", PROJECT).image())
                .hasToString("hasura/graphql-engine:v2.48.1.cli-migrations-v3");
    }

    @Test
    void anotherImageHasToBeDeclaredASubstitute() {
        DockerImageName mirror = DockerImageName.parse("mirror.example/hasura:v2.48.1.cli-migrations-v3");

        assertThatThrownBy(() -> new HasuraContainer(mirror, PROJECT, "secret"))
                .hasMessageContaining("asCompatibleSubstituteFor");
        assertThat(new HasuraContainer(mirror.asCompatibleSubstituteFor("hasura/graphql-engine"), PROJECT, "secret")
                        .image())
                .hasToString("mirror.example/hasura:v2.48.1.cli-migrations-v3");
    }

    @Test
    void hasTheMetadataAndTheMigrationsOfTheProject() {
        assertThat(container().getCopyToFileContainerPathMap())
                .hasSize(2)
                .containsValues("/hasura-metadata", "/hasura-migrations");
    }

    @Test
    void isReadyWhenItSaysThatItIsHealthy() {
        assertThat(container().getExposedPorts()).containsExactly(8080);
        assertThat(container())
                .extracting("waitStrategy")
                .hasFieldOrPropertyWithValue("path", "/healthz")
                .isInstanceOf(org.testcontainers.containers.wait.strategy.HttpWaitStrategy.class);
    }

    @Test
    void hasAPostgresOfItsOwnForDataAndMetadata() {
        String url = "postgres://postgres:postgres@hasura-postgres:5432/postgres";

        assertThat(container().hasOwnPostgres()).isTrue();
        assertThat(container().getEnvMap())
                .containsEntry("HASURA_GRAPHQL_DATABASE_URL", url)
                .containsEntry("HASURA_GRAPHQL_METADATA_DATABASE_URL", url)
                .containsEntry("HASURA_GRAPHQL_DEV_MODE", "true");
        assertThat(container().postgres().getNetworkAliases()).contains("hasura-postgres");
        assertThat(container().postgres().getEnvMap()).containsEntry("POSTGRES_PASSWORD", "postgres");
    }

    @Test
    void givesTheDatabaseToTheVariableThatTheMetadataName() {
        HasuraContainer example = new HasuraContainer("v2.48.1", Path.of("../example-app/hasura"));
        assertThat(example.getEnvMap()).containsKey("PG_DATABASE_URL");

        example.withDatabase("postgres://u:p@db:5432/d");

        assertThat(example.hasOwnPostgres()).isFalse();
        assertThat(example.getEnvMap())
                .containsEntry("PG_DATABASE_URL", "postgres://u:p@db:5432/d")
                .containsEntry("HASURA_GRAPHQL_METADATA_DATABASE_URL", "postgres://u:p@db:5432/d");
    }

    @Test
    void callsHandlersOnAPortOfThisMachine() {
        int port = 8081;
        // tag::container[]
        HasuraContainer container = new HasuraContainer("v2.48.1", PROJECT)
                .withHandlers("HANDLER_URL", port)
                .withEnv("WEBHOOK_SECRET", "secret-of-the-webhooks");
        // end::container[]

        assertThat(container.getEnvMap()).containsEntry("HANDLER_URL", "http://host.testcontainers.internal:8081");
        assertThat(container.handlerPorts()).containsExactly(8081);
    }

    @Test
    void doesNotTellItsSecret() {
        HasuraContainer container =
                new HasuraContainer(DockerImageName.parse("hasura/graphql-engine:v2.48.1"), PROJECT, "hidden-1");

        assertThat(container.adminSecret()).isEqualTo("hidden-1");
        assertThat(container.toString()).doesNotContain("hidden-1");
    }

    @Nested
    class AsAServiceConnection {

        private final ApplicationContextRunner runner = new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        HasuraClientAutoConfiguration.class, ServiceConnectionAutoConfiguration.class));

        @Test
        void theClientCallsTheContainer() {
            runner.withUserConfiguration(Running.class).run(context -> {
                HasuraConnectionDetails details = context.getBean(HasuraConnectionDetails.class);
                assertThat(details.endpoint()).hasToString("http://docker.example:49152");
                assertThat(details.adminSecret()).isEqualTo("from-the-container");
                assertThat(context.getBean(HasuraClient.class).endpoint().toString())
                        .startsWith("http://docker.example:49152");
            });
        }

        @Test
        void anyOtherContainerIsCalledByTheNameOfItsImage() {
            runner.withUserConfiguration(Named.class)
                    .run(context -> assertThat(context).hasSingleBean(HasuraConnectionDetails.class));
            runner.withUserConfiguration(Unnamed.class)
                    .run(context ->
                            assertThat(context).getFailure().hasMessageContaining("No ConnectionDetails found"));
        }

        @Test
        void theContainerGoesBeforeTheProperties() {
            runner.withUserConfiguration(Running.class)
                    .withPropertyValues("hasura.client.endpoint=http://elsewhere.example")
                    .run(context -> assertThat(context.getBean(HasuraClient.class)
                                    .endpoint()
                                    .toString())
                            .startsWith("http://docker.example:49152"));
        }

        @Configuration(proxyBeanMethods = false)
        static class Running {

            @Bean
            @ServiceConnection
            RunningEngine hasura() {
                return new RunningEngine();
            }
        }

        @Configuration(proxyBeanMethods = false)
        static class Named {

            @Bean
            @ServiceConnection("hasura/graphql-engine")
            OtherContainer hasura() {
                return new OtherContainer();
            }
        }

        @Configuration(proxyBeanMethods = false)
        static class Unnamed {

            @Bean
            @ServiceConnection
            OtherContainer hasura() {
                return new OtherContainer();
            }
        }

        static class OtherContainer extends GenericContainer<OtherContainer> {

            OtherContainer() {
                super(DockerImageName.parse("mirror.example/hasura"));
            }

            @Override
            public String getHost() {
                return "docker.example";
            }

            @Override
            public Integer getMappedPort(int originalPort) {
                return 49153;
            }

            @Override
            public void start() {}

            @Override
            public void stop() {}
        }

        /** As if Docker were there. */
        static class RunningEngine extends HasuraContainer {

            RunningEngine() {
                super("v2.48.1", PROJECT);
            }

            @Override
            public String getHost() {
                return "docker.example";
            }

            @Override
            public Integer getMappedPort(int originalPort) {
                assertThat(originalPort).isEqualTo(8080);
                return 49152;
            }

            @Override
            public Map<String, String> getEnvMap() {
                return Map.of("HASURA_GRAPHQL_ADMIN_SECRET", "from-the-container");
            }

            @Override
            public void start() {}

            @Override
            public void stop() {}
        }
    }
}
