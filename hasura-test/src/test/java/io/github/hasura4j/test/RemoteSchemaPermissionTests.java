package io.github.hasura4j.test;

import java.nio.file.Path;
import java.util.Map;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** What roles may use of remote schemas, and what is filled in for them. */
class RemoteSchemaPermissionTests {

    @TempDir
    private static Path directory;

    private static StubGraphQlServer server;
    private static LocalHasura engine;
    private static Requests admin;

    @BeforeAll
    static void start() {
        server = new StubGraphQlServer(
                """
                type Query {
                  messages(of: ID!, like: Like, style: Style, limit: Int = 10, tags: [Tag!]): [Message!]
                  secret: String
                  flags(exact: Boolean!, ratio: Float!, fixed: String!): String
                }
                type Mutation { send(message: Draft!, note: Note): String }
                input Like { text: String mine: Mine }
                input Mine { owner: ID deep: Boolean }
                input Draft { from: ID! to: ID! content: String }
                input Note { by: ID }
                input Tag { name: String! tenant: String }
                enum Style { SHORT LONG }
                interface Node { id: ID! }
                type Message implements Node { id: ID! content: String hidden: String }
                """,
                wiring -> wiring.type(
                                "Query",
                                type -> type.dataFetcher(
                                                "messages",
                                                e -> java.util.List.of(Map.of(
                                                        "id",
                                                        e.getArgument("of"),
                                                        "content",
                                                        e.getArguments().toString())))
                                        .dataFetcher(
                                                "flags", e -> e.getArguments().toString()))
                        .type(
                                "Mutation",
                                type -> type.dataFetcher(
                                        "send", e -> e.getArguments().toString()))
                        .type(
                                "Node",
                                type -> type.typeResolver(e -> e.getSchema().getObjectType("Message"))));
        ProjectFiles.in(directory)
                .withMigration("CREATE TABLE thing (id integer PRIMARY KEY)")
                .withTable("thing", "table: thing\n")
                .with("metadata/remote_schemas.yaml", """
                        - name: chat
                          definition:
                            url: '{{SERVER}}/graphql'
                          permissions:
                          - role: user
                            definition:
                              schema: |
                                schema { query: Query mutation: Mutation }
                                type Query {
                                  messages(of: ID! @preset(value: "x-hasura-user-id"), like: Like, tags: [Tag!]): [Message!]
                                  flags(exact: Boolean! @preset(value: "X-Hasura-Exact"), ratio: Float! @preset(value: "x-hasura-ratio"),
                                        fixed: String! @preset(value: "x-hasura-fixed", static: true)): String
                                }
                                type Mutation { send(message: Draft!, note: Note): String }
                                input Like { text: String mine: Mine }
                                input Mine { owner: ID @preset(value: "x-hasura-user-id") deep: Boolean }
                                input Draft { from: ID! @preset(value: "x-hasura-user-id") to: ID! content: String }
                                input Note { by: ID @preset(value: "somebody") }
                                input Tag { name: String! tenant: String @preset(value: "t1") }
                                type Message { id: ID! content: String }
                          - role: wrong
                            definition:
                              schema: |
                                type Query { messages(like: String): [Message!] nothing: Int }
                                type Message { id: ID content: String @preset(value: 1) }
                                enum Style { SHORT HUGE }
                                type Town { id: ID }
                        """);
        engine = LocalHasura.forProject(directory)
                .environment("SERVER", server.url())
                .environment("HASURA_GRAPHQL_ENABLE_REMOTE_SCHEMA_PERMISSIONS", "true")
                .start();
        admin = Requests.to(engine);
    }

    @AfterAll
    static void stop() {
        engine.close();
        server.close();
    }

    @BeforeEach
    void forget() {
        server.forget();
    }

    private static Requests user() {
        return admin.asRole("user").with("x-hasura-user-id", "7");
    }

    private static JsonNode sent() {
        return server.next().json();
    }

    @Test
    void areSupported() {
        assertThat(engine.unsupported()).isEmpty();
    }

    @Test
    void leaveNothingToRolesWithoutOne() {
        assertThat(admin.asRole("nobody").send("{ secret }"))
                .isEqualTo(
                        "{\"errors\":[{\"message\":\"field 'secret' not found in type: 'query_root'\",\"extensions\":{\"path\":\"$.selectionSet.secret\",\"code\":\"validation-failed\"}}]}");
    }

