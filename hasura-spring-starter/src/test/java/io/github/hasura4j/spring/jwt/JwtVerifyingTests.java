package io.github.hasura4j.spring.jwt;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

class JwtVerifyingTests {

    private static final Clock CLOCK = Clock.fixed(Instant.ofEpochSecond(1_700_000_000), ZoneOffset.UTC);

    /** A token with these members beside the claims for the engine. */
    private static String token(String members) {
        return Keys.signed("""
                {%s "https://hasura.io/jwt/claims": {"x-hasura-allowed-roles": ["user", "editor"],
                    "x-hasura-default-role": "user", "x-hasura-user-id": "7"}}""".formatted(members));
    }

    private static String claims(String claims) {
        return Keys.signed("{\"https://hasura.io/jwt/claims\": %s}".formatted(claims));
    }

    private static void assertRefused(HasuraJwt jwt, String token, String code, String message) {
        assertThatThrownBy(() -> jwt.verify(token))
                .isInstanceOfSatisfying(
                        HasuraJwtException.class, e -> assertThat(e.code()).isEqualTo(code))
                .hasMessage(message)
                .hasNoCause();
    }

    @Nested
    class TheRole {

        private final HasuraJwt jwt = Keys.hs256();

        @Test
        void isTheDefaultUnlessWishedFor() {
            assertThat(jwt.verify(token("")).role()).isEqualTo("user");
            assertThat(jwt.verify(token(""), null).role()).isEqualTo("user");
            assertThat(jwt.verify(token(""), "").role()).isEqualTo("user");
            assertThat(jwt.verify(token(""), "editor"))
                    .returns("editor", HasuraToken::role)
                    .returns("user", HasuraToken::defaultRole)
                    .returns("editor", token -> token.sessionVariables().require("x-hasura-role"));
        }

        @Test
        void isAmongTheAllowedOnes() {
            assertThatThrownBy(() -> jwt.verify(token(""), "admin"))
                    .hasMessage("Your requested role is not in allowed roles")
                    .isInstanceOfSatisfying(
                            HasuraJwtException.class, e -> assertThat(e.code()).isEqualTo("access-denied"));
        }
    }

    @Nested
    class Times {

        @ParameterizedTest
        @CsvSource({
            "0, exp, 1700000001, ",
            "0, exp, 1700000000, JWTExpired",
            "0, exp, 1699999999, JWTExpired",
            "30, exp, 1699999971, ",
            "30, exp, 1699999970, JWTExpired",
            "0, nbf, 1700000000, ",
            "0, nbf, 1700000001, JWTNotYetValid",
            "30, nbf, 1700000030, ",
            "30, nbf, 1700000031, JWTNotYetValid",
            "0, iat, 1700000000, ",
            "0, iat, 1700000001, JWTIssuedAtFuture",
            "30, iat, 1700000030, ",
            "30, iat, 1700000031, JWTIssuedAtFuture",
            "0, exp, 1700000000.5, ",
            "0.5, exp, 1699999999.6, ",
            "0, exp, '\"1700000001\"', JWTClaimsSetDecodeError: exp is no time",
            "0, exp, 1e999999999, JWTClaimsSetDecodeError: exp is no time",
            "0, exp, -1, JWTClaimsSetDecodeError: exp is no time"
        })
        void areComparedWithTheClockAndTheSkew(java.math.BigDecimal skew, String claim, String value, String reason) {
            HasuraJwt jwt = Keys.hs256("allowed_skew", skew).withClock(CLOCK);
            String token = token("\"%s\": %s,".formatted(claim, value));

            if (reason == null) {
                assertThat(jwt.verify(token).role()).isEqualTo("user");
            } else {
                assertRefused(jwt, token, "invalid-jwt", "Could not verify JWT: " + reason);
            }
        }

        @Test
        void mayBeAbsent() {
            assertThat(Keys.hs256().verify(token("")).expiresAt()).isNull();
        }
    }

    @Nested
    class AudienceAndIssuer {

        private final HasuraJwt jwt = Keys.hs256("audience", List.of("shop", "office"), "issuer", "https://us");

        @ParameterizedTest
        @ValueSource(strings = {"\"shop\"", "\"office\"", "[\"elsewhere\", \"shop\"]"})
        void oneOfTheAudiencesIsEnough(String audience) {
            assertThat(jwt.verify(token("\"aud\": %s,".formatted(audience))).role())
                    .isEqualTo("user");
        }

        @ParameterizedTest
        @ValueSource(strings = {"\"aud\": \"elsewhere\",", "\"aud\": [],", "\"aud\": 1,", ""})
        void otherAudiencesAreRefusedAndNoneAtAll(String audience) {
            assertRefused(jwt, token(audience), "invalid-jwt", "Could not verify JWT: JWTNotInAudience");
        }

