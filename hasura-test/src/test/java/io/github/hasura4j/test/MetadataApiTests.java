package io.github.hasura4j.test;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;

import io.github.hasura4j.test.engine.EngineJson;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** {@code /v1/metadata}: what is changed there is served at once, what does not fit is refused in the engine's words. */
class MetadataApiTests {

    private static final String SUCCESS = "{\"message\":\"success\"}";

    @TempDir
    private static Path directory;

    private static StubHandler handler;
    private static LocalHasura engine;
    private static Requests admin;
    private static String initial;

    @BeforeAll
    static void start() {
        handler = new StubHandler();
        ProjectFiles.in(directory)
                .withMigration("""
                        CREATE TABLE author (id integer PRIMARY KEY, name text);
                        CREATE TABLE article (id integer PRIMARY KEY, author_id integer REFERENCES author, title text);
                        CREATE TABLE color (value text PRIMARY KEY, comment text);
                        INSERT INTO color VALUES ('RED', 'like blood');
                        CREATE FUNCTION shout(row_ author) RETURNS text LANGUAGE sql STABLE AS 'SELECT upper(row_.name)';
                        CREATE FUNCTION all_authors() RETURNS SETOF author LANGUAGE sql STABLE AS 'SELECT * FROM author';
                        """)
                .withTable("author", "table: author\n")
                .withTable("article", """
                        table: {name: article, schema: public}
                        object_relationships:
                        - {name: author, using: {foreign_key_constraint_on: author_id}}
                        """);
        engine = LocalHasura.forProject(directory)
                .adminSecret("s3cret")
                .environment("HANDLER", handler.url())
                .eventsInterval(Duration.ZERO)
                .schedulesInterval(Duration.ZERO)
                .start();
        admin = Requests.to(engine).with("x-hasura-admin-secret", "s3cret");
        initial = export().toString();
    }

    @AfterAll
    static void stop() {
        engine.close();
        handler.close();
    }

    @BeforeEach
    void beginAnew() {
        admin.run("replace_metadata", initial);
        admin.post(
                "/v2/query",
                "{\"type\": \"run_sql\", \"args\": {\"sql\": \"TRUNCATE author, article, hdb_catalog.event_log,"
                        + " hdb_catalog.hdb_scheduled_events CASCADE\"}}");
        handler.forget();
        handler.answers(200, "{}");
    }

    private static JsonNode export() {
        return EngineJson.parse(admin.run("export_metadata", "{}"));
    }

    @Nested
    class Tables {

        @Test
        void areServedAsSoonAsTheyAreTracked() {
            assertThat(admin.send("{ color { value } }")).contains("not found in type: 'query_root'");
            assertThat(admin.run("pg_track_table", "{\"table\": \"color\"}")).isEqualTo(SUCCESS);
            assertThat(admin.data("{ color { value } }")).isEqualTo("{\"color\":[{\"value\":\"RED\"}]}");
            assertThat(admin.run(
                            "pg_set_table_customization",
                            "{\"table\": \"color\", \"configuration\": {\"custom_name\": \"hue\"}}"))
                    .isEqualTo(SUCCESS);
            assertThat(admin.data("{ hue { value } }")).contains("RED");
            assertThat(admin.run("pg_untrack_table", "{\"table\": {\"schema\": \"public\", \"name\": \"color\"}}"))
                    .isEqualTo(SUCCESS);
            assertThat(admin.send("{ hue { value } }")).contains("not found in type: 'query_root'");
        }

        @Test
        void areKeptWhileOthersDependOnThem() {
            admin.run(
                    "pg_create_array_relationship",
                    "{\"table\": \"author\", \"name\": \"articles\", \"using\": {\"foreign_key_constraint_on\": {\"table\": \"article\", \"column\": \"author_id\"}}}");
            JsonNode refusal = admin.refused(400, "pg_untrack_table", "{\"table\": \"article\"}");
            assertThat(refusal.path("code").stringValue()).isEqualTo("dependency-error");
            assertThat(refusal.path("error").stringValue()).contains("relationship author.articles");
            assertThat(admin.run("pg_untrack_table", "{\"table\": \"article\", \"cascade\": true}"))
                    .isEqualTo(SUCCESS);
            assertThat(engine.inconsistentObjects()).isEmpty();
            assertThat(export().toString()).doesNotContain("articles");
        }

