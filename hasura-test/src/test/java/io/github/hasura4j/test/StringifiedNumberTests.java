package io.github.hasura4j.test;

import java.nio.file.Path;
import java.time.Duration;

import io.github.hasura4j.test.Fixtures.Fixture;
import io.github.hasura4j.test.engine.EngineJson;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** {@code HASURA_GRAPHQL_STRINGIFY_NUMERIC_TYPES}: large and exact numbers as texts. */
class StringifiedNumberTests {

    @TempDir
    private static Path directory;

    private static StubHandler handler;
    private static LocalHasura engine;
    private static Requests admin;

    @BeforeAll
    static void start() {
        handler = new StubHandler();
        ProjectFiles.in(directory).withMigration("""
                        CREATE TABLE ledger (id bigint PRIMARY KEY, amount numeric, ratio float8, price money, small smallint,
                          real4 float4, many bigint[], doc jsonb);
                        CREATE FUNCTION doubled(row_ ledger) RETURNS numeric LANGUAGE sql STABLE AS 'SELECT row_.amount * 2';
                        CREATE TABLE entry (id integer PRIMARY KEY, ledger_id bigint REFERENCES ledger);
                        """).withTable("ledger", """
                        table: ledger
                        array_relationships:
                        - {name: entries, using: {foreign_key_constraint_on: {table: entry, column: ledger_id}}}
                        computed_fields: [{name: doubled, definition: {function: doubled}}]
                        event_triggers:
                        - name: user_trigger
                          definition: {enable_manual: false, insert: {columns: '*'}, update: {columns: '*', payload: [id, small]}}
                          retry_conf: {num_retries: 0, interval_sec: 0, timeout_sec: 5}
                          webhook: '{{HANDLER}}/event'
                        """).withTable("entry", """
                        table: entry
                        object_relationships: [{name: ledger, using: {foreign_key_constraint_on: ledger_id}}]
                        """);
        engine = LocalHasura.forProject(directory)
                .environment("HANDLER", handler.url())
                .environment("HASURA_GRAPHQL_STRINGIFY_NUMERIC_TYPES", "true")
                .eventsInterval(Duration.ZERO)
                .start();
        admin = Requests.to(engine);
        admin.data(
                "mutation { insert_ledger_one(object: {id: \"9223372036854775807\", amount: \"100.00\", ratio: 0.25, price: \"1234.5\","
                        + " small: 7, real4: 1.5, many: [1, 2], doc: {n: 12345678901}, entries: {data: [{id: 1}]}}) { id } }");
    }

    @AfterAll
    static void stop() {
        engine.close();
        handler.close();
    }

    @Test
    void isASettingThatTheEngineHas() {
        assertThat(engine.unsupported()).isEmpty();
    }

    @Test
    void areInRowsAndComputedFields() {
        assertThat(admin.data("{ ledger { id amount ratio price small real4 many doc doubled } }"))
                .isEqualTo("{\"ledger\":[{\"id\":\"9223372036854775807\",\"amount\":\"100.00\",\"ratio\":\"0.25\","
                        + "\"price\":\"$1,234.50\",\"small\":7,\"real4\":1.5,\"many\":[1,2],\"doc\":{\"n\": 12345678901},"
                        + "\"doubled\":\"200.00\"}]}");
        assertThat(admin.data("{ entry { ledger { id } ledger_id } }"))
                .isEqualTo(
                        "{\"entry\":[{\"ledger\":{\"id\":\"9223372036854775807\"},\"ledger_id\":\"9223372036854775807\"}]}");
    }

    @Test
    void areInAggregatesOfTheirColumns() {
        assertThat(
                        admin.data(
                                "{ ledger_aggregate { aggregate { count sum { amount small } avg { amount small } max { id small } } } }"))
                .isEqualTo(
                        "{\"ledger_aggregate\":{\"aggregate\":{\"count\":1,\"sum\":{\"amount\":\"100.00\",\"small\":7},"
                                + "\"avg\":{\"amount\":\"100.0000000000000000\",\"small\":7.0000000000000000},"
                                + "\"max\":{\"id\":\"9223372036854775807\",\"small\":7}}}}");
    }

    @Test
    void areInTheAnswersOfMutationsAndMayBeSentBack() {
        assertThat(admin.data(
                        "mutation ($id: bigint!) { update_ledger(where: {id: {_eq: $id}}, _set: {real4: 2}) { returning { id real4 } } }",
                        "{\"id\": \"9223372036854775807\"}"))
                .isEqualTo("{\"update_ledger\":{\"returning\":[{\"id\":\"9223372036854775807\",\"real4\":2}]}}");
        admin.data("mutation { update_ledger(where: {}, _set: {real4: 1.5}) { affected_rows } }");
    }

    @Test
    void areInTheRowsOfEvents() {
        engine.awaitIdle();
        handler.forget();
        admin.data("mutation { insert_ledger_one(object: {id: 1, amount: \"100.00\", ratio: 0.25, price: \"1234.5\","
                + " small: 7, real4: 1.5}) { id } }");
        engine.awaitIdle();

        JsonNode inserted = handler.next().json().path("event").path("data").path("new");
        Fixture fixture = Fixtures.of("event-stringify-numeric-on");
        fixture.request()
                .path("event")
                .path("data")
                .path("new")
                .properties()
                .forEach(column -> assertThat(inserted.path(column.getKey()))
                        .as(column.getKey())
                        .isEqualTo(column.getKey().equals("id") ? EngineJson.tree("1") : column.getValue()));

        admin.data("mutation { update_ledger_by_pk(pk_columns: {id: 1}, _set: {small: 8}) { id } }");
        engine.awaitIdle();
        assertThat(handler.next().json().path("event").path("data").path("new").toString())
                .isEqualTo("{\"id\":\"1\",\"small\":8}");
        admin.data("mutation { delete_ledger_by_pk(id: 1) { id } }");
    }
}
