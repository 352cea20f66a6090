package io.github.hasura4j.test;

import java.nio.file.Path;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Rows that go in together with those they refer to and those that refer to them. */
class NestedInsertTests {

    @TempDir
    private static Path directory;

    private static LocalHasura engine;
    private static Requests admin;
    private static Requests writer;

    @BeforeAll
    static void start() {
        ProjectFiles.in(directory)
                .withMigration("""
                        CREATE TABLE author (id serial PRIMARY KEY, name text NOT NULL UNIQUE);
                        CREATE TABLE article (id serial PRIMARY KEY, author_id integer REFERENCES author, title text NOT NULL);
                        CREATE TABLE tag (article_id integer NOT NULL REFERENCES article, label text NOT NULL,
                            PRIMARY KEY (article_id, label));
                        CREATE TABLE detail (article_id integer PRIMARY KEY REFERENCES article, words integer);
                        """)
                .withTable("author", """
                        table: author
                        array_relationships:
                        - {name: articles, using: {foreign_key_constraint_on: {table: article, column: author_id}}}
                        insert_permissions:
                        - {role: writer, permission: {columns: [name], check: {name: {_neq: nobody}}}}
                        select_permissions:
                        - {role: writer, permission: {columns: '*', filter: {}}}
                        """)
                .withTable("article", """
                        table: article
                        object_relationships:
                        - {name: author, using: {foreign_key_constraint_on: author_id}}
                        - {name: detail, using: {foreign_key_constraint_on: {table: detail, column: article_id}}}
                        array_relationships:
                        - {name: tags, using: {foreign_key_constraint_on: {table: tag, column: article_id}}}
                        insert_permissions:
                        - {role: writer, permission: {columns: [title], check: {}}}
                        select_permissions:
                        - {role: writer, permission: {columns: '*', filter: {}}}
                        """)
                .withTable("tag", "table: tag\n")
                .withTable("detail", "table: detail\n");
        engine = LocalHasura.forProject(directory).start();
        admin = Requests.to(engine);
        writer = admin.asRole("writer");
    }

    @AfterAll
    static void stop() {
        engine.close();
    }

    @BeforeEach
    void emptyTheTables() {
        admin.data("mutation { a: delete_tag(where: {}) { affected_rows } b: delete_detail(where: {}) { affected_rows }"
                + " c: delete_article(where: {}) { affected_rows } d: delete_author(where: {}) { affected_rows } }");
    }

    @Test
    void putsWhatARowRefersToInBeforeItAndTheOthersAfterIt() {
        assertThat(admin.data("""
                        mutation { insert_article_one(object: {title: "A", author: {data: {name: "Ann"}},
                            detail: {data: {words: 3}}, tags: {data: [{label: "x"}, {label: "y"}]}})
                          { title author { name } detail { words } tags(order_by: {label: asc}) { label } } }"""))
                .isEqualTo("{\"insert_article_one\":{\"title\":\"A\",\"author\":{\"name\":\"Ann\"},"
                        + "\"detail\":{\"words\":3},\"tags\":[{\"label\":\"x\"}, {\"label\":\"y\"}]}}");
    }

    @Test
    void countsAllRowsAndReturnsItsOwn() {
        assertThat(admin.data("""
                        mutation { insert_author(objects: [
                            {name: "Ann", articles: {data: [{title: "A", tags: {data: [{label: "x"}]}}, {title: "B"}]}},
                            {name: "Bob"}])
                          { affected_rows returning { name articles_aggregate { aggregate { count } } } } }"""))
                .isEqualTo("{\"insert_author\":{\"affected_rows\":5,\"returning\":["
                        + "{\"name\":\"Ann\",\"articles_aggregate\":{\"aggregate\":{\"count\":2}}}, "
                        + "{\"name\":\"Bob\",\"articles_aggregate\":{\"aggregate\":{\"count\":0}}}]}}");
    }

    @Test
    void takesEmptyAndMissingRelatedRowsForNone() {
        assertThat(
                        admin.data(
                                "mutation { insert_author_one(object: {name: \"Ann\", articles: {data: []}}) { articles { id } } }"))
                .isEqualTo("{\"insert_author_one\":{\"articles\":[]}}");
        assertThat(admin.data("mutation ($a: article_arr_rel_insert_input) {"
                        + " insert_author_one(object: {name: \"Bob\", articles: $a}) { articles { id } } }"))
                .isEqualTo("{\"insert_author_one\":{\"articles\":[]}}");
    }

