package io.github.hasura4j.example;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import com.sun.net.httpserver.HttpServer;
import graphql.GraphQL;
import graphql.schema.idl.RuntimeWiring;
import graphql.schema.idl.SchemaGenerator;
import graphql.schema.idl.SchemaParser;
import io.github.hasura4j.client.HasuraClient;
import io.github.hasura4j.client.metadata.ReplaceOptions;
import io.github.hasura4j.client.project.CustomTypes;
import io.github.hasura4j.client.project.Metadata;
import io.github.hasura4j.client.project.MetadataChange;
import io.github.hasura4j.payload.Operation;
import io.github.hasura4j.spring.HasuraAction;
import io.github.hasura4j.spring.HasuraEvent;
import io.github.hasura4j.spring.HasuraScheduled;
import io.github.hasura4j.spring.metadata.HandlerMetadata;
import io.github.hasura4j.spring.metadata.HasuraMetadata;
import io.github.hasura4j.spring.metadata.MetadataSettings;
import io.github.hasura4j.spring.operate.HasuraScheduler;
import io.github.hasura4j.spring.operate.RemoteSchemaHealer;
import io.github.hasura4j.test.LocalHasura;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/** Metadata of handlers go into an engine that runs, whoever else changes it meanwhile. */
class MetadataApplyTests {

    private static final String SECRET = "engine-secret";

    @TempDir
    private Path project;

    private LocalHasura engine;
    private HasuraClient admin;

    @BeforeEach
    void start() throws IOException {
        write("config.yaml", "version: 3\n");
        write("metadata/version.yaml", "version: 3\n");
        write("metadata/databases/databases.yaml", """
                - name: default
                  kind: postgres
                  tables: "!include default/tables/tables.yaml"
                """);
        write("metadata/databases/default/tables/tables.yaml", "- \"!include public_note.yaml\"\n");
        write("metadata/databases/default/tables/public_note.yaml", "table: {schema: public, name: note}\n");
        write("migrations/default/1_init/up.sql", "CREATE TABLE note (id int PRIMARY KEY, body text)");
        engine = LocalHasura.forProject(project)
                .adminSecret(SECRET)
                .environment("HANDLER_URL", "http://application.test")
                .environment("WEBHOOK_SECRET", "shared")
                .start();
        admin = HasuraClient.builder()
                .endpoint(engine.url())
                .adminSecret(SECRET)
                .build();
    }

