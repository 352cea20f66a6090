package io.github.hasura4j.test;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.Map;

import io.github.hasura4j.test.engine.EngineJson;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** Sends GraphQL to a local engine the way any client would, over HTTP. */
final class Requests {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final URI base;
    private final Map<String, String> headers;

    private Requests(URI base, Map<String, String> headers) {
        this.base = base;
        this.headers = headers;
    }

    static Requests to(LocalHasura engine) {
        return new Requests(engine.url(), Map.of());
    }

    /** An engine that is there already. */
    static Requests to(URI base) {
        return new Requests(base, Map.of());
    }

    Requests with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Requests(base, more);
    }

    Requests asRole(String role) {
        return with("x-hasura-role", role);
    }

    /** The whole answer's text. */
    String send(String document) {
        return send(document, "{}");
    }

    String send(String document, String variables) {
        return post("/v1/graphql", "{\"query\":" + EngineJson.tree(document) + ",\"variables\":" + variables + "}")
                .body();
    }

    /** The data's text, for requests that should succeed. */
    String data(String document) {
        return data(document, "{}");
    }

    String data(String document, String variables) {
        String answer = send(document, variables);
        if (!answer.startsWith("{\"data\":")) {
            throw new AssertionError("The engine refused " + document + ": " + answer);
        }
        return answer.substring("{\"data\":".length(), answer.length() - 1);
    }

    JsonNode tree(String document) {
        return EngineJson.parse(data(document));
    }

    HttpResponse<String> post(String path, String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        return exchange(request);
    }

    HttpResponse<String> get(String path) {
        return exchange(HttpRequest.newBuilder(base.resolve(path)).GET());
    }

    HttpResponse<String> send(String method, String path, String body) {
        return exchange(
                HttpRequest.newBuilder(base.resolve(path)).method(method, HttpRequest.BodyPublishers.ofString(body)));
    }

    private HttpResponse<String> exchange(HttpRequest.Builder request) {
        headers.forEach(request::setHeader);
        try {
            return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The engine's answer to a command of its metadata API. */
    HttpResponse<String> command(String type, String args) {
        return post("/v1/metadata", "{\"type\": \"" + type + "\", \"args\": " + args + "}");
    }

    /** The answer to a command that should succeed. */
    String run(String type, String args) {
        return answered(200, type, args);
    }

    /** The answer to a command that should fail. */
    JsonNode refused(int status, String type, String args) {
        return EngineJson.parse(answered(status, type, args));
    }

    private String answered(int status, String type, String args) {
        HttpResponse<String> answer = command(type, args);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        return answer.body();
    }
}