        @Test
        void haveRelationshipsThatMayBeRenamedAndDropped() {
            assertThat(admin.refused(
                                    400,
                                    "pg_create_object_relationship",
                                    "{\"table\": \"article\", \"name\": \"author\", \"using\": {\"foreign_key_constraint_on\": \"author_id\"}}")
                            .path("code")
                            .stringValue())
                    .isEqualTo("already-exists");
            admin.run(
                    "pg_rename_relationship",
                    "{\"table\": \"article\", \"name\": \"author\", \"new_name\": \"writer\"}");
            assertThat(admin.data("{ article { writer { name } } }")).isEqualTo("{\"article\":[]}");
            admin.run("pg_drop_relationship", "{\"table\": \"article\", \"relationship\": \"writer\"}");
            assertThat(admin.send("{ article { writer { name } } }")).contains("field 'writer' not found");
            JsonNode refusal = admin.refused(
                    400,
                    "pg_create_object_relationship",
                    "{\"table\": \"article\", \"name\": \"x\", \"using\": {\"foreign_key_constraint_on\": \"nothing\"}}");
            assertThat(refusal.path("code").stringValue()).isEqualTo("invalid-configuration");
            assertThat(refusal.path("internal").path(0).path("name").stringValue())
                    .isEqualTo("object_relation x in table article in source default");
        }

        @Test
        void haveFunctionsAndComputedFields() {
            admin.run("pg_track_function", "{\"function\": \"all_authors\"}");
            admin.run(
                    "pg_add_computed_field",
                    "{\"table\": \"author\", \"name\": \"loud\", \"definition\": {\"function\": \"shout\"}}");
            admin.data("mutation { insert_author_one(object: {id: 1, name: \"ann\"}) { id } }");
            assertThat(admin.data("{ all_authors { loud } }")).isEqualTo("{\"all_authors\":[{\"loud\":\"ANN\"}]}");
            assertThat(admin.refused(400, "pg_track_function", "{\"function\": \"nowhere\"}")
                            .path("code")
                            .stringValue())
                    .isEqualTo("invalid-configuration");
            admin.run("pg_drop_computed_field", "{\"table\": \"author\", \"name\": \"loud\"}");
            admin.run("pg_untrack_function", "{\"function\": \"all_authors\"}");
            assertThat(admin.send("{ all_authors { id } }")).contains("not found");
        }

        @Test
        void havePermissions() {
            String permission =
                    "{\"table\": \"author\", \"role\": \"user\", \"permission\": {\"columns\": [\"name\"], \"filter\": {}}}";
            admin.run("pg_create_select_permission", permission);
            assertThat(admin.asRole("user").data("{ author { name } }")).isEqualTo("{\"author\":[]}");
            assertThat(admin.refused(400, "pg_create_select_permission", permission)
                            .path("code")
                            .stringValue())
                    .isEqualTo("already-exists");
            admin.run("pg_drop_select_permission", "{\"table\": \"author\", \"role\": \"user\"}");
            assertThat(admin.asRole("user").send("{ author { name } }")).contains("not found");
            assertThat(admin.refused(400, "pg_drop_select_permission", "{\"table\": \"author\", \"role\": \"user\"}")
                            .path("code")
                            .stringValue())
                    .isEqualTo("not-exists");
        }
    }

    @Nested
    class Actions {

        private static final String CREATE =
                "{\"name\": \"greet\", \"definition\": {\"handler\": \"{{HANDLER}}/greet\","
                        + " \"type\": \"query\", \"arguments\": [{\"name\": \"who\", \"type\": \"String!\"}], \"output_type\": \"Greeting\"}}";
        private static final String TYPES =
                "{\"objects\": [{\"name\": \"Greeting\", \"fields\": [{\"name\": \"text\", \"type\": \"String!\"}]}]}";

