package io.github.hasura4j.client.metadata;

import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

import io.github.hasura4j.client.HasuraClient;
import io.github.hasura4j.client.HasuraRequestException;
import io.github.hasura4j.client.HasuraTransportException;
import io.github.hasura4j.client.HasuraTransportException.Reason;
import io.github.hasura4j.payload.SessionVariables;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class MetadataClientTests {

    private static final String WITH_A_MISTAKE = """
            {"version": 3, "sources": [], "actions": [
              {"name": "login", "definition": {"handler": "{{UNKNOWN}}/login", "kind": "synchronous",
                "headers": [{"name": "x-secret", "value": "hunter2"}]}}]}""";

    @AutoClose
    private final FakeMetadataEngine engine = new FakeMetadataEngine();

    private final MetadataClient metadata = engine.metadata();

    @Nested
    class AnExport {

        @Test
        void hasTheDocumentAndItsVersion() {
            MetadataExport export = metadata.export();

            assertThat(export.resourceVersion()).isEqualTo(7);
            assertThat(export.document()).isEqualTo(engine.document());
            assertThat(export.metadata().sources())
                    .singleElement()
                    .extracting("name")
                    .isEqualTo("default");
            assertThat(engine.asked().body()).isEqualTo(FakeMetadataEngine.json("""
                    {"type": "export_metadata", "version": 2, "args": {}}"""));
        }

        @Test
        void keepsDigitsNullsAndTheOrderWhateverTheMapperDoes() {
            String odd =
                    "{\"version\":3,\"sources\":[],\"z\":null,\"a\":1.50,\"n\":12345678901234567890.123456789012345}";
            engine.has(odd);
            JsonMapper sloppy = JsonMapper.builder()
                    .disable(JsonNodeFeature.WRITE_NULL_PROPERTIES)
                    .enable(JsonNodeFeature.WRITE_PROPERTIES_SORTED)
                    .build();
            MetadataClient client = engine.client().jsonMapper(sloppy).build().metadata();

            ObjectNode document = client.export().document();
            client.replace(document);

            assertThat(document).hasToString(odd);
            assertThat(engine.document()).hasToString(odd);
            assertThat(document.get("n").decimalValue())
                    .isEqualTo(new BigDecimal("12345678901234567890.123456789012345"));
        }

        @Test
        void givesCopiesToChange() {
            MetadataExport export = metadata.export();

            export.document().removeAll();

            assertThat(export.document()).isNotEmpty();
        }

        @Test
        void isNotShown() {
            engine.has(WITH_A_MISTAKE);

            assertThat(metadata.export()).hasToString("MetadataExport[resourceVersion=7]");
        }
    }

    @Nested
    class AReplacement {

        @Test
        void takesAnyVersionUnlessOneIsNamed() {
            engine.somebodyElseChanges();

            ReplaceResult result = metadata.replace(FakeMetadataEngine.json("{\"version\": 3, \"sources\": []}"));

            assertThat(result.isConsistent()).isTrue();
            assertThat(engine.document()).hasToString("{\"version\":3,\"sources\":[]}");
            assertThat(engine.asked().body()).isEqualTo(FakeMetadataEngine.json("""
                    {"type": "replace_metadata", "version": 2,
                     "args": {"allow_inconsistent_metadata": false, "metadata": {"version": 3, "sources": []}}}"""));
        }

        @Test
        void isAConflictIfAnotherVersionIsThere() {
            long version = metadata.export().resourceVersion();
            engine.somebodyElseChanges();

            MetadataConflictException e = catchThrowableOfType(
                    MetadataConflictException.class,
                    () -> metadata.replace(
                            FakeMetadataEngine.json("{\"version\": 3, \"sources\": []}"),
                            ReplaceOptions.strict().ifVersion(version)));

            assertThat(e.status()).isEqualTo(409);
            assertThat(e.code()).isEqualTo("conflict");
            assertThat(e.path()).isEqualTo("$");
            assertThat(e)
                    .hasMessage(
                            "'replace_metadata' failed with conflict at $: metadata resource version referenced (7) did not match current version");
            assertThat(engine.document()).isNotEmpty();
        }

        @Test
        void isRefusedWithWhatWouldBeInconsistent() {
            HasuraMetadataException e = catchThrowableOfType(
                    HasuraMetadataException.class, () -> metadata.replace(FakeMetadataEngine.json(WITH_A_MISTAKE)));

            assertThat(e).isNotInstanceOf(MetadataConflictException.class);
            assertThat(e.command()).isEqualTo("replace_metadata");
            assertThat(e.code()).isEqualTo("unexpected");
            assertThat(e.inconsistentObjects()).singleElement().satisfies(object -> {
                assertThat(object.type()).isEqualTo("action");
                assertThat(object.name()).isEqualTo("action login");
                assertThat(object.reason()).contains("environment variables not found: UNKNOWN");
                assertThat(object.definition().path("name").stringValue()).isEqualTo("login");
            });
            assertThat(e)
                    .hasMessage("'replace_metadata' failed with unexpected at $.args: cannot continue due to "
                            + "inconsistent metadata. Inconsistent: action login: Inconsistent object: in action "
                            + "\"login\"; Value for environment variables not found: UNKNOWN")
                    .hasMessageNotContaining("hunter2");
            assertThat(engine.version()).isEqualTo(7);
        }

        @Test
        void maySayWhatItTookAllTheSame() {
            ReplaceResult result = metadata.replace(
                    FakeMetadataEngine.json(WITH_A_MISTAKE),
                    ReplaceOptions.strict().allowingInconsistent());

            assertThat(result.isConsistent()).isFalse();
            assertThat(result.inconsistentObjects())
                    .extracting(InconsistentObject::name)
                    .containsExactly("action login");
            assertThat(result.toString()).doesNotContain("hunter2");
        }

        @Test
        void hasTheEnginesWarnings() {
            engine.answers("replace_metadata", """
                    {"is_consistent": true, "inconsistent_objects": [], "warnings": [
                      {"code": "illegal-event-trigger-name", "type": "event_trigger", "name": "event_trigger e!",
                       "message": "odd name"}]}""");

            ReplaceResult result = metadata.replace(
                    FakeMetadataEngine.json("{\"version\": 3}"),
                    ReplaceOptions.strict().refusingWarnings());

            assertThat(result.warnings())
                    .containsExactly(new MetadataWarning(
                            "illegal-event-trigger-name", "event_trigger", "event_trigger e!", "odd name"));
            assertThat(engine.asked().args().get("allow_warnings").booleanValue())
                    .isFalse();
        }
    }

    @Nested
    class WhatIsInconsistent {

        @Test
        void isListed() {
            engine.has(WITH_A_MISTAKE);

            assertThat(metadata.inconsistencies())
                    .extracting(InconsistentObject::toString)
                    .containsExactly(
                            "action login: Inconsistent object: in action \"login\"; Value for environment variables not found: UNKNOWN");
            assertThat(metadata.reload()).hasSize(1);
        }

        @Test
        void mayBeSeveralObjectsAtOnce() {
            engine.answers("get_inconsistent_metadata", """
                    {"is_consistent": false, "inconsistent_objects": [
                      {"reason": "Conflicting objects: two tables", "objects": [{"name": "a"}, {"name": "b"}]},
                      {"reason": "Multiple definitions for: action", "type": "action", "definitions": [1, 2]},
                      {"reason": "Could not inherit", "name": "lead", "type": "inherited_role", "entity": {"t": 1}},
                      {"reason": "Something newer"}]}""");

            List<InconsistentObject> objects = metadata.inconsistencies();

            assertThat(objects)
                    .extracting(object -> object.definition().toString())
                    .containsExactly("[{\"name\":\"a\"},{\"name\":\"b\"}]", "[1,2]", "{\"t\":1}", "null");
            assertThat(objects.get(0).name()).isNull();
            assertThat(objects.get(0)).hasToString("Conflicting objects: two tables");
        }

        @Test
        void isEmptyWhereTheEngineSaysNothingElse() {
            engine.answers("reload_metadata", "{\"message\": \"success\", \"is_consistent\": true}");

            assertThat(metadata.reload(Reload.ofSources("default").recreatingEventTriggers()))
                    .isEmpty();
            assertThat(engine.asked().args()).isEqualTo(FakeMetadataEngine.json("""
                    {"reload_remote_schemas": [], "reload_sources": ["default"], "recreate_event_triggers": true}"""));
        }

        @Test
        void isNamedThreeTimesInAMessageAtMost() {
            engine.answers("replace_metadata", 400, """
                    {"error": "cannot continue", "path": "$.args", "code": "unexpected", "internal": [
                      {"reason": "r1", "name": "a"}, {"reason": "r2", "name": "b"}, {"reason": "r3", "name": "c"},
                      {"reason": "r4", "name": "d"}, {"reason": "r5", "name": "e"}]}""");

            assertThatThrownBy(() -> metadata.replace(FakeMetadataEngine.json("{}")))
                    .hasMessageEndingWith("Inconsistent: a: r1; b: r2; c: r3; and 2 more");
        }
    }

    @Nested
    class ACommand {

        @Test
        void isAnythingByItsType() {
            engine.answers("pg_track_table", "{\"message\": \"success\"}");

            JsonNode answer = metadata.call("pg_track_table", Map.of("table", "user"));

            assertThat(answer.path("message").stringValue()).isEqualTo("success");
            assertThat(engine.asked().path()).isEqualTo("/v1/metadata");
            assertThat(engine.asked().body())
                    .hasToString("{\"type\":\"pg_track_table\",\"args\":{\"table\":\"user\"}}");
        }

        @Test
        void mayNameAVersion() {
            engine.somebodyElseChanges();

            assertThatThrownBy(() -> metadata.call(MetadataCommand.of("create_action", Map.of("name", "a"))
                            .ifVersion(7)))
                    .isInstanceOf(MetadataConflictException.class);
            assertThat(engine.document().has("actions")).isFalse();
        }

        @Test
        void thatTheEngineDoesNotKnowIsRefused() {
            HasuraMetadataException e =
                    catchThrowableOfType(HasuraMetadataException.class, () -> metadata.call("track_tabel", Map.of()));

            assertThat(e.hasCode("parse-failed")).isTrue();
            assertThat(e.status()).isEqualTo(400);
            assertThat(e.internal()).isEmpty();
            assertThat(e).hasMessageContaining("'track_tabel' failed with parse-failed at $: unknown metadata command");
        }

        @Test
        void isNotSentIfItsArgumentsCannotBeWritten() {
            assertThatThrownBy(() -> metadata.call("create_action", new Broken()))
                    .isInstanceOf(HasuraRequestException.class)
                    .hasMessageContaining("'create_action'")
                    .hasMessageContaining("Broken")
                    .hasMessageNotContaining("hunter2");
            assertThat(engine.received()).isEmpty();
        }

        @Test
        void needsAType() {
            assertThatThrownBy(() -> metadata.call(" ", null)).isInstanceOf(IllegalArgumentException.class);
        }

        @Test
        void doesNotShowItsArguments() {
            assertThat(MetadataCommand.of("add_source", Map.of("url", "hunter2")))
                    .hasToString("MetadataCommand[add_source]");
        }
    }

    static final class Broken {

        public String getSecret() {
            throw new IllegalStateException("hunter2");
        }
    }

    @Nested
    class ManyCommands {

        private final List<MetadataCommand> commands = List.of(
                MetadataCommand.of("create_action", Map.of("name", "a")),
                MetadataCommand.of("create_action", Map.of("name", "a")));

        @Test
        void answerInOrder() {
            List<JsonNode> answers = metadata.bulk(List.of(
                    MetadataCommand.of("create_action", Map.of("name", "a")),
                    MetadataCommand.of("export_metadata", null).inVersion(2)));

            assertThat(answers).hasSize(2);
            assertThat(answers.get(1).path("metadata").path("actions")).hasSize(1);
        }

        @Test
        void areUndoneTogetherAndTheFirstMistakeHasItsPlace() {
            assertThatThrownBy(() -> metadata.bulk(commands))
                    .isInstanceOf(HasuraMetadataException.class)
                    .hasMessage(
                            "'bulk' failed with already-exists at $.args[1].args: action with name \"a\" already exists");
            assertThat(engine.document().has("actions")).isFalse();
        }

        @Test
        void mayGoOnAfterAMistake() {
            List<CommandResult> results = metadata.bulkKeepGoing(commands);

            assertThat(results).extracting(CommandResult::succeeded).containsExactly(true, false);
            assertThat(results.get(0).answer().path("message").stringValue()).isEqualTo("success");
            assertThat(results.get(0).failure()).isEmpty();
            assertThat(results.get(1).failure())
                    .map(HasuraMetadataException::code)
                    .contains("already-exists");
            assertThatThrownBy(() -> results.get(1).answer())
                    .isInstanceOf(HasuraMetadataException.class)
                    .hasMessageStartingWith("'create_action' failed with already-exists");
            assertThat(engine.document().path("actions")).hasSize(1);
        }

        @Test
        void areCheckedOnceAtTheEndIfTheyAreAtomic() {
            metadata.bulkAtomic(List.of(MetadataCommand.of("pg_create_object_relationship", Map.of("name", "x"))));

            assertThat(engine.asked().type()).isEqualTo("bulk_atomic");
            assertThatThrownBy(() -> metadata.bulkAtomic(commands))
                    .isInstanceOf(HasuraMetadataException.class)
                    .hasMessageContaining("does not support");
        }

        @Test
        void areNotBelievedToBeOthers() {
            engine.answers("bulk_keep_going", "[]");

            assertThatThrownBy(() -> metadata.bulkKeepGoing(commands)).isInstanceOf(HasuraTransportException.class);
        }
    }

    @Nested
    class TheAdministrator {

        @Test
        void isWhoAsksWhateverTheViewIs() {
            HasuraClient hasura = engine.client()
                    .header("x-hasura-org-id", "1")
                    .header("x-trace", "t")
                    .build();

            hasura.asRole("user").metadata().export();
            hasura.as(SessionVariables.of(Map.of("x-hasura-role", "user", "x-hasura-user-id", "7")))
                    .metadata()
                    .export();

            assertThat(engine.received()).hasSize(2).allSatisfy(request -> {
                assertThat(request.headers())
                        .doesNotContainKeys("X-hasura-role", "X-hasura-user-id", "X-hasura-org-id");
                assertThat(request.headers().getFirst("x-trace")).isEqualTo("t");
            });
        }

        @Test
        void needsTheSecret() {
            HasuraClient nobody = HasuraClient.builder().endpoint(engine.uri()).build();

            assertThatIllegalStateException()
                    .isThrownBy(() -> nobody.metadata().export())
                    .withMessage(
                            "The engine takes 'export_metadata' from its administrator only, and this client has no admin secret. Build it with adminSecret(…).");
            assertThatIllegalStateException()
                    .isThrownBy(() -> nobody.withBearerToken("t0ken").metadata().inconsistencies());
            assertThat(engine.received()).isEmpty();
        }

        @Test
        void isRefusedWithTheWrongOne() {
            HasuraClient wrong = HasuraClient.builder()
                    .endpoint(engine.uri())
                    .adminSecret("hunter2")
                    .build();

            assertThatThrownBy(() -> wrong.metadata().export())
                    .isInstanceOf(HasuraMetadataException.class)
                    .hasMessage(
                            "'export_metadata' failed with access-denied at $: invalid \"x-hasura-admin-secret\". Check the admin secret that the client was given.")
                    .hasMessageNotContaining("hunter2");
            assertThat(wrong.metadata().toString()).contains("***").doesNotContain("hunter2");
        }
    }

    @Nested
    class TheAddress {

        @ParameterizedTest
        @CsvSource({
            "'', /v1/metadata",
            "/v1/graphql, /v1/metadata",
            "/hasura, /hasura/v1/metadata",
            "/hasura/v1/graphql, /hasura/v1/metadata",
            "/a/v1alpha1/graphql, /a/v1/metadata"
        })
        void isBesideTheOneOfGraphQl(String path, String expected) {
            HasuraClient hasura =
                    engine.client().endpoint(URI.create(engine.uri() + path)).build();

            hasura.metadata().export();

            assertThat(engine.asked().path()).isEqualTo(expected);
        }

        @Test
        void mayBeClosed() {
            engine.answers(
                    "/v1/metadata",
                    404,
                    FakeMetadataEngine.error(404, "not-found", "$", "resource does not exist")
                            .body());

            assertThatThrownBy(metadata::export)
                    .isInstanceOf(HasuraMetadataException.class)
                    .hasMessageEndingWith("Is this API among the engine's HASURA_GRAPHQL_ENABLED_APIS?");
        }
    }

    @Nested
    class WhereSomethingElseAnswers {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "<html>hunter2</html>",
                    "",
                    "[]",
                    "{\"hunter2\": 1}",
                    "{\"resource_version\": \"7\", \"metadata\": {}}",
                    "{\"resource_version\": 7, \"metadata\": []}"
                })
        void isNoAnswerOfTheEngine(String body) {
            engine.answers("/v1/metadata", body);

            HasuraTransportException e = catchThrowableOfType(HasuraTransportException.class, metadata::export);

            assertThat(e.reason()).isEqualTo(Reason.NOT_GRAPHQL);
            assertThat(e)
                    .hasMessageContaining("Metadata command 'export_metadata' got an answer (HTTP status 200")
                    .hasMessageContaining("/v1/metadata")
                    .hasMessageNotContaining("hunter2");
        }

        @ParameterizedTest
        @ValueSource(ints = {302, 400, 404, 502})
        void isAStatusToo(int status) {
            engine.answers("/v1/metadata", status, "{\"error\": \"hunter2\"}");

            HasuraTransportException e = catchThrowableOfType(HasuraTransportException.class, metadata::export);

            assertThat(e.reason()).isEqualTo(Reason.STATUS);
            assertThat(e.status()).hasValue(status);
            assertThat(e).hasMessageNotContaining("hunter2");
        }
    }

    @Nested
    class TheHealth {

        @ParameterizedTest
        @CsvSource({"200, OK, OK", "200, WARN: inconsistent objects in schema, INCONSISTENT", "500, ERROR, ERROR"})
        void isWhatTheEngineSays(int status, String text, EngineHealth health) {
            engine.answers("/healthz", status, text);

            assertThat(metadata.health()).isEqualTo(health);
        }

        @Test
        void needsNoSecretAndSendsNone() {
            engine.answers("/healthz", "OK");
            HasuraClient nobody = HasuraClient.builder().endpoint(engine.uri()).build();

            assertThat(nobody.metadata().health()).isEqualTo(EngineHealth.OK);
            assertThat(metadata.health()).isEqualTo(EngineHealth.OK);
            assertThat(nobody.forwarding(name -> "Bearer hunter2", "authorization")
                            .metadata()
                            .health())
                    .isEqualTo(EngineHealth.OK);
            assertThat(engine.received()).hasSize(3).allSatisfy(request -> {
                assertThat(request.method()).isEqualTo("GET");
                assertThat(request.headers()).doesNotContainKeys("X-hasura-admin-secret", "Authorization");
            });
        }

        @ParameterizedTest
        @CsvSource({"200, <html>OK</html>", "404, not found", "503, OK", "500, oops"})
        void isUnknownIfSomethingElseAnswers(int status, String text) {
            engine.answers("/healthz", status, text);

            assertThatThrownBy(metadata::health)
                    .isInstanceOf(HasuraTransportException.class)
                    .hasMessageContaining("/healthz");
        }
    }

    @Nested
    class TheVersion {

        @Test
        void isTold() {
            engine.answers("/v1/version", "{\"version\": \"v2.48.1\", \"server_type\": \"ce\"}");

            assertThat(metadata.version()).isEqualTo(new EngineVersion("v2.48.1", "ce"));
        }

        @Test
        void mayBeToldWithoutTheEdition() {
            engine.answers("/v1/version", "{\"version\": \"v2.0.0\"}");

            assertThat(metadata.version()).isEqualTo(new EngineVersion("v2.0.0", null));
        }

        @Test
        void isNotGuessed() {
            engine.answers("/v1/version", "{\"name\": \"other\"}");

            assertThatThrownBy(metadata::version).isInstanceOf(HasuraTransportException.class);
        }
    }

    @Test
    void waitsAsLongAsItIsTold() {
        assertThatThrownBy(() -> metadata.withTimeout(Duration.ZERO)).isInstanceOf(IllegalArgumentException.class);
        assertThat(metadata.withTimeout(Duration.ofMinutes(5)).export().resourceVersion())
                .isEqualTo(7);
        CountDownLatch never = new CountDownLatch(1);
        engine.beforeReplacing(() -> {
            try {
                never.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        assertThatThrownBy(() -> metadata.withTimeout(Duration.ofMillis(50)).replace(FakeMetadataEngine.json("{}")))
                .isInstanceOf(HasuraTransportException.class)
                .hasMessageContaining("'replace_metadata' was not answered within PT0.05S");
    }

    @Test
    void removesWhatIsInconsistent() {
        engine.answers("drop_inconsistent_metadata", "{\"message\": \"success\"}");

        metadata.dropInconsistencies();

        assertThat(engine.asked().type()).isEqualTo("drop_inconsistent_metadata");
        assertThat(Optional.of(engine.asked().args())).map(JsonNode::toString).contains("{}");
    }
}