        @Test
        void theSecretMayNameOneAudienceAsAText() {
            assertThat(Keys.hs256("audience", "shop")
                            .verify(token("\"aud\": \"shop\","))
                            .role())
                    .isEqualTo("user");
            assertRefused(
                    Keys.hs256("audience", "shop"),
                    token("\"aud\": \"office\","),
                    "invalid-jwt",
                    "Could not verify JWT: JWTNotInAudience");
        }

        @Test
        void anotherIssuerIsRefusedButNotNone() {
            assertThat(jwt.verify(token("\"aud\": \"shop\", \"iss\": \"https://us\","))
                            .role())
                    .isEqualTo("user");
            assertThat(jwt.verify(token("\"aud\": \"shop\",")).role()).isEqualTo("user");
            assertRefused(
                    jwt,
                    token("\"aud\": \"shop\", \"iss\": \"https://them\","),
                    "invalid-jwt",
                    "Could not verify JWT: JWTNotInIssuer");
        }

        @Test
        void areNotLookedAtWhereTheSecretNamesNone() {
            assertThat(Keys.hs256()
                            .verify(token("\"aud\": \"any\", \"iss\": \"anybody\","))
                            .role())
                    .isEqualTo("user");
        }
    }

    @Nested
    class Claims {

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "{\"x-hasura-allowed-roles\": [\"user\"]} | jwt-missing-role-claims | JWT claim does not contain x-hasura-default-role",
                    "{} | jwt-missing-role-claims | JWT claim does not contain x-hasura-allowed-roles",
                    "{\"x-hasura-allowed-roles\": \"user\", \"x-hasura-default-role\": \"user\"} | jwt-invalid-claims | invalid x-hasura-allowed-roles; should be a list of roles",
                    "{\"x-hasura-allowed-roles\": [1], \"x-hasura-default-role\": \"user\"} | jwt-invalid-claims | invalid x-hasura-allowed-roles; should be a list of roles",
                    "{\"x-hasura-allowed-roles\": null, \"x-hasura-default-role\": \"user\"} | jwt-invalid-claims | invalid x-hasura-allowed-roles; should be a list of roles",
                    "{\"x-hasura-allowed-roles\": [\"user\"], \"x-hasura-default-role\": [\"user\"]} | jwt-invalid-claims | invalid x-hasura-default-role; should be a single role name",
                    "{\"x-hasura-allowed-roles\": [], \"x-hasura-default-role\": \"user\"} | access-denied | Your requested role is not in allowed roles",
                    "{\"x-hasura-allowed-roles\": [\"u\"], \"x-hasura-default-role\": \"u\", \"x-hasura-a\": [1]} | jwt-invalid-claims | x-hasura-* claims: x-hasura-a should be a string",
                    "{\"x-hasura-allowed-roles\": [\"u\"], \"x-hasura-default-role\": \"u\", \"x-hasura-a\": null} | jwt-invalid-claims | x-hasura-* claims: x-hasura-a should be a string",
                    "[] | jwt-invalid-claims | expecting a json object when claims_format is json",
                })
        void areOfTheirTypes(String claims, String code, String message) {
            assertRefused(Keys.hs256(), claims(claims), code, message);
        }

        @Test
        void standInTheirPlace() {
            assertRefused(
                    Keys.hs256(),
                    Keys.signed("{}"),
                    "jwt-invalid-claims",
                    "claims key: 'https://hasura.io/jwt/claims' not found");
            assertRefused(
                    Keys.hs256("claims_namespace_path", "$.a[0]"),
                    Keys.signed("{\"a\": []}"),
                    "jwt-invalid-claims",
                    "claims not found at claims_namespace_path: '$.a[0]'");
        }

        @Test
        void areTextsWhereTheFormatSaysSo() {
            HasuraJwt jwt = Keys.hs256("claims_format", "stringified_json");

            assertRefused(
                    jwt,
                    claims("{}"),
                    "jwt-invalid-claims",
                    "expecting a string when claims_format is stringified_json");
            for (String text : List.of("{s3cret", "[]", "")) {
                assertRefused(
                        jwt,
                        claims(JsonMapper.shared().writeValueAsString(text)),
                        "jwt-invalid-claims",
                        "expecting stringified json at: 'claims_namespace https://hasura.io/jwt/claims'");
            }
        }

        @Test
        void withoutThePrefixAreNotVariables() {
            HasuraToken token = Keys.hs256().verify(claims("""
                    {"x-hasura-allowed-roles": ["user"], "x-hasura-default-role": "user", "other": 1, "X-HASURA-Team": "a",
                     "x-hasura-role": "admin"}"""));

            assertThat(token.sessionVariables().asMap())
                    .isEqualTo(Map.of("x-hasura-role", "user", "x-hasura-team", "a"));
        }
    }

    @Nested
    class Headers {

        private static Function<String, String> headers(String... namesAndValues) {
            Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            for (int i = 0; i < namesAndValues.length; i += 2) {
                headers.put(namesAndValues[i], namesAndValues[i + 1]);
            }
            return headers::get;
        }

        @Test
        void haveABearerToken() {
            assertThat(Keys.hs256().tokenIn(headers("authorization", "Bearer a.b.c")))
                    .hasValue("a.b.c");
            assertThat(Keys.hs256("header", Map.of("type", "authorization"))
                            .tokenIn(headers("Authorization", " Bearer  a.b.c ")))
                    .hasValue("a.b.c");
            assertThat(Keys.hs256().tokenIn(headers("Cookie", "a=b"))).isEmpty();
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "Bearer", "Basic dTpw", "bearer a.b.c", "a.b.c", "Bearer a b"})
        void mayHaveSomethingElseInItsPlace(String authorization) {
            assertThatThrownBy(() -> Keys.hs256().tokenIn(headers("Authorization", authorization)))
                    .hasMessage("Malformed Authorization header")
                    .isInstanceOfSatisfying(
                            HasuraJwtException.class, e -> assertThat(e.code()).isEqualTo("invalid-headers"));
        }

        @Test
        void mayHaveItInACookie() {
            HasuraJwt jwt = Keys.hs256("header", Map.of("type", "Cookie", "name", "session"));

            assertThat(jwt.tokenIn(headers("Cookie", "session=a.b.c"))).hasValue("a.b.c");
            assertThat(jwt.tokenIn(headers("cookie", "x=y; session=a.b.c;mysession=no")))
                    .hasValue("a.b.c");
            assertThat(jwt.tokenIn(headers("Cookie", "mysession=no"))).isEmpty();
            assertThat(jwt.tokenIn(headers("Authorization", "Bearer a.b.c"))).isEmpty();
            assertThatThrownBy(() -> jwt.tokenIn(headers("Cookie", "session=a; session=b")))
                    .hasMessage("Could not verify JWT: Multiple JWTs found");
        }

        @Test
        void mayHaveItInAHeaderOfYours() {
            HasuraJwt jwt = Keys.hs256("header", Map.of("type", "CustomHeader", "name", "X-Token"));

            assertThat(jwt.tokenIn(headers("x-token", "a.b.c"))).hasValue("a.b.c");
            assertThat(jwt.tokenIn(headers("Authorization", "Bearer a.b.c"))).isEmpty();
        }

        @Test
        void sayWhoItIs() {
            HasuraJwt jwt = Keys.hs256();

            assertThat(jwt.authenticate(headers("Authorization", "Bearer " + token(""))))
                    .hasValueSatisfying(token -> assertThat(token.role()).isEqualTo("user"));
            assertThat(jwt.authenticate(headers("Authorization", "Bearer " + token(""), "X-Hasura-Role", "editor")))
                    .hasValueSatisfying(token -> assertThat(token.role()).isEqualTo("editor"));
            assertThat(jwt.authenticate(headers("X-Hasura-Role", "editor"))).isEmpty();
            assertThatThrownBy(() -> jwt.authenticate(headers("Authorization", "Bearer nonsense")))
                    .isInstanceOf(HasuraJwtException.class);
        }
    }

    @Nested
    class Nonsense {

        @ParameterizedTest
        @ValueSource(strings = {"", ".", "..", "...", "a.b.c", "eyJhbGciOiJIUzI1NiJ9..", "😀", "a.b.c.d.e", "null"})
        void isRefused(String token) {
            assertThatThrownBy(() -> Keys.hs256().verify(token))
                    .isInstanceOfSatisfying(
                            HasuraJwtException.class, e -> assertThat(e.code()).isEqualTo("invalid-jwt"));
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "[]", "{", "1", "null", "{\"sub\": 7}"})
        void thatIsSignedIsRefusedToo(String payload) {
            assertThatThrownBy(() -> Keys.hs256().verify(Keys.signed(payload))).isInstanceOf(HasuraJwtException.class);
        }

        @Test
        void neverThrowsAnythingElseAndNeverShowsTheToken() {
            Random random = new Random(7);
            String good = token("\"sub\": \"7\",");
            HasuraJwt jwt = Keys.hs256();
            for (int i = 0; i < 3000; i++) {
                StringBuilder bad = new StringBuilder(good);
                for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
                    int at = random.nextInt(bad.length());
                    switch (random.nextInt(3)) {
                        case 0 -> bad.setCharAt(at, (char) (32 + random.nextInt(95)));
                        case 1 -> bad.deleteCharAt(at);
                        default -> bad.insert(at, "._-A{\"".charAt(random.nextInt(6)));
                    }
                }
                Throwable thrown = catchThrowable(() -> jwt.verify(bad.toString()));
                // The last character of a signature holds bits that nobody reads.
                if (thrown != null) {
                    assertThat(thrown)
                            .as(bad.toString())
                            .isInstanceOf(HasuraJwtException.class)
                            .hasNoCause();
                    assertThat(thrown.getMessage()).doesNotContain(bad.substring(0, Math.min(8, bad.length())));
                }
            }
        }
    }
}
