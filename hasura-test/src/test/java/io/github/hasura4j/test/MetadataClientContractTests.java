package io.github.hasura4j.test;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.github.hasura4j.client.HasuraClient;
import io.github.hasura4j.client.metadata.CommandResult;
import io.github.hasura4j.client.metadata.CronTrigger;
import io.github.hasura4j.client.metadata.EngineHealth;
import io.github.hasura4j.client.metadata.EventTriggers.EventStatus;
import io.github.hasura4j.client.metadata.HasuraMetadataException;
import io.github.hasura4j.client.metadata.Invocation;
import io.github.hasura4j.client.metadata.LoggedEvent;
import io.github.hasura4j.client.metadata.MetadataCommand;
import io.github.hasura4j.client.metadata.MetadataConflictException;
import io.github.hasura4j.client.metadata.MetadataExport;
import io.github.hasura4j.client.metadata.OneOffEvent;
import io.github.hasura4j.client.metadata.Page;
import io.github.hasura4j.client.metadata.ReplaceOptions;
import io.github.hasura4j.client.metadata.RunSql;
import io.github.hasura4j.client.metadata.ScheduledEvent;
import io.github.hasura4j.client.metadata.ScheduledEvent.Status;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** What the metadata client promises, with an engine that really changes. */
class MetadataClientContractTests {

    @TempDir
    private static Path directory;

    private static StubHandler handler;
    private static LocalHasura engine;
    private static HasuraClient hasura;
    private static ObjectNode initial;

    @BeforeAll
    static void start() {
        handler = new StubHandler();
        ProjectFiles.in(directory).withMigration("""
                        CREATE TABLE customer (id integer PRIMARY KEY, name text);
                        CREATE TABLE city (id integer PRIMARY KEY);
                        """).withTable("customer", """
                        table: customer
                        event_triggers:
                        - name: customer_added
                          definition: {enable_manual: true, insert: {columns: '*'}}
                          retry_conf: {num_retries: 0, interval_sec: 10, timeout_sec: 60}
                          webhook: '{{HANDLER}}/events'
                        """);
        engine = LocalHasura.forProject(directory)
                .adminSecret("s3cret")
                .environment("HANDLER", handler.url())
                .eventsInterval(Duration.ZERO)
                .schedulesInterval(Duration.ZERO)
                .start();
        hasura = HasuraClient.builder()
                .endpoint(engine.url())
                .adminSecret("s3cret")
                .enableSchemaApi()
                .build();
        initial = hasura.metadata().export().document();
    }

    @AfterAll
    static void stop() {
        hasura.close();
        engine.close();
        handler.close();
    }

    @BeforeEach
    void beginAnew() {
        hasura.metadata().replace(initial);
        hasura.schemaApi()
                .run("TRUNCATE customer, city, hdb_catalog.event_log, hdb_catalog.hdb_scheduled_events CASCADE");
        handler.forget();
        handler.answers(200, "{}");
    }

    private static MetadataCommand track(String table) {
        return MetadataCommand.of("pg_track_table", Map.of("table", table));
    }

    @Test
    void knowsHowTheEngineIs() {
        try (HasuraClient nobody = HasuraClient.builder().endpoint(engine.url()).build()) {
            assertThat(nobody.metadata().health()).isEqualTo(EngineHealth.OK);
            assertThat(nobody.metadata().version().version()).startsWith("v2.");
            assertThat(nobody.metadata().version().serverType()).isEqualTo("ce");
        }
    }

    @Test
    void changesTheMetadataAndLosesNobodyElsesChange() {
        MetadataExport before = hasura.metadata().export();
        assertThat(hasura.metadata()
                        .modify(document -> ((ArrayNode) document.at("/sources/0/tables"))
                                .addObject()
                                .putObject("table")
                                .put("schema", "public")
                                .put("name", "city")))
                .isPresent();
        assertThat(hasura.metadata().export().resourceVersion()).isGreaterThan(before.resourceVersion());
        assertThat(hasura.metadata().export().metadata().sources().get(0).tables())
                .hasSize(2);
        assertThat(hasura.metadata().modify(document -> {})).isEmpty();
        assertThatExceptionOfType(MetadataConflictException.class)
                .isThrownBy(() -> hasura.metadata()
                        .replace(initial, ReplaceOptions.strict().ifVersion(before.resourceVersion())));
    }

    @Test
    void namesWhatIsInconsistent() {
        ObjectNode document = hasura.metadata().export().document();
        ((ArrayNode) document.at("/sources/0/tables")).addObject().put("table", "nowhere");
        assertThatExceptionOfType(HasuraMetadataException.class)
                .isThrownBy(() -> hasura.metadata().replace(document))
                .satisfies(e -> assertThat(e.inconsistentObjects()).hasSize(1));

        assertThat(hasura.metadata()
                        .replace(document, ReplaceOptions.strict().allowingInconsistent())
                        .isConsistent())
                .isFalse();
        assertThat(hasura.metadata().health()).isEqualTo(EngineHealth.INCONSISTENT);
        assertThat(hasura.metadata().inconsistencies())
                .singleElement()
                .satisfies(object -> assertThat(object.type()).isEqualTo("table"));
        assertThat(hasura.metadata().reload()).hasSize(1);
        hasura.metadata().dropInconsistencies();
        assertThat(hasura.metadata().inconsistencies()).isEmpty();
    }

