package io.github.hasura4j.test.spring.delivery;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import io.github.hasura4j.test.LocalHasura;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.test.util.TestSocketUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The application is killed in the middle of its work, again and again: each event has its effect all the same, and has it once.
 *
 * <p>{@code -Dchaos.rows=10000 -Dchaos.kills=20} for more of it.
 */
class KilledApplicationTests {

    private static final int ROWS = Integer.getInteger("chaos.rows", 1000);
    private static final int KILLS = Integer.getInteger("chaos.kills", 5);
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    private Path directory;

    private final int port = TestSocketUtils.findAvailableTcpPort();
    private Process application;
    private LocalHasura engine;

    @BeforeEach
    void start() throws IOException {
        write("config.yaml", "version: 3\n");
        write("metadata/databases/databases.yaml", """
                - name: default
                  kind: postgres
                  tables:
                    - table: {schema: public, name: note}
                      event_triggers:
                        - name: noted
                          definition: {enable_manual: false, insert: {columns: '*'}}
                          retry_conf: {num_retries: 1000, interval_sec: 1, timeout_sec: 60}
                          webhook: '{{HANDLER_URL}}/hasura/events'
                          headers: [{name: X-Webhook-Secret, value_from_env: WEBHOOK_SECRET}]
                """);
        write("migrations/default/1_init/up.sql", "CREATE TABLE note (id int PRIMARY KEY);" + EffectsApplication.TABLE);
        engine = LocalHasura.forProject(directory)
                .environment("HANDLER_URL", "http://localhost:" + port)
                .environment("WEBHOOK_SECRET", "shared")
                .eventsInterval(Duration.ofMillis(20))
                .start();
    }

    private void write(String file, String text) throws IOException {
        Path path = directory.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    @AfterEach
    void stop() {
        engine.close();
    }

    @Test
    void everyRowHasOneEffect() throws Exception {
        Random random = new Random(20261125);
        int[] moments = IntStream.generate(() -> random.nextInt(ROWS * 9 / 10))
                .limit(KILLS)
                .sorted()
                .toArray();
        application = application();
        run("INSERT INTO note SELECT generate_series(1, %d)".formatted(ROWS));
        for (int moment : moments) {
            await(() -> {
                keepRunning();
                return number("SELECT count(*) FROM effect") >= moment;
            });
            application.destroyForcibly().waitFor();
            application = application();
        }

        await(() -> {
            keepRunning();
            engine.advanceClock(Duration.ofSeconds(1)); // Retries are due a second later.
            return number("SELECT count(*) FROM hdb_catalog.event_log WHERE NOT delivered") == 0;
        });
        application.destroy();
        assertThat(application.waitFor(30, TimeUnit.SECONDS)).isTrue();

        assertThat(number("SELECT count(*) FROM effect")).isEqualTo(ROWS);
        assertThat(number("SELECT count(DISTINCT note) FROM effect")).isEqualTo(ROWS);
        assertThat(number("SELECT count(*) FROM hdb_catalog.event_log WHERE tries > 1"))
                .as("events that were under way when it was killed")
                .isPositive();
    }

    /** Its port is free while nobody listens, and somebody else's connection may have got it: then it ends by itself. */
    private void keepRunning() throws IOException {
        if (!application.isAlive()) {
            application = application();
        }
    }

    private Process application() throws IOException {
        Process started = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        EffectsApplication.class.getName(),
                        "--server.port=" + port,
                        "--effects.jdbc-url=" + engine.jdbcUrl(),
                        "--hasura.webhook.secret=shared",
                        "--hasura.inbox.initialize-schema=true",
                        "--spring.main.banner-mode=off",
                        "--logging.level.root=warn")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(new File(directory.toFile(), "output")))
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(started::destroyForcibly));
        return started;
    }

    private static void await(java.util.concurrent.Callable<Boolean> condition) {
        Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(2)).until(condition);
    }

    private void run(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(engine.jdbcUrl());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private long number(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(engine.jdbcUrl());
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return result.getLong(1);
        }
    }
}
