package io.github.hasura4j.client.metadata;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.github.hasura4j.client.HasuraClient;
import io.github.hasura4j.client.metadata.EventTriggers.EventStatus;
import io.github.hasura4j.client.project.HasuraProject;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;

/** The metadata API as the guide shows it. */
class GuideMetadataTests {

    private static final String SUCCESS = "{\"message\": \"success\"}";

    @AutoClose
    private final FakeMetadataEngine engine = new FakeMetadataEngine();

    private final HasuraClient hasura = engine.client().enableSchemaApi().build();

    @Test
    void modifies() {
        // tag::modify[]
        Optional<ReplaceResult> changed = hasura.metadata().modify(document -> {
            ObjectNode lead = document.withArrayProperty("inherited_roles").addObject();
            lead.put("role_name", "lead").putArray("role_set").add("editor").add("viewer");
        });
        // end::modify[]
        assertThat(changed).isPresent();
        assertThat(engine.document().path("inherited_roles")).hasSize(1);
    }

    @Test
    void exportsAndReplaces() {
        Path directory = Path.of("src/test/resources/projects/kitchen-sink");
        // tag::replace[]
        MetadataExport before = hasura.metadata().export(); // before.document(), or before.metadata() as records

        ObjectNode project = HasuraProject.read(directory).metadataDocument();
        ReplaceResult result = hasura.metadata()
                .replace(
                        project,
                        ReplaceOptions.strict()
                                .ifVersion(before.resourceVersion())
                                .allowingInconsistent());

        for (InconsistentObject object : result.inconsistentObjects()) {
            System.out.println(object); // table t in source default: Inconsistent object: no such table/view exists …
        }
        // end::replace[]
        assertThat(engine.document().path("actions")).isNotEmpty();
        assertThat(result.isConsistent()).isTrue();
    }

    @Test
    void hearsWhatIsWrong() {
        ObjectNode document = FakeMetadataEngine.json("""
                {"version": 3, "sources": [], "actions": [{"name": "login", "definition": {"handler": "{{UNKNOWN}}"}}]}""");
        // tag::refused[]
        try {
            hasura.metadata().replace(document);
        } catch (MetadataConflictException e) {
            throw e; // only with ifVersion(…), or from modify(…) when others were faster ten times
        } catch (HasuraMetadataException e) {
            report(e.code(), e.path(), e.inconsistentObjects()); // e.internal() may hold SQL and values
        }
        // end::refused[]
        assertThat(reported).containsExactly("unexpected", "$.args", "action login");
    }

    private final List<String> reported = new ArrayList<>();

    private void report(String code, String path, List<InconsistentObject> objects) {
        reported.add(code);
        reported.add(path);
        objects.forEach(object -> reported.add(object.name()));
    }

    @Test
    void callsAnything() {
        engine.answers("pg_track_table", SUCCESS).answers("pg_set_table_is_enum", SUCCESS);
        // tag::commands[]
        JsonNode answer = hasura.metadata().call("pg_set_table_is_enum", Map.of("table", "colour", "is_enum", true));

        hasura.metadata()
                .bulk(List.of(
                        MetadataCommand.of("pg_track_table", Map.of("table", "note")),
                        MetadataCommand.of("pg_track_table", Map.of("table", "label"))));
        // end::commands[]
        assertThat(answer.path("message").stringValue()).isEqualTo("success");
        assertThat(engine.types()).containsExactly("pg_set_table_is_enum", "bulk");
    }

    @Test
    void schedules() {
        engine.answers("create_scheduled_event", "{\"message\": \"success\", \"event_id\": \"s1\"}")
                .answers("delete_scheduled_event", SUCCESS)
                .answers("create_cron_trigger", SUCCESS);
        // tag::schedules[]
        Schedules schedules = hasura.metadata().schedules();

        String reminder = schedules.schedule(
                OneOffEvent.at(Instant.now().plus(3, ChronoUnit.DAYS), "{{HANDLER_URL}}/hasura/schedules")
                        .withPayload(Map.of("order", 4711))
                        .withHeaderFromEnv("x-hasura-webhook-secret", "WEBHOOK_SECRET")
                        .withRetry(ScheduleRetry.times(3))
                        .withComment("reminder"));
        schedules.deleteOneOffEvent(reminder); // the order was paid

        schedules.createOrReplaceCronTrigger(CronTrigger.of("nightly", "{{HANDLER_URL}}/hasura/schedules", "0 3 * * *")
                .withHeaderFromEnv("x-hasura-webhook-secret", "WEBHOOK_SECRET"));
        // end::schedules[]
        assertThat(reminder).isEqualTo("s1");
        assertThat(engine.types())
                .containsExactly("create_scheduled_event", "delete_scheduled_event", "create_cron_trigger");
    }

    @Test
    void deliversOnceMore() {
        engine.answers("pg_get_event_logs", """
                        [{"id": "e1", "schema_name": "public", "table_name": "user", "trigger_name": "newUser", "payload": {},
                          "delivered": false, "error": true, "tries": 4, "created_at": "2026-11-22T10:00:00Z"},
                         {"id": "e2", "schema_name": "public", "table_name": "user", "trigger_name": "newUser", "payload": {},
                          "delivered": true, "error": false, "tries": 1, "created_at": "2026-11-22T10:00:00Z"}]""").answers("pg_redeliver_event", SUCCESS);
        // tag::redeliver[]
        EventTriggers triggers = hasura.metadata().eventTriggers();

        for (LoggedEvent event : triggers.events("newUser", EventStatus.PROCESSED, Page.first(50))) {
            if (event.failed()) {
                triggers.redeliver(event.id());
            }
        }
        // end::redeliver[]
        assertThat(engine.types()).containsExactly("pg_get_event_logs", "pg_redeliver_event");
    }

    @Test
    void runsSql() {
        engine.answers("run_sql", "{\"result_type\": \"TuplesOk\", \"result\": [[\"count\"], [\"2\"]]}");
        HasuraClient built = hasura;
        // tag::sql[]
        SqlResult result =
                built.schemaApi().run(RunSql.of("select count(*) from users").readOnly());
        String count = result.rows().get(0).get(0); // all values are text
        // end::sql[]
        assertThat(count).isEqualTo("2");
    }

    @Test
    void asksHowTheEngineIs() {
        engine.answers("/healthz", "OK").answers("/v1/version", "{\"version\": \"v2.48.1\", \"server_type\": \"ce\"}");
        // tag::health[]
        EngineHealth health = hasura.metadata().health(); // OK, INCONSISTENT, ERROR
        EngineVersion version = hasura.metadata().version(); // v2.48.1, ce
        List<InconsistentObject> stillWrong =
                hasura.metadata().withTimeout(Duration.ofMinutes(2)).reload(); // all databases and remote schemas anew
        // end::health[]
        assertThat(health).isEqualTo(EngineHealth.OK);
        assertThat(version.version()).isEqualTo("v2.48.1");
        assertThat(stillWrong).isEmpty();
    }
}
