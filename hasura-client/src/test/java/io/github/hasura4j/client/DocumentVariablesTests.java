package io.github.hasura4j.client;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.github.hasura4j.payload.Maybe;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class DocumentVariablesTests {

    private static final String TEAMS = "query t($city: String, $limit: Int = 5, $where: x) { team { id } }";

    @AutoClose
    private final FakeEngine engine = new FakeEngine().withoutValidation();

    private final HasuraClient hasura = engine.admin();

    @Nested
    class OfARecord {

        record Teams(String city, Maybe<Integer> limit) {}

        @Test
        void areItsComponents() {
            assertThat(sent(hasura, new Teams("Bern", Maybe.of(3)))).isEqualTo("{\"city\":\"Bern\",\"limit\":3}");
        }

        @Test
        void areNotSentIfAbsent() {
            assertThat(sent(hasura, new Teams("Bern", Maybe.absent()))).isEqualTo("{\"city\":\"Bern\"}");
        }

        @Test
        void areSentIfNull() {
            assertThat(sent(hasura, new Teams(null, Maybe.of(null)))).isEqualTo("{\"city\":null,\"limit\":null}");
        }

        @Test
        void areSentIfNullWhateverTheMapperLeavesOut() {
            HasuraClient sparing = engine.client()
                    .jsonMapper(JsonMapper.builder()
                            .changeDefaultPropertyInclusion(inclusion -> JsonInclude.Value.construct(
                                    JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
                            .build())
                    .build();

            assertThat(sent(sparing, new Teams(null, Maybe.absent()))).isEqualTo("{\"city\":null}");
        }

        @Test
        void areNamedAsTheMapperNamesThem() {
            record Named(@JsonProperty("city") String town, int limit) {}
            record Snake(String cityName) {}
            HasuraClient snake = engine.client()
                    .jsonMapper(JsonMapper.builder()
                            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                            .build())
                    .build();

            assertThat(sent(hasura, new Named("Bern", 3))).isEqualTo("{\"city\":\"Bern\",\"limit\":3}");
            snake.document("query q($city_name: String) { team { id } }")
                    .variables(new Snake("Thun"))
                    .execute();
            assertThat(engine.received().get(1).body().path("variables").toString())
                    .isEqualTo("{\"city_name\":\"Thun\"}");
        }

        @Test
        void mayHoldAbsentValuesFurtherInside() {
            record Where(Maybe<String> name, Maybe<String> city) {}
            record Holder(Where where) {}

            assertThat(sent(hasura, new Holder(new Where(Maybe.absent(), Maybe.of(null)))))
                    .isEqualTo("{\"where\":{\"city\":null}}");
        }

        @Test
        void areCheckedAgainstTheDocument() {
            record Wrong(String town) {}

            assertThatExceptionOfType(HasuraRequestException.class)
                    .isThrownBy(() -> sent(hasura, new Wrong("Bern")))
                    .withMessageContaining("no variable '$town'");
        }
    }

    @Nested
    class OfOthers {

        @Test
        void areTheEntriesOfAMapHoweverItIsDeclared() {
            Map<String, Object> map = new HashMap<>();
            map.put("city", null);
            map.put("limit", Maybe.absent());

            assertThat(sent(hasura, map)).isEqualTo("{\"city\":null}");
        }

        @Test
        void areThePropertiesOfABean() {
            assertThat(sent(hasura, new Bean())).isEqualTo("{\"city\":\"Bern\"}");
        }

        @Test
        void doNotExist() {
            for (Object odd : List.of("text", List.of(1), 7, new int[0], java.time.LocalDate.EPOCH)) {
                assertThatIllegalArgumentException()
                        .isThrownBy(() -> hasura.document(TEAMS).variables(odd))
                        .withMessageContaining(odd.getClass().getTypeName());
            }
        }

        @Test
        void areTakenBackByAnAbsentValue() {
            hasura.document(TEAMS)
                    .variable("city", "Bern")
                    .variable("city", Maybe.absent())
                    .execute();

            assertThat(engine.asked().body().has("variables")).isFalse();
        }
    }

    @Nested
    class OfADynamicCall {

        @Test
        void leaveOutAnAbsentArgument() {
            FakeEngine strict = new FakeEngine();
            try (strict) {
                strict.admin()
                        .query("user")
                        .arg("limit", Maybe.absent())
                        .arg("where", Maybe.of(Map.of("name", Map.of("_eq", "Ada"))))
                        .select("id")
                        .execute();

                assertThat(strict.asked().document()).doesNotContain("limit");
                assertThat(strict.asked().body().path("variables").toString())
                        .isEqualTo("{\"where\":{\"name\":{\"_eq\":\"Ada\"}}}");
            }
        }
    }

    @Nested
    class OfADocumentByName {

        @Test
        void isReadFromTheClassPath() {
            hasura.documentName("openTeams").variable("city", "Bern").execute();

            assertThat(engine.asked().document()).startsWith("query openTeams($city: String!");
            assertThat(engine.asked().body().path("operationName").asString()).isEqualTo("openTeams");
        }

        @Test
        void mayHaveTheOtherEndingAndAFolder() {
            hasura.documentName("nested/short").execute();

            assertThat(engine.asked().document()).isEqualTo("{ team { id } }\n");
        }

        @Test
        void isRefusedIfItIsNotThere() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> hasura.documentName("closedTeams"))
                    .withMessageContaining("graphql/closedTeams.graphql nor graphql/closedTeams.gql");
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "../secrets", "/etc/passwd", "a/../b", "a//b", "a b", "a\\b"})
        void isRefusedIfItIsNoNameForAFile(String name) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> hasura.documentName(name))
                    .withMessageContaining("below graphql/");
        }
    }

    static class Bean {

        public String getCity() {
            return "Bern";
        }
    }

    private String sent(HasuraClient client, Object variables) {
        client.document(TEAMS).variables(variables).execute();
        return engine.received()
                .get(engine.received().size() - 1)
                .body()
                .path("variables")
                .toString();
    }
}
