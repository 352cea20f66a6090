package io.github.hasura4j.test;

import java.nio.file.Path;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** {@code HASURA_GRAPHQL_ENABLE_ALLOWLIST}: what others than admins may send. */
class AllowListTests {

    private static final String REFUSED = "{\"errors\":[{\"message\":\"query is not allowed\","
            + "\"extensions\":{\"path\":\"$\",\"code\":\"validation-failed\"}}]}";

    @TempDir
    private static Path directory;

    private static LocalHasura engine;
    private static Requests admin;

    @BeforeAll
    static void start() {
        ProjectFiles.in(directory)
                .withMigration("CREATE TABLE thing (id integer PRIMARY KEY, name text)")
                .withTable("thing", """
                        table: thing
                        select_permissions:
                        - {role: user, permission: {columns: '*', filter: {}}}
                        - {role: guest, permission: {columns: '*', filter: {}}}
                        """)
                .with("metadata/query_collections.yaml", """
                        - name: everybody
                          definition: {queries: [{name: ids, query: 'query Ids { thing { id } }'}, {name: broken, query: '{ oops'}]}
                        - name: users
                          definition: {queries: [{name: names, query: 'query ($id: Int) { thing(where: {id: {_eq: $id}}) { ...N } } fragment N on thing { name }'}]}
                        - name: nobody
                          definition: {queries: [{name: names, query: '{ thing { name } }'}]}
                        """)
                .with("metadata/allow_list.yaml", """
                        - {collection: everybody, scope: {global: true}}
                        - {collection: users, scope: {global: false, roles: [user]}}
                        """)
                .with("metadata/rest_endpoints.yaml", """
                        - {name: ids, url: ids, methods: [GET], definition: {query: {collection_name: everybody, query_name: ids}}}
                        - {name: names, url: names, methods: [GET], definition: {query: {collection_name: nobody, query_name: names}}}
                        """);
        engine = LocalHasura.forProject(directory)
                .environment("HASURA_GRAPHQL_ENABLE_ALLOWLIST", "true")
                .start();
        admin = Requests.to(engine);
    }

    @AfterAll
    static void stop() {
        engine.close();
    }

    @Test
    void letsAdminsSendEverything() {
        assertThat(engine.unsupported()).isEmpty();
        assertThat(admin.data("{ thing { name id } }")).isEqualTo("{\"thing\":[]}");
    }

    @Test
    void letsOthersSendTheQueriesOfItsCollectionsHoweverTheyAreWritten() {
        Requests guest = admin.asRole("guest");

        assertThat(guest.data("query Ids { thing { id } }")).isEqualTo("{\"thing\":[]}");
        assertThat(guest.data("query  Ids {\n  # mine\n  thing { __typename, id } __typename }"))
                .isEqualTo("{\"thing\":[],\"__typename\":\"query_root\"}");
        assertThat(guest.send("query Ids { thing { id name } }")).isEqualTo(REFUSED);
        assertThat(guest.send("{ thing { id } }")).isEqualTo(REFUSED);
        assertThat(guest.send("{ thing { name } }")).isEqualTo(REFUSED);
    }

    @Test
    void mayBeForSomeRolesOnly() {
        String names = "query ($id: Int) { thing(where: {id: {_eq: $id}}) { ...N } } fragment N on thing { name }";

        assertThat(admin.asRole("user").data(names, "{\"id\": 1}")).isEqualTo("{\"thing\":[]}");
        assertThat(admin.asRole("guest").send(names, "{\"id\": 1}")).isEqualTo(REFUSED);
    }

    @Test
    void countsForRestEndpointsToo() {
        assertThat(admin.asRole("guest").get("/api/rest/ids").body()).isEqualTo("{\"thing\":[]}");
        assertThat(admin.asRole("guest").get("/api/rest/names").body()).contains("query is not allowed");
    }
}
