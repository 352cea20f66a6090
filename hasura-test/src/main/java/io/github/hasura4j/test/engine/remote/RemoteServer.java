package io.github.hasura4j.test.engine.remote;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import graphql.introspection.IntrospectionQueryBuilder;
import io.github.hasura4j.client.project.HeaderMetadata;
import io.github.hasura4j.client.project.RemoteSchemaMetadata;
import io.github.hasura4j.test.engine.EngineException;
import io.github.hasura4j.test.engine.EngineJson;
import io.github.hasura4j.test.engine.Environment;
import io.github.hasura4j.test.engine.Session;
import io.github.hasura4j.test.engine.Trace;
import io.github.hasura4j.test.engine.http.ClientHeaders;
import io.github.hasura4j.test.engine.http.Webhooks;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The server behind a remote schema: asked for its types, and for data ({@code webhooks.md} 6). */
final class RemoteServer {

    private static final String INTROSPECTION =
            IntrospectionQueryBuilder.build(IntrospectionQueryBuilder.Options.defaultOptions()
                    .directiveIsRepeatable(false)
                    .specifiedByUrl(false));

    private final Address address;
    private final Webhooks webhooks;
    private final Environment environment;

    RemoteServer(Address address, Webhooks webhooks, Environment environment) {
        this.address = address;
        this.webhooks = webhooks;
        this.environment = environment;
    }

    /**
     * How a server is called: its types are those it had before, as long as nothing of this changes.
     *
     * @param name the remote schema's name
     * @param url its URL, a template; null if it comes from the environment
     * @param urlFromEnv the environment variable that holds the URL; null if the URL is given
     * @param headers the headers sent along
     * @param forwardClientHeaders whether the client's own headers are sent along too
     * @param timeoutSeconds how long it may take
     */
    record Address(
            String name,
            @Nullable String url,
            @Nullable String urlFromEnv,
            List<HeaderMetadata> headers,
            boolean forwardClientHeaders,
            int timeoutSeconds) {

        static Address of(RemoteSchemaMetadata metadata) {
            return new Address(
                    metadata.name(),
                    metadata.url(),
                    metadata.urlFromEnv(),
                    metadata.headers(),
                    metadata.forwardClientHeaders(),
                    metadata.timeoutSeconds());
        }
    }

    /**
     * What a server answered.
     *
     * @param data the {@code data}
     * @param cookies the {@code Set-Cookie} headers for the client
     */
    record Answer(JsonNode data, List<String> cookies) {}

    /** The whole answer to the introspection query. */
    JsonNode introspect() throws IOException {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("query", INTROSPECTION);
        body.put("operationName", "IntrospectionQuery");
        Webhooks.Answer answer =
                post(webhooks.headers(address.headers(), environment, Trace.fresh()), EngineJson.write(body));
        JsonNode json;
        try {
            json = EngineJson.parse(answer.body());
        } catch (JacksonException e) {
            throw new IOException(
                    "the answer to the introspection query is not JSON (status " + answer.status() + ")", e);
        }
        if (!json.path("data").path("__schema").isObject()) {
            throw new IOException(
                    "the answer to the introspection query has no schema (status " + answer.status() + ")");
        }
        return json;
    }

    /**
     * Asks for data.
     *
     * @throws RemoteSchemas.RemoteErrors if there are errors in the answer
     */
    Answer ask(ObjectNode body, Session session) {
        // Configured headers win over the session, and that over the client's own: webhooks.md 6.
        Map<String, String> headers = webhooks.headers(address.headers(), environment, session.trace());
        session.variables().asMap().forEach(headers::putIfAbsent);
        if (address.forwardClientHeaders()) {
            ClientHeaders.forwarded(session.clientHeaders()).forEach(headers::putIfAbsent);
        }
        Webhooks.Answer response;
        JsonNode answer;
        try {
            response = post(headers, EngineJson.write(body));
            answer = EngineJson.parse(response.body());
        } catch (IOException e) {
            throw error("HTTP exception occurred while sending the request to \"" + address.name() + "\"");
        } catch (JacksonException e) {
            throw error("the answer of \"" + address.name() + "\" is not JSON");
        }
        if (answer.path("errors").isArray() && !answer.path("errors").isEmpty()) {
            throw new RemoteSchemas.RemoteErrors(answer.path("errors"));
        }
        if (!answer.path("data").isObject()) {
            throw noData();
        }
        return new Answer(answer.path("data"), response.headers().getOrDefault("set-cookie", List.of()));
    }

    EngineException noData() {
        return error("the answer of \"" + address.name() + "\" has no data");
    }

    private static EngineException error(String message) {
        return EngineException.of("remote-schema-error", "$", message);
    }

    private Webhooks.Answer post(Map<String, String> headers, String body) throws IOException {
        String url = environment.url(address.url(), address.urlFromEnv());
        return webhooks.post(url, headers, body, Duration.ofSeconds(address.timeoutSeconds()));
    }
}
