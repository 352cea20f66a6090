package io.github.hasura4j.payload;

import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class SessionVariablesTests {

    private final SessionVariables session = SessionVariables.of(Map.of(
            "X-Hasura-Role", "editor",
            "x-hasura-user-id", "6f9619ff-8b86-d011-b42d-00c04fc964ff",
            "x-hasura-org-ids", "{1,2}"));

    @Test
    void ignoreTheCaseOfNames() {
        assertThat(session.role()).contains("editor");
        assertThat(session.get("X-HASURA-USER-ID")).isEqualTo(session.get("x-hasura-user-id"));
        assertThat(session.asMap()).containsOnlyKeys("x-hasura-role", "x-hasura-user-id", "x-hasura-org-ids");
    }

    @Test
    void readValuesIntoTypes() {
        assertThat(session.require("x-hasura-user-id", UUID::fromString))
                .isEqualTo(UUID.fromString("6f9619ff-8b86-d011-b42d-00c04fc964ff"));
        assertThat(session.list("x-hasura-org-ids", Integer::valueOf)).containsExactly(1, 2);
        assertThat(session.find("x-hasura-other", Integer::valueOf)).isEmpty();
        assertThat(session.list("x-hasura-other")).isEmpty();
    }

    @Test
    void sayWhichVariableIsMissingAndWhatThereIs() {
        assertThatExceptionOfType(SessionVariableException.class)
                .isThrownBy(() -> SessionVariables.of(Map.of("x-hasura-role", "anonymous"))
                        .require("X-Hasura-User-Id"))
                .withMessageContaining("no 'x-hasura-user-id' (it has: x-hasura-role)")
                .satisfies(e -> assertThat(e.variable()).isEqualTo("x-hasura-user-id"));
    }

    @Test
    void doNotShowAValueThatDoesNotFit() {
        assertThatExceptionOfType(SessionVariableException.class)
                .isThrownBy(() -> SessionVariables.of(Map.of("x-hasura-user-id", "s3cr3t"))
                        .require("x-hasura-user-id", UUID::fromString))
                .withMessageContaining("'x-hasura-user-id' does not have the expected form")
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("s3cr3t"))
                .withNoCause();
    }

    @Nested
    class ListLiterals {

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '`',
                value = {
                    "{}                      | ",
                    "{a}                     | a",
                    "{a,b}                   | a;b",
                    "{ a , b }               | a;b",
                    "{\"a,b\",\"c}\"}        | a,b;c}",
                    "{\"say \\\"hi\\\"\"}    | say \"hi\"",
                    "{\"back\\\\slash\"}     | back\\slash",
                    "{\"\"}                  | ``",
                    "[\"a\",\"b\"]           | a;b",
                    "[1, 2]                  | 1;2",
                    "[]                      | ",
                    "[\"\\u00e9\\tx\"]       | é\tx"
                })
        void areReadAsPostgresAndTokensWriteThem(String literal, String expected) {
            List<String> elements =
                    SessionVariables.of(Map.of("x-hasura-a", literal)).list("x-hasura-a");
            assertThat(elements).isEqualTo(expected == null ? List.of() : List.of(expected.split(";", -1)));
        }

        @Test
        void tellNullFromTheText() {
            assertThat(SessionVariables.of(Map.of("x-hasura-a", "{NULL,\"NULL\"}"))
                            .list("x-hasura-a"))
                    .containsExactly(null, "NULL");
            assertThat(SessionVariables.of(Map.of("x-hasura-a", "[null,\"null\"]"))
                            .list("x-hasura-a"))
                    .containsExactly(null, "null");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "a",
                    "{",
                    "{a",
                    "{a}b",
                    "{a,}",
                    "{\"a}",
                    "{{1},{2}}",
                    "[[1]]",
                    "{a b\"c\"}",
                    "[\"a\" \"b\"]",
                    "[\"\\u00\"]"
                })
        void areRefusedWhenBroken(String literal) {
            assertThatExceptionOfType(SessionVariableException.class)
                    .isThrownBy(() ->
                            SessionVariables.of(Map.of("x-hasura-a", literal)).list("x-hasura-a"));
        }
    }
}