        @Test
        void areCalledAsSoonAsTheyAreCreated() {
            assertThat(admin.refused(400, "create_action", CREATE).path("error").stringValue())
                    .contains("the type: \"Greeting\" is not defined");
            admin.run("set_custom_types", TYPES);
            assertThat(admin.run("create_action", CREATE)).isEqualTo(SUCCESS);
            handler.answers(200, "{\"text\": \"hi\"}");
            assertThat(admin.data("{ greet(who: \"x\") { text } }")).isEqualTo("{\"greet\":{\"text\":\"hi\"}}");
            assertThat(admin.asRole("user").send("{ greet(who: \"x\") { text } }"))
                    .contains("not found");
            admin.run("create_action_permission", "{\"action\": \"greet\", \"role\": \"user\"}");
            assertThat(admin.asRole("user").data("{ greet(who: \"x\") { text } }"))
                    .contains("hi");
            admin.run("drop_action_permission", "{\"action\": \"greet\", \"role\": \"user\"}");
            admin.run("drop_action", "{\"name\": \"greet\"}");
            assertThat(admin.send("{ greet(who: \"x\") { text } }")).contains("not found");
        }

        @Test
        void keepTheirPermissionsWhenTheyAreUpdated() {
            admin.run("set_custom_types", TYPES);
            admin.run("create_action", CREATE);
            admin.run("create_action_permission", "{\"action\": \"greet\", \"role\": \"user\"}");
            admin.run("update_action", CREATE.replace("String!", "Int!"));
            assertThat(
                            admin.asRole("user")
                                    .send(
                                            "{ __type(name: \"query_root\") { fields { name args { type { ofType { name } } } } } }"))
                    .contains("Int");
        }

        @Test
        void areRefusedInTheEnginesWords() {
            admin.run("set_custom_types", TYPES);
            admin.run("create_action", CREATE);
            assertThat(admin.command("create_action", CREATE).body())
                    .isEqualTo(
                            "{\"code\":\"already-exists\",\"error\":\"action with name \\\"greet\\\" already exists\","
                                    + "\"path\":\"$.args.name\"}");
            assertThat(admin.command("drop_action", "{\"name\": \"x\"}").body())
                    .contains("not-exists", "action with name \\\"x\\\" does not exist");
            JsonNode refusal = admin.refused(400, "set_custom_types", "{}");
            assertThat(refusal.path("error").stringValue())
                    .isEqualTo("cannot continue due to new inconsistent metadata");
            assertThat(refusal.path("internal").path(0).path("name").stringValue())
                    .isEqualTo("action greet");
            assertThat(refusal.path("internal")
                            .path(0)
                            .path("definition")
                            .path("name")
                            .stringValue())
                    .isEqualTo("greet");
        }
    }

    @Nested
    class Events {

        private static final String TRIGGER = "{\"name\": \"author_added\", \"table\": \"author\","
                + " \"insert\": {\"columns\": \"*\"}, \"enable_manual\": true, \"webhook\": \"{{HANDLER}}/events\"}";

        @Test
        void areDeliveredAsSoonAsTheirTriggerIsCreated() {
            assertThat(admin.run("pg_create_event_trigger", TRIGGER)).isEqualTo(SUCCESS);
            admin.data("mutation { insert_author_one(object: {id: 1, name: \"Ann\"}) { id } }");
            engine.awaitIdle();
            JsonNode sent = handler.next().json();
            assertThat(sent.at("/event/data/new/name").stringValue()).isEqualTo("Ann");

            String id = sent.path("id").stringValue();
            assertThat(admin.run("pg_redeliver_event", "{\"event_id\": \"" + id + "\"}"))
                    .isEqualTo(SUCCESS);
            engine.awaitIdle();
            assertThat(handler.next().json().path("id").stringValue()).isEqualTo(id);

            JsonNode logs = EngineJson.parse(admin.run("pg_get_event_logs", "{\"name\": \"author_added\"}"));
            assertThat(logs).hasSize(1);
            assertThat(logs.path(0).path("delivered").booleanValue()).isTrue();
            JsonNode invocations = EngineJson.parse(
                    admin.run("pg_get_event_invocation_logs", "{\"name\": \"author_added\", \"limit\": 1}"));
            assertThat(invocations).hasSize(1);
            assertThat(invocations.path(0).path("http_status").intValue()).isEqualTo(200);
            JsonNode one = EngineJson.parse(admin.run("pg_get_event_by_id", "{\"event_id\": \"" + id + "\"}"));
            assertThat(one.path("event").path("trigger_name").stringValue()).isEqualTo("author_added");
            assertThat(one.path("invocations")).hasSize(2);
        }

