package io.github.hasura4j.test;

import java.nio.file.Path;
import java.util.TimeZone;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

import static org.assertj.core.api.Assertions.assertThat;

/** Databases have names and types of all kinds. */
@Isolated("it changes the zone of the JVM, as a developer's machine would")
class OddDatabaseTests {

    @TempDir
    private static Path directory;

    private static TimeZone before;
    private static LocalHasura engine;
    private static Requests admin;

    @BeforeAll
    static void start() {
        before = TimeZone.getDefault();
        TimeZone.setDefault(TimeZone.getTimeZone("Asia/Tokyo"));
        ProjectFiles.in(directory)
                .withMigration("""
                        CREATE TYPE "my-mood" AS ENUM ('ok');
                        CREATE TYPE mood AS ENUM ('sad', 'happy');
                        CREATE DOMAIN positive AS integer CHECK (VALUE > 0);
                        CREATE TABLE odd (
                            id integer PRIMARY KEY, e text, t text, changed text, "t1" text, "order" text,
                            "first name" text, "2fa" boolean, strange "my-mood", mood mood,
                            code char(3), bits bit(4), amount positive, made timestamptz DEFAULT '2024-01-01 00:00:00+00',
                            local timestamp, tags text[], span int4range, raw bytea,
                            CONSTRAINT "odd-e" UNIQUE (e));
                        CREATE TABLE "where" ("where" integer PRIMARY KEY, note text);
                        CREATE TABLE pair (a integer, b text, note text, PRIMARY KEY (a, b));
                        CREATE VIEW odd_view AS SELECT id, e FROM odd;
                        CREATE VIEW counted AS SELECT count(*) AS rows FROM odd;
                        """)
                .withTable("odd", """
                        table: odd
                        configuration: {column_config: {first name: {custom_name: firstName}}, custom_column_names: {}, custom_root_fields: {}}
                        """)
                .withTable("where", "table: where\n")
                .withTable("pair", "table: pair\n")
                .withTable("odd_view", "table: odd_view\n")
                .withTable("counted", "table: counted\n");
        engine = LocalHasura.forProject(directory).start();
        admin = Requests.to(engine);
    }

    @AfterAll
    static void stop() {
        engine.close();
        TimeZone.setDefault(before);
    }

    @Test
    void columnsAndAliasesMayHaveTheNamesWeUseOurselves() {
        assertThat(admin.data(
                        "mutation { insert_odd_one(object: {id: 1, e: \"a\", t: \"b\", changed: \"c\", t1: \"d\", order: \"f\", firstName: \"g\"})"
                                + " { id e t changed t1 order firstName } }"))
                .isEqualTo(
                        "{\"insert_odd_one\":{\"id\":1,\"e\":\"a\",\"t\":\"b\",\"changed\":\"c\",\"t1\":\"d\",\"order\":\"f\",\"firstName\":\"g\"}}");
        assertThat(admin.data("{ odd(where: {id: {_eq: 1}}) { e: id changed } }"))
                .isEqualTo("{\"odd\":[{\"e\":1,\"changed\":\"c\"}]}");
        assertThat(
                        admin.data(
                                "mutation { update_odd(where: {id: {_eq: 1}}, _set: {changed: \"x\"}) { affected_rows returning { id changed e } } }"))
                .isEqualTo(
                        "{\"update_odd\":{\"affected_rows\":1,\"returning\":[{\"id\":1,\"changed\":\"x\",\"e\":\"a\"}]}}");
    }

    @Test
    void valuesKeepTheirWidth() {
        assertThat(admin.data(
                        "mutation { insert_odd_one(object: {id: 2, code: \"EUR\", bits: \"1010\", mood: \"sad\", amount: 5, raw: \"\\\\x01ff\", span: \"[1,5)\"})"
                                + " { code bits mood amount raw span } }"))
                .isEqualTo(
                        "{\"insert_odd_one\":{\"code\":\"EUR\",\"bits\":\"1010\",\"mood\":\"sad\",\"amount\":5,\"raw\":\"\\\\x01ff\",\"span\":\"[1,5)\"}}");
        assertThat(admin.data("{ odd(where: {code: {_eq: \"EUR\"}, mood: {_in: [\"sad\"]}}) { id } }"))
                .isEqualTo("{\"odd\":[{\"id\":2}]}");
    }

