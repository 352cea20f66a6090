package io.github.hasura4j.test;

import java.net.http.HttpResponse;
import java.nio.file.Path;

import io.github.hasura4j.test.engine.EngineJson;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/** {@code /api/rest}: queries of collections under addresses of their own. */
class RestEndpointTests {

    @TempDir
    private static Path directory;

    private static StubHandler handler;
    private static LocalHasura engine;
    private static Requests admin;
    private static String initial;

    @BeforeAll
    static void start() {
        handler = new StubHandler();
        ProjectFiles.in(directory)
                .withMigration("""
                        CREATE TABLE person (first_name text, last_name text, age integer, weight numeric, alive boolean,
                          id uuid NOT NULL DEFAULT gen_random_uuid());
                        INSERT INTO person (first_name, last_name, age, weight, alive) VALUES
                          ('Foo', 'Bar', 30, 70.5, true), ('Baz', 'Qux', 40, 80, false)
                        """)
                .withTable("person", """
                        table: person
                        select_permissions:
                        - role: user
                          permission: {columns: [first_name], filter: {last_name: {_eq: X-Hasura-Name}}}
                        """)
                .with("metadata/actions.graphql", "type Mutation { greet(name: String!): String }")
                .with("metadata/actions.yaml", """
                        actions: [{name: greet, definition: {kind: synchronous, handler: '{{HANDLER}}/greet'}}]
                        """)
                .with("metadata/query_collections.yaml", """
                        - name: people
                          definition:
                            queries:
                            - {name: all, query: 'query @cached(ttl: 5) { person(order_by: {age: asc}) { first_name age } }'}
                            - {name: names, query: '{ person { first_name } }'}
                            - name: by
                              query: |
                                query ($first_name: String, $min: Int = 0, $weight: numeric, $alive: Boolean) {
                                  person(where: {first_name: {_eq: $first_name}, age: {_gte: $min}, alive: {_eq: $alive},
                                    weight: {_gte: $weight}}) { first_name }
                                }
                            - {name: required, query: 'query ($name: String!) { person(where: {first_name: {_eq: $name}}) { age } }'}
                            - {name: older, query: 'query ($min: Int) { person(where: {age: {_gte: $min}}) { first_name } }'}
                            - {name: several, query: 'query ($names: [String!]) { person(where: {first_name: {_in: $names}}) { first_name } }'}
                            - {name: greet, query: 'mutation ($name: String!) { greet(name: $name) }'}
                            - {name: watch, query: 'subscription { person { first_name } }'}
                            - {name: two, query: 'query { ...P } fragment P on query_root { person { age } }'}
                        """)
                .with("metadata/rest_endpoints.yaml", """
                        - {name: all, url: people/all, methods: [GET], definition: {query: {collection_name: people, query_name: all}}}
                        - {name: names, url: people/names, methods: [GET, PATCH], definition: {query: {collection_name: people, query_name: names}}}
                        - {name: required, url: 'people/:name/age', methods: [GET, POST], comment: x, definition: {query: {collection_name: people, query_name: required}}}
                        - {name: by_name, url: by_name, methods: [GET, POST], definition: {query: {collection_name: people, query_name: required}}}
                        - {name: older, url: older, methods: [GET, PUT], definition: {query: {collection_name: people, query_name: older}}}
                        - {name: by, url: by, methods: [POST], definition: {query: {collection_name: people, query_name: by}}}
                        - {name: several, url: several, methods: [GET, DELETE], definition: {query: {collection_name: people, query_name: several}}}
                        - {name: greet, url: greet, methods: [POST], definition: {query: {collection_name: people, query_name: greet}}}
                        - {name: clash1, url: 'clash/:a', methods: [GET], definition: {query: {collection_name: people, query_name: names}}}
                        - {name: clash2, url: 'clash/b', methods: [GET, POST], definition: {query: {collection_name: people, query_name: names}}}
                        """);
        engine = LocalHasura.forProject(directory)
                .adminSecret("s3cret")
                .environment("HANDLER", handler.url())
                .start();
        admin = Requests.to(engine).with("x-hasura-admin-secret", "s3cret");
        initial = admin.run("export_metadata", "{}");
    }

    @AfterAll
    static void stop() {
        engine.close();
        handler.close();
    }

