package io.github.hasura4j.payload;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;

/** What engines send, recorded or composed from the engine's own rules. */
final class Fixtures {

    static final Path DIRECTORY = Path.of("src/test/resources/contract/fixtures");

    /** Keeps every digit and every trailing zero. */
    static final JsonMapper EXACT = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private Fixtures() {}

    /** One request of the engine. */
    record Fixture(String name, String kind, JsonNode body) {

        String json() {
            return body.toString();
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static List<Fixture> ofKind(String kind) {
        try (Stream<Path> files = Files.list(DIRECTORY)) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .map(Fixtures::read)
                    .filter(fixture -> fixture.kind().equals(kind))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Fixture named(String name) {
        return read(DIRECTORY.resolve(name + ".json"));
    }

    private static Fixture read(Path file) {
        try {
            JsonNode fixture = EXACT.readTree(Files.readString(file));
            return new Fixture(
                    fixture.path("name").asString(),
                    fixture.path("kind").asString(),
                    fixture.path("request").path("body"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
