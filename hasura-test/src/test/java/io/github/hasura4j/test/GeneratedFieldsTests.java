package io.github.hasura4j.test;

import java.util.List;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** The fields that the engine makes of tables, as the admin sees them. */
class GeneratedFieldsTests {

    private static final String ANN = "11111111-1111-1111-1111-111111111111";

    private static LocalHasura engine;
    private static Requests admin;

    @BeforeAll
    static void start() {
        engine = LocalHasura.forProject(SampleProjects.kitchenSink())
                .seeds()
                .environment("ACTION_BASE_URL", "http://localhost:1")
                .environment("HANDLER_SECRET", "shared")
                .start();
        admin = Requests.to(engine);
    }

    @AfterAll
    static void stop() {
        engine.close();
    }

    @BeforeEach
    void emptyTheTables() {
        admin.data(
                "mutation { delete_order_items(where: {}) { affected_rows } delete_orders(where: {}) { affected_rows }"
                        + " delete_users(where: {id: {_neq: \"" + ANN + "\"}}) { affected_rows } }");
    }

    private static void order(String more) {
        admin.data("mutation { createOrder(object: {user_id: \"" + ANN + "\", " + more + "}) { id } }");
    }

    @Nested
    class Reading {

        @Test
        void keepsTheOrderOfTheSelectionAndAliases() {
            assertThat(admin.data("{ people: users { called: name id __typename } }"))
                    .isEqualTo("{\"people\":[{\"called\":\"Ann\",\"id\":\"" + ANN + "\",\"__typename\":\"users\"}]}");
        }

        @Test
        void followsRelationshipsBothWays() {
            order("customerNote: \"a\", region_code: \"EU\"");

            assertThat(admin.data("{ users { orders { customerNote user { name } region { name } items { sku } } } }"))
                    .isEqualTo("{\"users\":[{\"orders\":[{\"customerNote\":\"a\",\"user\":{\"name\":\"Ann\"},"
                            + "\"region\":{\"name\":\"Europe\"},\"items\":[]}]}]}");
        }

        @Test
        void filtersSortsAndPages() {
            order("customerNote: \"a\", amount: 1");
            order("customerNote: \"b\", amount: 3");
            order("customerNote: \"c\", amount: 2");

            assertThat(admin.tree("{ orders(where: {amount: {_gt: 1}}, order_by: [{amount: desc}], limit: 1, offset: 1)"
                                    + " { customerNote } }")
                            .path("orders"))
                    .hasToString("[{\"customerNote\":\"c\"}]");
            assertThat(admin.tree(
                                    "{ orders(order_by: {user: {name: asc}, amount: desc}, where: {_or: [{customerNote: {_eq: \"a\"}},"
                                            + " {user: {orders: {amount: {_lt: 0}}}}]}) { customerNote } }")
                            .path("orders"))
                    .hasToString("[{\"customerNote\":\"a\"}]");
        }

        @Test
        void takesOneRowByItsKey() {
            assertThat(admin.data("query ($id: uuid!) { users_by_pk(id: $id) { name } }", "{\"id\": \"" + ANN + "\"}"))
                    .isEqualTo("{\"users_by_pk\":{\"name\":\"Ann\"}}");
            assertThat(admin.data("{ users_by_pk(id: \"22222222-2222-2222-2222-222222222222\") { name } }"))
                    .isEqualTo("{\"users_by_pk\":null}");
        }

        @Test
        void countsAndAggregates() {
            order("amount: 1.50, customerNote: \"x\"");
            order("amount: 2.50");

            assertThat(admin.data(
                            "{ orders_aggregate(where: {amount: {_gt: 0}}) { aggregate { count notes: count(columns: customerNote)"
                                    + " sum { amount } max { amount customerNote } } nodes { amount } } }"))
                    .startsWith(
                            "{\"orders_aggregate\":{\"aggregate\":{\"count\":2,\"notes\":1,\"sum\":{\"amount\":4.00},"
                                    + "\"max\":{\"amount\":2.50,\"customerNote\":\"x\"}},\"nodes\":[");
            assertThat(admin.data("{ users { orders_aggregate(where: {amount: {_gt: 2}}) { aggregate { count } } } }"))
                    .isEqualTo("{\"users\":[{\"orders_aggregate\":{\"aggregate\":{\"count\":1}}}]}");
        }