    @Test
    void sendsSeveralCommandsInEveryManner() {
        MetadataCommand wrong = MetadataCommand.of("drop_action", Map.of("name", "x"));
        assertThatExceptionOfType(HasuraMetadataException.class)
                .isThrownBy(() -> hasura.metadata().bulk(List.of(track("city"), wrong)))
                .satisfies(e -> assertThat(e.path()).startsWith("$.args[1]"));
        assertThat(hasura.metadata().bulkKeepGoing(List.of(wrong, track("city"))))
                .extracting(CommandResult::succeeded)
                .containsExactly(false, true);
        assertThat(hasura.metadata().bulk(List.of(MetadataCommand.of("pg_untrack_table", Map.of("table", "city")))))
                .hasSize(1);
        assertThatExceptionOfType(HasuraMetadataException.class)
                .isThrownBy(() -> hasura.metadata().bulkAtomic(List.of(track("city"))))
                .withMessageContaining("Bulk atomic does not support this command");
    }

    @Test
    void followsEventsOfTriggers() {
        String id = hasura.metadata().eventTriggers().invoke("customer_added", Map.of("id", 7));
        assertThat(hasura.metadata().eventTriggers().events("customer_added", EventStatus.PENDING, Page.first(10)))
                .extracting(LoggedEvent::id)
                .containsExactly(id);
        engine.awaitIdle();
        assertThat(handler.next().json().at("/event/data/new/id").intValue()).isEqualTo(7);

        hasura.metadata().eventTriggers().redeliver(id);
        engine.awaitIdle();
        handler.next();
        assertThat(hasura.metadata().eventTriggers().event(id))
                .hasValueSatisfying(event -> assertThat(event.delivered()).isTrue());
        assertThat(hasura.metadata().eventTriggers().invocationsOf(id, Page.first(10)))
                .extracting(Invocation::httpStatus)
                .containsExactly(200, 200);
        assertThat(hasura.metadata().eventTriggers().invocations("customer_added", Page.first(1)))
                .hasSize(1);
        assertThat(hasura.metadata().eventTriggers().event("00000000-0000-0000-0000-000000000000"))
                .isEmpty();
        assertThatExceptionOfType(HasuraMetadataException.class)
                .isThrownBy(() -> hasura.metadata().eventTriggers().events("nobody"))
                .satisfies(e -> assertThat(e.hasCode("not-exists")).isTrue());
    }

    @Test
    void schedules() {
        CronTrigger cron = CronTrigger.of("nightly", handler.url() + "/cron", "0 3 * * *");
        hasura.metadata().schedules().createCronTrigger(cron);
        assertThat(hasura.metadata().schedules().cronTriggers())
                .extracting(CronTrigger::name)
                .containsExactly("nightly");
        assertThatExceptionOfType(HasuraMetadataException.class)
                .isThrownBy(() -> hasura.metadata().schedules().createCronTrigger(cron))
                .satisfies(e -> assertThat(e.hasCode("already-exists")).isTrue());
        hasura.metadata().schedules().createOrReplaceCronTrigger(cron.withComment("at night"));
        List<ScheduledEvent> waiting =
                hasura.metadata().schedules().cronEvents("nightly", Page.first(2), Status.SCHEDULED);
        assertThat(waiting).hasSize(2);
        hasura.metadata().schedules().deleteCronEvent(waiting.get(0).id());

        String later = hasura.metadata()
                .schedules()
                .schedule(OneOffEvent.at(engine.now().plusSeconds(30), handler.url() + "/once")
                        .withPayload(Map.of("a", 1)));
        String never = hasura.metadata()
                .schedules()
                .schedule(OneOffEvent.at(engine.now().plusSeconds(30), handler.url() + "/never"));
        hasura.metadata().schedules().deleteOneOffEvent(never);
        engine.advanceClock(Duration.ofMinutes(1));
        engine.awaitIdle();
        assertThat(handler.next().path()).isEqualTo("/once");
        assertThat(hasura.metadata().schedules().oneOffEvents(Page.first(10), Status.DELIVERED))
                .extracting(ScheduledEvent::id)
                .containsExactly(later);
        assertThat(hasura.metadata().schedules().oneOffInvocationsOf(later, Page.first(10)))
                .hasSize(1);
        assertThat(hasura.metadata().schedules().cronInvocations("nightly", Page.first(10)))
                .isEmpty();
        hasura.metadata().schedules().deleteCronTrigger("nightly");
        assertThat(hasura.metadata().schedules().cronTriggers()).isEmpty();
    }

    @Test
    void runsSql() {
        assertThat(hasura.schemaApi()
                        .run("INSERT INTO city VALUES (1), (2); SELECT id FROM city ORDER BY id")
                        .rows())
                .containsExactly(List.of("1"), List.of("2"));
        assertThatExceptionOfType(HasuraMetadataException.class)
                .isThrownBy(() ->
                        hasura.schemaApi().run(RunSql.of("DELETE FROM city").readOnly()))
                .satisfies(e -> assertThat(e.hasCode("postgres-error")).isTrue());
        assertThatExceptionOfType(HasuraMetadataException.class)
                .isThrownBy(() -> hasura.schemaApi().run(RunSql.of("SELECT 1").on("other")))
                .satisfies(e -> assertThat(e.hasCode("not-exists")).isTrue());
    }
}
