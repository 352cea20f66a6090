package io.github.hasura4j.client;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class DocumentCallTests {

    private static final String TEAMS = """
            query teams($city: String!, $limit: Int = 5) {
              team(where: {city: {_eq: $city}}, limit: $limit) { id name members { id nick } }
            }""";

    private static final String ONE_TEAM = """
            {"data": {"team": [{"id": "b7f1a2de-0c3d-4a4c-9b0e-5b1b3a6d7c11", "name": "Blue",
              "members": [{"id": "0a0c55a4-94f5-4b8a-b6c4-2d80d1f6a3e2", "nick": "ada"}]}]}}""";

    @AutoClose
    private final FakeEngine engine = new FakeEngine().withoutValidation();

    private final HasuraClient hasura = engine.admin();

    record Member(UUID id, String nick) {}

    record Team(UUID id, String name, List<Member> members) {}

    @Test
    void sendsTheTextAsItIsWithItsVariables() {
        hasura.document(TEAMS).variable("city", "Bern").execute();

        assertThat(engine.asked().document()).isEqualTo(TEAMS);
        assertThat(engine.asked().body().path("operationName").asString()).isEqualTo("teams");
        assertThat(engine.asked().body().path("variables").toString()).isEqualTo("{\"city\":\"Bern\"}");
    }

    @Test
    void sendsAnExplicitNull() {
        hasura.document(TEAMS)
                .variables(Map.of("city", "Bern"))
                .variable("limit", null)
                .execute();

        assertThat(engine.asked().body().path("variables").toString()).isEqualTo("{\"city\":\"Bern\",\"limit\":null}");
    }

    @Test
    void bindsAListOfRecords() {
        engine.answers(ONE_TEAM);

        List<Team> teams = hasura.document(TEAMS).variable("city", "Bern").fetchList("team", Team.class);

        assertThat(teams)
                .containsExactly(new Team(
                        UUID.fromString("b7f1a2de-0c3d-4a4c-9b0e-5b1b3a6d7c11"),
                        "Blue",
                        List.of(new Member(UUID.fromString("0a0c55a4-94f5-4b8a-b6c4-2d80d1f6a3e2"), "ada"))));
    }

    @Test
    void givesATree() {
        engine.answers(ONE_TEAM);

        Result<JsonNode> result =
                hasura.document(TEAMS).variable("city", "Bern").execute();

        assertThat(result.hasErrors()).isFalse();
        assertThat(result.data().at("/team/0/members/0/nick").asString()).isEqualTo("ada");
        assertThat(result).asString().doesNotContain("Bern").doesNotContain("ada");
    }

    @Test
    void givesErrorsWithoutThrowingUntilDataIsUsed() {
        engine.answers("{\"data\": {\"team\": null}, \"errors\": [{\"message\": \"half\"}]}");

        Result<JsonNode> result = hasura.document("{ team { id } }").execute();

        assertThat(result.errors()).extracting(GraphQlError::message).containsExactly("half");
        assertThat(result.partialData()).isPresent();
        assertThatThrownBy(result::data).isInstanceOf(HasuraGraphQlException.class);
    }

    @Nested
    class AsOneValue {

        record Dashboard(List<Team> team, Integer total) {}

        @Test
        void bindsAllData() {
            engine.answers("{\"data\": {\"team\": [{\"name\": \"Blue\"}], \"total\": 1}}");

            Result<Dashboard> result =
                    hasura.document("{ team { name } total }").execute(Dashboard.class);

            assertThat(result.hasErrors()).isFalse();
            assertThat(result.data().total()).isEqualTo(1);
            assertThat(result.data().team()).extracting(Team::name).containsExactly("Blue");
        }

        @Test
        void givesPartialDataBesideErrors() {
            engine.answers("{\"data\": {\"team\": [], \"total\": null}, \"errors\": [{\"message\": \"half\"}]}");

            Result<Dashboard> result =
                    hasura.document("{ team { name } total }").execute(Dashboard.class);

            assertThat(result.errors()).extracting(GraphQlError::message).containsExactly("half");
            assertThat(result.partialData()).contains(new Dashboard(List.of(), null));
            assertThatThrownBy(result::data).isInstanceOf(HasuraGraphQlException.class);
        }

        @Test
        void givesNoPartialDataThatDoesNotFit() {
            engine.answers("{\"data\": {\"total\": \"hunter2\"}, \"errors\": [{\"message\": \"half\"}]}");

            Result<Dashboard> result = hasura.document("{ total }").execute(Dashboard.class);

            assertThat(result.hasErrors()).isTrue();
            assertThat(result.partialData()).isEmpty();
        }

        @Test
        void saysWhatDoesNotFitWithoutErrors() {
            engine.answers("{\"data\": {\"total\": \"hunter2\"}}");

            assertThatExceptionOfType(HasuraDecodingException.class)
                    .isThrownBy(() -> hasura.document("{ total }").execute(Dashboard.class))
                    .satisfies(e -> assertThat(e.path()).isEqualTo("total"));
        }
    }

    @Nested
    class WithTypeArguments {

        private static final String MAP = "{\"data\": {\"team\": [{\"name\": \"Blue\", \"size\": 10.50}]}}";

        @Test
        void bindsAsDeclared() {
            engine.answers(MAP);
            DocumentCall call = hasura.document("{ team { name size } }");

            assertThat(call.fetch("team", new TypeReference<List<Map<String, Object>>>() {})
                            .get(0))
                    .containsEntry("size", new BigDecimal("10.50"));
            assertThat(call.fetchList("team", new TypeReference<Map<String, Object>>() {}))
                    .hasSize(1);
            assertThat(call.fetchOptional("team", new TypeReference<List<JsonNode>>() {}))
                    .isPresent();
            assertThat(call.execute(new TypeReference<Map<String, List<JsonNode>>>() {})
                            .data())
                    .containsOnlyKeys("team");
        }

        @Test
        void bindsTheRowsOfADynamicCall() {
            engine.answers(MAP);
            DynamicResult result = hasura.query("team").select("name", "size").execute();

            assertThat(result.rows(new TypeReference<Map<String, String>>() {}))
                    .containsExactly(Map.of("name", "Blue", "size", "10.50"));
            assertThat(result.row(new TypeReference<Map<String, Object>>() {})).isPresent();
        }
    }

    @Nested
    class APath {

        private static final String NESTED =
                "{\"data\": {\"first\": {\"x\": [1, {}]}, \"user_by_pk\": {\"id\": 7, \"team\": {\"name\": \"Blue\"}, \"none\": null}, \"last\": [{}]}}";

        private final DocumentCall call = engine.answers(NESTED).admin().document("{ user_by_pk { team { name } } }");

        @Test
        void leadsToTheMiddleOfTheAnswer() {
            assertThat(call.fetch("user_by_pk.team.name", String.class)).isEqualTo("Blue");
        }

        @Test
        void isTheWholeDataIfItIsEmpty() {
            assertThat(call.fetch("", JsonNode.class)
                            .path("user_by_pk")
                            .path("id")
                            .asInt())
                    .isEqualTo(7);
        }

        @Test
        void throughNullIsNull() {
            assertThat(call.fetchOptional("user_by_pk.none.name", String.class)).isEmpty();
            assertThat(call.fetchList("user_by_pk.none", String.class)).isEmpty();
            assertThatExceptionOfType(HasuraDecodingException.class)
                    .isThrownBy(() -> call.fetch("user_by_pk.none", String.class))
                    .satisfies(e -> assertThat(e.found()).isEqualTo("null"))
                    .withMessageContaining("fetchOptional");
        }

        @Test
        void toNothingNamesWhatIsThere() {
            assertThatExceptionOfType(HasuraDecodingException.class)
                    .isThrownBy(() -> call.fetchOptional("user_by_pk.teem", String.class))
                    .withMessageContaining("nothing at 'user_by_pk.teem'")
                    .withMessageContaining("id, none, team");
        }

        @Test
        void doesNotLeadThroughAList() {
            assertThatExceptionOfType(HasuraDecodingException.class)
                    .isThrownBy(() -> call.fetch("last.id", String.class))
                    .satisfies(e -> assertThat(e.path()).isEqualTo("last"))
                    .withMessageContaining("a list");
        }

        @Test
        void toAnObjectIsNoList() {
            assertThatExceptionOfType(HasuraDecodingException.class)
                    .isThrownBy(() -> call.fetchList("user_by_pk", JsonNode.class))
                    .withMessageContaining("an object");
        }
    }

    @Nested
    class IsRefusedBeforeAnythingIsSent {

        @Test
        void ifItIsNoGraphQl() {
            assertRefused("query { team { id }", "line 1");
        }

        @Test
        void ifItHasOnlyFragments() {
            assertRefused("fragment f on team { id }", "no operation");
        }

        @Test
        void ifItIsASubscription() {
            assertRefused("subscription s { team { id } }", "subscription");
        }

        @Test
        void ifItIsNotClearWhichOperationIsMeant() {
            assertRefused("query a { team { id } } query b { team { id } }", "Known: a, b");
        }

        @Test
        void ifTheOperationDoesNotExist() {
            assertThatExceptionOfType(HasuraRequestException.class)
                    .isThrownBy(() -> hasura.document("query a { team { id } } query b { team { id } }")
                            .operationName("c")
                            .execute())
                    .withMessageContaining("'c'")
                    .withMessageContaining("a, b");
        }

        @Test
        void ifAVariableIsMissing() {
            assertRefused(TEAMS, "needs its variable '$city'");
        }

        @Test
        void ifAVariableIsUnknown() {
            assertThatExceptionOfType(HasuraRequestException.class)
                    .isThrownBy(() -> hasura.document(TEAMS)
                            .variable("city", "Bern")
                            .variable("town", "Thun")
                            .execute())
                    .withMessageContaining("no variable '$town'")
                    .withMessageContaining("city, limit");
        }

        private void assertRefused(String text, String because) {
            assertThatExceptionOfType(HasuraRequestException.class)
                    .isThrownBy(() -> hasura.document(text).execute())
                    .withMessageContaining(because);
            assertThat(engine.received()).isEmpty();
        }
    }

    @Test
    void runsTheOperationThatIsNamed() {
        hasura.document("query a { team { id } } query b { team { name } }")
                .operationName("b")
                .execute();

        assertThat(engine.asked().body().path("operationName").asString()).isEqualTo("b");
    }

    @Test
    void sendsNoOperationNameForAnUnnamedOne() {
        hasura.document("{ team { id } }").execute();

        assertThat(engine.asked().body().has("operationName")).isFalse();
    }

    @Test
    void acceptsADocumentThatAServerWouldFindTooLong() {
        String fields = "id ".repeat(20_000);

        assertThat(DocumentParser.parse("{ team { " + fields + "} }")).hasSize(1);
    }
}
