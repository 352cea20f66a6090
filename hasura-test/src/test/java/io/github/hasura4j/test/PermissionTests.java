package io.github.hasura4j.test;

import java.nio.file.Path;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** What roles see and may do. */
class PermissionTests {

    @TempDir
    private static Path directory;

    private static LocalHasura engine;
    private static Requests admin;
    private static Requests one;

    @BeforeAll
    static void start() {
        ProjectFiles.in(directory).withMigration("""
                        CREATE TABLE author (id integer PRIMARY KEY, name text NOT NULL, email text);
                        CREATE TABLE article (id serial PRIMARY KEY, author_id integer NOT NULL REFERENCES author, title text,
                            published boolean NOT NULL DEFAULT false, org integer, tags jsonb NOT NULL DEFAULT '{}');
                        ALTER SEQUENCE article_id_seq RESTART 1000;
                        """).withTable("author", """
                        table: author
                        array_relationships:
                        - {name: articles, using: {foreign_key_constraint_on: {table: article, column: author_id}}}
                        select_permissions:
                        - role: writer
                          permission: {columns: [id, name], filter: {}}
                        - role: guest
                          permission: {columns: [id, name], filter: {id: {_eq: 1}}}
                        """).withTable("article", """
                        table: article
                        object_relationships:
                        - {name: author, using: {foreign_key_constraint_on: author_id}}
                        select_permissions:
                        - role: writer
                          permission:
                            columns: [id, title, published, author_id]
                            filter: {_or: [{published: {_eq: true}}, {author_id: {_eq: X-Hasura-User-Id}}]}
                            limit: 2
                            allow_aggregations: true
                            query_root_fields: [select, select_aggregate]
                        - role: tagged
                          permission: {columns: [id], filter: {tags: {_has_keys_any: X-Hasura-Tags}}}
                        - role: guest
                          permission: {columns: [id], filter: {}}
                        - role: member
                          permission: {columns: '*', filter: {org: {_in: x-hasura-org-ids}}}
                        insert_permissions:
                        - role: writer
                          permission:
                            columns: [title, published]
                            set: {author_id: X-Hasura-User-Id}
                            check: {title: {_neq: forbidden}}
                        - role: robot
                          permission: {columns: '*', check: {}, backend_only: true}
                        update_permissions:
                        - role: writer
                          permission: {columns: [title], filter: {author_id: {_eq: X-Hasura-User-Id}}, check: {title: {_neq: forbidden}}}
                        delete_permissions:
                        - role: writer
                          permission: {filter: {author: {id: {_eq: X-Hasura-User-Id}}}}
                        """);
        engine = LocalHasura.forProject(directory).start();
        admin = Requests.to(engine);
        one = admin.asRole("writer").with("x-hasura-user-id", "1");
    }

    @AfterAll
    static void stop() {
        engine.close();
    }

    @BeforeEach
    void data() {
        admin.data(
                "mutation { a: delete_article(where: {}) { affected_rows } b: delete_author(where: {}) { affected_rows }"
                        + " c: insert_author(objects: [{id: 1, name: \"A\", email: \"a@x\"}, {id: 2, name: \"B\"}]) { affected_rows }"
                        + " d: insert_article(objects: [{id: 1, author_id: 1, title: \"draft\", org: 1}, {id: 2, author_id: 2, title: \"hidden\", org: 2},"
                        + " {id: 3, author_id: 2, title: \"open\", published: true, org: 3}, {id: 4, author_id: 2, title: \"more\", published: true}])"
                        + " { affected_rows } }");
    }

    @Test
    void aFilterHidesRowsAndALimitCapsThem() {
        assertThat(one.data("{ article(order_by: {id: asc}) { id } }"))
                .isEqualTo("{\"article\":[{\"id\":1}, {\"id\":3}]}");
        assertThat(one.data("{ article_aggregate { aggregate { count } nodes { id } } }"))
                .startsWith("{\"article_aggregate\":{\"aggregate\":{\"count\":3}")
                .contains("\"nodes\":[{\"id\":1}, {\"id\":3}]");
    }

    @Test
    void aFilterHoldsBelowRelationshipsAndInConditions() {
        assertThat(one.data("{ author(order_by: {id: asc}) { name articles { title } } }"))
                .contains("\"name\":\"A\",\"articles\":[{\"title\":\"draft\"}]")
                .doesNotContain("hidden");
        assertThat(one.data("{ author(where: {articles: {title: {_eq: \"hidden\"}}}) { id } }"))
                .isEqualTo("{\"author\":[]}");
    }