    private static void assertRefused(HttpResponse<String> answer, int status, String code, String error) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        JsonNode body = EngineJson.parse(answer.body());
        assertThat(body.path("code").asString("")).isEqualTo(code);
        assertThat(body.path("error").asString("")).isEqualTo(error);
    }

    @Nested
    class Answers {

        @Test
        void areTheDataAlone() {
            HttpResponse<String> answer = admin.get("/api/rest/people/all");

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(EngineJson.parse(answer.body()))
                    .isEqualTo(
                            EngineJson.parse(
                                    "{\"person\": [{\"first_name\": \"Foo\", \"age\": 30}, {\"first_name\": \"Baz\", \"age\": 40}]}"));
            assertThat(answer.headers().firstValue("content-type")).hasValue("application/json; charset=utf-8");
        }

        @Test
        void areTheRolesOwn() {
            Requests user = admin.asRole("user").with("x-hasura-name", "Qux");

            assertThat(user.get("/api/rest/people/names").body()).isEqualTo("{\"person\":[{\"first_name\":\"Baz\"}]}");
            HttpResponse<String> refusal = user.get("/api/rest/people/Foo/age");
            assertRefused(refusal, 400, "validation-failed", "field 'age' not found in type: 'person'");
            assertThat(EngineJson.parse(refusal.body()).path("path").asString(""))
                    .isEqualTo("$.selectionSet.person.selectionSet.age");
        }

        @Test
        void areForThoseWhoMayBeIn() {
            HttpResponse<String> answer = Requests.to(engine).get("/api/rest/nowhere");

            assertRefused(answer, 401, "access-denied", "\"x-hasura-admin-secret\" required, but not found");
        }

        @Test
        void comeFromActionsTooWithTheHandlersStatusAndCookies() {
            handler.answers(request ->
                    new StubHandler.Reply(200, java.util.Map.of("Set-Cookie", java.util.List.of("a=b")), "\"Hello\""));
            HttpResponse<String> greeted = admin.post("/api/rest/greet", "{\"name\": \"Ann\"}");
            assertThat(greeted.body()).isEqualTo("{\"greet\":\"Hello\"}");
            assertThat(greeted.headers().firstValue("set-cookie")).hasValue("a=b");

            handler.answers(422, "{\"message\": \"no\", \"code\": \"too-early\"}");
            Requests anybody = admin.asRole("user");
            assertRefused(admin.post("/api/rest/greet", "{\"name\": \"Ann\"}"), 422, "too-early", "no");
            assertThat(anybody.post("/api/rest/greet", "{\"name\": \"Ann\"}").body())
                    .doesNotContain("internal");
        }
    }

    @Nested
    class Requested {

        @Test
        void elsewhereIsNotFound() {
            assertRefused(admin.get("/api/rest/people"), 404, "not-found", "Endpoint not found");
            assertRefused(admin.get("/api/rest"), 404, "not-found", "Endpoint not found");
            assertRefused(admin.get("/api/rest/people/all/"), 404, "not-found", "Endpoint not found");
        }

        @Test
        void withAnotherMethodIsToldWhichThereAre() {
            assertRefused(
                    admin.send("DELETE", "/api/rest/people/names", ""),
                    405,
                    "method-not-allowed",
                    "Allowed methods: GET, PATCH");
            assertRefused(
                    admin.send("OPTIONS", "/api/rest/people/names", ""),
                    405,
                    "method-not-allowed",
                    "Method OPTIONS not supported.");
            assertThat(admin.send("PATCH", "/api/rest/people/names", "").statusCode())
                    .isEqualTo(200);
        }

        @Test
        void ambiguouslyFailsUnlessOneEndpointIsLeft() {
            assertRefused(admin.get("/api/rest/clash/b"), 500, "unexpected", "Multiple endpoints match request");
            assertThat(admin.post("/api/rest/clash/b", "").statusCode()).isEqualTo(200);
            assertRefused(admin.get("/api/rest/clash/c"), 400, "bad-request", "Unexpected variable a");
        }
    }

    @Nested
    class Variables {

        @Test
        void comeFromThePathDecoded() {
            assertThat(admin.get("/api/rest/people/Foo/age").body()).isEqualTo("{\"person\":[{\"age\":30}]}");
            assertThat(admin.get("/api/rest/people/F%6Fo/age").body()).isEqualTo("{\"person\":[{\"age\":30}]}");
        }

        @Test
        void comeFromTheQueryString() {
            assertThat(admin.get("/api/rest/by_name?name=Baz").body()).isEqualTo("{\"person\":[{\"age\":40}]}");
            assertThat(admin.get("/api/rest/older?min=35").body()).isEqualTo("{\"person\":[{\"first_name\":\"Baz\"}]}");
        }

        @Test
        void comeFromTheBodyAsTheyAre() {
            assertThat(admin.send("PUT", "/api/rest/older", "{\"min\": 35}").body())
                    .isEqualTo("{\"person\":[{\"first_name\":\"Baz\"}]}");
            assertThat(admin.send("DELETE", "/api/rest/several", "{\"names\": [\"Foo\"]}")
                            .body())
                    .isEqualTo("{\"person\":[{\"first_name\":\"Foo\"}]}");
        }

        @Test
        void ofThePathGoBeforeTheBodyAndThoseBeforeTheQueryString() {
            assertThat(admin.post("/api/rest/people/Foo/age?name=x", "{\"name\": \"Baz\"}")
                            .body())
                    .isEqualTo("{\"person\":[{\"age\":30}]}");
            assertThat(admin.post("/api/rest/by_name?name=Foo", "{\"name\": \"Baz\"}")
                            .body())
                    .isEqualTo("{\"person\":[{\"age\":40}]}");
        }

        @ParameterizedTest
        @CsvSource({
            "first_name=Foo&alive=true&weight=70.5, Foo",
            "first_name=Foo&alive&weight=1e1, Foo",
            "first_name=Baz&alive=false&weight=80&min=40, Baz"
        })
        void becomeWhatTheirTypesAskFor(String query, String name) {
            assertThat(admin.post("/api/rest/by?" + query, "").body())
                    .isEqualTo("{\"person\":[{\"first_name\":\"" + name + "\"}]}");
        }

        @Test
        void thatAreEmptyAreAbsentWhereTheyMayBe() {
            // A query's own text would be "_eq: ''", an absent variable inside a condition is null.
            assertThat(admin.post("/api/rest/by?first_name=", "").body())
                    .contains("unexpected null value for type 'String'");
            assertThat(admin.get("/api/rest/by_name?name=").body()).isEqualTo("{\"person\":[]}");
        }

        @Test
        void thatTheQueryDoesNotHaveAreRefused() {
            assertRefused(admin.get("/api/rest/people/all?x=1"), 400, "bad-request", "Unexpected variable x");
            assertThat(admin.get("/api/rest/people/all?x-y=1").statusCode()).isEqualTo(200);
        }

        @Test
        void thatAreRequiredHaveToBeThere() {
            assertRefused(
                    admin.get("/api/rest/by_name"),
                    400,
                    "validation-failed",
                    "expecting a value for non-nullable variable: \"name\"");
        }

        @Test
        void ofListsCannotStandInTheUrl() {
            assertRefused(
                    admin.get("/api/rest/several?names=Foo"),
                    400,
                    "bad-request",
                    "List variables are not currently supported in URL or Query parameters. (Variable names, with value \"Foo\")");
        }

        @Test
        void ofABodyThatIsNoObjectAreNotMinded() {
            assertThat(admin.send("PATCH", "/api/rest/people/names", "[1]").statusCode())
                    .isEqualTo(200);
            assertThat(admin.send("PATCH", "/api/rest/people/names", "{oops").statusCode())
                    .isEqualTo(200);
        }
    }

    @Nested
    class Metadata {

        @AfterEach
        void goBack() {
            admin.run("replace_metadata", "{\"allow_inconsistent_metadata\": true, \"metadata\": " + initial + "}");
        }

        private static String endpoint(String name, String url, String query) {
            return "{\"name\": \"" + name + "\", \"url\": \"" + url + "\", \"methods\": [\"GET\"], \"definition\":"
                    + " {\"query\": {\"collection_name\": \"people\", \"query_name\": \"" + query + "\"}}}";
        }

        @Test
        void areConsistentButForWhatIsAmbiguous() {
            assertThat(engine.unsupported()).isEmpty();
            assertThat(engine.inconsistentObjects())
                    .extracting(InconsistentObject::type, InconsistentObject::name, InconsistentObject::reason)
                    .containsExactly(tuple("rest_endpoint", "clash1", "Ambiguous URL paths: clash/:a, clash/b"));
            JsonNode shown = EngineJson.parse(admin.run("get_inconsistent_metadata", "{}"))
                    .path("inconsistent_objects")
                    .path(0);
            assertThat(shown.propertyNames()).containsExactlyInAnyOrder("conflicts", "reason");
            assertThat(shown.path("conflicts")
                            .path(0)
                            .path("definition")
                            .path("query")
                            .asString(""))
                    .isEqualTo("{ person { first_name } }");
        }

        @Test
        void takeCollectionsAndEndpoints() {
            admin.run(
                    "create_query_collection",
                    "{\"name\": \"mine\", \"comment\": \"c\", \"definition\": {\"queries\": [{\"name\": \"q\", \"query\": \"{ person { age } }\"}]}}");
            admin.run(
                    "add_query_to_collection",
                    "{\"collection_name\": \"mine\", \"query_name\": \"r\", \"query\": \"{ person { id } }\"}");
            admin.run("rename_query_collection", "{\"name\": \"mine\", \"new_name\": \"ours\"}");
            String endpoint = endpoint("ages", "ages", "q").replace("\"people\"", "\"ours\"");
            admin.run("create_rest_endpoint", endpoint);

            assertThat(admin.get("/api/rest/ages").body()).contains("{\"age\":30}");
            assertThat(admin.refused(
                                    500,
                                    "drop_query_from_collection",
                                    "{\"collection_name\": \"ours\", \"query_name\": \"q\"}")
                            .toString())
                    .contains("cannot continue due to newly found inconsistent metadata")
                    .contains("in endpoint ages: query with name q does not exist in collection ours");
            admin.run("drop_query_from_collection", "{\"collection_name\": \"ours\", \"query_name\": \"r\"}");
            admin.run("drop_rest_endpoint", "{\"name\": \"ages\"}");
            admin.run("drop_query_collection", "{\"collection\": \"ours\", \"cascade\": false}");
            assertThat(admin.get("/api/rest/ages").statusCode()).isEqualTo(404);
            assertThat(EngineJson.parse(admin.run("export_metadata", "{}"))).isEqualTo(EngineJson.parse(initial));
        }

        @ParameterizedTest
        @CsvSource({
            "a/:id/b/:id, names, Duplicate variables found in endpoint path: a/:id/b/:id",
            "a//b, names, Empty segments or unnamed variables are not allowed: a//b",
            "a/:/b, names, Empty segments or unnamed variables are not allowed: a/:/b",
            "a/, names, Empty segments or unnamed variables are not allowed: a/",
            "a, watch, Inconsistent object: in endpoint new: query with name watch is a subscription",
            "a, two, Inconsistent object: in endpoint new: query with name two has multiple definitions.",
            "a, none, Inconsistent object: in endpoint new: query with name none does not exist in collection people"
        })
        void refuseEndpointsThatCannotWork(String url, String query, String reason) {
            JsonNode refusal = admin.refused(400, "create_rest_endpoint", endpoint("new", url, query));

            assertThat(refusal.path("code").asString("")).isEqualTo("invalid-configuration");
            assertThat(refusal.path("error").asString("")).isEqualTo(reason);
            assertThat(refusal.path("internal").path(0).path("name").asString(""))
                    .isEqualTo("rest_endpoint new");
            assertThat(refusal.path("internal")
                            .path(0)
                            .path("definition")
                            .path("url")
                            .asString(""))
                    .isEqualTo(url);
        }

        @Test
        void refuseNamesThatAreTakenOrNotThere() {
            assertThat(admin.refused(400, "create_rest_endpoint", endpoint("all", "x", "all"))
                            .path("error")
                            .asString(""))
                    .isEqualTo("Endpoint with name: all already exists");
            assertThat(admin.refused(400, "drop_rest_endpoint", "{\"name\": \"x\"}")
                            .path("error")
                            .asString(""))
                    .isEqualTo("endpoint with name: x does not exist");
            assertThat(admin.refused(400, "drop_query_collection", "{\"collection\": \"x\"}")
                            .toString())
                    .contains("$.args.collection", "query collection with name \\\"x\\\" does not exist");
            assertThat(admin.refused(
                                    400,
                                    "create_query_collection",
                                    "{\"name\": \"people\", \"definition\": {\"queries\": []}}")
                            .path("code")
                            .asString(""))
                    .isEqualTo("already-exists");
            assertThat(admin.refused(
                                    400,
                                    "drop_query_from_collection",
                                    "{\"collection_name\": \"people\", \"query_name\": \"x\"}")
                            .path("error")
                            .asString(""))
                    .isEqualTo("query with name \"x\" not found in collection \"people\"");
            assertThat(admin.refused(
                                    400,
                                    "create_query_collection",
                                    "{\"name\": \"n\", \"definition\": {\"queries\": ["
                                            + "{\"name\": \"q\", \"query\": \"{ a }\"}, {\"name\": \"q\", \"query\": \"{ a }\"}]}}")
                            .path("error")
                            .asString(""))
                    .isEqualTo("found duplicate query names \"q\"");
        }

        @ParameterizedTest
        @ValueSource(strings = {"{ oops", "", "type A { b: C }}"})
        void refuseQueriesThatAreNoGraphQl(String query) {
            assertThat(admin.refused(
                                    400,
                                    "add_query_to_collection",
                                    "{\"collection_name\": \"people\", \"query_name\": \"x\", \"query\": \"" + query
                                            + "\"}")
                            .path("code")
                            .asString(""))
                    .isEqualTo("parse-failed");
        }

        @Test
        void sayWhichQueriesHaveLostTheirTable() {
            JsonNode refusal = admin.refused(500, "pg_untrack_table", "{\"table\": \"person\"}");

            assertThat(refusal.path("internal").findValuesAsString("reason"))
                    .contains(
                            "Inconsistent object: In query collection \"people\" the query \"older\" is invalid with the"
                                    + " following error(s): \"$.person: field 'person' not found in object 'query_root'\"."
                                    + " This query is being used in the following REST endpoint(s): \"older\"");
            assertThat(refusal.path("internal").findValuesAsString("name"))
                    .contains("query_collections older in people");
            assertThat(admin.get("/api/rest/people/all").statusCode()).isEqualTo(200);
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "{ person }|$.person: object of type 'person' must have a selection set",
                    "{ person { age { x } } }|$.person.age: scalar 'Int' does not accept a selection set",
                    "{ ...P } fragment P on query_root { person { x } }|$.person.x: field 'x' not found in object 'person'",
                    "query ($x: Strang) { person { age __typename } __schema { types { name } } }|$.x: type 'Strang' not found in the schema",
                    "{ ...P }|reference to undefined fragment \\\"P\\\"",
                    "mutation { nope }|$.nope: field 'nope' not found in object 'mutation_root'"
                })
        void sayWhatIsWrongWithAQuery(String query, String error) {
            JsonNode refusal = admin.refused(
                    500,
                    "create_query_collection",
                    "{\"name\": \"n\", \"definition\": {\"queries\": [{\"name\": \"q\", \"query\": \"" + query
                            + "\"}]}}");

            assertThat(refusal.path("internal").path(0).toString()).contains(error);
            assertThat(refusal.path("internal")
                            .path(0)
                            .path("definition")
                            .path("name")
                            .asString(""))
                    .isEqualTo("q");
        }

        @Test
        void loseWhatIsInconsistentWhenAskedTo() {
            admin.run("drop_inconsistent_metadata", "{}");
            assertThat(engine.inconsistentObjects()).isEmpty();
            assertThat(admin.get("/api/rest/clash/b").statusCode()).isEqualTo(200);
        }

        @Test
        void keepTheAllowListWithItsCollections() {
            admin.run("add_collection_to_allowlist", "{\"collection\": \"people\"}");
            admin.run(
                    "update_scope_of_collection_in_allowlist",
                    "{\"collection\": \"people\", \"scope\": {\"global\": false, \"roles\": [\"user\"]}}");
            assertThat(EngineJson.parse(admin.run("export_metadata", "{}"))
                            .path("allowlist")
                            .toString())
                    .isEqualTo("[{\"collection\":\"people\",\"scope\":{\"global\":false,\"roles\":[\"user\"]}}]");
            assertThat(admin.refused(400, "drop_query_collection", "{\"collection\": \"people\", \"cascade\": false}")
                            .path("code")
                            .asString(""))
                    .isEqualTo("dependency-error");
            admin.run("drop_collection_from_allowlist", "{\"collection\": \"people\"}");
            assertThat(admin.refused(400, "drop_collection_from_allowlist", "{\"collection\": \"people\"}")
                            .path("code")
                            .asString(""))
                    .isEqualTo("not-found");
        }
    }
}
