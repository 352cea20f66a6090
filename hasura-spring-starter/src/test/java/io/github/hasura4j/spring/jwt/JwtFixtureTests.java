package io.github.hasura4j.spring.jwt;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** The claims of the contract: read as the engine does, and laid out again by the builder. */
class JwtFixtureTests {

    private static final Path FIXTURES = Path.of("../hasura-payloads/src/test/resources/contract/fixtures");
    private static final Clock CLOCK = Clock.fixed(Instant.ofEpochSecond(1516239022), ZoneOffset.UTC);

    record Fixture(String name, JsonNode json) {

        HasuraJwt jwt() {
            ObjectNode secret = ((ObjectNode) json.get("jwt_config")).deepCopy();
            secret.put("key", Keys.HMAC);
            return HasuraJwt.from(secret.toString()).withClock(CLOCK);
        }

        JsonNode claims() {
            return json.at("/request/body");
        }

        JsonNode result() {
            return json.get("engine_result");
        }

        String wishedRole() {
            return json.at("/request/headers/X-Hasura-Role").asString("");
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static List<Fixture> all() throws IOException {
        try (Stream<Path> files = Files.list(FIXTURES)) {
            List<Fixture> fixtures = new ArrayList<>();
            for (Path file : files.filter(path -> path.getFileName().toString().startsWith("jwt-claims-"))
                    .sorted()
                    .toList()) {
                JsonNode json = JsonMapper.shared().readTree(Files.readString(file));
                fixtures.add(new Fixture(json.path("name").asString(), json));
            }
            return fixtures;
        }
    }

    static List<Fixture> accepted() throws IOException {
        return all().stream().filter(fixture -> fixture.result().has("role")).toList();
    }

    static List<Fixture> refused() throws IOException {
        return all().stream().filter(fixture -> fixture.result().has("code")).toList();
    }

    @Test
    void areAllThere() throws IOException {
        assertThat(accepted()).hasSizeGreaterThanOrEqualTo(4);
        assertThat(refused()).hasSizeGreaterThanOrEqualTo(3);
        assertThat(accepted().size() + refused().size()).isEqualTo(all().size());
    }

    @ParameterizedTest
    @MethodSource("accepted")
    void giveTheSessionOfTheEngine(Fixture fixture) {
        HasuraToken token = fixture.jwt().verify(Keys.signed(fixture.claims().toString()), fixture.wishedRole());

        assertThat(token.role()).isEqualTo(fixture.result().get("role").asString());
        assertThat(token.sessionVariables().role()).hasValue(token.role());
        assertThat(token.subject()).isEqualTo(fixture.claims().path("sub").asString());
        fixture.result()
                .path("session_variables")
                .properties()
                .forEach(variable -> assertThat(token.sessionVariables().asMap())
                        .containsEntry(variable.getKey(), variable.getValue().asString()));
        if (fixture.result().has("session_variables")) {
            assertThat(token.sessionVariables().asMap())
                    .hasSize(fixture.result().get("session_variables").size());
        }
    }

    @ParameterizedTest
    @MethodSource("refused")
    void areRefusedWithTheEnginesCode(Fixture fixture) {
        String token = Keys.signed(fixture.claims().toString());

        HasuraJwtException refusal = catchThrowableOfType(
                HasuraJwtException.class, () -> fixture.jwt().verify(token, fixture.wishedRole()));

        assertThat(refusal.code()).isEqualTo(fixture.result().get("code").asString());
        if (fixture.result().has("message")) {
            assertThat(refusal).hasMessage(fixture.result().get("message").asString());
        }
    }

    @ParameterizedTest
    @MethodSource("accepted")
    void areLaidOutTheSameByTheBuilder(Fixture fixture) {
        HasuraToken said = fixture.jwt().verify(Keys.signed(fixture.claims().toString()));
        HasuraTokenBuilder builder = fixture.jwt().token().subject(said.subject());
        builder.roles(said.allowedRoles()).defaultRole(said.defaultRole()).expiresIn(Duration.ofMinutes(5));
        said.sessionVariables().asMap().forEach((name, value) -> {
            if (!name.equals("x-hasura-role")) {
                builder.variable(name, value);
            }
        });
        for (String own : List.of("name", "admin")) {
            if (said.claims().get(own) != null) {
                builder.claim(own, said.claims().get(own));
            }
        }

        ObjectNode minted = (ObjectNode) Keys.payload(builder.sign());

        assertThat(minted.remove("exp").asLong()).isEqualTo(1516239022 + 300);
        if (!fixture.claims().has("iat")) {
            minted.remove("iat");
        }
        assertThat(lowerCased(minted)).isEqualTo(lowerCased(fixture.claims()));
    }

    /** Names in the token may be in any case; ours are in lower case. */
    private static JsonNode lowerCased(JsonNode claims) {
        return JsonMapper.shared()
                .readTree(claims.toString()
                        .replaceAll("X-Hasura-[A-Za-z-]+", "\0$0\0")
                        .transform(JwtFixtureTests::lower));
    }

    private static String lower(String text) {
        StringBuilder lower = new StringBuilder();
        for (String part : text.split("\0")) {
            lower.append(part.startsWith("X-Hasura-") ? part.toLowerCase(Locale.ROOT) : part);
        }
        return lower.toString();
    }
}