    @Test
    void leaveEverythingToAdmins() {
        assertThat(admin.data("{ messages(of: 1) { hidden } secret }"))
                .isEqualTo("{\"messages\":[{\"hidden\":null}],\"secret\":null}");
    }

    @Test
    void hideFieldsAndArguments() {
        assertThat(user().send("{ secret }")).contains("field 'secret' not found");
        assertThat(user().send("{ messages { hidden } }")).contains("field 'hidden' not found in type: 'Message'");
        assertThat(user().send("{ messages(of: 1) { id } }")).contains("'messages' has no argument named 'of'");
        assertThat(user().data("{ __type(name: \"Draft\") { inputFields { name } } }"))
                .isEqualTo("{\"__type\":{\"inputFields\":[{\"name\":\"to\"},{\"name\":\"content\"}]}}");
        assertThat(user().data("{ __type(name: \"Note\") { name } }")).isEqualTo("{\"__type\":null}");
    }

    @Nested
    class Presets {

        @Test
        void fillInSessionVariablesAsVariables() {
            assertThat(user().data("{ messages { id } }")).isEqualTo("{\"messages\":[{\"id\":\"7\"}]}");

            JsonNode request = sent();
            assertThat(request.path("query").stringValue())
                    .isEqualTo("query ($x_hasura_user_id:ID!){messages(of:$x_hasura_user_id){id}}");
            assertThat(request.path("variables")).hasToString("{\"x_hasura_user_id\":\"7\"}");
        }

        @Test
        void fillInFieldsOfObjectsAndObjectsThatAreNothingElse() {
            assertThat(user().data("mutation { send(message: {to: \"2\", content: \"hi\"}) }"))
                    .contains("message={from=7, to=2, content=hi}")
                    .contains("note={by=somebody}");
            assertThat(sent().path("query").stringValue())
                    .isEqualTo(
                            "mutation ($x_hasura_user_id:ID!){send(message:{to:\"2\",content:\"hi\",from:$x_hasura_user_id},note:{by:\"somebody\"})}");
        }

        @Test
        void takeVariablesApartThatTheyReachInto() {
            assertThat(user().data(
                                    "mutation ($m: Draft!) { send(message: $m) }",
                                    "{\"m\": {\"to\": \"2\", \"content\": null}}"))
                    .contains("content=null")
                    .contains("to=2")
                    .contains("from=7");

            JsonNode request = sent();
            assertThat(request.path("query").stringValue())
                    .isEqualTo(
                            "mutation ($x_hasura_user_id:ID!,$hasura_json_var_1:ID!)"
                                    + "{send(message:{to:$hasura_json_var_1,content:null,from:$x_hasura_user_id},note:{by:\"somebody\"})}");
            assertThat(request.path("variables"))
                    .hasToString("{\"x_hasura_user_id\":\"7\",\"hasura_json_var_1\":\"2\"}");
        }

        @Test
        void leaveVariablesWholeThatTheyDoNotReachInto() {
            assertThat(user().data("query ($l: Like) { messages(like: $l) { content } }", "{\"l\": {\"text\": \"a\"}}"))
                    .contains("like={text=a}");
            assertThat(sent().path("variables")).hasToString("{\"l\":{\"text\":\"a\"},\"x_hasura_user_id\":\"7\"}");

            assertThat(user().data(
                                    "query ($l: Like) { messages(like: $l) { content } }",
                                    "{\"l\": {\"text\": \"a\", \"mine\": {\"deep\": true}}}"))
                    .contains("like={text=a, mine={owner=7, deep=true}}");
        }

        @Test
        void reachIntoLists() {
            assertThat(user().data(
                                    "query ($n: String!, $t: Tag!) { messages(tags: [{name: $n}, $t]) { content } }",
                                    "{\"n\": \"a\", \"t\": {\"name\": \"b\"}}"))
                    .contains("tags=[{name=a, tenant=t1}, {name=b, tenant=t1}]");
        }

        @Test
        void areOfTheTypeThatIsAskedFor() {
            Requests caller = user().with("x-hasura-exact", "true").with("x-hasura-ratio", "1.5");
            assertThat(caller.data("{ flags }"))
                    .isEqualTo("{\"flags\":\"{exact=true, ratio=1.5, fixed=x-hasura-fixed}\"}");
            assertThat(caller.with("x-hasura-ratio", "much").send("{ flags }"))
                    .contains(
                            "\\\"much\\\" cannot be coerced into a Float value\",\"extensions\":{\"path\":\"$\",\"code\":\"coercion-error\"}");
        }

