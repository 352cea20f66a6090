package io.github.hasura4j.test;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;

import io.github.hasura4j.client.project.HasuraProjectException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Starting, stopping, and the small ends. */
class LocalHasuraTests {

    @TempDir
    private Path directory;

    @Test
    void servesHealthAndVersionAndSaysWhatItDoesNotServe() {
        ProjectFiles.in(directory);
        try (LocalHasura engine =
                LocalHasura.forProject(directory).adminSecret("x").start()) {
            Requests client = Requests.to(engine);
            assertThat(client.get("/healthz").body()).isEqualTo("OK");
            assertThat(client.get("/v1/version").body()).contains("\"version\":\"v2.");
            HttpResponse<String> unknown = client.with("x-request-id", "abc").get("/nowhere");
            assertThat(unknown.statusCode()).isEqualTo(404);
            assertThat(unknown.body())
                    .isEqualTo("{\"path\":\"$\",\"error\":\"resource does not exist\",\"code\":\"not-found\"}");
            assertThat(unknown.headers().firstValue("x-request-id")).contains("abc");
            assertThat(client.get("/api/swagger/json").body())
                    .contains("\"code\":\"not-supported\"", "/api/swagger/json: the local engine does not support it");
            assertThat(client.get("/v1/graphql").body()).contains("PersistedQueryNotSupported");
            assertThat(client.send("{ __typename }")).contains("required, but not found");
            assertThat(engine.toString()).doesNotContain("\"x\"").contains("http://localhost:");
        }
    }

