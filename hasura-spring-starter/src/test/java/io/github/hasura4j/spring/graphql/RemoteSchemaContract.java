package io.github.hasura4j.spring.graphql;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Principal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.github.hasura4j.payload.SessionVariables;
import io.github.hasura4j.spring.HasuraSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.ContextValue;
import org.springframework.graphql.data.method.annotation.MutationMapping;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Controller;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/** What holds for a remote schema over HTTP, on either web stack. */
abstract class RemoteSchemaContract {

    static final String SCHEMA = "spring.graphql.schema.locations=classpath:remote-schema/";
    static final String PRINTER = "spring.graphql.schema.printer.enabled=true";
    static final String SECRET = "hasura.webhook.secret=s3cret";

    private static final Path FIXTURES = Path.of("../hasura-payloads/src/test/resources/contract/fixtures");
    private static final JsonMapper JSON = JsonMapper.shared();

    /**
     * One for each request: after one that the application's own chain refused with its body unread, Reactor Netty now and then does
     * not read the next one on the same connection.
     */
    private static HttpClient newConnection() {
        return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    }

    static final String WHO = "{\"query\": \"{ whoAmI { role user name variables } }\"}";

    static final String REFUSED = """
            401 {"errors":[{"message":"The webhook secret is missing or wrong","extensions":{"code":"unauthenticated"}}]}""";

    @LocalServerPort
    private int port;

