package io.github.hasura4j.test.engine.transform;

import java.util.Map;

import io.github.hasura4j.test.engine.EngineJson;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** What templates come to. */
class KritiParserTests {

    private static final Scope SCOPE = new Scope(Map.of(
            "$body",
                    EngineJson.parse(
                            "{\"a\": {\"b c\": [1, 2.50, \"x\"], \"n\": null, \"t\": \"T\"}, \"flag\": true, \"list\": [3, null, 4]}"),
            "$session_variables", EngineJson.parse("{\"x-hasura-user-id\": \"7\"}")));

    @ParameterizedTest
    @CsvSource(delimiterString = " => ", quoteCharacter = '`', textBlock = """
            {{ $body.a['b c'][0] }} => 1
            {"x": {{$body.a["b c"][1]}}, "y": [1, true, null, "s"]} => {"x":2.5,"y":[1,true,null,"s"]}
            "id {{$session_variables['x-hasura-user-id']}}: {{$body.flag}}" => "id 7: true"
            {{ $body?.missing.deeper ?? "none" }} => "none"
            {{ $body.a.n ?? $body?.no ?? 5 }} => 5
            {{ $body.a?['nothing'] }} => null
            {{ if $body.flag && not ($body.a.t != 'T') }} 1 {{ else }} 2 {{ end }} => 1
            {{ if 2 > 3 || false }} 1 {{ elif 2.0 == 2 }} [2] {{ else }} 3 {{ end }} => [2]
            {{ range i, x := removeNulls($body.list) }} {"at": {{i}}, "x": {{x}}} {{ end }} => [{"at":0,"x":3},{"at":1,"x":4}]
            {{ range _, x := $body.list }} {{ x ?? 0 }} {{ end }} => [3,0,4]
            {{ getSessionVariable 'X-Hasura-User-Id' }} => "7"
            {{ getSessionVariable "x-hasura-none" ?? 1 }} => 1
            {{ concat ["a", $body.a.t] }} => "aT"
            {{ [size $body.list, head $body.list, empty ''] }} => [3,3,true]
            {{ toLower (escapeUri 'A B') }} => "a%20b"
            "\\u0041\\n\\"{{ 1.50 }}" => "A\\n\\"1.5"
            { } => {}
            """)
    void comeTo(String template, String json) {
        assertThat(EngineJson.write(KritiParser.json(template).in(SCOPE))).isEqualTo(json);
    }

    @Test
    void takeTextAsItIs() {
        assertThat(KritiParser.text("{\"a\\b\" {{ $body.a.t }}").in(SCOPE).stringValue())
                .isEqualTo("{\"a\\b\" T");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{{ $body.no }}",
                "{{ $nobody }}",
                "\"{{ $body.a }}\"",
                "{{ if 1 }} 2 {{ else }} 3 {{ end }}",
                "{{ 1 < 'a' }}",
                "{{ range i, x := $body.a }} 1 {{ end }}",
                "{{ head [] }}"
            })
    void failOnWhatDoesNotGoWithThem(String template) {
        assertThatExceptionOfType(TransformException.class)
                .isThrownBy(() -> KritiParser.json(template).in(SCOPE));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "{{",
                "{{ }}",
                "{\"a\" 1}",
                "[1,]",
                "{{ $body. }}",
                "{{ if true }} 1 {{ end }}",
                "1 2",
                "\"open",
                "{{ fold $body }}"
            })
    void areRefusedIfTheyCannotBeRead(String template) {
        assertThatExceptionOfType(TransformException.class).isThrownBy(() -> KritiParser.json(template));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{\"a\":", "{{(", "{{[", "{{not "})
    void areRefusedIfTheyAreNestedWithoutEnd(String opening) {
        String template = opening + opening.replace("{{", "").repeat(100_000);
        assertThatExceptionOfType(TransformException.class)
                .isThrownBy(() -> KritiParser.json(template))
                .withMessageContaining("too deeply");
    }
}
