package io.github.hasura4j.test;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Between two tests everything is as it was when the engine had started. */
class CleanDataTests {

    private static final Instant BEGIN = Instant.parse("2024-06-24T12:00:00Z");

    @TempDir
    private static Path directory;

    private static StubHandler handler;
    private static LocalHasura engine;
    private static Database database;

    @BeforeAll
    static void start() {
        handler = new StubHandler();
        ProjectFiles.in(directory)
                .withMigration("""
                        CREATE TABLE "Plan" (
                            id serial PRIMARY KEY, name text, shown text GENERATED ALWAYS AS (upper(name)) STORED);
                        INSERT INTO "Plan" (name) VALUES ('free'), ('pro');
                        CREATE TABLE person (
                            id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, plan int REFERENCES "Plan", boss int REFERENCES person);
                        CREATE TABLE measured (day date NOT NULL) PARTITION BY RANGE (day);
                        CREATE TABLE measured_all PARTITION OF measured DEFAULT;
                        CREATE SCHEMA shop;
                        CREATE TABLE shop.item (id int PRIMARY KEY)""")
                .withTable("public_person", """
                        table: {schema: public, name: person}
                        event_triggers:
                          - name: hired
                            definition: {enable_manual: true, insert: {columns: '*'}, delete: {columns: '*'}}
                            retry_conf: {num_retries: 0, interval_sec: 10, timeout_sec: 60}
                            webhook: '{{HANDLER}}/hired'
                        """)
                .with("metadata/cron_triggers.yaml", """
                        - name: heartbeat
                          webhook: '{{HANDLER}}/beat'
                          schedule: '*/15 * * * *'
                          include_in_metadata: true
                        """);
        engine = LocalHasura.forProject(directory)
                .environment("HANDLER", handler.url())
                .clock(Clock.fixed(BEGIN, ZoneOffset.UTC))
                .eventsInterval(Duration.ZERO)
                .schedulesInterval(Duration.ZERO)
                .start();
        database = Database.of(engine);
    }

    @BeforeEach
    void clean() {
        handler.answers(200, "{}");
        engine.cleanData();
        handler.forget();
    }

    @AfterAll
    static void stop() {
        engine.close();
        handler.close();
    }

    @Test
    void rowsThatCameLaterAreGoneInWhateverOrderTheyDependOnEachOther() {
        database.run("""
                INSERT INTO person (plan) VALUES (1), (2);
                UPDATE person SET boss = 3 - id;
                INSERT INTO measured VALUES ('2024-01-01');
                INSERT INTO shop.item VALUES (1)""");

        engine.cleanData();

        assertThat(database.value("""
                SELECT (SELECT count(*) FROM person) + (SELECT count(*) FROM measured) + (SELECT count(*) FROM shop.item)""")).isEqualTo("0");
    }

    @Test
    void rowsOfMigrationsAreBackAsTheyWere() {
        database.run("UPDATE \"Plan\" SET name = 'gratis' WHERE id = 1; DELETE FROM \"Plan\" WHERE id = 2;"
                + "INSERT INTO \"Plan\" (name) VALUES ('team')");

        engine.cleanData();

        assertThat(database.column("SELECT id || ' ' || name || ' ' || shown FROM \"Plan\" ORDER BY id"))
                .containsExactly("1 free FREE", "2 pro PRO");
    }

    @Test
    void numbersBeginAnew() {
        database.run("INSERT INTO person DEFAULT VALUES; INSERT INTO \"Plan\" (name) VALUES ('team')");

        engine.cleanData();

        database.run("INSERT INTO person DEFAULT VALUES; INSERT INTO \"Plan\" (name) VALUES ('team')");
        assertThat(database.value("SELECT id FROM person")).isEqualTo("1");
        assertThat(database.value("SELECT max(id) FROM \"Plan\"")).isEqualTo("3");
    }

    @Test
    void nothingOfItIsAnEvent() {
        database.run("INSERT INTO person DEFAULT VALUES");
        engine.awaitIdle();
        assertThat(handler.next().path()).isEqualTo("/hired");

        engine.cleanData();
        engine.awaitIdle();

        assertThat(handler.hasReceivedNothingMore()).isTrue();
        assertThat(database.value("SELECT count(*) FROM hdb_catalog.event_log")).isEqualTo("0");
        assertThat(database.value("SELECT count(*) FROM hdb_catalog.event_invocation_logs"))
                .isEqualTo("0");
    }

    @Test
    void whatWaitsIsForgotten() {
        database.run("INSERT INTO person DEFAULT VALUES");
        engine.scheduleEvent(handler.url() + "/once", BEGIN.minusSeconds(1), null);
        engine.invokeEventTrigger("hired", "by hand");

        engine.cleanData();
        engine.awaitIdle();

        assertThat(handler.hasReceivedNothingMore()).isTrue();
    }

    @Test
    void theClockIsSetBackAndCronTriggersGoByIt() {
        engine.advanceClock(Duration.ofHours(1));
        engine.awaitIdle();
        handler.forget();

        engine.cleanData();

        assertThat(engine.now()).isEqualTo(BEGIN);
        engine.awaitIdle();
        assertThat(handler.hasReceivedNothingMore()).isTrue();
        engine.advanceClock(Duration.ofMinutes(15));
        engine.awaitIdle();
        assertThat(handler.next().json().path("scheduled_time").asString()).isEqualTo("2024-06-24T12:15:00Z");
    }

    @Test
    void metadataThatSomebodyChangedAreBack() {
        Requests requests = Requests.to(engine);
        requests.post("/v1/metadata", """
                {"type": "pg_delete_event_trigger", "args": {"name": "hired"}}""");

        engine.cleanData();

        database.run("INSERT INTO person DEFAULT VALUES");
        engine.awaitIdle();
        assertThat(handler.next().path()).isEqualTo("/hired");
    }

    @Test
    void dataThatAreKeptAreNotCleaned(@TempDir Path data) {
        try (LocalHasura keeping = LocalHasura.forProject(directory)
                .environment("HANDLER", handler.url())
                .dataDirectory(data)
                .start()) {
            assertThatExceptionOfType(IllegalStateException.class)
                    .isThrownBy(keeping::cleanData)
                    .withMessageContaining("dataDirectory");
        }
    }

    @Test
    void callsGoWhereTheyAreSentFromNowOn() {
        try (StubHandler other = new StubHandler()) {
            engine.connectTo("127.0.0.1", "127.0.0.1:" + other.port());
            engine.invokeEventTrigger("hired", null);
            engine.awaitIdle();

            assertThat(other.next().path()).isEqualTo("/hired");
            assertThat(handler.hasReceivedNothingMore()).isTrue();
        } finally {
            engine.connectTo("127.0.0.1", "127.0.0.1:" + handler.port());
        }
    }
}
