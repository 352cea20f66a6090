package io.github.hasura4j.test;

import java.nio.file.Path;

import io.github.hasura4j.test.engine.EngineJson;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** Roles made of others: the rows and columns of all of them, cell by cell, and what they may change alike. */
class InheritedRoleTests {

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
                        CREATE TABLE manager (id integer PRIMARY KEY, name text NOT NULL, phone text, address text);
                        CREATE TABLE employee (id integer PRIMARY KEY, name text NOT NULL, salary integer NOT NULL,
                          remarks text, secret text, manager_id integer NOT NULL REFERENCES manager);
                        CREATE FUNCTION yearly(row_ employee) RETURNS integer LANGUAGE sql STABLE AS 'SELECT row_.salary * 12';
                        CREATE TABLE note (id serial PRIMARY KEY, owner text, body text);
                        CREATE FUNCTION tidy() RETURNS SETOF note LANGUAGE sql VOLATILE AS 'SELECT * FROM note';
                        INSERT INTO manager VALUES (1, 'M1', '111', 'here'), (2, 'M2', '222', 'there');
                        INSERT INTO employee VALUES (1, 'E1', 100, 'good', 's', 1), (2, 'E2', 200, 'good', 's', 1),
                          (4, 'E4', 400, 'hard working', 's', 2);
                        INSERT INTO note (owner, body) VALUES ('1', 'mine'), ('2', 'theirs');
                        """)
                .withTable("manager", """
                        table: manager
                        array_relationships:
                        - {name: employees, using: {foreign_key_constraint_on: {table: employee, column: manager_id}}}
                        select_permissions:
                        - {role: manager, permission: {columns: '*', filter: {id: {_eq: X-Hasura-Manager-Id}}}}
                        - {role: employee, permission: {columns: [name, phone], filter: {employees: {manager_id: {_eq: X-Hasura-Manager-Id}}}}}
                        """)
                .withTable("employee", """
                        table: employee
                        object_relationships:
                        - {name: manager, using: {foreign_key_constraint_on: manager_id}}
                        computed_fields:
                        - {name: yearly, definition: {function: yearly}}
                        select_permissions:
                        - role: employee
                          permission: {columns: [id, name, salary], computed_fields: [yearly], limit: 1, query_root_fields: [select], filter: {id: {_eq: X-Hasura-User-Id}}}
                        - role: manager
                          permission: {columns: [name, remarks], allow_aggregations: true, limit: 2, filter: {manager_id: {_eq: X-Hasura-Manager-Id}}}
                        """)
                .withTable("note", """
                        table: note
                        select_permissions:
                        - {role: employee, permission: {columns: [id, owner, body], filter: {owner: {_eq: X-Hasura-User-Id}}}}
                        - {role: overriding, permission: {columns: [body], filter: {}}}
                        insert_permissions:
                        - {role: employee, permission: {columns: [body], check: {}, set: {owner: X-Hasura-User-Id}}}
                        update_permissions:
                        - {role: employee, permission: {columns: [body], filter: {owner: {_eq: X-Hasura-User-Id}}}}
                        - {role: manager, permission: {columns: [body, owner], filter: {}}}
                        delete_permissions:
                        - {role: employee, permission: {filter: {owner: {_eq: X-Hasura-User-Id}}}}
                        - {role: manager, permission: {filter: {owner: {_eq: X-Hasura-User-Id}}}}
                        """)
                .with("metadata/databases/default/functions/functions.yaml", """
                        - {function: tidy, configuration: {exposed_as: mutation}, permissions: [{role: employee}]}
                        """)
                .with("metadata/actions.graphql", "type Query { greet: String }")
                .with("metadata/actions.yaml", """
                        actions: [{name: greet, definition: {kind: synchronous, handler: '{{HANDLER}}/greet'}, permissions: [{role: manager}]}]
                        """)
                .with("metadata/inherited_roles.yaml", """
                        - {role_name: both, role_set: [manager, employee]}
                        - {role_name: nested, role_set: [both, overriding]}
                        - {role_name: overriding, role_set: [employee]}
                        """)
                .with("metadata/databases/databases.yaml", """
                        - name: default
                          kind: postgres
                          tables: "!include default/tables/tables.yaml"
                          functions: "!include default/functions/functions.yaml"
                        """);
        engine = LocalHasura.forProject(directory)
                .environment("HANDLER", handler.url())
                .start();
        admin = Requests.to(engine);
        initial = admin.run("export_metadata", "{}");
    }

    @AfterAll
    static void stop() {
        engine.close();
        handler.close();
    }

    @AfterEach
    void clean() {
        engine.cleanData();
    }

    /** Employee 1, and manager of employee 4. */
    private static Requests both() {
        return as("both");
    }

    private static Requests as(String role) {
        return admin.asRole(role).with("x-hasura-user-id", "1").with("x-hasura-manager-id", "2");
    }

    private static String flat(String data) {
        return EngineJson.parse(data).toString();
    }

    @Nested
    class Reading {

        @Test
        void showsTheRowsOfAllAndInEachOnlyWhatSomebodyWhoHasItSees() {
            assertThat(flat(both().data("{ employee(order_by: {name: asc}) { id name salary remarks yearly } }")))
                    .isEqualTo(
                            "{\"employee\":["
                                    + "{\"id\":1,\"name\":\"E1\",\"salary\":100,\"remarks\":null,\"yearly\":1200},"
                                    + "{\"id\":null,\"name\":\"E4\",\"salary\":null,\"remarks\":\"hard working\",\"yearly\":null}]}");
            assertThat(both().send("{ employee { secret } }")).contains("field 'secret' not found in type: 'employee'");
        }

        @Test
        void goesOnThroughRelationships() {
            assertThat(flat(both().data(
                                    "{ employee(order_by: {name: asc}) { name manager { id name phone address } } }")))
                    .isEqualTo(
                            "{\"employee\":[{\"name\":\"E1\",\"manager\":null},"
                                    + "{\"name\":\"E4\",\"manager\":{\"id\":2,\"name\":\"M2\",\"phone\":\"222\",\"address\":\"there\"}}]}");
        }

        @Test
        void doesNotTellByOtherWaysWhatACellHides() {
            assertThat(both().data("{ employee(where: {salary: {_gt: 300}}) { name } }"))
                    .isEqualTo("{\"employee\":[]}");
            assertThat(flat(both().data("{ employee(order_by: {salary: desc_nulls_last}) { name } }")))
                    .isEqualTo("{\"employee\":[{\"name\":\"E1\"},{\"name\":\"E4\"}]}");
            assertThat(
                            both().data(
                                            "{ employee_aggregate { aggregate { count(columns: salary) sum { salary } max { id } } } }"))
                    .isEqualTo(
                            "{\"employee_aggregate\":{\"aggregate\":{\"count\":1,\"sum\":{\"salary\":100},\"max\":{\"id\":1}}}}");
            assertThat(flat(both().data("{ employee(distinct_on: salary) { salary } }")))
                    .isEqualTo("{\"employee\":[{\"salary\":100},{\"salary\":null}]}");
            assertThat(both().send("{ employee(distinct_on: salary, order_by: {salary: asc}) { salary } }"))
                    .contains("not-supported");
            assertThat(both().data("{ employee_by_pk(id: 1) { name } }")).contains("E1");
            assertThat(both().data("{ employee_by_pk(id: 4) { name } }")).isEqualTo("{\"employee_by_pk\":null}");
        }

        @Test
        void hasTheLargestLimitAndWhatAnybodyMayAggregate() {
            Requests first = admin.asRole("both").with("x-hasura-user-id", "4").with("x-hasura-manager-id", "1");

            assertThat(EngineJson.parse(first.data("{ employee { name } }")).path("employee"))
                    .hasSize(2);
            assertThat(first.data("{ employee_aggregate { aggregate { count } } }"))
                    .contains("\"count\":3");
            assertThat(as("employee").send("{ employee_aggregate { aggregate { count } } }"))
                    .contains("not found");
        }

        @Test
        void mayGiveNullWhereColumnsCannotHaveIt() {
            assertThat(both().data("{ __type(name: \"employee\") { fields { name type { kind } } } }"))
                    .contains("{\"name\":\"name\",\"type\":{\"kind\":\"NON_NULL\"}}")
                    .contains("{\"name\":\"salary\",\"type\":{\"kind\":\"SCALAR\"}}");
            assertThat(as("employee").data("{ __type(name: \"employee\") { fields { name type { kind } } } }"))
                    .contains("{\"name\":\"salary\",\"type\":{\"kind\":\"NON_NULL\"}}");
        }

        @Test
        void ofATableThatOneParentAloneSeesIsThatParents() {
            assertThat(both().data("{ note { id body } }")).isEqualTo("{\"note\":[{\"id\":1,\"body\":\"mine\"}]}");
        }

        @Test
        void isOverriddenByAPermissionOfItsOwn() {
            assertThat(flat(as("overriding").data("{ note(order_by: {body: asc}) { body } }")))
                    .isEqualTo("{\"note\":[{\"body\":\"mine\"},{\"body\":\"theirs\"}]}");
            assertThat(as("overriding").send("{ note { owner } }")).contains("not found");
        }

        @Test
        void keepsCellsHiddenThroughRolesThatAreInheritedThemselves() {
            assertThat(flat(as("nested").data("{ employee(order_by: {name: asc}) { name salary remarks } }")))
                    .isEqualTo("{\"employee\":[{\"name\":\"E1\",\"salary\":100,\"remarks\":null},"
                            + "{\"name\":\"E4\",\"salary\":null,\"remarks\":\"hard working\"}]}");
            assertThat(flat(as("nested").data("{ note(order_by: {body: asc}) { owner body } }")))
                    .isEqualTo("{\"note\":[{\"owner\":\"1\",\"body\":\"mine\"},{\"owner\":null,\"body\":\"theirs\"}]}");
        }
    }

    @Nested
    class Changing {

        @Test
        void isInheritedFromTheOneWhoMay() {
            assertThat(both().data("mutation { insert_note_one(object: {body: \"new\"}) { owner body } }"))
                    .isEqualTo("{\"insert_note_one\":{\"owner\":\"1\",\"body\":\"new\"}}");
            assertThat(both().data("mutation { tidy { body } }")).contains("mine");
        }

        @Test
        void isInheritedFromThoseWhoMayAlike() {
            assertThat(both().data("mutation { delete_note(where: {}) { affected_rows returning { body } } }"))
                    .isEqualTo("{\"delete_note\":{\"affected_rows\":1,\"returning\":[{\"body\":\"mine\"}]}}");
        }

        @Test
        void isNotInheritedFromThoseWhoDiffer() {
            assertThat(both().send("mutation { update_note(where: {}, _set: {body: \"x\"}) { affected_rows } }"))
                    .contains("field 'update_note' not found in type: 'mutation_root'");
            assertThat(engine.inconsistentObjects())
                    .extracting(InconsistentObject::name, InconsistentObject::reason)
                    .containsExactly(org.assertj.core.api.Assertions.tuple(
                            "both",
                            "Could not inherit permission for the role 'both' for the entity: 'update permission,"
                                    + " table: note, source: 'default''"));
            JsonNode shown = EngineJson.parse(admin.run("get_inconsistent_metadata", "{}"))
                    .path("inconsistent_objects")
                    .path(0);
            assertThat(shown.path("type").asString("")).isEqualTo("inherited role permission inconsistency");
            assertThat(shown.path("entity").toString())
                    .isEqualTo("{\"permission_type\":\"update\",\"source\":\"default\",\"table\":\"note\"}");
        }

        @Test
        void ofAnActionIsForWhoeverInheritsFromSomebodyWhoMay() {
            handler.answers(200, "\"Hello\"");
            assertThat(both().data("{ greet }")).isEqualTo("{\"greet\":\"Hello\"}");
            assertThat(handler.next()
                            .json()
                            .path("session_variables")
                            .path("x-hasura-role")
                            .asString(""))
                    .isEqualTo("both");
            assertThat(as("nested").data("{ greet }")).isEqualTo("{\"greet\":\"Hello\"}");
            assertThat(as("overriding").send("{ greet }")).contains("field 'greet' not found");
        }
    }

    @Nested
    class Metadata {

        @Test
        void isSupported() {
            assertThat(engine.unsupported()).isEmpty();
        }

        @Test
        void takesAndDropsRoles() {
            admin.run("add_inherited_role", "{\"role_name\": \"third\", \"role_set\": [\"manager\"]}");
            assertThat(as("third").data("{ manager { id } }")).isEqualTo("{\"manager\":[{\"id\":2}]}");
            admin.run("add_inherited_role", "{\"role_name\": \"third\", \"role_set\": [\"manager\", \"employee\"]}");
            assertThat(as("third").data("{ note { id } }")).contains("1");
            admin.run("drop_inherited_role", "{\"role_name\": \"third\"}");
            assertThat(as("third").send("{ manager { id } }")).contains("not found");
            assertThat(admin.run("export_metadata", "{}")).isEqualTo(initial);
        }

        @Test
        void refusesRolesThatCannotBe() {
            JsonNode unknown = admin.refused(
                    400, "add_inherited_role", "{\"role_name\": \"x\", \"role_set\": [\"employee\", \"nobody\"]}");
            assertThat(unknown.path("code").asString("")).isEqualTo("invalid-configuration");
            assertThat(unknown.path("error").asString(""))
                    .isEqualTo(
                            "Inconsistent object: in inherited role x: the following parent role(s) are not found: nobody"
                                    + " which are required to construct the inherited role: \"x\"");
            assertThat(unknown.path("internal").path(0).path("name").asString(""))
                    .isEqualTo("inherited_role inherited role x");
            assertThat(admin.refused(400, "add_inherited_role", "{\"role_name\": \"x\", \"role_set\": [\"x\"]}")
                            .path("error")
                            .asString(""))
                    .isEqualTo("an inherited role name cannot be in the role combination");
            assertThat(admin.refused(400, "add_inherited_role", "{\"role_name\": \"both\", \"role_set\": [\"nested\"]}")
                            .path("error")
                            .asString(""))
                    .isEqualTo("found cycle(s) in roles: [\"nested\",\"both\",\"nested\"]");
            assertThat(admin.refused(400, "drop_inherited_role", "{\"role_name\": \"x\"}")
                            .path("error")
                            .asString(""))
                    .isEqualTo("\"x\" inherited role doesn't exist");
            assertThat(admin.refused(400, "drop_inherited_role", "{\"role_name\": \"both\"}")
                            .path("internal")
                            .path(0)
                            .toString())
                    .contains("in inherited role nested");
        }

        @Test
        void mayGoInCirclesWithoutHarmToTheRest() {
            JsonNode circular = EngineJson.parse(initial.replace(
                    "{\"role_name\":\"both\",\"role_set\":[\"manager\",\"employee\"]}",
                    "{\"role_name\":\"both\",\"role_set\":[\"manager\",\"nested\"]}"));
            admin.run("replace_metadata", "{\"allow_inconsistent_metadata\": true, \"metadata\": " + circular + "}");

            assertThat(engine.inconsistentObjects())
                    .extracting(InconsistentObject::type, InconsistentObject::name)
                    .contains(
                            org.assertj.core.api.Assertions.tuple("inherited_role", "both"),
                            org.assertj.core.api.Assertions.tuple("inherited_role", "nested"));
            assertThat(as("overriding").data("{ employee { id } }")).isEqualTo("{\"employee\":[{\"id\":1}]}");
            assertThat(both().send("{ employee { id } }")).contains("not found");
        }
    }
}
