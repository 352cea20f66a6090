package io.github.hasura4j.test;

import java.net.http.HttpResponse;
import java.nio.file.Path;

import io.github.hasura4j.test.engine.EngineJson;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** {@code run_sql}, and what the metadata make of it. */
class RunSqlTests {

    private static final String TABLES = "CREATE TABLE author (id integer PRIMARY KEY, name text);"
            + " CREATE TABLE article (id integer PRIMARY KEY, author_id integer REFERENCES author);";

    @TempDir
    private static Path directory;

    private static LocalHasura engine;
    private static Requests admin;
    private static String metadata;

    @BeforeAll
    static void start() {
        ProjectFiles.in(directory)
                .withMigration(TABLES)
                .withTable("author", "table: author\n")
                .withTable("article", """
                        table: article
                        object_relationships:
                        - {name: author, using: {foreign_key_constraint_on: author_id}}
                        """);
        engine = LocalHasura.forProject(directory).start();
        admin = Requests.to(engine);
        metadata = admin.post("/v1/metadata", "{\"type\": \"export_metadata\", \"args\": {}}")
                .body();
    }

    @AfterAll
    static void stop() {
        engine.close();
    }

    @BeforeEach
    void beginAnew() {
        sql("DROP TABLE article, author; " + TABLES, ", \"cascade\": true");
        admin.post("/v1/metadata", "{\"type\": \"replace_metadata\", \"args\": " + metadata + "}");
    }

    private static HttpResponse<String> sql(String sql, String more) {
        return admin.post(
                "/v2/query", "{\"type\": \"run_sql\", \"args\": {\"sql\": " + EngineJson.tree(sql) + more + "}}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/query", "/v2/query"})
    void givesTheRowsOfTheLastStatementAsText(String path) {
        assertThat(admin.post(
                                path,
                                "{\"type\": \"run_sql\", \"args\": {\"sql\": \"INSERT INTO author VALUES (1, NULL);"
                                        + " SELECT id, name, true AS yes FROM author\"}}")
                        .body())
                .isEqualTo(
                        "{\"result_type\":\"TuplesOk\",\"result\":[[\"id\",\"name\",\"yes\"],[\"1\",\"NULL\",\"t\"]]}");
        assertThat(sql("DELETE FROM author", "").body()).isEqualTo("{\"result_type\":\"CommandOk\",\"result\":null}");
    }

    @Test
    void showsNewColumnsAtOnce() {
        sql("ALTER TABLE author ADD COLUMN email text", "");
        assertThat(admin.data("{ author { email } }")).isEqualTo("{\"author\":[]}");
    }

    @Test
    void refusesToTakeAwayWhatTheMetadataNeed() {
        HttpResponse<String> refused = sql("ALTER TABLE article DROP COLUMN author_id", "");
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("dependency-error", "author in table public.article");
        assertThat(admin.data("{ article { author_id } }")).isEqualTo("{\"article\":[]}");

        assertThat(sql("ALTER TABLE article DROP COLUMN author_id", ", \"cascade\": true")
                        .statusCode())
                .isEqualTo(200);
        assertThat(engine.inconsistentObjects()).isEmpty();
        assertThat(admin.send("{ article { author { id } } }")).contains("field 'author' not found");
    }

    @Test
    void saysWhatPostgresSays() {
        HttpResponse<String> refused = sql("SELECT * FROM nowhere", "");
        assertThat(refused.statusCode()).isEqualTo(400);
        JsonNode error = EngineJson.parse(refused.body());
        assertThat(error.path("code").stringValue()).isEqualTo("postgres-error");
        assertThat(error.path("error").stringValue()).isEqualTo("query execution failed");
        assertThat(error.at("/internal/error/message").stringValue()).isEqualTo("relation \"nowhere\" does not exist");
        assertThat(error.at("/internal/error/status_code").stringValue()).isEqualTo("42P01");
    }

    @Test
    void mayBeReadOnly() {
        assertThat(sql("INSERT INTO author VALUES (1)", ", \"read_only\": true").body())
                .contains("cannot execute INSERT in a read-only transaction");
    }

    @Test
    void takesSeveralAtOnce() {
        assertThat(admin.post(
                                "/v2/query",
                                "{\"type\": \"bulk\", \"args\": [{\"type\": \"run_sql\", \"args\": {\"sql\": \"SELECT 1 AS a\"}},"
                                        + " {\"type\": \"run_sql\", \"args\": {\"sql\": \"SELECT 2 AS b\"}}]}")
                        .body())
                .isEqualTo("[{\"result_type\":\"TuplesOk\",\"result\":[[\"a\"],[\"1\"]]},"
                        + "{\"result_type\":\"TuplesOk\",\"result\":[[\"b\"],[\"2\"]]}]");
        assertThat(admin.post("/v2/query", "{\"type\": \"select\", \"args\": {}}")
                        .body())
                .contains("the command 'select': the local engine does not support it");
        assertThat(admin.asRole("user")
                        .post("/v2/query", "{\"type\": \"run_sql\", \"args\": {}}")
                        .body())
                .contains("restricted access : admin only");
    }
}
