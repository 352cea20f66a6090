package io.github.hasura4j.test;

import java.nio.file.Path;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Rows of tables that belong to what action handlers answer. */
class ActionRelationshipTests {

    @TempDir
    private static Path directory;

    private static StubHandler handler;
    private static LocalHasura engine;
    private static Requests admin;

    @BeforeAll
    static void start() {
        handler = new StubHandler();
        ProjectFiles.in(directory)
                .withMigration("""
                        CREATE TABLE account (id integer PRIMARY KEY, name text NOT NULL, secret text);
                        CREATE TABLE purchase (id integer PRIMARY KEY, account_id integer NOT NULL REFERENCES account, cents integer NOT NULL);
                        INSERT INTO account VALUES (1, 'Ada', 's'), (2, 'Bob', 's'), (3, 'Cyd', 's');
                        INSERT INTO purchase VALUES (10, 1, 500), (11, 1, 700), (12, 2, 900);
                        """)
                .withTable("account", """
                        table: account
                        array_relationships:
                        - {name: purchases, using: {foreign_key_constraint_on: {table: purchase, column: account_id}}}
                        select_permissions:
                        - {role: user, permission: {columns: [id, name], filter: {id: {_lt: 3}}}}
                        - {role: guest, permission: {columns: [id], filter: {id: {_eq: X-Hasura-User-Id}}}}
                        """)
                .withTable("purchase", """
                        table: purchase
                        select_permissions:
                        - {role: user, permission: {columns: [id, cents], filter: {cents: {_gt: 500}}, allow_aggregations: true}}
                        """)
                .with("metadata/actions.graphql", """
                        type Mutation { login: Login }
                        type Mutation { logins: [Login!]! }
                        type Mutation { later: Login }
                        type Login { token: String! accountId: Int inner: Inner list: [Int] }
                        type Inner { ref: Int }
                        """)
                .with("metadata/actions.yaml", """
                        actions:
                        - {name: login, definition: {handler: '{{HANDLER}}/act'}, permissions: [{role: user}, {role: guest}]}
                        - {name: logins, definition: {handler: '{{HANDLER}}/act'}, permissions: [{role: user}]}
                        - {name: later, definition: {handler: '{{HANDLER}}/act', kind: asynchronous}, permissions: [{role: user}]}
                        custom_types:
                          objects:
                          - name: Login
                            relationships:
                            - {name: account, type: object, remote_table: account, field_mapping: {accountId: id}}
                            - {name: purchases, type: array, remote_table: {schema: public, name: purchase}, field_mapping: {accountId: account_id}}
                            - {name: nowhere, type: object, remote_table: attic, field_mapping: {accountId: id}}
                            - {name: ofList, type: object, remote_table: account, field_mapping: {list: id}}
                            - {name: noColumn, type: object, remote_table: account, field_mapping: {accountId: age}}
                          - name: Inner
                            relationships:
                            - {name: account, type: object, remote_table: account, field_mapping: {ref: id}}
                        """);
        engine = LocalHasura.forProject(directory)
                .environment("HANDLER", handler.url())
                .start();
        admin = Requests.to(engine);
    }

    @AfterAll
    static void stop() {
        engine.close();
        handler.close();
    }

    @Test
    void joinOneRow() {
        handler.answers(200, "{\"token\": \"t\", \"accountId\": 1}");

        assertThat(
                        admin.data(
                                "mutation { login { token who: account { name __typename purchases(order_by: {id: asc}) { id } } } }"))
                .isEqualTo(
                        "{\"login\":{\"token\":\"t\",\"who\":{\"name\":\"Ada\",\"__typename\":\"account\",\"purchases\":[{\"id\":10},{\"id\":11}]}}}");
    }

    @Test
    void joinManyRowsToEachObjectOfAList() {
        handler.answers(
                200,
                "[{\"token\": \"a\", \"accountId\": 2}, {\"token\": \"b\", \"accountId\": 1}, {\"token\": \"c\", \"accountId\": 3},"
                        + " {\"token\": \"d\", \"accountId\": 1}]");

        assertThat(
                        admin.data(
                                "mutation { logins { purchases(order_by: {id: desc}, limit: 1) { id } all: purchases_aggregate { aggregate { count } } } }"))
                .isEqualTo("{\"logins\":["
                        + "{\"purchases\":[{\"id\":12}],\"all\":{\"aggregate\":{\"count\":1}}},"
                        + "{\"purchases\":[{\"id\":11}],\"all\":{\"aggregate\":{\"count\":2}}},"
                        + "{\"purchases\":[],\"all\":{\"aggregate\":{\"count\":0}}},"
                        + "{\"purchases\":[{\"id\":11}],\"all\":{\"aggregate\":{\"count\":2}}}]}");
    }

