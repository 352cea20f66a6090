package io.github.hasura4j.test.container;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.github.hasura4j.client.project.HasuraProject;
import org.jspecify.annotations.Nullable;
import org.testcontainers.Testcontainers;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.utility.DockerImageName;
import org.testcontainers.utility.MountableFile;
import tools.jackson.databind.JsonNode;

/**
 * The real engine with a project's metadata and migrations, and a Postgres beside it. With {@code @ServiceConnection} the
 * application's {@code HasuraClient} calls it:
 *
 * <pre>{@code
 * @Container
 * @ServiceConnection
 * static HasuraContainer hasura = new HasuraContainer("v2.48.1", Path.of("hasura"))
 *         .withHandlers("HANDLER_URL", 8081)
 *         .withEnv("WEBHOOK_SECRET", "…");
 * }</pre>
 *
 * <p>A real engine reads its environment when it starts, so it has to be told the application's port before there is an
 * application: take a free one, and set {@code server.port} to it in a {@code @DynamicPropertySource}.
 */
public class HasuraContainer extends GenericContainer<HasuraContainer> {

    /** Where the host is, as containers see it that were started after its ports had been exposed. */
    static final String HOST = "host.testcontainers.internal";

    static final String ADMIN_SECRET = "HASURA_GRAPHQL_ADMIN_SECRET";

    private static final DockerImageName IMAGE = DockerImageName.parse("hasura/graphql-engine");
    private static final String WITH_MIGRATIONS = ".cli-migrations-v3";
    private static final int PORT = 8080;
    private static final String DATABASE_ALIAS = "hasura-postgres";

    private final DockerImageName image;
    private final HasuraProject project;
    private final List<Integer> handlerPorts = new ArrayList<>();
    private boolean ownPostgres;
    private @Nullable GenericContainer<?> postgres;

    /**
     * The engine of a version.
     *
     * @param version such as {@code v2.48.1}; the variant of the image that applies migrations and metadata is added
     * @param project the root of the Hasura project, the folder with {@code config.yaml}
     */
    public HasuraContainer(String version, Path project) {
        this(
                IMAGE.withTag(version.endsWith(WITH_MIGRATIONS) ? version : version + WITH_MIGRATIONS),
                project,
                "admin-secret-of-a-test");
    }

    /**
     * The engine of an image.
     *
     * @param image one that applies migrations and metadata, such as a mirror's; declare it a compatible substitute for {@code
     *     hasura/graphql-engine} if its name differs
     * @param project the root of the Hasura project, the folder with {@code config.yaml}
     * @param adminSecret the admin secret
     */
    public HasuraContainer(DockerImageName image, Path project, String adminSecret) {
        super(image);
        image.assertCompatibleWith(IMAGE);
        this.image = image;
        this.project = HasuraProject.read(project);
        withExposedPorts(PORT);
        withEnv(ADMIN_SECRET, adminSecret);
        withEnv("HASURA_GRAPHQL_DEV_MODE", "true");
        withEnv("HASURA_GRAPHQL_ENABLE_TELEMETRY", "false");
        withEnv("HASURA_GRAPHQL_ENABLED_LOG_TYPES", "startup,http-log,webhook-log,websocket-log");
        copy(project.resolve("metadata"), "/hasura-metadata");
        copy(project.resolve("migrations"), "/hasura-migrations");
        // Metadata are applied by a server on another port: when this one answers, all is there.
        waitingFor(Wait.forHttp("/healthz").forPort(PORT).forStatusCode(200).withStartupTimeout(Duration.ofMinutes(3)));
        databaseAt("postgres://postgres:postgres@" + DATABASE_ALIAS + ":5432/postgres");
        ownPostgres = true;
    }

    private void copy(Path directory, String target) {
        if (Files.isDirectory(directory)) {
            withCopyFileToContainer(MountableFile.forHostPath(directory), target);
        }
    }

    private void databaseAt(String url) {
        withEnv("HASURA_GRAPHQL_DATABASE_URL", url);
        withEnv("HASURA_GRAPHQL_METADATA_DATABASE_URL", url);
        for (JsonNode source : project.metadataDocument().path("sources")) {
            JsonNode variable = source.path("configuration")
                    .path("connection_info")
                    .path("database_url")
                    .path("from_env");
            if (variable.isString()) {
                withEnv(variable.stringValue(), url);
            }
        }
    }

    /**
     * Uses a database that is there already, for data and metadata, instead of one of its own.
     *
     * @param url such as {@code postgres://user:password@host:5432/database}, as the engine's container sees it
     */
    public HasuraContainer withDatabase(String url) {
        databaseAt(url);
        ownPostgres = false;
        return this;
    }

    /**
     * Tells the engine where handlers are: on a port of this machine.
     *
     * @param variable the variable that URLs of the metadata begin with, as in {@code {{HANDLER_URL}}/hasura/actions}
     * @param port where the application will listen
     */
    public HasuraContainer withHandlers(String variable, int port) {
        handlerPorts.add(port);
        withAccessToHost(true);
        return withEnv(variable, "http://" + HOST + ":" + port);
    }

    /** Without a look at Docker, unlike the image's name that containers have. */
    DockerImageName image() {
        return image;
    }

    /** The ports of this machine that the engine may call. */
    List<Integer> handlerPorts() {
        return List.copyOf(handlerPorts);
    }

    /** Whether it starts a Postgres of its own. */
    boolean hasOwnPostgres() {
        return ownPostgres;
    }

    /** The engine's base URL; once it runs. */
    public URI url() {
        return URI.create("http://" + getHost() + ":" + getMappedPort(PORT));
    }

    /** The admin secret. */
    public String adminSecret() {
        return getEnvMap().getOrDefault(ADMIN_SECRET, "");
    }

    @Override
    public void start() {
        if (ownPostgres && postgres == null) {
            if (getNetwork() == null) {
                withNetwork(Network.newNetwork());
            }
            postgres = postgres();
            postgres.start();
        }
        if (!handlerPorts.isEmpty()) {
            Testcontainers.exposeHostPorts(
                    handlerPorts.stream().mapToInt(Integer::intValue).toArray());
        }
        super.start();
    }

    @Override
    public void stop() {
        super.stop();
        if (postgres != null) {
            postgres.stop();
            postgres = null;
        }
    }

    /** The Postgres beside it, in its network. */
    GenericContainer<?> postgres() {
        return new GenericContainer<>(DockerImageName.parse("postgres:17"))
                .withNetwork(getNetwork())
                .withNetworkAliases(DATABASE_ALIAS)
                .withEnv("POSTGRES_PASSWORD", "postgres")
                // It starts once to prepare itself, and then for good.
                .waitingFor(Wait.forLogMessage(".*database system is ready to accept connections.*\\s", 2));
    }

    /** Leaves secrets out. */
    @Override
    public String toString() {
        return "HasuraContainer[" + image + ", " + project + "]";
    }
}
