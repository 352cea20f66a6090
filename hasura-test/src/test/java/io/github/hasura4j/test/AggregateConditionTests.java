package io.github.hasura4j.test;

import java.nio.file.Path;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Rows filtered and ordered by what belongs to them, and values by their special operators. */
class AggregateConditionTests {

    @TempDir
    private static Path directory;

    private static LocalHasura engine;
    private static Requests admin;

    @BeforeAll
    static void start() {
        ProjectFiles.in(directory).withMigration("""
                        CREATE EXTENSION ltree;
                        CREATE EXTENSION citext;
                        CREATE TABLE team (name text PRIMARY KEY, path ltree, nick citext, info jsonb);
                        CREATE TABLE player (id integer PRIMARY KEY, team text NOT NULL REFERENCES team, goals integer,
                            weight float8, fit boolean);
                        INSERT INTO team VALUES ('A', 'top.one', 'Alpha', '{"x": "Hello"}'), ('B', 'top.two.deep', 'beta', '[1]'),
                            ('C', 'other', NULL, NULL);
                        INSERT INTO player VALUES (1, 'A', 5, 80.5, true), (2, 'A', 1, 70, true), (3, 'B', 9, 90, false),
                            (4, 'B', 9, 60, true), (5, 'B', NULL, 65, true);
                        """).withTable("team", """
                        table: team
                        array_relationships:
                        - {name: players, using: {foreign_key_constraint_on: {table: player, column: team}}}
                        select_permissions:
                        - {role: fan, permission: {columns: '*', filter: {}}}
                        - {role: stranger, permission: {columns: '*', filter: {}}}
                        """).withTable("player", """
                        table: player
                        select_permissions:
                        - {role: fan, permission: {columns: '*', filter: {fit: {_eq: true}}, allow_aggregations: true}}
                        - {role: stranger, permission: {columns: '*', filter: {}}}
                        """);
        engine = LocalHasura.forProject(directory).start();
        admin = Requests.to(engine);
    }

    @AfterAll
    static void stop() {
        engine.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{players_aggregate: {count: {predicate: {_gt: 2}}}} | B",
                "{players_aggregate: {count: {predicate: {_eq: 0}}}} | C",
                "{players_aggregate: {count: {predicate: {_eq: 1}, arguments: [goals], distinct: true}}} | B",
                "{players_aggregate: {count: {predicate: {_eq: 1}, filter: {goals: {_lt: 3}}}}} | A",
                "{players_aggregate: {bool_and: {arguments: fit, predicate: {_eq: true}}}} | A",
                "{players_aggregate: {bool_or: {arguments: fit, filter: {goals: {_gt: 8}}, predicate: {_eq: true}}}} | B",
                "{players_aggregate: {max: {arguments: weight, predicate: {_gt: 85}}}} | B",
                "{players_aggregate: {avg: {arguments: weight, predicate: {_lt: 73}}}} | B",
                "{players_aggregate: {corr: {arguments: {X: weight, Y: weight}, predicate: {_gt: 0.9}}}} | A B",
                "{_not: {players_aggregate: {count: {predicate: {_gt: 0}}}}} | C",
                "{path: {_descendant: \"top\"}} | A B",
                "{path: {_ancestor: \"top.one.more\"}} | A",
                "{path: {_ancestor_any: [\"top.two.deep\", \"other.x\"]}} | B C",
                "{path: {_descendant_any: [\"top.two\", \"other\"]}} | B C",
                "{path: {_matches: \"top.*{2}\"}} | B",
                "{path: {_matches_any: [\"top.*{2}\", \"other\"]}} | B C",
                "{path: {_matches_fulltext: \"deep\"}} | B",
                "{nick: {_eq: \"ALPHA\"}} | A",
                "{nick: {_like: \"BE%\"}} | B",
                "{info: {_cast: {String: {_ilike: \"%hello%\"}}}} | A",
                "{info: {_has_key: \"x\"}} | A",
            })
    void filters(String where, String found) {
        String answer = admin.data("{ team(where: " + where + ", order_by: {name: asc}) { name } }");
        assertThat(answer.replaceAll(".*?\"name\":\"(.)\"", "$1 ")
                        .replaceAll("[^A-C ]", "")
                        .strip())
                .isEqualTo(found);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{players_aggregate: {count: desc}} | B A C",
                "[{players_aggregate: {max: {weight: asc_nulls_first}}}] | C A B",
                "[{players_aggregate: {sum: {goals: desc_nulls_last}}}] | B A C",
                "[{players_aggregate: {avg: {weight: desc_nulls_last}}}] | A B C",
            })
    void orders(String order, String found) {
        String answer = admin.data("{ team(order_by: " + order + ") { name } }");
        assertThat(answer.replaceAll(".*?\"name\":\"(.)\"", "$1 ")
                        .replaceAll("[^A-C ]", "")
                        .strip())
                .isEqualTo(found);
    }

    @Test
    void countsOnlyWhatTheRoleSees() {
        assertThat(admin.asRole("fan")
                        .data(
                                "{ team(where: {players_aggregate: {count: {predicate: {_eq: 2}}}}, order_by: {name: asc})"
                                        + " { name } }"))
                .isEqualTo("{\"team\":[{\"name\":\"A\"}, {\"name\":\"B\"}]}");
        assertThat(admin.asRole("stranger").send("{ team(where: {players_aggregate: {}}) { name } }"))
                .contains("field 'players_aggregate' not found in type: 'team_bool_exp'");
        assertThat(admin.asRole("stranger").send("{ team(order_by: {players_aggregate: {}}) { name } }"))
                .contains("field 'players_aggregate' not found in type: 'team_order_by'");
    }

    @Test
    void aggregatesWithEveryFunction() {
        assertThat(admin.data("""
                        { player_aggregate(where: {team: {_eq: "A"}}) { aggregate { avg { goals } sum { goals weight }
                            min { goals team } max { weight } stddev { goals } stddev_pop { goals } stddev_samp { goals }
                            var_pop { goals } var_samp { goals } variance { goals } count(columns: [goals], distinct: true) } } }"""))
                .contains("\"avg\":{\"goals\":3.0000000000000000}")
                .contains("\"sum\":{\"goals\":6,\"weight\":150.5}")
                .contains("\"min\":{\"goals\":1,\"team\":\"A\"}")
                .contains("\"var_pop\":{\"goals\":4.0000000000000000}")
                .contains("\"count\":2");
    }
}
