package io.github.hasura4j.spring.web;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;

/** One of the contract's recorded calls. */
record Fixture(String name, JsonNode whole) {

    static final JsonMapper EXACT = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private static final Path FIXTURES = Path.of("../hasura-payloads/src/test/resources/contract/fixtures");

    /** Headers that the JDK's client sets itself. */
    private static final Set<String> NOT_OURS_TO_SEND =
            Set.of("host", "content-length", "connection", "accept-encoding");

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    static Stream<Fixture> ofKind(String kind) throws IOException {
        try (Stream<Path> files = Files.list(FIXTURES)) {
            List<Fixture> found = files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .map(Fixture::read)
                    .filter(fixture -> fixture.whole().path("kind").asString().equals(kind))
                    .toList();
            return found.stream();
        }
    }

    private static Fixture read(Path file) {
        try {
            JsonNode whole = EXACT.readTree(Files.readString(file));
            return new Fixture(whole.path("name").asString(), whole);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    JsonNode body() {
        return whole.at("/request/body");
    }

    JsonNode response() {
        return whole.path("response");
    }

    void forEachHeader(BiConsumer<String, String> header) {
        whole.at("/request/headers").properties().stream()
                .filter(each -> !NOT_OURS_TO_SEND.contains(each.getKey().toLowerCase(Locale.ROOT)))
                .forEach(each -> header.accept(each.getKey(), each.getValue().asString()));
    }

    /** Sends the request as the engine would, with these headers besides. */
    HttpResponse<String> sendTo(String uri, Map<String, String> more) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(uri))
                .timeout(Duration.ofSeconds(20))
                .method(
                        whole.at("/request/method").asString("POST"),
                        body().isNull() ? BodyPublishers.noBody() : BodyPublishers.ofString(body().toString()));
        more.forEach(request::header);
        forEachHeader(request::setHeader);
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    @Override
    public String toString() {
        return name;
    }
}