        @Test
        void givesValuesInPostgresForm() {
            order("amount: \"10.50\", big: 9007199254740993, weight: 0.1, tags: [\"a\", \"b c\"],"
                    + " due: \"2024-02-29\", placed_at: \"2024-02-29T13:45:30.5\", meta: {n: 1.10, list: [1, null]}");

            assertThat(admin.data(
                            "{ orders { amount big weight tags due placed_at meta n: meta(path: \"$.list[0]\") } }"))
                    .isEqualTo("{\"orders\":[{\"amount\":10.50,\"big\":9007199254740993,\"weight\":0.1,"
                            + "\"tags\":[\"a\",\"b c\"],\"due\":\"2024-02-29\",\"placed_at\":\"2024-02-29T13:45:30.5\","
                            + "\"meta\":{\"n\": 1.10, \"list\": [1, null]},\"n\":1}]}");
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "{name: {_like: \"A%\"}}                | true",
                    "{name: {_nlike: \"A%\"}}               | false",
                    "{name: {_ilike: \"a%\"}}               | true",
                    "{name: {_regex: \"^A\"}}               | true",
                    "{name: {_in: [\"Ann\", \"Bo\"]}}       | true",
                    "{name: {_nin: [\"Ann\"]}}              | false",
                    "{name: {_in: []}}                      | false",
                    "{name: {_is_null: true}}               | false",
                    "{_not: {name: {_eq: \"Ann\"}}}         | false",
                    "{_and: []}                             | true",
                    "{_or: []}                              | false",
                    "{}                                     | true",
                    "{created_at: {_lte: \"now()\"}}        | true",
                    "{orders: {meta: {_has_key: \"a\"}}}    | true",
                    "{orders: {meta: {_contains: {a: 1}}}}  | true",
                    "{orders: {tags: {_contains: [\"x\"]}}} | true",
                    "{orders: {status: {_eq: NEW}}}         | true",
                    "{orders: {status: {_eq: PAID}}}        | false"
                })
        void understandsConditions(String where, boolean found) {
            order("meta: {a: 1}, tags: [\"x\", \"y\"]");

            assertThat(admin.tree("{ users(where: " + where + ") { id } }")
                            .path("users")
                            .size())
                    .isEqualTo(found ? 1 : 0);
        }

        @Test
        void resolvesFragmentsDirectivesAndVariables() {
            assertThat(admin.data(
                            "query Q($deep: Boolean!, $where: users_bool_exp) { users(where: $where) { ...Name orders @include(if: $deep)"
                                    + " { id } } } fragment Name on users { name ... on users { email } }",
                            "{\"deep\": false, \"where\": {\"name\": {\"_eq\": \"Ann\"}}}"))
                    .isEqualTo("{\"users\":[{\"name\":\"Ann\",\"email\":\"ann@example.com\"}]}");
        }

        @Test
        void takesVariablesAsTheEngineDoes() {
            order("customerNote: \"a\"");
            String byNote =
                    "query ($n: String, $l: Int) { orders(where: {customerNote: {_eq: $n}}, limit: $l) { customerNote } }";
            assertThat(admin.data(byNote, "{\"n\": \"a\"}")).isEqualTo("{\"orders\":[{\"customerNote\":\"a\"}]}");
            // A condition never vanishes because a variable was forgotten.
            assertThat(admin.send(byNote)).contains("unexpected null value for type 'String'");
            assertThat(
                            admin.send(
                                    "mutation ($n: String) { delete_orders(where: {customerNote: {_eq: $n}}) { affected_rows } }"))
                    .contains("unexpected null value for type 'String'");
            assertThat(admin.data("query ($l: Int!) { users(limit: $l) { name } }", "{\"l\": \"1\"}"))
                    .isEqualTo("{\"users\":[{\"name\":\"Ann\"}]}");
            assertThat(admin.data("query ($unused: String) @cached(ttl: 5) { users { name } }"))
                    .isEqualTo("{\"users\":[{\"name\":\"Ann\"}]}");
            assertThat(admin.send("query { users { name } }", "{\"zzz\": 1}"))
                    .contains("unexpected variables in variableValues: zzz");
            assertThat(admin.send("query ($l: Int!) { users(limit: $l) { name } }", "{\"l\": null}"))
                    .contains("null value found for non-nullable type: \\\"Int!\\\"");
        }