        @Test
        void mayBeInvokedByHand() {
            admin.run("pg_create_event_trigger", TRIGGER);
            String id = EngineJson.parse(admin.run(
                            "pg_invoke_event_trigger", "{\"name\": \"author_added\", \"payload\": {\"a\": 1}}"))
                    .path("event_id")
                    .stringValue();
            engine.awaitIdle();
            JsonNode sent = handler.next().json();
            assertThat(sent.path("id").stringValue()).isEqualTo(id);
            assertThat(sent.at("/event/op").stringValue()).isEqualTo("MANUAL");

            admin.run("pg_create_event_trigger", TRIGGER.replace("\"enable_manual\": true", "\"replace\": true"));
            assertThat(admin.refused(400, "pg_invoke_event_trigger", "{\"name\": \"author_added\", \"payload\": {}}")
                            .path("code")
                            .stringValue())
                    .isEqualTo("not-supported");
        }

        @Test
        void endWithTheirTrigger() {
            admin.run("pg_create_event_trigger", TRIGGER);
            admin.run("pg_delete_event_trigger", "{\"name\": \"author_added\"}");
            admin.data("mutation { insert_author_one(object: {id: 1}) { id } }");
            engine.awaitIdle();
            assertThat(handler.hasReceivedNothingMore()).isTrue();
            assertThat(admin.refused(400, "pg_get_event_logs", "{\"name\": \"author_added\"}")
                            .path("code")
                            .stringValue())
                    .isEqualTo("not-exists");
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '`',
                value = {
                    "{\"name\": \"1st\", \"table\": \"author\", \"insert\": {\"columns\": \"*\"}, \"webhook\": \"http://x\"} | parse-failed",
                    "{\"name\": \"a\", \"table\": \"author\", \"webhook\": \"http://x\"} | parse-failed",
                    "{\"name\": \"a\", \"table\": \"author\", \"insert\": {\"columns\": \"*\"}} | parse-failed",
                    "{\"name\": \"a\", \"table\": \"author\", \"insert\": {\"columns\": \"*\"}, \"webhook\": \"{{NOWHERE}}\"} | invalid-configuration",
                    "{\"name\": \"a\", \"table\": \"nothing\", \"insert\": {\"columns\": \"*\"}, \"webhook\": \"http://x\"} | not-exists",
                    "{\"name\": \"a\", \"table\": \"author\", \"insert\": {\"columns\": \"*\"}, \"webhook\": \"http://x\", \"replace\": true} | not-supported",
                })
        void areRefusedIfTheirTriggerIsWrong(String trigger, String code) {
            assertThat(admin.refused(400, "pg_create_event_trigger", trigger)
                            .path("code")
                            .stringValue())
                    .isEqualTo(code);
        }
    }

    @Nested
    class ScheduledEvents {