    @Test
    void columnsThatAreNotGrantedDoNotExist() {
        assertThat(one.send("{ author { email } }")).contains("field 'email' not found in type: 'author'");
        assertThat(one.send("{ author(where: {email: {_eq: \"a@x\"}}) { id } }"))
                .contains("field 'email' not found in type: 'author_bool_exp'");
        assertThat(one.send("{ article_by_pk(id: 1) { id } }")).contains("field 'article_by_pk' not found");
        assertThat(one.send("{ author_aggregate { aggregate { count } } }"))
                .contains("not found in type: 'query_root'");
    }

    @Test
    void aSessionVariableMayHoldAList() {
        assertThat(admin.asRole("member").with("x-hasura-org-ids", "{1,3}").data("{ article { org } }"))
                .isEqualTo("{\"article\":[{\"org\":1}, {\"org\":3}]}");
    }

    @Test
    void aSessionVariableMayHoldKeys() {
        admin.data("mutation { update_article(where: {id: {_eq: 2}}, _set: {tags: {a: 1}}) { affected_rows } }");
        assertThat(admin.asRole("tagged").with("x-hasura-tags", "{a,b}").data("{ article { id } }"))
                .isEqualTo("{\"article\":[{\"id\":2}]}");
    }

    @Test
    void rowsThatAreHiddenDoNotShowInTheOrder() {
        // Author 1 is visible and sorts by name; author 2 is hidden, so its articles sort as if it had none.
        assertThat(admin.asRole("guest")
                        .data("{ article(order_by: [{author: {name: asc_nulls_first}}, {id: asc}]) { id } }"))
                .isEqualTo("{\"article\":[{\"id\":2}, {\"id\":3}, {\"id\":4}, {\"id\":1}]}");
    }

    @Test
    void aMissingSessionVariableIsSaid() {
        assertThat(admin.asRole("writer").send("{ article { id } }"))
                .contains("\"code\":\"not-found\"")
                .contains("missing session variable: \\\"x-hasura-user-id\\\"");
    }

    @Test
    void anInsertIsPresetAndChecked() {
        assertThat(one.data("mutation { insert_article_one(object: {title: \"new\"}) { title author_id } }"))
                .isEqualTo("{\"insert_article_one\":{\"title\":\"new\",\"author_id\":1}}");
        assertThat(one.send("mutation { insert_article_one(object: {title: \"new\", author_id: 2}) { title } }"))
                .contains("field 'author_id' not found in type: 'article_insert_input'");
        assertThat(one.send("mutation { insert_article_one(object: {title: \"forbidden\"}) { title } }"))
                .contains("\"code\":\"permission-error\"")
                .contains("\"path\":\"$.selectionSet.insert_article_one.args.object\"")
                .contains("check constraint of an insert/update permission has failed");
        assertThat(admin.data("{ article(where: {title: {_eq: \"forbidden\"}}) { id } }"))
                .isEqualTo("{\"article\":[]}");
    }

    @Test
    void updatesAndDeletesReachOnlyGrantedRows() {
        assertThat(one.data("mutation { update_article(where: {}, _set: {title: \"mine\"}) { affected_rows } }"))
                .isEqualTo("{\"update_article\":{\"affected_rows\":1}}");
        assertThat(one.send("mutation { update_article(where: {}, _set: {title: \"forbidden\"}) { affected_rows } }"))
                .contains("permission-error");
        assertThat(one.data("mutation { delete_article(where: {}) { affected_rows } }"))
                .isEqualTo("{\"delete_article\":{\"affected_rows\":1}}");
        assertThat(admin.data("{ article_aggregate { aggregate { count } } }")).contains("\"count\":3");
    }

    @Test
    void backendOnlyFieldsNeedTheHeader() {
        String insert = "mutation { insert_article(objects: [{author_id: 1}]) { affected_rows } }";
        assertThat(admin.asRole("robot").send(insert)).contains("no mutations exist");
        assertThat(admin.asRole("robot")
                        .with("x-hasura-use-backend-only-permissions", "true")
                        .data(insert))
                .isEqualTo("{\"insert_article\":{\"affected_rows\":1}}");
    }

    @Test
    void aRoleWithoutAnythingHasAnEmptyQueryType() {
        assertThat(admin.asRole("nobody").data("{ __schema { queryType { fields { name } } mutationType { name } } }"))
                .isEqualTo(
                        "{\"__schema\":{\"queryType\":{\"fields\":[{\"name\":\"no_queries_available\"}]},\"mutationType\":null}}");
    }
}