        @Test
        void answersIntrospectionBesideFragmentsAndVariables() {
            assertThat(admin.data(
                            "query ($l: Int, $t: String!) { ...Root } fragment Root on query_root { __schema { queryType { ...N } }"
                                    + " users(limit: $l) { ...U } __type(name: $t) { name } } fragment N on __Type { name }"
                                    + " fragment U on users { name }",
                            "{\"l\": 1, \"t\": \"users\"}"))
                    .isEqualTo("{\"__schema\":{\"queryType\":{\"name\":\"query_root\"}},\"users\":[{\"name\":\"Ann\"}],"
                            + "\"__type\":{\"name\":\"users\"}}");
        }

        @Test
        void wantsDistinctColumnsFirst() {
            assertThat(admin.data("{ users(distinct_on: name, order_by: [{name: asc}, {id: desc}]) { name } }"))
                    .isEqualTo("{\"users\":[{\"name\":\"Ann\"}]}");
            assertThat(admin.send("{ users(distinct_on: name, order_by: {id: asc}) { name } }"))
                    .contains("\\\"distinct_on\\\" columns must match initial \\\"order_by\\\" columns")
                    .contains("\"path\":\"$.selectionSet.users.args\"");
        }

        @Test
        void answersIntrospectionBesideData() {
            assertThat(
                            admin.data(
                                    "{ __schema { queryType { name } } users { name } __type(name: \"order_status_enum\") { kind } }"))
                    .isEqualTo("{\"__schema\":{\"queryType\":{\"name\":\"query_root\"}},\"users\":[{\"name\":\"Ann\"}],"
                            + "\"__type\":{\"kind\":\"ENUM\"}}");
        }

