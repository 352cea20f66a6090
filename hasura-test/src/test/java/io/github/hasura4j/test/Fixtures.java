package io.github.hasura4j.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.github.hasura4j.test.engine.EngineJson;
import tools.jackson.databind.JsonNode;

/** The recorded and composed requests and answers of the real engine. */
final class Fixtures {

    private static final Path DIRECTORY = Path.of("../hasura-payloads/src/test/resources/contract/fixtures");

    private Fixtures() {}

    /** One fixture; its name says what it shows. */
    record Fixture(String name, JsonNode json) {

        /** What a handler answers in it. */
        StubHandler.Reply response() {
            JsonNode response = json.path("response");
            String body = response.has("body_raw")
                    ? response.path("body_raw").asString()
                    : response.path("body").toString();
            return new StubHandler.Reply(response.path("status").intValue(), headers(response), body);
        }

        JsonNode result() {
            return json.path("engine_result");
        }

        /** The body that the engine sends in it. */
        JsonNode request() {
            return json.path("request").path("body");
        }

        Map<String, String> requestHeaders() {
            Map<String, String> headers = new HashMap<>();
            json.path("request")
                    .path("headers")
                    .properties()
                    .forEach(header ->
                            headers.put(header.getKey(), header.getValue().asString()));
            return headers;
        }

        private static Map<String, List<String>> headers(JsonNode response) {
            Map<String, List<String>> headers = new HashMap<>();
            response.path("headers").properties().forEach(header -> {
                List<String> values = new ArrayList<>();
                if (header.getValue().isArray()) {
                    header.getValue().forEach(value -> values.add(value.asString()));
                } else {
                    values.add(header.getValue().asString());
                }
                headers.put(header.getKey(), values);
            });
            return headers;
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Fixture> named(String prefix) {
        try (Stream<Path> files = Files.list(DIRECTORY)) {
            return files
                    .filter(file -> file.getFileName().toString().startsWith(prefix))
                    .sorted()
                    .map(Fixtures::read)
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Fixture of(String name) {
        return read(DIRECTORY.resolve(name + ".json"));
    }

    private static Fixture read(Path file) {
        try {
            JsonNode json = EngineJson.parse(Files.readString(file));
            return new Fixture(json.path("name").asString(), json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
