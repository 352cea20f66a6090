package io.github.hasura4j.spring.jwt;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/** What a secret may look like, and the sentence for every way in which it may not. */
class JwtSecretTests {

    static List<Arguments> mistakes() {
        Map<String, Object> roles = Map.of("x-hasura-allowed-roles", List.of("user"), "x-hasura-default-role", "user");
        return List.of(
                arguments("", "is not JSON|is no JSON object"),
                arguments("{\"key\": \"s3cret", "is not JSON"),
                arguments("\"s3cret\"", "is no JSON object"),
                arguments("[{\"type\": \"HS256\"}]", "as in HASURA_GRAPHQL_JWT_SECRETS"),
                arguments("{}", "'type' is 'missing'"),
                arguments(Keys.secret("PS256", Keys.HMAC), "'type' is 'PS256'. The engine knows HS256, HS384"),
                arguments(Keys.secret("none", Keys.HMAC), "'type' is 'none'"),
                arguments("{\"type\": \"HS256\"}", "'key' is too short"),
                arguments("{\"type\": \"HS256\", \"key\": 1}", "'key' is no text"),
                arguments("{\"jwk_url\": \"https://x/jwks\"}", "there is nothing to sign with"),
                arguments(with("claims_namespace", "a", "claims_namespace_path", "$.b"), "Leave one out"),
                arguments(with("claims_format", "yaml"), "claims_format is 'yaml'"),
                arguments(with("claims_namespace", "sub"), "where the engine does not look"),
                arguments(with("claims_namespace_path", "$.sub.claims"), "where the engine does not look"),
                arguments(with("claims_namespace_path", "$[0]"), "where the engine does not look"),
                arguments(
                        with("claims_namespace_path", "$", "claims_format", "stringified_json"),
                        "the whole token cannot be a text"),
                arguments(with("claims_namespace_path", "$.a b"), "is not a path the engine reads: '\\$.a b'"),
                arguments(with("claims_namespace_path", ""), "is not a path the engine reads"),
                arguments(with("claims_map", "x"), "claims_map is no object"),
                arguments(with("claims_map", Map.of()), "claims_map has no x-hasura-allowed-roles"),
                arguments(
                        with("claims_map", Map.of("x-hasura-allowed-roles", List.of("user"))),
                        "claims_map has no x-hasura-default-role"),
                arguments(with("claims_map", plus(roles, "user-id", "7")), "names with x-hasura- only"),
                arguments(with("claims_map", Map.of("X-Hasura-Allowed-Roles", List.of("user"))), "in lower case only"),
                arguments(
                        with("claims_map", plus(roles, "x-hasura-id", 7)), "gives x-hasura-id a value that is no text"),
                arguments(
                        with("claims_map", plus(roles, "x-hasura-id", Map.of("default", "7"))),
                        "no 'path' for x-hasura-id"),
                arguments(
                        with("claims_map", plus(roles, "x-hasura-id", Map.of("path", "$..a"))),
                        "claims_map's path for x-hasura-id is not a path"),
                arguments(
                        with("claims_map", plus(roles, "x-hasura-id", Map.of("path", "$.a", "default", 1))),
                        "a value that is no text"),
                arguments(
                        with("claims_map", Map.of("x-hasura-allowed-roles", "user", "x-hasura-default-role", "user")),
                        "a value that is no list of texts"),
                arguments(with("audience", 1), "'audience' is neither"),
                arguments(with("audience", List.of()), "'audience' is neither"),
                arguments(with("audience", List.of("a", 1)), "'audience' is neither"),
                arguments(with("issuer", List.of("a")), "'issuer' is no text"),
                arguments(with("allowed_skew", "30"), "'allowed_skew' is no number"),
                arguments(with("allowed_skew", -1), "'allowed_skew' is no number"),
                arguments(with("header", "Authorization"), "'header' should be"),
                arguments(with("header", Map.of("type", "Query")), "'header' should be"),
                arguments(with("header", Map.of("type", "Cookie")), "'header' should be"));
    }

    private static String with(Object... more) {
        return Keys.secret("HS256", Keys.HMAC, more);
    }

    private static Map<String, Object> plus(Map<String, Object> map, String name, Object value) {
        Map<String, Object> more = new java.util.LinkedHashMap<>(map);
        more.put(name, value);
        return more;
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void aMistakeIsSaidInOneSentenceWithoutTheKey(String secret, String sentence) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HasuraJwt.from(secret))
                .withMessageMatching("(?s).*(%s).*".formatted(sentence.replace("(", "\\(")))
                .satisfies(e -> assertThat(e).hasNoCause().hasMessageNotContainingAny(Keys.HMAC, "s3cret"));
    }

    @Test
    void whatTheEngineDoesNotKnowIsLeftAlone() {
        assertThat(HasuraJwt.from(with("comment", "ours", "audience", null, "claims_map", null, "header", null)))
                .isNotNull();
    }

    static List<Arguments> paths() {
        return List.of(
                arguments("$.a", "{'a': 1}"),
                arguments("a", "{'a': 1}"),
                arguments("$a.b", "{'a': {'b': 1}}"),
                arguments("$.a[1]", "{'a': [0, 1]}"),
                arguments("$.a.[1]", "{'a': [0, 1]}"),
                arguments("$['https://x/y'].z", "{'https://x/y': {'z': 1}}"),
                arguments("$[\"a b\"]", "{'a b': 1}"),
                arguments("$['it\\'s']", "{'it\\u0027s': 1}"),
                arguments("$.été-_1", "{'été-_1': 1}"));
    }

    @ParameterizedTest
    @MethodSource("paths")
    void pathsAreReadAsTheEngineDoes(String path, String document) {
        JsonNode root = JsonMapper.shared().readTree(document.replace('\'', '"'));

        assertThat(JsonPath.parse(path, "The path").find(root)).hasToString("1");
        assertThat(JsonPath.parse("$", "The path").find(root)).isSameAs(root);
        assertThat(JsonPath.parse(path + "[0].more", "The path").find(root)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "$.", "$..a", "$.1a", "$.a[", "$.a[x]", "$['a]", "$.a b", "$.a[-1]", "$$", "$['\\x']"})
    void otherPathsAreNot(String path) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> JsonPath.parse(path, "The path"))
                .withMessageStartingWith("The path is not a path the engine reads");
    }
}
