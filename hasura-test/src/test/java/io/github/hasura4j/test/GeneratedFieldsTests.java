package io.github.hasura4j.test;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class GeneratedFieldsTests {

    private static LocalHasura engine;
    private static Requests admin;

    @BeforeAll
    static void start() {
        engine = LocalHasura.forProject(SampleProjects.kitchenSink())
                .seeds()
                .environment("ACTION_BASE_URL", "http://localhost:1")
                .start();
        admin = Requests.to(engine);
    }

    @AfterAll
    static void stop() {
        engine.close();
    }

    @Test
    void probe() {
        System.out.println(engine.inconsistentObjects());
        System.out.println(engine.unsupported());
        for (String q : new String[] {
            "{ users { id name orders(where: {amount: {_gt: 1}}) { id } orders_aggregate { aggregate { count sum { amount } max { created_at} } nodes { id } } } }",
            "mutation { createOrder(object: {user_id: \"11111111-1111-1111-1111-111111111111\", customerNote: \"hi\", amount: \"10.50\", big: 9007199254740993, tags: [\"a\", \"b\"], meta: {a: [1.10]}}) { id status customerNote amount big tags meta(path: \"$.a[0]\") created_at user { name orders { amount } } region { name } } }",
            "{ orders(order_by: [{user: {name: desc}}, {amount: asc}], limit: 1, offset: 0) { __typename amount status user { name } } }",
            "mutation { update_orders(where: {user: {name: {_ilike: \"a%\"}}}, _inc: {amount: 1}, _append: {meta: {b: 2}}) { affected_rows returning { amount meta } } }",
            "{ orders_by_pk(id: \"11111111-1111-1111-1111-111111111111\") { id } }",
            "mutation { insert_users_one(object: {name: \"x\", email: \"ann@example.com\"}) { id } }",
            "{ users { foo } }",
            "{ users(foo: 1) { id } }",
            "{ users(where: {_foo: 1}) { id } }",
            "{ nope }",
            "{ users { total } orders { total } }",
            "{ __schema { queryType { name } } users { id } }",
            "{ __type(name: \"orders_bool_exp\") { inputFields { name } } }",
            "mutation { delete_orders(where: {}) { affected_rows } }",
            "{ users {",
            "subscription { users { id } }",
            "{ users(limit: -1) { id } }",
            "{ users(where: {id: {_eq: \"x\"}}) { id } }"
        }) {
            System.out.println(q + "\n   => " + admin.send(q));
        }
        System.out.println(admin.asRole("user").send("{ users { id } }"));
        Requests user = admin.asRole("user").with("x-hasura-user-id", "11111111-1111-1111-1111-111111111111");
        System.out.println(user.send("{ users { id orders { id } } }"));
        System.out.println(
                user.send("mutation { createOrder(object: {customerNote: \"mine\"}) { id user_id customerNote } }"));
        System.out.println(user.send("{ orders_aggregate { aggregate { count } } }"));
        System.out.println(admin.asRole("nobody").send("{ no_queries_available }"));
        assertThat(engine.port()).isPositive();
    }
}