        @Test
        void areDeliveredWhenTheyAreDue() {
            String id = EngineJson.parse(admin.run(
                            "create_scheduled_event",
                            "{\"webhook\": \"{{HANDLER}}/once\", \"schedule_at\": \""
                                    + engine.now().plusSeconds(60)
                                    + "\", \"payload\": {\"a\": 1}, \"comment\": \"later\"}"))
                    .path("event_id")
                    .stringValue();
            JsonNode waiting = EngineJson.parse(
                    admin.run("get_scheduled_events", "{\"type\": \"one_off\", \"get_rows_count\": true}"));
            assertThat(waiting.path("count").intValue()).isEqualTo(1);
            assertThat(waiting.at("/events/0/id").stringValue()).isEqualTo(id);
            assertThat(waiting.at("/events/0/comment").stringValue()).isEqualTo("later");

            engine.advanceClock(Duration.ofMinutes(2));
            engine.awaitIdle();
            assertThat(handler.next().json().path("payload").toString()).isEqualTo("{\"a\":1}");
            JsonNode invocations = EngineJson.parse(admin.run(
                    "get_scheduled_event_invocations", "{\"type\": \"one_off\", \"event_id\": \"" + id + "\"}"));
            assertThat(invocations.at("/invocations/0/status").intValue()).isEqualTo(200);
            assertThat(admin.run("get_scheduled_events", "{\"type\": \"one_off\", \"status\": [\"scheduled\"]}"))
                    .isEqualTo("{\"events\":[]}");
        }

        @Test
        void mayBeDeleted() {
            String id = EngineJson.parse(admin.run(
                            "create_scheduled_event",
                            "{\"webhook\": \"http://x\", \"schedule_at\": \"2100-01-01T00:00:00Z\"}"))
                    .path("event_id")
                    .stringValue();
            admin.run("delete_scheduled_event", "{\"type\": \"one_off\", \"event_id\": \"" + id + "\"}");
            assertThat(admin.run("get_scheduled_events", "{\"type\": \"one_off\"}"))
                    .isEqualTo("{\"events\":[]}");
        }

        @Test
        void comeFromCronTriggers() {
            String cron = "{\"name\": \"every minute\", \"webhook\": \"{{HANDLER}}/cron\", \"schedule\": \"* * * * *\","
                    + " \"payload\": {\"n\": 1}, \"include_in_metadata\": false}";
            assertThat(admin.run("create_cron_trigger", cron)).isEqualTo(SUCCESS);
            assertThat(admin.refused(400, "create_cron_trigger", cron)
                            .path("error")
                            .stringValue())
                    .isEqualTo("cron trigger with name: every minute already exists");
            assertThat(admin.run("get_cron_triggers", "{}")).contains("\"every minute\"");
            assertThat(export().has("cron_triggers")).isFalse();
            assertThat(EngineJson.parse(admin.run(
                                    "get_scheduled_events",
                                    "{\"type\": \"cron\", \"trigger_name\": \"every minute\", \"limit\": 3}"))
                            .path("events"))
                    .hasSize(3);
            engine.advanceClock(Duration.ofMinutes(1));
            engine.awaitIdle();
            assertThat(handler.next().json().path("name").stringValue()).isEqualTo("every minute");

            // Replacing the metadata leaves those alone that do not belong to them.
            admin.run("replace_metadata", export().toString());
            assertThat(admin.run("get_cron_triggers", "{}")).contains("\"every minute\"");
            admin.run("delete_cron_trigger", "{\"name\": \"every minute\"}");
            assertThat(admin.run("get_cron_triggers", "{}")).isEqualTo("{\"cron_triggers\":[]}");
        }
    }

    @Nested
    class TheWholeDocument {

        @Test
        void isExportedInTheOrderOfTheEngine() {
            JsonNode exported = export();
            assertThat(exported.toString())
                    .isEqualTo("{\"version\":3,\"sources\":[{\"name\":\"default\",\"kind\":\"postgres\",\"tables\":["
                            + "{\"table\":{\"name\":\"article\",\"schema\":\"public\"},\"object_relationships\":["
                            + "{\"name\":\"author\",\"using\":{\"foreign_key_constraint_on\":\"author_id\"}}]},"
                            + "{\"table\":{\"name\":\"author\",\"schema\":\"public\"}}],\"configuration\":{}}]}");
            JsonNode second = EngineJson.parse(
                    admin.post("/v1/metadata", "{\"type\": \"export_metadata\", \"version\": 2, \"args\": {}}")
                            .body());
            assertThat(second.path("resource_version").isNumber()).isTrue();
            assertThat(second.path("metadata")).isEqualTo(exported);
        }

