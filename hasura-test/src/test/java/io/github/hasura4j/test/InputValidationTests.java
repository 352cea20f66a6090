package io.github.hasura4j.test;

import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

import io.github.hasura4j.test.Fixtures.Fixture;
import io.github.hasura4j.test.engine.EngineJson;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** What the webhooks of {@code validate_input} are asked, and what comes of their answers. */
class InputValidationTests {

    @TempDir
    private static Path directory;

    private static StubHandler handler;
    private static LocalHasura engine;
    private static Requests user;

    @BeforeAll
    static void start() {
        handler = new StubHandler();
        String validator = """
                validate_input:
                        type: http
                        definition: {url: '{{HANDLER}}/%s', headers: [{name: X-Secret, value: v}], timeout: 2, forward_client_headers: true}
                """;
        ProjectFiles.in(directory)
                .withMigration(
                        "CREATE TABLE users (id bigint PRIMARY KEY, name text, phone text, owner text, amount numeric,"
                                + " doc jsonb, at timestamptz, tags text[], note text, views integer DEFAULT 0);"
                                + " CREATE TABLE lost (id integer PRIMARY KEY);"
                                + " CREATE TABLE profile (id serial PRIMARY KEY, bio text);"
                                + " CREATE TABLE people (id bigint PRIMARY KEY DEFAULT floor(random() * 1000000), name text, phone text,"
                                + " email text, content text, amount numeric, doc jsonb, at timestamptz, tags text[], note text,"
                                + " views integer, a integer, n integer, profile_id integer REFERENCES profile);"
                                + " CREATE TABLE article (id serial PRIMARY KEY, title text, person_id bigint REFERENCES people)")
                .withTable("users", """
                        table: {schema: public, name: users}
                        configuration: {column_config: {phone: {custom_name: telephone}}}
                        select_permissions:
                        - {role: user, permission: {columns: '*', filter: {}}}
                        insert_permissions:
                        - role: user
                          permission:
                            check: {}
                            columns: [id, name, phone, amount, doc, at, tags, note]
                            set: {owner: x-hasura-user-id}
                            %s
                        update_permissions:
                        - role: user
                          permission:
                            columns: [name, phone, views]
                            filter: {}
                            check: {}
                            %s
                        delete_permissions:
                        - role: user
                          permission:
                            filter: {}
                            %s
                        """.formatted(
                                validator.formatted("insert").indent(4).strip(),
                                validator.formatted("update").indent(4).strip(),
                                validator.formatted("delete").indent(4).strip()))
                .withTable("people", """
                        table: people
                        array_relationships:
                        - {name: articles, using: {foreign_key_constraint_on: {table: article, column: person_id}}}
                        object_relationships:
                        - {name: profile, using: {foreign_key_constraint_on: profile_id}}
                        select_permissions: [{role: user, permission: {columns: '*', filter: {}}}]
                        insert_permissions: [{role: user, permission: {check: {}, columns: '*', validate_input: {type: http, definition: {url: '{{HANDLER}}/people'}}}}]
                        update_permissions: [{role: user, permission: {filter: {}, columns: '*', validate_input: {type: http, definition: {url: '{{HANDLER}}/people'}}}}]
                        delete_permissions: [{role: user, permission: {filter: {}, validate_input: {type: http, definition: {url: '{{HANDLER}}/people'}}}}]
                        """)
                .withTable("article", """
                        table: article
                        insert_permissions: [{role: user, permission: {check: {}, columns: '*', validate_input: {type: http, definition: {url: '{{HANDLER}}/articles'}}}}]
                        """)
                .withTable("profile", """
                        table: profile
                        insert_permissions: [{role: user, permission: {check: {}, columns: '*'}}]
                        """)
                .withTable("lost", """
                        table: {schema: public, name: lost}
                        insert_permissions:
                        - role: user
                          permission: {check: {}, columns: [id], validate_input: {type: http, definition: {url: '{{NOT_SET}}/x'}}}
                        """);
        engine = LocalHasura.forProject(directory)
                .adminSecret("s")
                .environment("HANDLER", handler.url())
                .start();
        user = Requests.to(engine)
                .with("x-hasura-admin-secret", "s")
                .asRole("user")
                .with("x-hasura-user-id", "7");
    }

    @AfterAll
    static void stop() {
        engine.close();
        handler.close();
    }

    @BeforeEach
    void forget() {
        Database.of(engine).run("DELETE FROM users; INSERT INTO users (id, name) VALUES (1, 'Ann'), (3, 'Bob')");
        handler.answers(200, "");
        handler.forget();
    }

    @Nested
    class AnInsert {