    @Test
    void saysThatThePortIsTakenBeforeItStartsAnything() throws IOException {
        ProjectFiles.in(directory);
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatExceptionOfType(LocalHasuraPortInUseException.class)
                    .isThrownBy(() -> LocalHasura.forProject(directory)
                            .port(taken.getLocalPort())
                            .start())
                    .withMessageStartingWith("Port " + taken.getLocalPort() + " is already in use")
                    .satisfies(e -> assertThat(e.port()).isEqualTo(taken.getLocalPort()));
        }
    }

    @Test
    void saysWhichMigrationFails() {
        ProjectFiles.in(directory).withMigration("CREATE TABLE broken (id nonsense)");
        assertThatExceptionOfType(LocalHasuraException.class)
                .isThrownBy(() -> LocalHasura.forProject(directory).start())
                .withMessageContaining("1_init")
                .withMessageContaining("type \"nonsense\" does not exist");
    }

    @Test
    void givesThePortBackAfterAStartThatFailed(@TempDir Path good) throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        ProjectFiles.in(directory).withMigration("nonsense");
        assertThatExceptionOfType(LocalHasuraException.class)
                .isThrownBy(() -> LocalHasura.forProject(directory).port(port).start());
        ProjectFiles.in(good);
        try (LocalHasura engine = LocalHasura.forProject(good).port(port).start()) {
            assertThat(engine.port()).isEqualTo(port);
        }
    }

    @Test
    void namesSettingsOfTheEngineThatItDoesNotHave() {
        ProjectFiles.in(directory);
        LocalHasura.Builder builder = LocalHasura.forProject(directory)
                .environment("HASURA_GRAPHQL_INFER_FUNCTION_PERMISSIONS", "true")
                .environment("HASURA_GRAPHQL_ENABLE_CONSOLE", "true")
                .environment("MINE", "x");
        try (LocalHasura engine = builder.start()) {
            assertThat(engine.unsupported())
                    .containsExactly("the engine's setting HASURA_GRAPHQL_INFER_FUNCTION_PERMISSIONS");
        }
    }

    @Test
    void namesPartsOfTheMetadataThatItDoesNotRead() {
        ProjectFiles.in(directory)
                .with("metadata/api_limits.yaml", "disabled: false\n")
                .with("metadata/network.yaml", "tls_allowlist: [{host: handler}]\n")
                .with("metadata/opentelemetry.yaml", "{}\n");
        try (LocalHasura engine = LocalHasura.forProject(directory).start()) {
            assertThat(engine.unsupported()).containsExactly("the metadata's api_limits", "the metadata's network");
        }
    }

    @Test
    void leavesOutTriggersOnColumnsThatAreNotThere() {
        ProjectFiles.in(directory)
                .withMigration("CREATE TABLE item (id integer PRIMARY KEY)")
                .withTable("item", """
                        table: item
                        event_triggers:
                        - name: item_added
                          definition: {insert: {columns: '*', payload: [id, nme]}}
                          webhook: http://localhost:1
                        """);
        try (LocalHasura engine = LocalHasura.forProject(directory).start()) {
            assertThat(engine.inconsistentObjects())
                    .singleElement()
                    .hasToString(
                            "event_trigger 'item_added in table public.item in source default': Inconsistent object:"
                                    + " column \"nme\" does not exist");
            assertThat(Requests.to(engine).data("mutation { insert_item_one(object: {id: 1}) { id } }"))
                    .isEqualTo("{\"insert_item_one\":{\"id\":1}}");
        }
    }

    @Test
    void leavesOutActionsWhoseTypesNobodyKnows() {
        ProjectFiles.in(directory)
                .with(
                        "metadata/actions.graphql",
                        "type Query { typo(x: Missing): String fine(at: timestamptz!): [Out!] } type Out { id: uuid! }")
                .with(
                        "metadata/actions.yaml",
                        "actions:\n- {name: typo, definition: {handler: 'http://x'}}\n- {name: fine, definition: {handler: 'http://x'}}\n");
        try (LocalHasura engine = LocalHasura.forProject(directory).start()) {
            assertThat(engine.inconsistentObjects())
                    .singleElement()
                    .hasToString(
                            "action 'typo': Inconsistent object: the type: \"Missing\" is not defined in custom types or"
                                    + " the database");
            assertThat(Requests.to(engine).data("{ __schema { queryType { fields { name } } } }"))
                    .contains("[{\"name\":\"fine\"}]");
        }
    }

    @Test
    void saysThatThereIsNoProject() {
        assertThatExceptionOfType(HasuraProjectException.class)
                .isThrownBy(() -> LocalHasura.forProject(directory).start())
                .withMessageContaining("No config.yaml");
    }

    @Test
    void keepsDataBetweenRunsWhenAskedTo(@TempDir Path data) {
        ProjectFiles.in(directory)
                .withMigration("CREATE TABLE kept (id integer PRIMARY KEY)")
                .withTable("kept", "table: kept\n");
        LocalHasura.Builder builder = LocalHasura.forProject(directory).dataDirectory(data.resolve("postgres"));
        try (LocalHasura engine = builder.start()) {
            Requests.to(engine).data("mutation { insert_kept_one(object: {id: 1}) { id } }");
        }
        try (LocalHasura engine = builder.start()) {
            assertThat(Requests.to(engine).data("{ kept { id } }")).isEqualTo("{\"kept\":[{\"id\":1}]}");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"developer-portal", "hasura-router-example", "data-hub-ecommerce"})
    void loadsTheProjectsOfOthers(String sample) {
        LocalHasura.Builder builder = LocalHasura.forProject(SampleProjects.ofOthers(sample));
        for (String url : List.of("NEXT_API_URL", "NEXTJS_SERVER_URL", "WEBHOOK_GO_BASE_URL")) {
            builder.environment(url, "http://localhost:1");
        }
        builder.environment("INTERNAL_ENDPOINTS_SECRET", "shared");
        try (LocalHasura engine = builder.start()) {
            assertThat(engine.inconsistentObjects()).isEmpty();
            assertThat(Requests.to(engine)
                            .tree("{ __schema { types { name } } }")
                            .path("__schema")
                            .path("types")
                            .size())
                    .isGreaterThan(30);
            switch (sample) {
                case "developer-portal" -> {
                    assertThat(engine.unsupported()).containsExactly("the metadata's api_limits");
                    assertThat(Requests.to(engine)
                                    .data("{ team { id name apps { id } } app_aggregate { aggregate { count } } }"))
                            .isEqualTo("{\"team\":[],\"app_aggregate\":{\"aggregate\":{\"count\":0}}}");
                }
                case "hasura-router-example" -> assertThat(engine.unsupported()).isEmpty();
                default ->
                    assertThat(
                                    Requests.to(engine)
                                            .asRole("user")
                                            .with("x-hasura-user-id", "1")
                                            .data(
                                                    "{ product { name category { display_name: name } } order { id user { name } } }"))
                            .contains("\"product\":[");
            }
        }
    }
}
