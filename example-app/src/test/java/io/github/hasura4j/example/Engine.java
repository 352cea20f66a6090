package io.github.hasura4j.example;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.Map;

import tools.jackson.databind.json.JsonMapper;

/** Sends GraphQL to the engine as a browser or curl would. */
final class Engine {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final URI endpoint;
    private final Map<String, String> headers;

    private Engine(URI endpoint, Map<String, String> headers) {
        this.endpoint = endpoint;
        this.headers = headers;
    }

    static Engine at(int port) {
        return at(port, "/v1/graphql");
    }

    /** What serves GraphQL there, an engine or not. */
    static Engine at(int port, String path) {
        return new Engine(URI.create("http://localhost:" + port + path), Map.of());
    }

    Engine with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Engine(endpoint, more);
    }

    String send(String document) {
        String body = JsonMapper.shared().writeValueAsString(Map.of("query", document));
        HttpRequest.Builder request = HttpRequest.newBuilder(endpoint).POST(HttpRequest.BodyPublishers.ofString(body));
        headers.forEach(request::header);
        try {
            return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