    private void write(String file, String text) throws IOException {
        Path path = project.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    @AfterEach
    void stop() {
        admin.close();
        engine.close();
    }

    record Reminder(String text) {}

    static class Handlers {

        final BlockingQueue<Reminder> reminded = new LinkedBlockingQueue<>();

        @HasuraAction(permissions = "user")
        int countNotes(String like) {
            return like.length();
        }

        @HasuraEvent(trigger = "noted", table = "note", operations = Operation.INSERT)
        void noted(Map<String, Object> row) {}

        @HasuraScheduled(name = "nightly", cron = "0 3 * * *")
        void nightly() {}

        // tag::handler[]
        @HasuraScheduled
        void remind(Reminder reminder) {
            reminded.add(reminder);
        }
        // end::handler[]
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {

        @Bean
        Handlers handlers() {
            return new Handlers();
        }
    }

    private ConfigurableApplicationContext application(String... properties) {
        List<String> all = new ArrayList<>(List.of(
                "server.port=0",
                "spring.application.name=notes",
                "hasura.webhook.secret=shared",
                "hasura.jwt.secret={\"type\": \"HS256\", \"key\": \"a-key-for-this-test-only-0123456789\"}",
                "hasura.client.endpoint=" + engine.url(),
                "hasura.client.admin-secret=" + SECRET));
        all.addAll(List.of(properties));
        ConfigurableApplicationContext context = new SpringApplicationBuilder(Application.class)
                .web(WebApplicationType.SERVLET)
                .properties("spring.config.location=optional:classpath:/none/")
                .run(all.stream().map(each -> "--" + each).toArray(String[]::new));
        engine.connectTo(
                "application.test", "localhost:" + context.getEnvironment().getProperty("local.server.port"));
        return context;
    }

    private Metadata metadata() {
        return Metadata.from(admin.metadata().export().document());
    }

    @Test
    void areAppliedWhenTheApplicationIsReady() {
        try (ConfigurableApplicationContext context = application("hasura.metadata.mode=apply")) {
            assertThat(metadata().actions()).extracting(action -> action.name()).containsExactly("countNotes");
            assertThat(metadata().cronTriggers())
                    .extracting(trigger -> trigger.name())
                    .containsExactly("nightly");
            assertThat(engine.inconsistentObjects()).isEmpty();
            HasuraClient user = admin.asRole("user");

            assertThat(user.document("mutation { countNotes(like: \"abc\") }").fetch("countNotes", Integer.class))
                    .isEqualTo(3);

            long version = admin.metadata().export().resourceVersion();
            assertThat(context.getBean(HasuraMetadata.class).apply(admin).changes())
                    .isEmpty();
            assertThat(admin.metadata().export().resourceVersion()).isEqualTo(version);
        }
    }

    @Test
    void ofTenInstancesAtOnceAreAppliedOnceAndNobodysChangeIsLost() throws Exception {
        try (ConfigurableApplicationContext context = application()) {
            HasuraMetadata metadata = context.getBean(HasuraMetadata.class);
            List<Callable<Object>> all = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                int instance = i;
                all.add(() -> metadata.apply(admin));
                all.add(() -> admin.metadata().modify(document -> addCollection(document, "collection" + instance)));
            }
            ExecutorService threads = Executors.newFixedThreadPool(all.size());
            try {
                for (Future<Object> each : threads.invokeAll(all)) {
                    each.get(60, TimeUnit.SECONDS);
                }
            } finally {
                threads.shutdownNow();
            }

            ObjectNode document = admin.metadata().export().document();
            assertThat(document.path("query_collections")).hasSize(10);
            assertThat(Metadata.from(document).actions()).hasSize(1);
            assertThat(Metadata.from(document).cronTriggers()).hasSize(1);
            assertThat(Metadata.from(document).sources().get(0).tables().get(0).eventTriggers())
                    .hasSize(1);
        }
    }

    private static void addCollection(ObjectNode document, String name) {
        document.withArrayProperty("query_collections")
                .addObject()
                .put("name", name)
                .putObject("definition")
                .putArray("queries");
    }

    @Test
    void ofHandlersThatAreGoneGo() {
        application("hasura.metadata.mode=apply").close();
        ObjectNode other = admin.metadata().export().document();

        HasuraMetadata nothing;
        try (ConfigurableApplicationContext context = application()) {
            nothing = new HasuraMetadata(
                    new HandlerMetadata(
                            List.of(),
                            new CustomTypes(List.of(), List.of(), List.of(), List.of()),
                            List.of(),
                            List.of(),
                            List.of(),
                            List.of(),
                            Map.of(),
                            context.getBean(MetadataSettings.class)),
                    "notes",
                    false,
                    null);
        }

        assertThat(nothing.apply(admin).changes())
                .extracting(MetadataChange::toString)
                .containsExactly(
                        "- action 'countNotes'", "- event trigger 'noted' of public.note", "- cron trigger 'nightly'");
        assertThat(other.path("actions")).isNotEmpty();
        assertThat(metadata().actions()).isEmpty();
    }

    @Test
    void stopTheApplicationWhereTheyClashIfThatIsWanted() {
        admin.metadata()
                .modify(document -> document.withArrayProperty("actions")
                        .addObject()
                        .put("name", "countNotes")
                        .putObject("definition")
                        .put("handler", "http://elsewhere")
                        .put("output_type", "String"));

        assertThatExceptionOfType(Exception.class)
                .isThrownBy(() -> application("hasura.metadata.mode=apply", "hasura.metadata.on-mismatch=fail"))
                .withStackTraceContaining(
                        "! action 'countNotes': it is there without a mark of ours, so it is left alone");
        assertThat(metadata().cronTriggers()).isEmpty();
    }

    @Test
    void schedulesFindTheirHandlerByType() throws InterruptedException {
        try (ConfigurableApplicationContext context = application()) {
            HasuraScheduler scheduler = context.getBean(HasuraScheduler.class);
            // tag::schedule[]
            String id = scheduler.at(Instant.now().plus(Duration.ofDays(14)), new Reminder("Your trial ends"));
            // end::schedule[]
            String cancelled = scheduler.at(Instant.now().plus(Duration.ofDays(1)), "remind", new Reminder("Never"));
            scheduler.cancel(cancelled);
            assertThat(id).isNotEqualTo(cancelled);

            engine.advanceClock(Duration.ofDays(14).plusMinutes(1));
            engine.awaitIdle();

            Handlers handlers = context.getBean(Handlers.class);
            assertThat(handlers.reminded.poll(20, TimeUnit.SECONDS)).isEqualTo(new Reminder("Your trial ends"));
            assertThat(handlers.reminded).isEmpty();
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> scheduler.at(Instant.now(), 42))
                    .withMessage(
                            "No handler for scheduled events takes a java.lang.Integer; name one: at(time, \"name\", payload). Known: nightly, remind");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> scheduler.at(Instant.now(), "nobody", null))
                    .withMessage("There is no handler 'nobody' for scheduled events. Known: nightly, remind");
        }
    }

    @Test
    void failuresAreDeliveredOnceMore() {
        Instant begin = Instant.now().minusSeconds(60);
        engine.connectTo("application.test", "localhost:1");
        try (ConfigurableApplicationContext context = application("hasura.metadata.mode=apply")) {
            engine.connectTo("application.test", "localhost:1");
            admin.document("mutation { insert_note_one(object: {id: 1}) { id } }")
                    .execute();
            engine.awaitIdle();
            assertThat(engine.deliveries("noted")).failed().times(1);
            engine.connectTo(
                    "application.test", "localhost:" + context.getEnvironment().getProperty("local.server.port"));

            assertThat(admin.metadata()
                            .eventTriggers()
                            .redeliverFailed("noted", Instant.now().plusSeconds(60)))
                    .isZero();
            // tag::redeliver[]
            int redelivered = admin.metadata().eventTriggers().redeliverFailed("noted", begin);
            // end::redeliver[]

            assertThat(redelivered).isEqualTo(1);
            assertThat(engine.deliveries("noted")).succeeded().times(1);
        }
    }

    @Test
    void aRemoteSchemaThatWasNotThereIsLookedAtAgain() {
        admin.metadata()
                .modify(
                        document -> document.withArrayProperty("remote_schemas")
                                .addObject()
                                .put("name", "hello")
                                .putObject("definition")
                                .put("url", "http://remote.test/graphql"),
                        ReplaceOptions.strict().allowingInconsistent());
        assertThat(engine.inconsistentObjects()).hasSize(1);
        try (RemoteServer remote = new RemoteServer()) {
            engine.connectTo("remote.test", "localhost:" + remote.port());

            new RemoteSchemaHealer(admin.metadata(), "hello", 3, Duration.ofMillis(1)).run();

            assertThat(engine.inconsistentObjects()).isEmpty();
        }
    }

    /** Answers any introspection with a schema of one field. */
    private static final class RemoteServer implements AutoCloseable {

        private final HttpServer server;

        RemoteServer() {
            GraphQL graphQl = GraphQL.newGraphQL(new SchemaGenerator()
                            .makeExecutableSchema(
                                    new SchemaParser().parse("type Query { hello: String }"),
                                    RuntimeWiring.MOCKED_WIRING))
                    .build();
            try {
                server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            server.createContext("/", exchange -> {
                String query = JsonMapper.shared()
                        .readTree(exchange.getRequestBody())
                        .path("query")
                        .asString();
                byte[] answer = JsonMapper.shared()
                        .writeValueAsBytes(graphQl.execute(query).toSpecification());
                exchange.sendResponseHeaders(200, answer.length);
                exchange.getResponseBody().write(answer);
                exchange.close();
            });
            server.start();
        }

        int port() {
            return server.getAddress().getPort();
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }
}