    @Test
    void keepsExistingRowsWithOnConflictInside() {
        admin.data("mutation { insert_author_one(object: {name: \"Ann\"}) { id } }");

        assertThat(admin.data("""
                        mutation { insert_article_one(object: {title: "A", author: {data: {name: "Ann"},
                            on_conflict: {constraint: author_name_key, update_columns: [name]}}}) { author { name } } }""")).isEqualTo("{\"insert_article_one\":{\"author\":{\"name\":\"Ann\"}}}");
        assertThat(admin.data("{ author_aggregate { aggregate { count } } }")).contains("\"count\":1");
    }

    @Test
    void holdsEveryRowAgainstItsOwnPermission() {
        assertThat(writer.send("""
                        mutation { insert_article(objects: [{title: "A", author: {data: {name: "nobody"}}}])
                          { affected_rows } }"""))
                .isEqualTo("{\"errors\":[{\"message\":\"check constraint of an insert/update permission has failed\","
                        + "\"extensions\":{\"path\":\"$.selectionSet.insert_article.args.objects[0].author.data\","
                        + "\"code\":\"permission-error\"}}]}");
        assertThat(writer.send("mutation { insert_article_one(object: {title: \"A\", tags: {data: []}}) { id } }"))
                .contains("field 'tags' not found in type: 'article_insert_input'");
        assertThat(admin.data("{ author { id } article { id } }")).isEqualTo("{\"author\":[],\"article\":[]}");
    }

    @Nested
    class WhatCannotBe {

        @Test
        void isAValueThatTheParentGives() {
            assertThat(admin.send("""
                            mutation { insert_author_one(object: {name: "Ann", articles: {data: [{title: "A", author_id: 7}]}})
                              { id } }"""))
                    .contains("cannot insert \\\"author_id\\\" columns as their values are already being determined by"
                            + " parent insert")
                    .contains("\"path\":\"$.selectionSet.insert_author_one.args.object[0].articles.data[0]\"")
                    .contains("validation-failed");
        }

        @Test
        void isAValueThatTheRelatedRowGives() {
            assertThat(admin.send("""
                            mutation { insert_article(objects: [{title: "A", author_id: 1, author: {data: {name: "Ann"}}}])
                              { affected_rows } }"""))
                    .contains("cannot insert object relationship \\\"author\\\" as \\\"author_id\\\" column values are"
                            + " already determined")
                    .contains("\"path\":\"$.selectionSet.insert_article.args.objects[0].author\"");
        }

        @Test
        void isARelationToARowThatDidNotGoIn() {
            admin.data("mutation { insert_author_one(object: {name: \"Ann\"}) { id } }");

            assertThat(admin.send("""
                            mutation { insert_article_one(object: {title: "A", author: {data: {name: "Ann"},
                                on_conflict: {constraint: author_name_key}}}) { id } }"""))
                    .contains("cannot proceed to insert object relation \\\"author\\\" since insert to table"
                            + " \\\"author\\\" affects zero rows")
                    .contains("not-supported");
            assertThat(admin.send("""
                            mutation { insert_author_one(object: {name: "Ann", articles: {data: [{title: "A"}]}},
                                on_conflict: {constraint: author_name_key}) { id } }"""))
                    .contains("cannot proceed to insert array relations since insert to table \\\"author\\\" affects"
                            + " zero rows");
        }

        @Test
        void isSaidAtItsPlace() {
            assertThat(admin.send("""
                            mutation { insert_author_one(object: {name: "Ann", articles: {data: [{title: "A",
                                tags: {data: [{label: "x"}, {label: "x"}]}}]}}) { id } }"""))
                    .contains("Uniqueness violation. duplicate key value violates unique constraint \\\"tag_pkey\\\"")
                    .contains(
                            "\"path\":\"$.selectionSet.insert_author_one.args.object[0].articles.data[0].tags.data\"");
            assertThat(admin.data("{ author { id } }")).isEqualTo("{\"author\":[]}");
        }
    }
}