        @Test
        void isReplacedWhole() {
            String document = export().toString()
                    .replace("\"author\",\"schema\":\"public\"}}", "\"color\",\"schema\":\"public\"}}");
            JsonNode refusal = admin.refused(400, "replace_metadata", document);
            assertThat(refusal.path("error").stringValue()).isEqualTo("cannot continue due to inconsistent metadata");
            assertThat(refusal.path("internal").path(0).path("type").stringValue())
                    .isEqualTo("object_relation");
            assertThat(admin.data("{ author { id } }")).isEqualTo("{\"author\":[]}");

            JsonNode answer = EngineJson.parse(admin.post(
                            "/v1/metadata",
                            "{\"type\": \"replace_metadata\", \"version\": 2, \"args\": {\"allow_inconsistent_metadata\": true, \"metadata\": "
                                    + document + "}}")
                    .body());
            assertThat(answer.path("is_consistent").booleanValue()).isFalse();
            assertThat(answer.path("inconsistent_objects")).hasSize(1);
            assertThat(admin.data("{ color { comment } article { title } }")).contains("like blood");
            assertThat(Requests.to(engine).get("/healthz").body()).isEqualTo("WARN: inconsistent objects in schema");
            assertThat(admin.run("get_inconsistent_metadata", "{}"))
                    .contains("\"is_consistent\":false", "object_relation author in table article in source default");

            admin.run("drop_inconsistent_metadata", "{}");
            assertThat(admin.run("get_inconsistent_metadata", "{}"))
                    .isEqualTo("{\"is_consistent\":true,\"inconsistent_objects\":[]}");
        }

        @Test
        void isRefusedWhenSomebodyElseWasFaster() {
            long version = EngineJson.parse(
                            admin.post("/v1/metadata", "{\"type\": \"export_metadata\", \"version\": 2, \"args\": {}}")
                                    .body())
                    .path("resource_version")
                    .longValue();
            admin.run("pg_track_table", "{\"table\": \"color\"}");
            HttpResponse<String> conflict = admin.post(
                    "/v1/metadata",
                    "{\"type\": \"pg_untrack_table\", \"resource_version\": " + version
                            + ", \"args\": {\"table\": \"color\"}}");
            assertThat(conflict.statusCode()).isEqualTo(409);
            assertThat(conflict.body())
                    .isEqualTo("{\"code\":\"conflict\",\"error\":\"metadata resource version referenced (" + version
                            + ") did not match current version\",\"path\":\"$\"}");
            assertThat(admin.post(
                                    "/v1/metadata",
                                    "{\"type\": \"pg_untrack_table\", \"resource_version\": " + (version + 1)
                                            + ", \"args\": {\"table\": \"color\"}}")
                            .body())
                    .isEqualTo(SUCCESS);
        }

        @Test
        void isReloadedAndCleared() {
            assertThat(admin.run("reload_metadata", "{\"reload_remote_schemas\": true}"))
                    .isEqualTo("{\"message\":\"success\",\"is_consistent\":true,\"inconsistent_objects\":[]}");
            assertThat(admin.run("clear_metadata", "{}")).isEqualTo(SUCCESS);
            assertThat(admin.data("{ __schema { queryType { fields { name } } } }"))
                    .contains("no_queries_available");
            admin.run("set_catalog_state", "{\"type\": \"cli\", \"state\": {\"a\": 1}}");
            assertThat(admin.run("get_catalog_state", "{}")).contains("\"cli_state\":{\"a\":1}");
        }
    }

    @Nested
    class SeveralCommands {

        private static final String TRACK = "{\"type\": \"pg_track_table\", \"args\": {\"table\": \"color\"}}";
        private static final String UNKNOWN = "{\"type\": \"drop_action\", \"args\": {\"name\": \"x\"}}";

        @Test
        void succeedOrFailTogether() {
            JsonNode refusal = admin.refused(400, "bulk", "[" + TRACK + ", " + UNKNOWN + "]");
            assertThat(refusal.path("path").stringValue()).isEqualTo("$.args[1].args.name");
            assertThat(admin.send("{ color { value } }")).contains("not found");
            assertThat(admin.run("bulk", "[" + TRACK + ", {\"type\": \"get_inconsistent_metadata\", \"args\": {}}]"))
                    .isEqualTo("[" + SUCCESS + ",{\"is_consistent\":true,\"inconsistent_objects\":[]}]");
            assertThat(admin.data("{ color { value } }")).contains("RED");
        }

