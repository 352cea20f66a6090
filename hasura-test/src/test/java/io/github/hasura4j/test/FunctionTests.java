package io.github.hasura4j.test;

import java.nio.file.Path;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Tracked functions, computed fields and native queries. */
class FunctionTests {

    @TempDir
    private static Path directory;

    private static LocalHasura engine;
    private static Requests admin;

    @BeforeAll
    static void start() {
        ProjectFiles.in(directory)
                .withMigration("""
                        CREATE TABLE item (id integer PRIMARY KEY, name text NOT NULL, price integer NOT NULL, owner text,
                            seen json);
                        CREATE FUNCTION cheaper(than integer, at_most integer DEFAULT 10) RETURNS SETOF item LANGUAGE sql STABLE
                            AS 'SELECT * FROM item WHERE price < than ORDER BY id LIMIT at_most';
                        CREATE FUNCTION mine(session json) RETURNS SETOF item LANGUAGE sql STABLE
                            AS $$SELECT * FROM item WHERE owner = session->>'x-hasura-user-id'$$;
                        CREATE FUNCTION raise_price(by integer) RETURNS SETOF item LANGUAGE sql VOLATILE
                            AS 'UPDATE item SET price = price + by RETURNING *';
                        CREATE FUNCTION dearest() RETURNS item LANGUAGE sql STABLE
                            AS 'SELECT * FROM item ORDER BY price DESC LIMIT 1';
                        CREATE FUNCTION with_tax(item) RETURNS numeric LANGUAGE sql STABLE AS 'SELECT $1.price * 1.5';
                        CREATE FUNCTION label(item_row item, prefix text, suffix text DEFAULT '!') RETURNS text LANGUAGE sql STABLE
                            AS 'SELECT prefix || item_row.name || suffix';
                        CREATE FUNCTION rivals(item_row item) RETURNS SETOF item LANGUAGE sql STABLE
                            AS 'SELECT * FROM item o WHERE o.id <> item_row.id';
                        CREATE FUNCTION viewer(item_row item, session json) RETURNS text LANGUAGE sql STABLE
                            AS $$SELECT session->>'x-hasura-user-id'$$;
                        CREATE FUNCTION twice(a integer) RETURNS integer LANGUAGE sql AS 'SELECT 2 * a';
                        """)
                .withTable("item", """
                        table: item
                        computed_fields:
                        - {name: with_tax, definition: {function: {name: with_tax, schema: public}}}
                        - {name: label, definition: {function: label, table_argument: item_row}, comment: how it is called}
                        - {name: rivals, definition: {function: rivals}}
                        - {name: viewer, definition: {function: viewer, table_argument: item_row, session_argument: session}}
                        - {name: broken, definition: {function: nowhere}}
                        select_permissions:
                        - role: user
                          permission: {columns: [id, name, price], computed_fields: [with_tax, viewer], filter: {price: {_lt: 100}}, allow_aggregations: true}
                        """)
                .with("metadata/databases/databases.yaml", """
                        - name: default
                          kind: postgres
                          tables: "!include default/tables/tables.yaml"
                          functions:
                          - function: cheaper
                            configuration: {custom_name: cheap_items}
                          - function: {name: mine, schema: public}
                            configuration: {session_argument: session}
                          - function: {name: raise_price, schema: public}
                            permissions: [{role: user}]
                          - function: dearest
                          - function: twice
                          logical_models:
                          - name: summary
                            fields:
                            - {name: owner, type: {scalar: text, nullable: true}}
                            - {name: total, type: {scalar: integer, nullable: false}}
                            select_permissions:
                            - {role: user, permission: {columns: [total], filter: {owner: {_eq: X-Hasura-User-Id}}}}
                          native_queries:
                          - root_field_name: totals
                            returns: summary
                            arguments:
                              at_least: {type: integer, nullable: false}
                            code: "SELECT owner, sum(price)::integer AS total FROM item WHERE price >= {{at_least}} GROUP BY owner"
                        """);
        engine = LocalHasura.forProject(directory).start();
        admin = Requests.to(engine);
    }

    @AfterAll
    static void stop() {
        engine.close();
    }

    @BeforeEach
    void rows() {
        admin.data(
                "mutation { delete_item(where: {}) { affected_rows } insert_item(objects: [{id: 1, name: \"a\", price: 10,"
                        + " owner: \"7\"}, {id: 2, name: \"b\", price: 20, owner: \"7\", seen: {by: [1, 2]}},"
                        + " {id: 3, name: \"c\", price: 200, owner: \"8\"}]) { affected_rows } }");
    }

    @Nested
    class TrackedFunctions {

        @Test
        void areListsOfRowsWithArgumentsOfTheirOwn() {
            assertThat(
                            admin.data(
                                    "{ cheap_items(args: {than: 50}, order_by: {id: desc}, where: {id: {_gt: 0}}) { id name } }"))
                    .isEqualTo("{\"cheap_items\":[{\"id\":2,\"name\":\"b\"}, {\"id\":1,\"name\":\"a\"}]}");
            assertThat(admin.data("{ cheap_items(args: {than: 50, at_most: 1}) { id } }"))
                    .isEqualTo("{\"cheap_items\":[{\"id\":1}]}");
            assertThat(admin.data("{ cheap_items_aggregate(args: {than: 50}) { aggregate { count sum { price } } } }"))
                    .isEqualTo("{\"cheap_items_aggregate\":{\"aggregate\":{\"count\":2,\"sum\":{\"price\":30}}}}");
            assertThat(admin.send("{ cheap_items(args: {at_most: 1}) { id } }"))
                    .contains("Non default arguments cannot be omitted", "not-supported");
        }