    @Test
    void arraysAreComparedAsWholes() {
        admin.data("mutation { insert_odd_one(object: {id: 3, tags: [\"a\", \"b\"]}) { id } }");
        assertThat(admin.data("{ odd(where: {tags: {_in: [[\"a\", \"b\"], [\"c\"]]}}) { tags } }"))
                .isEqualTo("{\"odd\":[{\"tags\":[\"a\",\"b\"]}]}");
        assertThat(admin.data("{ odd(where: {id: {_eq: 3}, tags: {_nin: [[\"a\", \"b\"]]}}) { id } }"))
                .isEqualTo("{\"odd\":[]}");
    }

    @Test
    void timesAreInUtcWhateverTheMachineSays() {
        assertThat(admin.data(
                        "mutation { insert_odd_one(object: {id: 4, local: \"2024-01-01T00:00:00\"}) { made local } }"))
                .isEqualTo(
                        "{\"insert_odd_one\":{\"made\":\"2024-01-01T00:00:00+00:00\",\"local\":\"2024-01-01T00:00:00\"}}");
    }

    @Test
    void aKeyMayBeCalledWhere() {
        assertThat(admin.data("mutation { insert_where_one(object: {where: 1, note: \"a\"}) { where } }"))
                .isEqualTo("{\"insert_where_one\":{\"where\":1}}");
        assertThat(admin.data("mutation { update_where_by_pk(pk_columns: {where: 1}, _set: {note: \"b\"}) { note } }"))
                .isEqualTo("{\"update_where_by_pk\":{\"note\":\"b\"}}");
        assertThat(admin.data("mutation { delete_where_by_pk(where: 1) { note } }"))
                .isEqualTo("{\"delete_where_by_pk\":{\"note\":\"b\"}}");
    }

    @Test
    void aKeyMayHaveSeveralColumns() {
        admin.data("mutation { insert_pair(objects: [{a: 1, b: \"x\"}, {a: 1, b: \"y\"}]) { affected_rows } }");
        assertThat(
                        admin.data(
                                "mutation { update_pair_by_pk(pk_columns: {a: 1, b: \"y\"}, _set: {note: \"n\"}) { a b note } }"))
                .isEqualTo("{\"update_pair_by_pk\":{\"a\":1,\"b\":\"y\",\"note\":\"n\"}}");
        assertThat(admin.data("{ pair_by_pk(a: 1, b: \"x\") { note } }")).isEqualTo("{\"pair_by_pk\":{\"note\":null}}");
    }

    @Test
    void viewsAreReadAndWrittenWherePostgresCan() {
        assertThat(admin.data("{ odd_view(where: {id: {_eq: 99}}) { id e } }")).isEqualTo("{\"odd_view\":[]}");
        assertThat(admin.data("mutation { insert_odd_view_one(object: {id: 99}) { id } }"))
                .isEqualTo("{\"insert_odd_view_one\":{\"id\":99}}");
        assertThat(admin.send("mutation { delete_counted(where: {}) { affected_rows } }"))
                .contains("field 'delete_counted' not found in type: 'mutation_root'");
    }

    @Test
    void whatGraphQlCannotNameIsLeftOutAndSaid() {
        assertThat(engine.inconsistentObjects())
                .extracting(InconsistentObject::reason)
                .containsExactly(
                        "column \"2fa\" is left out, its name is not a GraphQL name: give it a custom_name",
                        "column \"strange\" is left out, the name of its type is not a GraphQL name");
        assertThat(admin.data("{ __type(name: \"odd_constraint\") { enumValues { name } } }"))
                .isEqualTo("{\"__type\":{\"enumValues\":[{\"name\":\"odd_pkey\"}]}}");
    }
}