    static Stream<String> fixtures() throws IOException {
        try (Stream<Path> files = Files.list(FIXTURES)) {
            return files
                    .map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith("remote-schema-"))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    @Test
    void thereAreFixtures() throws IOException {
        assertThat(fixtures()).hasSize(4);
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void whatTheEngineSendsIsAnswered(String name) throws IOException {
        JsonNode request =
                JSON.readTree(Files.readString(FIXTURES.resolve(name))).path("request");
        Map<String, String> headers = new LinkedHashMap<>(Map.of("X-Webhook-Secret", "s3cret"));
        request.path("headers")
                .properties()
                .forEach(
                        header -> headers.put(header.getKey(), header.getValue().asString()));
        HttpResponse<String> answer =
                send("/graphql", headers, request.path("body").toString());

        assertThat(answer.statusCode()).isEqualTo(200);
        JsonNode body = JSON.readTree(answer.body());
        assertThat(body.has("errors")).as(answer.body()).isFalse();
        switch (name) {
            case "remote-schema-introspection.json" -> assertIntrospected(body.at("/data/__schema"));
            case "remote-schema-mutation-preset.json" ->
                assertThat(answer.body())
                        .isEqualTo("{\"data\":{\"create_message\":\"hello world for 2 from 1 as 1\"}}");
            case "remote-schema-query-with-session.json" ->
                assertThat(answer.body())
                        .isEqualTo("{\"data\":{\"user\":{\"id\":\"7\",\"name\":\"Ada, asked by 7\"}}}");
            case "remote-schema-typename-alias.json" ->
                assertThat(answer.body()).isEqualTo("""
                        {"data":{"pets":[{"__typename":"Dog","barks":true,"alias_name":"Rex"},\
                        {"__typename":"Cat","alias_name":"Tom"}]}}""");
            default -> throw new AssertionError("Say what " + name + " is answered with");
        }
    }

    private static void assertIntrospected(JsonNode schema) {
        assertThat(schema.at("/queryType/name").asString()).isEqualTo("Query");
        assertThat(schema.at("/mutationType/name").asString()).isEqualTo("Mutation");
        assertThat(schema.path("subscriptionType").isNull()).isTrue();
        for (JsonNode type : schema.path("types")) {
            switch (type.path("kind").asString()) {
                case "OBJECT", "INTERFACE" -> {
                    for (JsonNode field : type.path("fields")) {
                        assertThat(field.path("args").isArray()).isTrue();
                    }
                }
                case "ENUM" -> assertThat(type.path("enumValues").isArray()).isTrue();
                case "INPUT_OBJECT" ->
                    assertThat(type.path("inputFields").isArray()).isTrue();
                default -> assertThat(type.path("kind").asString()).isEqualTo("SCALAR");
            }
            if (type.path("kind").asString().equals("INTERFACE")) {
                assertThat(type.path("possibleTypes").size()).isEqualTo(2);
            }
        }
    }

    @Test
    void theSessionIsKnown() {
        assertThat(ask(WHO, "X-Webhook-Secret", "s3cret", "x-hasura-role", "editor", "x-hasura-user-id", "7"))
                .isEqualTo("""
                        200 {"data":{"whoAmI":{"role":"editor","user":"7","name":"7",\
                        "variables":["x-hasura-role=editor","x-hasura-user-id=7"]}}}""");
        assertThat(ask(WHO, "X-Webhook-Secret", "s3cret"))
                .isEqualTo("200 {\"data\":{\"whoAmI\":{\"role\":null,\"user\":null,\"name\":\"\",\"variables\":[]}}}");
    }

    @Test
    void ofTheUnauthorizedRoleNothingElseIsBelieved() {
        assertThat(ask(WHO, "X-Webhook-Secret", "s3cret", "x-hasura-role", "anonymous", "x-hasura-user-id", "7"))
                .contains("\"role\":\"anonymous\",\"user\":null,\"name\":\"anonymous\"");
    }

    @Test
    void anAdminSecretIsNoVariable() {
        assertThat(ask(WHO, "X-Webhook-Secret", "s3cret", "x-hasura-role", "admin", "x-hasura-admin-secret", "hunter2"))
                .contains("\"variables\":[\"x-hasura-role=admin\"]");
    }

    @Test
    void aVariableThatComesTwiceIsNobodys() {
        assertThat(ask(
                        WHO,
                        "X-Webhook-Secret",
                        "s3cret",
                        "x-hasura-role",
                        "user",
                        "x-hasura-user-id",
                        "7",
                        "X-Hasura-User-Id",
                        "8"))
                .contains("\"role\":\"user\",\"user\":null");
    }

    /** Only where it is guarded. */
    abstract static class Guarded extends RemoteSchemaContract {

        @ParameterizedTest
        @ValueSource(strings = {"", "wrong", "S3CRET", "s3cret2"})
        void withoutTheSecretItIsRefused(String secret) {
            assertThat(ask(WHO, "X-Webhook-Secret", secret, "x-hasura-role", "admin"))
                    .isEqualTo(REFUSED);
        }

        @Test
        void theSecretMustNotHaveCompany() {
            assertThat(ask(WHO, "X-Webhook-Secret", "s3cret", "X-Webhook-Secret", "guess"))
                    .isEqualTo(REFUSED);
        }

        @Test
        void theSecretIsLookedAtBeforeAnythingElse() {
            assertThat(ask("{ broken", "x-hasura-role", "admin")).isEqualTo(REFUSED);
            assertThat(ask(WHO, "Accept", "text/event-stream")).isEqualTo(REFUSED);
            assertThat(shown(get("/graphql"))).isEqualTo(REFUSED);
            assertThat(shown(get("/graphql/schema"))).isEqualTo(REFUSED);
            HttpResponse<String> answer = get("/graphql");
            assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
            assertThat(answer.headers().map()).doesNotContainKeys("set-cookie", "www-authenticate", "location");
        }

        @Test
        void itsPrintedSchemaIsForWhoeverHasTheSecret() {
            assertThat(get("/graphql/schema", "X-Webhook-Secret", "s3cret").body())
                    .contains("type Query");
        }
    }

    /** Only where there is Spring Security. */
    abstract static class Secured extends Guarded {

        @Test
        void theSessionIsTheAuthentication() {
            String who = "{\"query\": \"{ authentication }\"}";
            assertThat(ask(
                            who,
                            "X-Webhook-Secret",
                            "s3cret",
                            "x-hasura-role",
                            "editor",
                            "x-hasura-user-id",
                            "7",
                            "Authorization",
                            "Bearer nonsense"))
                    .isEqualTo("200 {\"data\":{\"authentication\":\"HasuraAuthentication 7\"}}");
        }

        @Test
        void methodSecurityDecides() {
            String secret = "{\"query\": \"{ secretOfEditors }\"}";
            assertThat(ask(secret, "X-Webhook-Secret", "s3cret", "x-hasura-role", "editor"))
                    .isEqualTo("200 {\"data\":{\"secretOfEditors\":\"done\"}}");
            assertThat(ask(secret, "X-Webhook-Secret", "s3cret", "x-hasura-role", "user"))
                    .contains("\"message\":\"Forbidden\"")
                    .contains("\"data\":{\"secretOfEditors\":null}");
            assertThat(ask(secret, "X-Webhook-Secret", "s3cret", "x-hasura-role", "anonymous"))
                    .contains("\"message\":\"Unauthorized\"");
        }
    }

    final String ask(String body, String... headers) {
        return shown(send("/graphql", body, headers));
    }

    final HttpResponse<String> get(String path, String... headers) {
        return send(path, "", headers);
    }

    private static String shown(HttpResponse<String> answer) {
        return answer.statusCode() + " " + answer.body();
    }

    private HttpResponse<String> send(String path, Map<String, String> headers, String body) {
        return send(
                path,
                body,
                headers.entrySet().stream()
                        .flatMap(header -> Stream.of(header.getKey(), header.getValue()))
                        .toArray(String[]::new));
    }

    private HttpResponse<String> send(String path, String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .timeout(Duration.ofSeconds(30));
        if (!body.isEmpty()) {
            request.setHeader("Content-Type", "application/json").POST(BodyPublishers.ofString(body));
        }
        for (int i = 0; i < headers.length; i += 2) {
            if (headers[i].equals("Content-Type")) {
                request.setHeader(headers[i], headers[i + 1]);
            } else if (!headers[i + 1].isEmpty()) {
                request.header(headers[i], headers[i + 1]);
            }
        }
        try {
            return newConnection().send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    record User(String id, String name) {}

    record Who(String role, String user, String name, List<String> variables) {}

    interface Pet {
        String name();
    }

    record Dog(String name, boolean barks) implements Pet {}

    record Cat(String name, Mood mood) implements Pet {}

    enum Mood {
        HUNGRY,
        ASLEEP
    }

    record MessageInput(String to, String content, String from) {}

    @Controller
    static class Schema {

        @QueryMapping
        User user(@Argument String id, @ContextValue SessionVariables sessionVariables) {
            return new User(id, "Ada, asked by " + sessionVariables.userId().orElse("nobody"));
        }

        @QueryMapping
        List<Pet> pets() {
            return List.of(new Dog("Rex", true), new Cat("Tom", Mood.ASLEEP));
        }

        @MutationMapping("create_message")
        String createMessage(@Argument MessageInput message, HasuraSession session) {
            return "%s for %s from %s as %s"
                    .formatted(
                            message.content(),
                            message.to(),
                            message.from(),
                            session.userId().orElse(null));
        }

        @QueryMapping
        Who whoAmI(HasuraSession session, SessionVariables variables) {
            return new Who(
                    session.role().orElse(null),
                    session.userId().orElse(null),
                    session.name(),
                    variables.asMap().entrySet().stream()
                            .map(each -> each.getKey() + "=" + each.getValue())
                            .sorted()
                            .toList());
        }

        @QueryMapping
        String authentication(Principal principal) {
            return principal.getClass().getSimpleName() + " " + principal.getName();
        }

        @QueryMapping
        @PreAuthorize("hasRole('editor')")
        Mono<String> secretOfEditors() {
            return Mono.just("done");
        }
    }
}