        @Test
        void sendsAllRowsByTheDatabasesNamesWithoutPresets() {
            user.data(
                    "mutation { insert_users(objects: [{id: 8, name: \"John\", telephone: \"999\"}, {id: 9, telephone: null}],"
                            + " on_conflict: {constraint: users_pkey, update_columns: [name]}) { affected_rows } }");

            StubHandler.Received request = handler.next();
            assertThat(request.path()).isEqualTo("/insert");
            assertThat(request.body())
                    .isEqualTo("{\"version\":1,\"role\":\"user\",\"session_variables\":{\"x-hasura-role\":\"user\","
                            + "\"x-hasura-user-id\":\"7\"},\"data\":{\"input\":[{\"id\":8,\"name\":\"John\",\"phone\":\"999\"},"
                            + "{\"id\":9,\"phone\":null}]}}");
            assertThat(handler.hasReceivedNothingMore()).isTrue();
        }

        @Test
        void sendsOneRowAsAList() {
            user.data("mutation { insert_users_one(object: {id: 8}) { owner } }");
            assertThat(input(handler.next())).isEqualTo("[{\"id\":8}]");
        }

        @Test
        void keepsEveryDigit() {
            user.data(
                    "mutation ($id: bigint!, $amount: numeric, $doc: jsonb) { insert_users_one(object: {id: $id, amount: $amount,"
                            + " doc: $doc, at: \"2024-02-29T13:45:30Z\", tags: [\"a\", \"b\"], note: null}) { id } }",
                    "{\"id\": 9007199254740993, \"amount\": 0.01, \"doc\": {\"a\": [1, null]}}");
            assertThat(input(handler.next()))
                    .isEqualTo("[{\"id\":9007199254740993,\"amount\":1.0e-2,\"doc\":{\"a\":[1,null]},"
                            + "\"at\":\"2024-02-29T13:45:30Z\",\"tags\":[\"a\",\"b\"],\"note\":null}]");
        }

        @Test
        void carriesConfiguredAndForwardedHeaders() {
            user.with("X-Mine", "1").data("mutation { insert_users_one(object: {id: 8}) { id } }");
            StubHandler.Received request = handler.next();
            assertThat(request.header("X-Secret")).isEqualTo("v");
            assertThat(request.header("X-Mine")).isEqualTo("1");
            assertThat(request.header("X-Hasura-User-Id")).isNull();
            assertThat(request.header("X-B3-TraceId")).isNotNull();
        }
    }

    @Nested
    class OtherMutations {

        @Test
        void sendAnUpdatesArguments() {
            user.data(
                    "mutation ($name: String) { update_users(where: {id: {_eq: 1}}, _set: {name: $name, telephone: null})"
                            + " { affected_rows } }",
                    "{\"name\": \"John\"}");
            StubHandler.Received request = handler.next();
            assertThat(request.path()).isEqualTo("/update");
            assertThat(json(input(request)))
                    .isEqualTo(
                            json("[{\"where\":{\"id\":{\"_eq\":1}},\"_set\":{\"name\":\"John\",\"telephone\":null}}]"));
        }

        @Test
        void sendAnUpdatesKey() {
            user.data(
                    "mutation { update_users_by_pk(pk_columns: {id: 3}, _set: {name: \"Hi\"}, _inc: {views: 1}) { id } }");
            assertThat(json(input(handler.next())))
                    .isEqualTo(json("[{\"pk_columns\":{\"id\":3},\"_set\":{\"name\":\"Hi\"},\"_inc\":{\"views\":1}}]"));
        }

        @Test
        void sendADeletesCondition() {
            user.data("mutation { delete_users(where: {id: {_eq: 10}}) { affected_rows } }");
            StubHandler.Received request = handler.next();
            assertThat(request.path()).isEqualTo("/delete");
            assertThat(input(request)).isEqualTo("[{\"where\":{\"id\":{\"_eq\":10}}}]");
        }

        @Test
        void sendADeletesKey() {
            user.data("mutation { delete_users_by_pk(id: 3) { id } }");
            assertThat(input(handler.next())).isEqualTo("[{\"pk_columns\":{\"id\":3}}]");
        }
    }

    @Test
    void doesNotConcernAdmin() {
        Requests.to(engine)
                .with("x-hasura-admin-secret", "s")
                .data("mutation { insert_users_one(object: {id: 8}) { id } delete_users_by_pk(id: 8) { id } }");
        assertThat(handler.hasReceivedNothingMore()).isTrue();
    }

