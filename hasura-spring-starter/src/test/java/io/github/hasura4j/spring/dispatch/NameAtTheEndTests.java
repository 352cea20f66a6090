package io.github.hasura4j.spring.dispatch;

import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

class NameAtTheEndTests {

    private final NameScanner names = new NameScanner(new WebhookJson(JsonMapper.shared()));

    private static String find(String body) {
        return NameAtTheEnd.find(body.getBytes(StandardCharsets.UTF_8), "trigger");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"id\":\"1\",\"trigger\":{\"name\":\"x_y\"}}|x_y",
                "{\"trigger\":{\"name\":\"\"}}|``",
                " {\"id\": \"1\" , \"trigger\" : { \"name\" : \"x y\" } } |x y",
                "{\"trigger\":{\"name\":\"x\"}}|x"
            })
    void isFoundWhereTheBodyEndsWithIt(String body, String name) {
        assertThat(find(body)).isEqualTo(name);
        assertThat(names.scan(body.getBytes(StandardCharsets.UTF_8), "trigger")).isEqualTo(name);
    }

    @Test
    void isFoundBehindWhiteSpaceOfAllKinds() {
        assertThat(find("{\n\t\"trigger\":\r\n{\"name\":\"x\"}\n}\n")).isEqualTo("x");
    }

    /** Each is left to the scanner, which reads from the front. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "}}",
                "\"}}",
                "{\"name\":\"x\"}}",
                "\"trigger\":{\"name\":\"x\"}}",
                "{\"trigger\":{\"name\":\"x\"},\"id\":1}",
                "{\"trigger\":{\"name\":\"x\",\"more\":1}}",
                "{\"trigger\":{\"more\":1,\"name\":\"x\"}}",
                "{\"trigger\":{\"more\":{\"name\":\"x\"}}}",
                "{\"event\":{\"trigger\":{\"name\":\"x\"}}}",
                "{\"table\":{\"name\":\"x\"}}",
                "{\"trigger\":{\"name\":\"a\\\"x\"}}",
                "{\"trigger\":{\"name\":\"ä\"}}",
                "{\"a\\\"trigger\":{\"name\":\"x\"}}",
                "{\"trigger\":{\"name\":7}}",
                "{\"trigger\":{\"name\":null}}",
                "[{\"trigger\":{\"name\":\"x\"}}]"
            })
    void isNotFoundAnywhereElse(String body) {
        assertThat(find(body)).isNull();
    }

    @Test
    void isNotFoundInsideOfAString() {
        assertThat(find("{\"a\":\",\\\"trigger\\\":{\\\"name\\\":\\\"x\\\"}}\"}"))
                .isNull();
        assertThat(find("{\"trigger\":{\"name\":\"y\"},\"z\":{\"a\":{\"b\":\"trigger:{name:x}\"}}}"))
                .isNull();
    }
}