        @Test
        void keepGoingIfTheyAreTold() {
            assertThat(admin.run("bulk_keep_going", "[" + UNKNOWN + ", " + TRACK + "]"))
                    .isEqualTo("[{\"code\":\"not-exists\",\"error\":\"action with name \\\"x\\\" does not exist\","
                            + "\"path\":\"$.args.name\"}," + SUCCESS + "]");
            assertThat(admin.data("{ color { value } }")).contains("RED");
        }

        @Test
        void areCheckedOnlyInTheEndIfTheyAreAtomic() {
            String drop =
                    "{\"type\": \"pg_drop_relationship\", \"args\": {\"table\": \"article\", \"relationship\": \"author\"}}";
            String create =
                    "{\"type\": \"pg_create_object_relationship\", \"args\": {\"table\": \"article\", \"name\": \"author\", \"using\": {\"foreign_key_constraint_on\": \"%s\"}}}";
            assertThat(admin.run("bulk_atomic", "[" + drop + ", " + create.formatted("author_id") + "]"))
                    .isEqualTo(SUCCESS);
            JsonNode refusal = admin.refused(400, "bulk_atomic", "[" + drop + ", " + create.formatted("nothing") + "]");
            assertThat(refusal.path("error").stringValue()).isEqualTo("Schema inconsistency");
            assertThat(admin.refused(500, "bulk_atomic", "[" + TRACK + "]")
                            .path("error")
                            .stringValue())
                    .isEqualTo("Bulk atomic does not support this command");
        }
    }

    @Nested
    class WhatIsRefused {

        @Test
        void isWhoeverIsNotAdmin() {
            HttpResponse<String> answer =
                    admin.asRole("user").post("/v1/metadata", "{\"type\": \"export_metadata\", \"args\": {}}");
            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(answer.body())
                    .isEqualTo(
                            "{\"code\":\"access-denied\",\"error\":\"restricted access : admin only\",\"path\":\"$.args\"}");
            HttpResponse<String> stranger =
                    Requests.to(engine).post("/v1/metadata", "{\"type\": \"export_metadata\", \"args\": {}}");
            assertThat(stranger.statusCode()).isEqualTo(401);
            assertThat(stranger.body()).contains("access-denied").doesNotContain("s3cret");
        }

        @Test
        void isWhatNobodyKnows() {
            assertThat(admin.refused(400, "make_coffee", "{}").path("error").stringValue())
                    .isEqualTo(
                            "unknown metadata command \"make_coffee\"; \"make\" was not recognized as a valid backend name");
            assertThat(admin.refused(400, "track_table", "{\"table\": \"color\"}")
                            .path("code")
                            .stringValue())
                    .isEqualTo("parse-failed");
            assertThat(admin.refused(400, "pg_track_table", "{}").path("error").stringValue())
                    .startsWith("Error when parsing command track_table.");
            assertThat(admin.post("/v1/metadata", "nonsense").body()).contains("invalid-json");
        }

        @Test
        void isWhatThisEngineDoesNotDo() {
            assertThat(admin.refused(400, "set_api_limits", "{}").path("error").stringValue())
                    .isEqualTo("the command 'set_api_limits': the local engine does not support it");
            assertThat(admin.refused(400, "mssql_track_table", "{}")
                            .path("code")
                            .stringValue())
                    .isEqualTo("not-supported");
        }
    }

    @Test
    void remoteSchemasMustAnswerWhenTheyAreAdded() {
        JsonNode refusal = admin.refused(
                400,
                "add_remote_schema",
                "{\"name\": \"gone\", \"definition\": {\"url\": \"http://127.0.0.1:1/graphql\"}}");
        assertThat(refusal.path("code").stringValue()).isEqualTo("remote-schema-error");
        assertThat(export().has("remote_schemas")).isFalse();
    }
}
