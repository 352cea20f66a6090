package io.github.hasura4j.test;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** Remote schemas whose fields and types have other names here than on their servers. */
class RemoteSchemaCustomizationTests {

    @TempDir
    private static Path directory;

    private static StubGraphQlServer server;
    private static LocalHasura engine;
    private static Requests admin;

    @BeforeAll
    static void start() {
        server = new StubGraphQlServer(
                """
                type Query { user(id: ID!, in: Filter): User search: [Found!] named: Named }
                type Mutation { rename(id: ID!, name: String): User }
                input Filter { role: Role since: Date }
                enum Role { BOSS CLERK }
                scalar Date
                interface Named { name: String }
                type User implements Named { id: ID! name: String born: Date friends: [User!] }
                type Town implements Named { name: String }
                union Found = User | Town
                """,
                wiring -> wiring.scalar(graphql.Scalars.GraphQLString.transform(scalar -> scalar.name("Date")))
                        .type(
                                "Query",
                                type -> type.dataFetcher("user", e -> user(e.getArgument("id")))
                                        .dataFetcher("search", e -> List.of(user("1"), Map.of("name", "Rome")))
                                        .dataFetcher("named", e -> Map.of("name", "Rome")))
                        .type(
                                "Mutation",
                                type -> type.dataFetcher(
                                        "rename",
                                        e -> Map.of("id", e.getArgument("id"), "name", e.getArgument("name"))))
                        .type("User", type -> type.dataFetcher("friends", e -> List.of(user("2"))))
                        .type("Found", type -> type.typeResolver(e -> type(e.getObject(), e.getSchema())))
                        .type("Named", type -> type.typeResolver(e -> type(e.getObject(), e.getSchema()))));
        ProjectFiles.in(directory)
                .withMigration("CREATE TABLE \"User\" (id integer PRIMARY KEY)")
                .withTable("User", "table: User\n")
                .with("metadata/remote_schemas.yaml", """
                        - name: plain
                          definition:
                            url: '{{SERVER}}/graphql'
                            customization:
                              type_names: {prefix: p_, suffix: _x, mapping: {Role: Rank}}
                              field_names:
                              - {parent_type: Query, prefix: p_}
                              - {parent_type: Mutation, mapping: {rename: christen}}
                              - {parent_type: User, suffix: _of, mapping: {friends: mates}}
                              - {parent_type: Named, suffix: _of}
                              - {parent_type: Town, suffix: _of}
                        - name: spaced
                          definition:
                            url: '{{SERVER}}/graphql'
                            customization: {root_fields_namespace: crm, type_names: {prefix: Crm}}
                        - name: uneven
                          definition:
                            url: '{{SERVER}}/graphql'
                            customization: {root_fields_namespace: uneven, type_names: {prefix: U}, field_names: [{parent_type: Named, prefix: n_}]}
                        - name: twice
                          definition:
                            url: '{{SERVER}}/graphql'
                            customization: {root_fields_namespace: twice, type_names: {prefix: T, mapping: {User: Same, Town: Same}}}
                        """);
        engine = LocalHasura.forProject(directory)
                .environment("SERVER", server.url())
                .start();
        admin = Requests.to(engine);
    }

    private static Map<String, Object> user(String id) {
        return Map.of("id", id, "name", "Ann", "born", "1999");
    }

