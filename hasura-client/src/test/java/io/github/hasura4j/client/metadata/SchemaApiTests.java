package io.github.hasura4j.client.metadata;

import java.util.List;

import io.github.hasura4j.client.HasuraClient;
import io.github.hasura4j.client.HasuraTransportException;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class SchemaApiTests {

    @AutoClose
    private final FakeMetadataEngine engine = new FakeMetadataEngine();

    private final HasuraClient hasura = engine.client().enableSchemaApi().build();

    @Test
    void isOffUnlessEnabled() {
        assertThatIllegalStateException()
                .isThrownBy(() -> engine.client().build().schemaApi())
                .withMessageContaining("enableSchemaApi()");
        assertThat(hasura.asRole("user").schemaApi()).isNotNull();
    }

    @Test
    void needsTheAdminSecret() {
        assertThatIllegalStateException()
                .isThrownBy(() -> hasura.withBearerToken("t0ken").schemaApi().run("select 1"));
        assertThat(engine.received()).isEmpty();
    }

    @Test
    void givesTheRowsAsText() {
        engine.answers("run_sql", """
                {"result_type": "TuplesOk", "result": [["id", "name"], ["1", "Ada"], ["2", "NULL"]]}""");

        SqlResult result = hasura.schemaApi().run("select id, name from users");

        assertThat(result.columns()).containsExactly("id", "name");
        assertThat(result.rows()).containsExactly(List.of("1", "Ada"), List.of("2", "NULL"));
        assertThat(result).hasToString("SqlResult[columns=[id, name], rows=2]");
        assertThat(engine.asked().path()).isEqualTo("/v2/query");
        assertThat(engine.asked().body()).isEqualTo(FakeMetadataEngine.json("""
                {"type": "run_sql", "args": {"sql": "select id, name from users", "source": "default",
                 "cascade": false, "read_only": false}}"""));
    }

    @Test
    void givesNoneForACommand() {
        engine.answers("run_sql", "{\"result_type\": \"CommandOk\", \"result\": null}");

        SqlResult result = hasura.schemaApi()
                .run(RunSql.of("create index concurrently i on t (c)")
                        .on("analytics")
                        .cascading()
                        .readOnly()
                        .withoutTransaction());

        assertThat(result.columns()).isEmpty();
        assertThat(result.rows()).isEmpty();
        assertThat(engine.asked().args()).isEqualTo(FakeMetadataEngine.json("""
                {"sql": "create index concurrently i on t (c)", "source": "analytics", "cascade": true,
                 "read_only": true, "no_transaction": true}"""));
    }

    @Test
    void tellsTheStateButNotTheWordsOfTheDatabase() {
        engine.answers("run_sql", 400, """
                {"error": "query execution failed", "path": "$.args", "code": "postgres-error", "internal": {
                  "statement": "insert into t values ('hunter2')", "prepared": false, "arguments": [],
                  "error": {"exec_status": "FatalError", "status_code": "23505", "message": "duplicate hunter2",
                            "description": "Key (name)=(hunter2) already exists.", "hint": null}}}""");

        HasuraMetadataException e = catchThrowableOfType(
                HasuraMetadataException.class, () -> hasura.schemaApi().run("insert into t values ('hunter2')"));

        assertThat(e)
                .hasMessage("'run_sql' failed with postgres-error at $.args: query execution failed (SQLSTATE 23505)");
        assertThat(e.inconsistentObjects()).isEmpty();
        assertThat(e.internal())
                .map(internal -> internal.path("error").path("description").asString())
                .contains("Key (name)=(hunter2) already exists.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"result_type\": \"TuplesOk\", \"result\": []}",
                "{\"result_type\": \"TuplesOk\", \"result\": null}",
                "{\"result_type\": \"Other\", \"result\": []}",
                "{\"message\": \"success\"}",
                "[]"
            })
    void doesNotGuess(String body) {
        engine.answers("run_sql", body);

        assertThatThrownBy(() -> hasura.schemaApi().run("select 1")).isInstanceOf(HasuraTransportException.class);
    }

    @Test
    void doesNotShowSql() {
        assertThat(RunSql.of("alter role x password 'hunter2'")).asString().doesNotContain("hunter2");
        assertThat(hasura.schemaApi()).asString().doesNotContain("s3cret");
    }
}