    @Test
    void areNullWhereTheKeyIsNullOrNotSentAndWhereThereIsNoRow() {
        handler.answers(
                200,
                "[{\"token\": \"a\", \"accountId\": null}, {\"token\": \"b\"}, {\"token\": \"c\", \"accountId\": 99}]");

        assertThat(admin.data("mutation { logins { token account { id } purchases { id } } }"))
                .isEqualTo("{\"logins\":[{\"token\":\"a\",\"account\":null,\"purchases\":null},"
                        + "{\"token\":\"b\",\"account\":null,\"purchases\":null},"
                        + "{\"token\":\"c\",\"account\":null,\"purchases\":[]}]}");
    }

    @Test
    void showWhatTheRoleMaySee() {
        handler.answers(
                200,
                "[{\"token\": \"a\", \"accountId\": 1}, {\"token\": \"b\", \"accountId\": 2}, {\"token\": \"c\", \"accountId\": 3}]");

        assertThat(admin.asRole("user")
                        .data("mutation { logins { account { name } purchases(order_by: {id: asc}) { id } } }"))
                .isEqualTo("{\"logins\":[{\"account\":{\"name\":\"Ada\"},\"purchases\":[{\"id\":11}]},"
                        + "{\"account\":{\"name\":\"Bob\"},\"purchases\":[{\"id\":12}]},"
                        + "{\"account\":null,\"purchases\":[]}]}");
        assertThat(admin.asRole("user").send("mutation { logins { account { secret } } }"))
                .contains("field 'secret' not found in type: 'account'");
    }

    @Test
    void areNotThereForRolesThatMayNotReadTheTable() {
        handler.answers(200, "{\"token\": \"t\", \"accountId\": 1}");
        Requests guest = admin.asRole("guest").with("x-hasura-user-id", "1");

        assertThat(guest.data("mutation { login { account { id } } }"))
                .isEqualTo("{\"login\":{\"account\":{\"id\":1}}}");
        assertThat(guest.send("mutation { login { purchases { id } } }"))
                .contains("field 'purchases' not found in type: 'Login'");
    }

    @Test
    void hangOnNestedObjectsToo() {
        handler.answers(200, "{\"token\": \"t\", \"inner\": {\"ref\": 2}}");

        assertThat(admin.data("mutation { login { inner { account { name } } } }"))
                .isEqualTo("{\"login\":{\"inner\":{\"account\":{\"name\":\"Bob\"}}}}");
    }

    @Test
    void areJoinedToResultsOfAsynchronousActionsWhenTheyAreAskedFor() {
        handler.answers(200, "{\"token\": \"t\", \"accountId\": 1}");

        String id = admin.tree("mutation { later }").path("later").asString();
        engine.awaitIdle();

        assertThat(admin.data("{ later(id: \"" + id + "\") { output { account { name } } } }"))
                .isEqualTo("{\"later\":{\"output\":{\"account\":{\"name\":\"Ada\"}}}}");
    }

    @Test
    void failWithTheDatabasesWordsOnKeysOfAnotherType() {
        handler.answers(200, "{\"token\": \"t\", \"accountId\": \"one\"}");

        assertThat(admin.send("mutation { login { account { id } } }"))
                .contains("data-exception", "invalid input syntax for type integer: \\\"one\\\"");
    }

    @Test
    void areReportedAndLeftOutWhereTheyFitNothing() {
        assertThat(engine.inconsistentObjects())
                .extracting(InconsistentObject::type, InconsistentObject::name)
                .containsOnly(org.assertj.core.groups.Tuple.tuple("custom_types", "Login"));
        assertThat(engine.inconsistentObjects())
                .extracting(InconsistentObject::reason)
                .satisfiesExactly(
                        reason -> assertThat(reason).contains("\"nowhere\"", "public.attic", "is not tracked"),
                        reason -> assertThat(reason).contains("\"ofList\"", "no field of one value"),
                        reason -> assertThat(reason).contains("\"noColumn\"", "the column \"age\""));
        assertThat(engine.unsupported()).isEmpty();
    }
}