    private static graphql.schema.GraphQLObjectType type(Map<?, ?> object, graphql.schema.GraphQLSchema schema) {
        return schema.getObjectType(object.containsKey("id") ? "User" : "Town");
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

    @Test
    void areSupported() {
        assertThat(engine.unsupported()).isEmpty();
    }

    @Test
    void areAskedInTheNamesOfTheServer() {
        assertThat(admin.data(
                        "query ($f: p_Filter_x) { me: p_user(id: 1, in: $f) { __typename id_of mates { who: name_of } } }",
                        "{\"f\": {\"role\": \"BOSS\", \"since\": \"2000\"}}"))
                .isEqualTo("{\"me\":{\"__typename\":\"p_User_x\",\"id_of\":\"1\",\"mates\":[{\"who\":\"Ann\"}]}}");
        JsonNode request = server.next().json();
        assertThat(request.path("query").stringValue())
                .isEqualTo(
                        "query ($hasura_json_var_1:Date!){me:user(id:1,in:{role:BOSS,since:$hasura_json_var_1}){__typename id_of:id mates:friends{who:name}}}");
        assertThat(request.path("variables")).hasToString("{\"hasura_json_var_1\":\"2000\"}");
    }

    @Test
    void areSentVariablesUnderTheServersNamesOfTheirTypes() {
        assertThat(admin.data(
                        "query ($id: ID!, $d: p_Date_x) { p_user(id: $id, in: {since: $d, role: CLERK}) { id_of } }",
                        "{\"id\": 1, \"d\": \"2000\"}"))
                .isEqualTo("{\"p_user\":{\"id_of\":\"1\"}}");
        assertThat(server.nextQuery())
                .isEqualTo("query ($id:ID!,$d:Date){p_user:user(id:$id,in:{since:$d,role:CLERK}){id_of:id}}");
    }

    @Test
    void haveMutationsOfOtherNames() {
        assertThat(admin.data("mutation { christen(id: 1, name: \"Eve\") { name_of } }"))
                .isEqualTo("{\"christen\":{\"name_of\":\"Eve\"}}");
    }

    @Test
    void nameTypesOfUnionsAndInterfaces() {
        assertThat(
                        admin.data(
                                "{ p_search { __typename ... on p_User_x { id_of } ... on p_Named_x { name_of } } p_named { kind: __typename name_of } }"))
                .isEqualTo("{\"p_search\":[{\"__typename\":\"p_User_x\",\"id_of\":\"1\",\"name_of\":\"Ann\"},"
                        + "{\"__typename\":\"p_Town_x\",\"name_of\":\"Rome\"}],"
                        + "\"p_named\":{\"kind\":\"p_Town_x\",\"name_of\":\"Rome\"}}");
        assertThat(server.nextQuery())
                .isEqualTo("{p_search:search{__typename ...on User{id_of:id name_of:name}...on Town{name_of:name}}}");
    }

    @Test
    void renameAllTypesButTheScalarsOfGraphQl() {
        assertThat(admin.data("{ __type(name: \"p_User_x\") { fields { name type { name ofType { name } } } } }"))
                .contains("\"id_of\",\"type\":{\"name\":null,\"ofType\":{\"name\":\"ID\"}}")
                .contains("\"born_of\",\"type\":{\"name\":\"p_Date_x\"");
        assertThat(admin.data("{ __type(name: \"Rank\") { enumValues { name } } }"))
                .contains("BOSS");
    }

    @Test
    void haveANamespaceForTheirRootFields() {
        assertThat(admin.data("{ crm { t: __typename user(id: 7) { id name __typename } other: user(id: 8) { id } } }"))
                .isEqualTo(
                        "{\"crm\":{\"t\":\"CrmQuery\",\"user\":{\"id\":\"7\",\"name\":\"Ann\",\"__typename\":\"CrmUser\"},"
                                + "\"other\":{\"id\":\"8\"}}}");
        assertThat(server.nextQuery()).isEqualTo("{user(id:7){id name __typename}}");
        assertThat(server.nextQuery()).isEqualTo("{other:user(id:8){id}}");
        assertThat(admin.data("mutation { crm { rename(id: 1, name: \"Eve\") { name } } }"))
                .isEqualTo("{\"crm\":{\"rename\":{\"name\":\"Eve\"}}}");
    }

    @Test
    void areInconsistentWhereNamesDoNotFitTogether() {
        assertThat(engine.inconsistentObjects())
                .extracting(InconsistentObject::toString)
                .containsExactlyInAnyOrder(
                        "remote_schema 'uneven': Inconsistent object: Remote schema customization inconsistency: field name"
                                + " mapping for field \"name\" of interface \"Named\" is inconsistent with mapping for type \"Town\"."
                                + " Interface field name maps to \"n_name\". Type field name maps to \"name\".",
                        "remote_schema 'twice': Inconsistent object: Type name mappings are not distinct; the following types"
                                + " appear more than once: \"Same\"");
    }
}
