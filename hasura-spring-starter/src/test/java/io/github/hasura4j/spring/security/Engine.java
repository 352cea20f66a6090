package io.github.hasura4j.spring.security;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** Sends what the engine sends, over real HTTP. Immutable. */
final class Engine {

    /**
     * One for each request: after one that the application's own chain refused with its body unread, Reactor Netty now and then does
     * not read the next one on the same connection.
     */
    private static HttpClient newConnection() {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    private final int port;
    private final Map<String, String> headers;

    private Engine(int port, Map<String, String> headers) {
        this.port = port;
        this.headers = headers;
    }

    static Engine at(int port) {
        return new Engine(port, Map.of("Content-Type", "application/json"));
    }

    Engine with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Engine(port, more);
    }

    Engine withoutSecret() {
        return with("X-Webhook-Secret", "");
    }

    String action(String name, String session) {
        return shown(post("/hasura/actions", actionBody(name, session)));
    }

    String event(String trigger, String session) {
        return shown(post("/hasura/events", """
                {"id": "1", "created_at": "2024-01-01T00:00:00", "table": {"schema": "public", "name": "t"},
                 "trigger": {"name": "%s"}, "delivery_info": {"current_retry": 0, "max_retries": 0},
                 "event": {"op": "INSERT", "session_variables": %s, "trace_context": null,
                           "data": {"old": null, "new": {"name": "Ada"}}}}""".formatted(trigger, session)));
    }

    static String actionBody(String name, String session) {
        return """
                {"action": {"name": "%s"}, "input": {}, "session_variables": %s, "request_query": null}""".formatted(name, session);
    }

    HttpResponse<String> get(String path) {
        return send(path, "GET", "");
    }

    HttpResponse<String> post(String path, String body) {
        return send(path, "POST", body);
    }

    HttpResponse<String> send(String path, String method, String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        headers.forEach((name, value) -> {
            if (!value.isEmpty()) {
                request.header(name, value);
            }
        });
        try {
            return newConnection().send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The whole answer to a request whose headers are sent in UTF-8, which no decent client does. */
    String raw(String path, String header, String body) throws IOException {
        StringBuilder request =
                new StringBuilder("POST " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n");
        headers.forEach(
                (name, value) -> request.append(name).append(": ").append(value).append("\r\n"));
        request.append(header)
                .append("\r\nContent-Length: ")
                .append(body.length())
                .append("\r\n\r\n")
                .append(body);
        try (Socket socket = new Socket("localhost", port)) {
            socket.getOutputStream().write(request.toString().getBytes(StandardCharsets.UTF_8));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Status and body, for comparing. */
    static String shown(HttpResponse<String> answer) {
        return answer.statusCode() + " " + answer.body();
    }
}