        @Test
        void answersIntrospectionOfAnyShape() {
            assertThat(admin.tree("{ __schema { queryType { fields { name } } mutationType { fields { name } }"
                                    + " types { name fields { name type { fields { name type { name } } } } } } }")
                            .at("/__schema/mutationType/fields"))
                    .hasSizeGreaterThan(10);
        }
    }

    @Nested
    class Writing {

        @Test
        void insertsManyAndGivesThemBack() {
            assertThat(admin.data(
                            "mutation { insert_users(objects: [{name: \"Bo\", email: \"b@x\"}, {name: \"Cy\", email: \"c@x\"}])"
                                    + " { affected_rows returning { name orders { id } } } }"))
                    .isEqualTo("{\"insert_users\":{\"affected_rows\":2,\"returning\":[{\"name\":\"Bo\",\"orders\":[]},"
                            + " {\"name\":\"Cy\",\"orders\":[]}]}}");
            assertThat(admin.data("mutation { insert_users(objects: []) { affected_rows returning { name } } }"))
                    .isEqualTo("{\"insert_users\":{\"affected_rows\":0,\"returning\":[]}}");
        }

        @Test
        void tellsNullFromAbsent() {
            order("customerNote: null, tags: null");
            assertThat(admin.send("mutation { createOrder(object: {user_id: \"" + ANN + "\", status: null}) { id } }"))
                    .contains("Not-NULL violation");
        }

        @Test
        void updatesWithEveryOperator() {
            order("amount: 1, meta: {a: 1, list: [1, 2]}");

            assertThat(admin.data(
                            "mutation { update_orders(where: {}, _inc: {amount: 2}, _append: {meta: {b: 2}}, _set: {customerNote: \"n\"})"
                                    + " { affected_rows returning { amount meta customerNote } } }"))
                    .isEqualTo("{\"update_orders\":{\"affected_rows\":1,\"returning\":[{\"amount\":3.00,"
                            + "\"meta\":{\"a\": 1, \"b\": 2, \"list\": [1, 2]},\"customerNote\":\"n\"}]}}");
            assertThat(
                            admin.data(
                                    "mutation { a: update_orders(where: {}, _delete_key: {meta: \"a\"}) { affected_rows }"
                                            + " b: update_orders(where: {}, _delete_at_path: {meta: [\"list\", \"0\"]}) { returning { meta } } }"))
                    .endsWith("\"b\":{\"returning\":[{\"meta\":{\"b\": 2, \"list\": [2]}}]}}");
            assertThat(
                            admin.send(
                                    "mutation { update_orders(where: {}, _inc: {amount: 2}, _set: {amount: 1}) { affected_rows } }"))
                    .contains("Column found in multiple operators: ['amount'].")
                    .contains("\"path\":\"$.selectionSet.update_orders.args\"");
        }

        @Test
        void updatesManyInOrder() {
            order("amount: 1, customerNote: \"a\"");
            order("amount: 2, customerNote: \"b\"");

            assertThat(admin.data("""
                            mutation { update_orders_many(updates: [
                                {where: {customerNote: {_eq: "a"}}, _inc: {amount: 10}},
                                {where: {amount: {_gt: 1}}, _set: {customerNote: "c"}},
                                {where: {}}]) { affected_rows returning { amount } } }"""))
                    .startsWith("{\"update_orders_many\":[{\"affected_rows\":1,\"returning\":[{\"amount\":11.00}]}"
                            + ", {\"affected_rows\":2,\"returning\":[")
                    .endsWith(", {\"affected_rows\":0,\"returning\":[]}]}");
            assertThat(admin.data("mutation { update_orders_many(updates: [{where: {}}]) { affected_rows } }"))
                    .isEqualTo("{\"update_orders_many\":[]}");
        }

        @Test
        void updatesAndDeletesByKey() {
            assertThat(admin.data("mutation { update_users_by_pk(pk_columns: {id: \"" + ANN
                            + "\"}, _set: {email: \"new@x\"}) { email } }"))
                    .isEqualTo("{\"update_users_by_pk\":{\"email\":\"new@x\"}}");
            assertThat(admin.data("mutation { update_users_by_pk(pk_columns: {id: \"" + ANN
                            + "\"}, _set: {email: \"ann@example.com\"}) { email } }"))
                    .contains("ann@example.com");
            assertThat(admin.data("mutation { update_users_by_pk(pk_columns: {id: \"" + ANN + "\"}) { email } }"))
                    .isEqualTo("{\"update_users_by_pk\":{}}");
            assertThat(admin.data(
                            "mutation { delete_users_by_pk(id: \"22222222-2222-2222-2222-222222222222\") { id } }"))
                    .isEqualTo("{\"delete_users_by_pk\":null}");
        }

        @Test
        void upserts() {
            String upsert =
                    "mutation { insert_users_one(object: {name: \"%s\", email: \"b@x\"}, on_conflict: {constraint: users_email_key,"
                            + " update_columns: [%s]}) { name } }";
            assertThat(admin.data(upsert.formatted("Bo", "name")))
                    .isEqualTo("{\"insert_users_one\":{\"name\":\"Bo\"}}");
            assertThat(admin.data(upsert.formatted("Bob", "name")))
                    .isEqualTo("{\"insert_users_one\":{\"name\":\"Bob\"}}");
            assertThat(admin.data(upsert.formatted("Rob", ""))).isEqualTo("{\"insert_users_one\":null}");
        }

        @Test
        void doesAllOfAnOperationOrNothing() {
            assertThat(admin.send("mutation { a: insert_users_one(object: {name: \"Bo\", email: \"b@x\"}) { id }"
                            + " b: insert_users_one(object: {name: \"Bo\", email: \"ann@example.com\"}) { id } }"))
                    .contains("Uniqueness violation");
            assertThat(admin.data("{ users(where: {name: {_eq: \"Bo\"}}) { id } }"))
                    .isEqualTo("{\"users\":[]}");
        }
    }

    @Nested
    class Refusing {

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '`',
                value = {
                    "{ users { foo } } | validation-failed | $.selectionSet.users.selectionSet.foo | field 'foo' not found in type: 'users'",
                    "{ nope } | validation-failed | $.selectionSet.nope | field 'nope' not found in type: 'query_root'",
                    "{ users(columns: 1) { id } } | validation-failed | $.selectionSet.users | 'users' has no argument named 'columns'",
                    "{ users(where: {id: {_foo: 1}}) { id } } | validation-failed | $.selectionSet.users.args.where.id._foo | field '_foo' not found in type: 'uuid_comparison_exp'",
                    "{ users { | validation-failed | $.query | not a valid graphql query",
                    "query A { users { id } } query B { users { id } } | validation-failed | $ | exactly one operation has to be present in the document when operationName is not specified",
                    "subscription { users { id } } | unexpected-payload | $ | subscriptions are not supported over HTTP, use websockets instead",
                    "{ users(where: {id: {_eq: \"x\"}}) { id } } | data-exception | $ | invalid input syntax for type uuid: \"x\"",
                    "{ users(where: {id: {_eq: null}}) { id } } | validation-failed | $.selectionSet.users.args.where | unexpected null value for type 'uuid'",
                    "mutation { insert_users_one(object: {name: \"x\", email: \"ann@example.com\"}) { id } } | constraint-violation | $.selectionSet.insert_users_one.args.object | Uniqueness violation. duplicate key value violates unique constraint \"users_email_key\"",
                    "mutation { createOrders(objects: [{user_id: \"22222222-2222-2222-2222-222222222222\"}]) { affected_rows } } | constraint-violation | $.selectionSet.createOrders.args.objects | Foreign key violation. insert or update on table \"orders\" violates foreign key constraint \"orders_user_id_fkey\""
                })
        void saysWhatTheEngineSays(String document, String code, String path, String message) {
            assertThat(admin.send(document))
                    .isEqualTo("{\"errors\":[{\"message\":\"" + message.replace("\"", "\\\"")
                            + "\",\"extensions\":{\"path\":\"" + path + "\",\"code\":\"" + code + "\"}}]}");
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '`',
                value = {
                    "{ orders { shipment { id } } } | the remote relationship 'shipment'",
                    "{ a234567890123456789012345678901234567890123456789012345678901234: users { a234567890123456789012345678901234567890123456789012345678901234: id } } | the name 'a234567890123456789012345678901234567890123456789012345678901234', longer than 63 bytes"
                })
        void namesWhatItDoesNotDo(String document, String what) {
            assertThat(admin.send(document))
                    .contains("\"message\":\"" + what + ": the local engine does not support it\"")
                    .contains("\"code\":\"not-supported\"");
        }

        @Test
        void findsNothingWrongButWhatIsNotConfigured() {
            assertThat(engine.inconsistentObjects())
                    .extracting(InconsistentObject::type, InconsistentObject::name)
                    .containsExactly(
                            org.assertj.core.groups.Tuple.tuple(
                                    "event_trigger", "order_changed in table public.orders in source default"),
                            org.assertj.core.groups.Tuple.tuple(
                                    "event_trigger", "order_inserted_env in table public.orders in source default"),
                            org.assertj.core.groups.Tuple.tuple("remote_schema", "shipping"),
                            org.assertj.core.groups.Tuple.tuple("remote_schema", "stock"),
                            org.assertj.core.groups.Tuple.tuple("cron_trigger", "nightly cleanup"),
                            org.assertj.core.groups.Tuple.tuple("cron_trigger", "tick"));
        }

        @Test
        void namesAtTheStartWhatItDoesNotDo() {
            assertThat(engine.unsupported()).contains("remote relationship 'shipment' of table 'public.orders'");
        }

        @Test
        void findsWhatIsUnknownInVariablesToo() {
            assertThat(admin.send("query ($w: users_bool_exp) { users(where: $w) { id } }", "{\"w\": {\"nam\": {}}}"))
                    .contains("field 'nam' not found in type: 'users_bool_exp'");
            assertThat(admin.send(
                            "query ($w: orders_bool_exp) { orders(where: $w) { id } }",
                            "{\"w\": {\"status\": {\"_eq\": \"X\"}}}"))
                    .contains(
                            "expected one of the values ['CANCELLED', 'NEW', 'PAID'] for type 'order_status_enum', but found 'X'");
        }

        @Test
        void knowsTheInheritedRoleAndTheRestEndpoint() {
            assertThat(admin.asRole("support_user")
                            .with("x-hasura-user-id", "1")
                            .data("{ __typename }"))
                    .isEqualTo("{\"__typename\":\"query_root\"}");
            assertThat(admin.get("/api/rest/orders/00000000-0000-0000-0000-000000000000")
                            .statusCode())
                    .isEqualTo(200);
        }

        @Test
        void answersABatchInOrder() {
            assertThat(admin.post("/v1/graphql", "[{\"query\": \"{ users { name } }\"}, {\"query\": \"{ nope }\"}]")
                            .body())
                    .startsWith("[{\"data\":{\"users\":[{\"name\":\"Ann\"}]}},{\"errors\":[");
            assertThat(List.of(
                            admin.post("/v1/graphql", "nonsense").body(),
                            admin.post("/v1/graphql", "{}").body()))
                    .allSatisfy(answer -> assertThat(answer).contains("\"code\":\"invalid-json\""));
        }
    }
}