    /** What is asked in each request fixture, by a table of the fixture's own columns. */
    private static final Map<String, String> ASKING = Map.of(
            "validate-input-insert-rows",
            "insert_people(objects: [{name: \"John\", phone: \"999\"}, {name: \"Jane\", phone: \"998\"}])",
            "validate-input-insert-types",
            "insert_people(objects: [{id: 9007199254740993, amount: 0.01, doc: {a: [1, null]}, at: \"2024-02-29T13:45:30Z\","
                    + " tags: [\"a\", \"b\"], note: null}])",
            "validate-input-insert-nested",
            "insert_people(objects: [{name: \"Ann\", email: \"a@example.com\", articles: {data: [{title: \"A\"}, {title: \"B\"}]},"
                    + " profile: {data: {bio: \"x\"}}}])",
            "validate-input-update-where",
            "update_people(where: {id: {_eq: 1}}, _set: {name: \"John\", email: \"random email\"})",
            "validate-input-update-by-pk",
            "update_people_by_pk(pk_columns: {id: 3}, _set: {content: \"Hi\"}, _inc: {views: 1})",
            "validate-input-update-many",
            "update_people_many(updates: [{where: {id: {_eq: 1}}, _set: {a: 1}}, {where: {id: {_in: [2, 3]}}, _inc: {n: 1}}])",
            "validate-input-delete-where",
            "delete_people(where: {id: {_eq: 10}})",
            "validate-input-delete-by-pk",
            "delete_people_by_pk(id: 3)");

    /** The second call of a nested insert, and what the local engine does not send. */
    private static final Map<String, String> NOT_ASKED = Map.of(
            "validate-input-insert-nested-child-call", "the second call of another fixture",
            "validate-input-data-null", "the real engine does not send it either",
            "validate-input-graphql-default-naming", "naming conventions are not supported");

    static Stream<Fixture> requests() {
        return Fixtures.named("validate-input-")
                .filter(fixture -> !fixture.name().contains("-response-"));
    }

    static Stream<Fixture> asked() {
        return requests().filter(fixture -> !NOT_ASKED.containsKey(fixture.name()));
    }

    @Test
    void nameEveryFixtureThatIsNotAsked() {
        assertThat(asked().map(Fixture::name)).containsExactlyInAnyOrderElementsOf(ASKING.keySet());
        assertThat(requests()).hasSize(ASKING.size() + NOT_ASKED.size());
    }

    @ParameterizedTest
    @MethodSource("asked")
    void asksWhatTheRealEngineAsks(Fixture fixture) {
        String field = Objects.requireNonNull(ASKING.get(fixture.name()));
        user.data("mutation { " + field + (field.contains("_by_pk") ? " { id } }" : " { affected_rows } }"));

        JsonNode body = handler.next().json();
        assertThat(body).isEqualTo(fixture.request());
        if (fixture.name().equals("validate-input-insert-nested")) {
            JsonNode child =
                    Fixtures.of("validate-input-insert-nested-child-call").request();
            assertThat(handler.next().json()).isEqualTo(child);
        }
        assertThat(handler.hasReceivedNothingMore()).isTrue();
    }

    static Stream<Fixture> answers() {
        return Fixtures.named("validate-input-response-");
    }

    @Test
    void thereAreFixtures() {
        assertThat(answers()).hasSize(4);
    }

    @ParameterizedTest
    @MethodSource("answers")
    void comesOutAsInTheRealEngine(Fixture fixture) {
        handler.answers(request -> fixture.response());

        String answer = user.send("mutation { insert_users_one(object: {id: 8, telephone: \"1\"}) { id } }");

        if (fixture.result().isString()) {
            assertThat(answer).isEqualTo("{\"data\":{\"insert_users_one\":{\"id\":8}}}");
        } else {
            assertThat(json(answer)).isEqualTo(fixture.result());
        }
    }

    @Test
    void oneRefusalRefusesAllBeforeAnythingRuns() {
        handler.answers(request -> request.path().equals("/delete")
                ? StubHandler.Reply.json(400, "{\"message\": \"not this one\"}")
                : StubHandler.Reply.json(200, ""));
        assertThat(user.send("mutation { insert_users_one(object: {id: 8}) { id } delete_users_by_pk(id: 1) { id } }"))
                .contains("not this one");
        assertThat(Database.of(engine).column("SELECT id FROM users ORDER BY id"))
                .containsExactly("1", "3");
    }

    @Test
    void saysThatNobodyAnswersInTime() {
        handler.stallsInTheMiddleOf("/insert");
        assertThat(user.send("mutation { insert_users_one(object: {id: 8}) { id } }"))
                .contains("\"message\":\"http exception when validating input data\"", "\"code\":\"unexpected\"")
                .doesNotContain("internal");
        handler.answersAgain("/insert");
    }

    @Test
    void refusesWhatCannotBeValidated() {
        assertThat(user.send("mutation { insert_lost(objects: [{id: 8}]) { affected_rows } }"))
                .contains("http exception when validating input data");
        assertThat(engine.inconsistentObjects())
                .extracting(Object::toString)
                .containsExactly(
                        "insert_permission 'user in table public.lost': Inconsistent object: Value for environment"
                                + " variables not found: NOT_SET");
    }

    private static String input(StubHandler.Received request) {
        return request.body().replaceFirst("^.*\"data\":\\{\"input\":", "").replaceFirst("}}$", "");
    }

    private static JsonNode json(String text) {
        return EngineJson.parse(text);
    }
}
