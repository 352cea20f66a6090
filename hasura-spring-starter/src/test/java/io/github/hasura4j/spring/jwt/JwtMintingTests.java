package io.github.hasura4j.spring.jwt;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class JwtMintingTests {

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2023-11-14T22:13:20.900Z"), ZoneOffset.UTC);

    private final HasuraJwt jwt = Keys.hs256().withClock(CLOCK);

    private static String variable(Object value) {
        HasuraJwt jwt = Keys.hs256().withClock(CLOCK);
        String token = jwt.token().roles("user").variable("x-hasura-it", value).sign();
        return jwt.verify(token).sessionVariables().require("x-hasura-it");
    }

    private static JsonNode json(String json) {
        return JsonMapper.shared().readTree(json);
    }

    private static void assertRejected(ThrowingCallable mistake, String sentence) {
        assertThatThrownBy(mistake).isInstanceOf(IllegalArgumentException.class).hasMessageContaining(sentence);
    }

    @Test
    void aTokenLooksAsTheContractSays() {
        String token = jwt.token()
                .subject("7")
                .roles("user")
                .variable("x-hasura-user-id", 7)
                .sign();

        assertThat(Keys.header(token)).isEqualTo(json("{\"alg\": \"HS256\", \"typ\": \"JWT\"}"));
        assertThat(Keys.payload(token)).isEqualTo(json("""
                {"sub": "7", "iat": 1700000000, "exp": 1700003600,
                 "https://hasura.io/jwt/claims": {"x-hasura-default-role": "user",
                   "x-hasura-allowed-roles": ["user"], "x-hasura-user-id": "7"}}"""));
    }

    @Test
    void aTokenReadsBackAsItWasMeant() {
        UUID id = UUID.fromString("5b7c9a52-6f0f-4a55-9d2e-0f6d5a6c1e11");
        String token = jwt.token()
                .subject(id)
                .roles("user", "editor")
                .defaultRole("editor")
                .variable("X-Hasura-User-Id", id)
                .variable("x-hasura-org-ids", List.of(1, 2))
                .claim("name", "Ada")
                .claim("jti", "one")
                .expiresIn(Duration.ofMinutes(5))
                .sign();

        HasuraToken read = jwt.verify(token);

        assertThat(read.role()).isEqualTo("editor");
        assertThat(read.defaultRole()).isEqualTo("editor");
        assertThat(read.allowedRoles()).containsExactly("user", "editor");
        assertThat(read.subject()).isEqualTo(id.toString());
        assertThat(read.expiresAt()).isEqualTo("2023-11-14T22:18:20Z");
        assertThat(read.claims()).containsEntry("name", "Ada").containsEntry("jti", "one");
        assertThat(read.sessionVariables().asMap())
                .containsOnly(
                        Map.entry("x-hasura-role", "editor"),
                        Map.entry("x-hasura-user-id", id.toString()),
                        Map.entry("x-hasura-org-ids", "{1,2}"));
        assertThat(read.sessionVariables().list("x-hasura-org-ids", Integer::valueOf))
                .containsExactly(1, 2);
        assertThat(jwt.verify(token, "user").role()).isEqualTo("user");
    }

    @Nested
    class Roles {

        @Test
        void theFirstIsTheDefault() {
            assertThat(jwt.verify(
                            jwt.token().roles("a", "b").roles(List.of("b", "c")).sign()))
                    .returns("a", HasuraToken::role)
                    .returns(List.of("a", "b", "c"), HasuraToken::allowedRoles);
        }

        @Test
        void areNeeded() {
            assertRejected(() -> jwt.token().subject("7").sign(), "Name at least one with roles(…)");
            assertRejected(() -> jwt.token().defaultRole("user").sign(), "The token has no role");
        }

        @Test
        void includeTheDefault() {
            assertRejected(
                    () -> jwt.token()
                            .roles("user", "editor")
                            .defaultRole("admin")
                            .sign(),
                    "The default role 'admin' is not among the roles [user, editor]");
        }

        @Test
        void haveNames() {
            assertRejected(() -> jwt.token().roles("user", " "), "A role has no name");
            assertRejected(() -> jwt.token().roles("user", null), "A role has no name");
        }
    }

    @Nested
    class Variables {

        @Test
        void areTexts() {
            assertThat(variable("a b")).isEqualTo("a b");
            assertThat(variable("")).isEmpty();
            assertThat(variable(7)).isEqualTo("7");
            assertThat(variable(Long.MAX_VALUE)).isEqualTo("9223372036854775807");
            assertThat(variable(new BigDecimal("1E+3"))).isEqualTo("1000");
            assertThat(variable(true)).isEqualTo("true");
            assertThat(variable('c')).isEqualTo("c");
            assertThat(variable(DayOfWeek.MONDAY)).isEqualTo("MONDAY");
            assertThat(variable(LocalDate.of(2024, 2, 29))).isEqualTo("2024-02-29");
            assertThat(variable(CLOCK.instant())).isEqualTo("2023-11-14T22:13:20.900Z");
            assertThat(variable(CLOCK.instant().atZone(java.time.ZoneId.of("Europe/Zurich"))))
                    .isEqualTo("2023-11-14T23:13:20.900+01:00");
        }

        @Test
        void ofSeveralValuesArePostgresArrays() {
            assertThat(variable(List.of())).isEqualTo("{}");
            assertThat(variable(List.of(1, 2))).isEqualTo("{1,2}");
            assertThat(variable(new LinkedHashSet<>(List.of("b", "a")))).isEqualTo("{b,a}");
            assertThat(variable(new int[] {3, 4})).isEqualTo("{3,4}");
            assertThat(variable(new String[] {"x", "y"})).isEqualTo("{x,y}");
        }

        @Test
        void areQuotedWherePostgresNeedsIt() {
            List<String> odd = List.of(
                    "",
                    " ",
                    "a b",
                    "a,b",
                    "{",
                    "}",
                    "\"",
                    "\\",
                    "null",
                    "NULL",
                    "nullable",
                    "ü",
                    "line\nbreak",
                    "\u00a0");
            HasuraJwt jwt = Keys.hs256();

            String token =
                    jwt.token().roles("user").variable("x-hasura-odd", odd).sign();

            assertThat(jwt.verify(token).sessionVariables().require("x-hasura-odd"))
                    .startsWith(
                            "{\"\",\" \",\"a b\",\"a,b\",\"{\",\"}\",\"\\\"\",\"\\\\\",\"null\",\"NULL\",nullable,ü,");
            assertThat(jwt.verify(token).sessionVariables().list("x-hasura-odd"))
                    .isEqualTo(odd);
        }

        @ParameterizedTest
        @ValueSource(strings = {"user-id", "hasura-user-id", "x-hasura-", "", " x-hasura-a"})
        void haveTheEnginesPrefix(String name) {
            assertRejected(() -> jwt.token().variable(name, "7"), "'%s' is no session variable".formatted(name));
        }

        @ParameterizedTest
        @ValueSource(strings = {"x-hasura-role", "X-Hasura-Allowed-Roles", "x-hasura-DEFAULT-role"})
        void areNotTheOnesAboutRoles(String name) {
            assertRejected(() -> jwt.token().variable(name, "admin"), "Use roles(…) and defaultRole(…)");
        }

        @Test
        void areNotTheAdminSecret() {
            assertRejected(() -> jwt.token().variable("X-Hasura-Admin-Secret", "hush"), "does not belong into a token");
        }

        @Test
        void areNeverNullOrSomethingWithoutAText() {
            assertRejected(() -> jwt.token().variable("x-hasura-it", null), "x-hasura-it is given null");
            assertRejected(() -> jwt.token().subject(null), "The subject is given null");
            assertRejected(() -> variable(Arrays.asList(1, null)), "a null among its elements");
            assertRejected(() -> variable(List.of(List.of(1))), "x-hasura-it is given a java.util.");
            assertRejected(() -> variable(new Object()), "is given a java.lang.Object");
            assertRejected(() -> variable(Map.of("a", 1)), "or a flat list of them");
        }
    }

    @Nested
    class Expiry {

        @Test
        void isAnHourUnlessSaid() {
            assertThat(jwt.verify(jwt.token().roles("user").sign()).expiresAt()).isEqualTo("2023-11-14T23:13:20Z");
            assertThat(jwt.expiringIn(Duration.ofDays(1)).token().roles("user").sign())
                    .satisfies(
                            token -> assertThat(jwt.verify(token).expiresAt()).isEqualTo("2023-11-15T22:13:20Z"));
        }

        @ParameterizedTest
        @ValueSource(strings = {"PT0S", "PT-1H", "PT0.9S", "P40000D", "PT2562047788015215H"})
        void isNeitherPastNorNever(Duration lifetime) {
            assertRejected(() -> jwt.token().expiresIn(lifetime), "Give a second or more");
            assertRejected(() -> jwt.expiringIn(lifetime), "Give a second or more");
        }
    }

    @Nested
    class Claims {

        @ParameterizedTest
        @ValueSource(strings = {"sub", "exp", "iat"})
        void withAStepAreNotSetByName(String name) {
            assertRejected(() -> jwt.token().claim(name, "1"), "The claim '" + name + "' is set with");
        }

        @Test
        void areNotSessionVariables() {
            assertRejected(() -> jwt.token().claim("X-Hasura-User-Id", "1"), "set it with variable(…)");
        }

        @Test
        void areAnythingJsonCanSay() {
            String token = jwt.token()
                    .roles("user")
                    .claim("nbf", CLOCK.instant())
                    .claim("nested", Map.of("list", Arrays.asList(1, "b", null, new BigDecimal("1.50"))))
                    .sign();

            assertThat(Keys.payload(token).get("nbf")).isEqualTo(json("1700000000"));
            assertThat(jwt.verify(token).claims().get("nested"))
                    .isEqualTo(Map.of("list", Arrays.asList(1, "b", null, new BigDecimal("1.50"))));
            assertRejected(() -> jwt.token().claim("x", null), "given null");
            assertRejected(
                    () -> jwt.token()
                            .roles("user")
                            .claim("stream", new Unwritable())
                            .sign(),
                    "cannot write as JSON");
        }

        @Test
        void doNotStandWhereTheEnginesDo() {
            assertRejected(
                    () -> jwt.token()
                            .roles("user")
                            .claim("https://hasura.io/jwt/claims", Map.of("x-hasura-role", "admin"))
                            .sign(),
                    "where another claim stands already");
        }
    }

    @Nested
    class AudienceAndIssuer {

        private final HasuraJwt jwt = Keys.hs256("audience", List.of("shop", "office"), "issuer", "https://us")
                .withClock(CLOCK);

        @Test
        void areThoseOfTheSecret() {
            JsonNode payload = Keys.payload(jwt.token().roles("user").sign());

            assertThat(payload.get("aud").asString()).isEqualTo("shop");
            assertThat(payload.get("iss").asString()).isEqualTo("https://us");
        }

        @Test
        void mayBeChosenAmongThose() {
            JsonNode payload = Keys.payload(jwt.token()
                    .roles("user")
                    .claim("aud", List.of("office", "elsewhere"))
                    .sign());

            assertThat(payload.get("aud")).isEqualTo(json("[\"office\", \"elsewhere\"]"));
        }

        @Test
        void areNotOthers() {
            assertRejected(
                    () -> jwt.token().roles("user").claim("aud", "elsewhere").sign(),
                    "The engine would refuse this token: Could not verify JWT: JWTNotInAudience");
            assertRejected(
                    () -> jwt.token().roles("user").claim("iss", "them").sign(),
                    "The engine would refuse this token: Could not verify JWT: JWTNotInIssuer");
        }
    }

    @Nested
    class Namespaces {

        @Test
        void mayHaveAnotherName() {
            HasuraJwt jwt = Keys.hs256("claims_namespace", "my.claims").withClock(CLOCK);
            String token = jwt.token().roles("user").sign();

            assertThat(Keys.payload(token).get("my.claims"))
                    .isEqualTo(json("{\"x-hasura-allowed-roles\": [\"user\"], \"x-hasura-default-role\": \"user\"}"));
            assertThat(jwt.verify(token).role()).isEqualTo("user");
        }

        @Test
        void mayBeDeepInside() {
            HasuraJwt jwt = Keys.hs256("claims_namespace_path", "$.a['b c'].d").withClock(CLOCK);
            String token =
                    jwt.token().roles("user").claim("a", Map.of("own", true)).sign();

            assertThat(Keys.payload(token).at("/a/b c/d/x-hasura-default-role").asString())
                    .isEqualTo("user");
            assertThat(Keys.payload(token).at("/a/own").asBoolean()).isTrue();
            assertThat(jwt.verify(token).role()).isEqualTo("user");
        }

        @Test
        void mayBeTheTokenItself() {
            HasuraJwt jwt = Keys.hs256("claims_namespace_path", "$").withClock(CLOCK);
            String token = jwt.token()
                    .subject(7)
                    .roles("user")
                    .variable("x-hasura-user-id", 7)
                    .sign();

            assertThat(Keys.payload(token)).isEqualTo(json("""
                    {"sub": "7", "iat": 1700000000, "exp": 1700003600, "x-hasura-allowed-roles": ["user"],
                     "x-hasura-default-role": "user", "x-hasura-user-id": "7"}"""));
            assertThat(jwt.verify(token).sessionVariables().userId()).hasValue("7");
        }

        @Test
        void mayHoldAText() {
            HasuraJwt jwt = Keys.hs256("claims_namespace_path", "$.hasura", "claims_format", "stringified_json")
                    .withClock(CLOCK);
            String token = jwt.token().roles("a \"b\"").sign();

            assertThat(json(Keys.payload(token).get("hasura").stringValue())).isEqualTo(json("""
                            {"x-hasura-allowed-roles": ["a \\"b\\""], "x-hasura-default-role": "a \\"b\\""}"""));
            assertThat(jwt.verify(token).role()).isEqualTo("a \"b\"");
        }
    }

    @Nested
    class ClaimsMaps {

        private HasuraJwt jwt(String claimsMap) {
            return Keys.hs256("claims_map", json(claimsMap)).withClock(CLOCK);
        }

        @Test
        void sayWhereEachClaimStands() {
            HasuraJwt jwt = jwt("""
                    {"x-hasura-allowed-roles": {"path": "$.hasura.all_roles"},
                     "x-hasura-default-role": {"path": "$['https://myapp.com'].role"},
                     "X-Hasura-User-Id": {"path": "$.user.id"}}""");
            String token = jwt.token()
                    .roles("user", "editor")
                    .defaultRole("editor")
                    .variable("x-hasura-user-id", 7)
                    .sign();

            assertThat(Keys.payload(token)).isEqualTo(json("""
                    {"iat": 1700000000, "exp": 1700003600, "hasura": {"all_roles": ["user", "editor"]},
                     "https://myapp.com": {"role": "editor"}, "user": {"id": "7"}}"""));
            assertThat(jwt.verify(token).sessionVariables().asMap())
                    .isEqualTo(Map.of("x-hasura-role", "editor", "x-hasura-user-id", "7"));
        }

        @Test
        void mayTakeTheSubject() {
            HasuraJwt jwt = jwt("""
                    {"x-hasura-allowed-roles": {"path": "$.roles"}, "x-hasura-default-role": {"path": "$.roles[0]"},
                     "x-hasura-user-id": {"path": "$.sub"}}""");

            String one =
                    jwt.token().roles("user").variable("x-hasura-user-id", 7).sign();
            String other = jwt.token().roles("user").subject(7).sign();

            assertThat(Keys.payload(one)).isEqualTo(Keys.payload(other));
            assertThat(jwt.verify(one).sessionVariables().userId()).hasValue("7");
            assertRejected(
                    () -> jwt.token()
                            .roles("user")
                            .subject(8)
                            .variable("x-hasura-user-id", 7)
                            .sign(),
                    "takes x-hasura-user-id from $.sub, where another claim stands already");
            assertRejected(
                    () -> jwt.token().roles("user").sign(),
                    "The engine would refuse this token: JWT claim from claims_map, x-hasura-user-id not found");
        }

        @Test
        void mayTakeTheDefaultRoleFromTheFirstOne() {
            HasuraJwt jwt = jwt("""
                    {"x-hasura-allowed-roles": {"path": "$.roles"}, "x-hasura-default-role": {"path": "$.roles[0]"}}""");

            String token =
                    jwt.token().roles("user", "editor").defaultRole("editor").sign();

            assertThat(Keys.payload(token).get("roles")).isEqualTo(json("[\"editor\", \"user\"]"));
            assertThat(jwt.verify(token).role()).isEqualTo("editor");
        }

        @Test
        void mayFixClaims() {
            HasuraJwt jwt = jwt("""
                    {"x-hasura-allowed-roles": ["user", "editor"], "x-hasura-default-role": "user",
                     "x-hasura-tenant": "acme"}""");

            String token = jwt.token().subject(7).sign();

            assertThat(Keys.payload(token))
                    .isEqualTo(json("{\"sub\": \"7\", \"iat\": 1700000000, \"exp\": 1700003600}"));
            assertThat(jwt.verify(token).allowedRoles()).containsExactly("user", "editor");
            assertThat(jwt.verify(token).sessionVariables().require("x-hasura-tenant"))
                    .isEqualTo("acme");
            assertThat(jwt.token()
                            .roles("editor", "user")
                            .variable("x-hasura-tenant", "acme")
                            .sign())
                    .isEqualTo(jwt.token().sign());
            assertRejected(
                    () -> jwt.token().roles("user").sign(),
                    "would read another x-hasura-allowed-roles than the one given: the claims_map fixes it");
            assertRejected(
                    () -> jwt.token()
                            .roles("user", "editor")
                            .defaultRole("editor")
                            .sign(),
                    "another x-hasura-default-role");
            assertRejected(() -> jwt.token().variable("x-hasura-tenant", "else").sign(), "another x-hasura-tenant");
        }

        @Test
        void mayHaveDefaults() {
            HasuraJwt jwt = jwt("""
                    {"x-hasura-allowed-roles": {"path": "$.roles", "default": ["user", "boss"]},
                     "x-hasura-default-role": {"path": "$.role", "default": "user"},
                     "x-hasura-tenant": {"path": "$.tenant", "default": "acme"}}""");

            assertThat(jwt.verify(jwt.token().sign()))
                    .returns("user", HasuraToken::role)
                    .returns(List.of("user", "boss"), HasuraToken::allowedRoles)
                    .returns("acme", token -> token.sessionVariables().require("x-hasura-tenant"));
            assertThat(jwt.verify(jwt.token()
                            .roles("boss")
                            .variable("x-hasura-tenant", "else")
                            .sign()))
                    .returns("boss", HasuraToken::role)
                    .returns("else", token -> token.sessionVariables().require("x-hasura-tenant"));
        }

        @Test
        void doNotLetAVariableVanishOrChangeTheRoles() {
            HasuraJwt jwt = jwt("""
                    {"x-hasura-allowed-roles": {"path": "$.roles"}, "x-hasura-default-role": {"path": "$.role"},
                     "x-hasura-sneaky": {"path": "$.roles[1]", "default": "-"}}""");

            assertRejected(
                    () -> jwt.token()
                            .roles("user")
                            .variable("x-hasura-user-id", 7)
                            .sign(),
                    "would not see x-hasura-user-id: the claims_map has no entry for it");
            assertRejected(
                    () -> jwt.token()
                            .roles("user")
                            .variable("x-hasura-sneaky", "admin")
                            .sign(),
                    "another x-hasura-allowed-roles");
        }
    }

    @Test
    void showsNoValueOfATokenInTheMaking() {
        assertThat(jwt.token()
                        .roles("user")
                        .subject("s3cret")
                        .variable("x-hasura-user-id", "s3cret")
                        .claim("a", "s3cret"))
                .hasToString("HasuraTokenBuilder[roles=[user], variables=[x-hasura-user-id]]");
        assertThat(jwt.verify(jwt.token()
                        .roles("user")
                        .subject("s3cret")
                        .variable("x-hasura-user-id", "s3cret")
                        .sign()))
                .asString()
                .contains("role=user")
                .doesNotContain("s3cret");
    }

    @Test
    void aReadTokenDoesNotChange() {
        HasuraToken token = jwt.verify(jwt.token()
                .roles("user")
                .claim("list", new ArrayList<>(List.of(1)))
                .sign());

        assertThatThrownBy(() -> token.claims().clear()).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> ((List<?>) token.claims().get("list")).clear())
                .isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> token.allowedRoles().clear()).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void aBuilderMayBeSignedAgain() {
        HasuraTokenBuilder builder = jwt.token().roles("user");

        assertThat(builder.sign()).isEqualTo(builder.sign());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.defaultRole("other").sign())
                .withMessageContaining("not among the roles");
    }

    static final class Unwritable {
        public String getIt() {
            throw new IllegalStateException("no");
        }
    }
}