        @Test
        void needTheSessionVariable() {
            assertThat(admin.asRole("user").send("{ messages { id } }"))
                    .contains("\\\"x-hasura-user-id\\\" session variable expected, but not found")
                    .contains("\"code\":\"not-found\"");
            assertThat(server.hasReceivedNothingMore()).isTrue();
        }
    }

    @Test
    void mayOnlyBeLessThanTheSchema() {
        assertThat(engine.inconsistentObjects())
                .singleElement()
                .hasToString("remote_schema_permission 'wrong permission in remote schema chat': Inconsistent object:"
                        + " in remote schema permission for role \"wrong\":"
                        + " validation for the given role-based schema failed for the following reasons:\n"
                        + " • field: \"messages\" expects the following non nullable arguments to be present: \"of\"\n"
                        + " • expected type of \"like\"(\"Input object argument\") to be Like but received String\n"
                        + " • field \"nothing\" does not exist in the \"Object\": \"Query\"\n"
                        + " • expected type of \"id\"(\"Object field\") to be ID! but received ID\n"
                        + " • Preset directives can be defined only on INPUT_FIELD_DEFINITION or ARGUMENT_DEFINITION\n"
                        + " • enum \"Style\" contains the following enum values that do not exist in the corresponding"
                        + " upstream remote enum: \"HUGE\"\n"
                        + " • \"Object\": \"Town\" does not exist in the upstream remote schema\n");
    }

    @Test
    void areAddedAndDroppedByCommands() {
        assertThat(command("add_remote_schema_permissions", "guest", "type Query { secret: Int }"))
                .contains(
                        "\"error\":\"validation for the given role-based schema failed because expected type of \\\"secret\\\"(\\\"Object field\\\") to be String but received Int\"")
                .contains("\"code\":\"validation-failed\"");
        assertThat(
                        command(
                                "add_remote_schema_permissions",
                                "guest",
                                "type Query { flags(exact: Boolean! @preset(value: {a: 1}) ratio: Float! fixed: String! @preset(value: FIXED)): String }"))
                .contains("expected preset value \\\"{a : 1}\\\" of type \\\"Boolean\\\" to be a scalar value")
                .contains("expected preset value \\\"FIXED\\\" of type \\\"String\\\" to be a scalar value");
        assertThat(command("add_remote_schema_permissions", "guest", "type Query { secret: String }"))
                .isEqualTo("{\"message\":\"success\"}");
        assertThat(admin.asRole("guest").data("{ secret }")).isEqualTo("{\"secret\":null}");
        assertThat(command("add_remote_schema_permissions", "guest", "type Query { secret: String }"))
                .contains("permissions for role: \\\"guest\\\" for remote schema:\\\"chat\\\" already exists");
        assertThat(command("drop_remote_schema_permissions", "guest", "")).isEqualTo("{\"message\":\"success\"}");
        assertThat(admin.asRole("guest").send("{ secret }")).contains("field 'secret' not found");
        assertThat(command("drop_remote_schema_permissions", "guest", "")).contains("\"code\":\"not-exists\"");
    }

    private static String command(String type, String role, String schema) {
        return admin.post(
                        "/v1/metadata",
                        "{\"type\": \"" + type + "\", \"args\": {\"remote_schema\": \"chat\", \"role\": \"" + role
                                + "\", \"definition\": {\"schema\": \"" + schema + "\"}}}")
                .body();
    }

    @Test
    void doNotCountUnlessTheyAreEnabled() {
        try (LocalHasura other = LocalHasura.forProject(directory)
                .environment("SERVER", server.url())
                .start()) {
            assertThat(Requests.to(other).asRole("nobody").data("{ messages(of: 1) { hidden } }"))
                    .isEqualTo("{\"messages\":[{\"hidden\":null}]}");
            assertThat(Requests.to(other)
                            .post(
                                    "/v1/metadata",
                                    "{\"type\": \"add_remote_schema_permissions\", \"args\": {\"remote_schema\": \"chat\", \"role\": \"x\", \"definition\": {\"schema\": \"\"}}}")
                            .body())
                    .contains("\"code\":\"constraint-violation\"");
        }
    }
}