        @Test
        void areHeldToThePermissionOfTheirTable() {
            assertThat(admin.asRole("user").data("{ cheap_items(args: {than: 1000}) { id } }"))
                    .isEqualTo("{\"cheap_items\":[{\"id\":1}, {\"id\":2}]}");
        }

        @Test
        void getTheSession() {
            assertThat(admin.with("x-hasura-user-id", "8").data("{ mine { id } }"))
                    .isEqualTo("{\"mine\":[{\"id\":3}]}");
        }

        @Test
        void standUnderMutationIfTheyChangeSomething() {
            assertThat(admin.asRole("user")
                            .data("mutation { raise_price(args: {by: 1}, order_by: {id: asc}) { price } }"))
                    .isEqualTo("{\"raise_price\":[{\"price\":11}, {\"price\":21}]}");
            assertThat(admin.send("{ raise_price(args: {by: 1}) { price } }"))
                    .contains("field 'raise_price' not found in type: 'query_root'");
        }

        @Test
        void mayReturnOneRow() {
            assertThat(admin.data("{ dearest { id } }")).isEqualTo("{\"dearest\":{\"id\":3}}");
        }

        @Test
        void mustReturnRowsOfATable() {
            assertThat(engine.inconsistentObjects())
                    .extracting(InconsistentObject::type, InconsistentObject::reason)
                    .containsExactlyInAnyOrder(
                            org.assertj.core.groups.Tuple.tuple(
                                    "function",
                                    "Inconsistent object: the function \"twice\" cannot be tracked because it does not"
                                            + " return rows of a tracked table"),
                            org.assertj.core.groups.Tuple.tuple(
                                    "computed_field",
                                    "Inconsistent object: no such function exists in source: \"nowhere\""));
        }
    }

    @Nested
    class ComputedFields {

        @Test
        void areFieldsConditionsAndOrders() {
            assertThat(admin.data("{ item(where: {with_tax: {_gt: 20}}, order_by: {with_tax: desc}) { id with_tax } }"))
                    .isEqualTo("{\"item\":[{\"id\":3,\"with_tax\":300.0}, {\"id\":2,\"with_tax\":30.0}]}");
            assertThat(admin.data("{ item_aggregate { aggregate { max { with_tax } avg { with_tax } } } }"))
                    .contains("\"max\":{\"with_tax\":300.0}");
        }

        @Test
        void takeArguments() {
            assertThat(admin.data("{ item(where: {id: {_eq: 1}}) { label(args: {prefix: \"the \"}) } }"))
                    .isEqualTo("{\"item\":[{\"label\":\"the a!\"}]}");
            assertThat(admin.send("{ item(where: {label: {_eq: \"x\"}}) { id } }"))
                    .contains("field 'label' not found");
        }

        @Test
        void mayBeListsOfRows() {
            assertThat(
                            admin.data(
                                    "{ item(where: {rivals: {id: {_eq: 3}}, id: {_eq: 1}}) { rivals(order_by: {id: asc}, limit: 1) { id } } }"))
                    .isEqualTo("{\"item\":[{\"rivals\":[{\"id\":2}]}]}");
        }

        @Test
        void getTheSessionAndThePermissionOfTheirRole() {
            Requests user = admin.asRole("user").with("x-hasura-user-id", "7");
            assertThat(user.data("{ item(where: {id: {_eq: 1}}) { with_tax viewer rivals { id } } }"))
                    .isEqualTo("{\"item\":[{\"with_tax\":15.0,\"viewer\":\"7\",\"rivals\":[{\"id\":2}]}]}");
            assertThat(user.send("{ item { label(args: {prefix: \"\"}) } }"))
                    .contains("field 'label' not found in type: 'item'");
        }

        @Test
        void areThereOnChangedRows() {
            assertThat(admin.data(
                            "mutation { update_item_by_pk(pk_columns: {id: 1}, _set: {price: 40}) { with_tax } }"))
                    .isEqualTo("{\"update_item_by_pk\":{\"with_tax\":60.0}}");
        }
    }

    @Nested
    class NativeQueries {

        @Test
        void areListsOfTheirModel() {
            assertThat(
                            admin.data(
                                    "{ totals(args: {at_least: 15}, order_by: {total: desc}, where: {total: {_gt: 0}}) { owner total } }"))
                    .isEqualTo("{\"totals\":[{\"owner\":\"8\",\"total\":200}, {\"owner\":\"7\",\"total\":20}]}");
        }

        @Test
        void areHeldToThePermissionOfTheModel() {
            Requests user = admin.asRole("user").with("x-hasura-user-id", "7");
            assertThat(user.data("{ totals(args: {at_least: 0}) { total } }"))
                    .isEqualTo("{\"totals\":[{\"total\":30}]}");
            assertThat(user.send("{ totals(args: {at_least: 0}) { owner } }"))
                    .contains("field 'owner' not found in type: 'summary'");
        }
    }
}
