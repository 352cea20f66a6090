package io.github.hasura4j.test;

import java.nio.file.Path;
import java.util.Map;

import graphql.GraphQL;
import graphql.schema.idl.RuntimeWiring;
import graphql.schema.idl.SchemaGenerator;
import graphql.schema.idl.SchemaParser;
import io.github.hasura4j.test.engine.EngineJson;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** A GraphQL server of somebody else, merged into the engine's schema. */
class RemoteSchemaTests {

    private static final GraphQL SERVER = GraphQL.newGraphQL(new SchemaGenerator()
                    .makeExecutableSchema(
                            new SchemaParser().parse("""
                                            type Query { hello(name: String = "World", style: Style): String! weather(at: Point!): Weather fails: String }
                                            type Mutation { ring(times: Int!): Int }
                                            enum Style { LOUD QUIET }
                                            input Point { lat: Float! lon: Float! }
                                            type Weather { celsius: Float place: String }
                                            """),
                            RuntimeWiring.newRuntimeWiring()
                                    .type(
                                            "Query",
                                            type -> type.dataFetcher("hello", e -> "Hello " + e.getArgument("name"))
                                                    .dataFetcher(
                                                            "weather",
                                                            e -> Map.of(
                                                                    "celsius",
                                                                    21.5,
                                                                    "place",
                                                                    e.getArgument("at")
                                                                            .toString()))
                                                    .dataFetcher("fails", e -> {
                                                        throw new IllegalStateException("out of order");
                                                    }))
                                    .type("Mutation", type -> type.dataFetcher("ring", e -> e.getArgument("times")))
                                    .build()))
            .build();

    @TempDir
    private Path directory;

    private final StubHandler server = new StubHandler();
    private LocalHasura engine;
    private Requests admin;

    @BeforeEach
    void start() {
        server.answers(request -> {
            JsonNode json = request.json();
            @SuppressWarnings("unchecked")
            Map<String, Object> variables = json.path("variables").isObject()
                    ? EngineJson.mapper().treeToValue(json.path("variables"), Map.class)
                    : Map.of();
            var result = SERVER.execute(
                    input -> input.query(json.path("query").asString()).variables(variables));
            return StubHandler.Reply.json(
                    200, EngineJson.tree(result.toSpecification()).toString());
        });
        ProjectFiles.in(directory)
                .withMigration("CREATE TABLE thing (id integer PRIMARY KEY)")
                .withTable("thing", "table: thing\n")
                .with("metadata/remote_schemas.yaml", """
                        - name: weather
                          definition:
                            url: '{{WEATHER}}/graphql'
                            timeout_seconds: 5
                            headers: [{name: X-Secret, value: abc}]
                        - name: gone
                          definition: {url: 'http://127.0.0.1:1/graphql', timeout_seconds: 2}
                          comment: ""
                        """);
        engine = LocalHasura.forProject(directory)
                .environment("WEATHER", server.url())
                .start();
        admin = Requests.to(engine);
        server.forget();
    }

    @AfterEach
    void stop() {
        engine.close();
        server.close();
    }

    @Test
    void isAskedForWhatTheClientSelects() {
        assertThat(admin.data(
                        "query ($p: Point!) { hi: hello(name: \"Ann\", style: LOUD) thing { id } weather(at: $p) { ...W } }"
                                + " fragment W on Weather { c: celsius __typename }",
                        "{\"p\": {\"lat\": 1.5, \"lon\": 2}}"))
                .isEqualTo("{\"hi\":\"Hello Ann\",\"thing\":[],\"weather\":{\"c\":21.5,\"__typename\":\"Weather\"}}");
        assertThat(admin.data("mutation { ring(times: 3) }")).isEqualTo("{\"ring\":3}");
    }

    @Test
    void isSentTheSessionAndTheConfiguredHeaders() {
        admin.asRole("user").with("x-hasura-user-id", "7").with("X-Mine", "1").data("{ hello }");

        StubHandler.Received request = server.next();
        assertThat(request.header("x-hasura-role")).isEqualTo("user");
        assertThat(request.header("x-hasura-user-id")).isEqualTo("7");
        assertThat(request.header("X-Secret")).isEqualTo("abc");
        assertThat(request.header("X-Mine")).isNull();
    }

    @Test
    void isSentBodiesOfTheEnginesShape() {
        engine.reloadRemoteSchemas();
        assertThat(server.next().json().propertyNames()).containsExactlyInAnyOrderElementsOf(keys("introspection"));

        admin.data("mutation { ring(times: 3) }");
        assertThat(server.next().json().propertyNames()).containsExactlyInAnyOrderElementsOf(keys("mutation-preset"));
    }

    private static java.util.Collection<String> keys(String fixture) {
        return Fixtures.of("remote-schema-" + fixture).request().propertyNames();
    }

    @Test
    void passesItsErrorsOnAsTheyAre() {
        assertThat(admin.send("{ fails }"))
                .startsWith("{\"data\":null,\"errors\":[{\"message\":")
                .contains("out of order");
    }

    @Test
    void thatDoesNotAnswerIsReportedAndTheRestWorks() {
        assertThat(engine.inconsistentObjects())
                .extracting(InconsistentObject::type, InconsistentObject::name)
                .containsExactly(org.assertj.core.api.Assertions.tuple("remote_schema", "gone"));
        assertThat(engine.inconsistentObjects())
                .first()
                .hasToString(
                        "remote_schema 'gone': Inconsistent object: no answer from 127.0.0.1:1: connection refused");
        assertThat(admin.get("/healthz").body()).isEqualTo("WARN: inconsistent objects in schema");
        assertThat(admin.data("{ thing { id } }")).isEqualTo("{\"thing\":[]}");
    }

    @Test
    void thatCameUpLaterIsFoundOnAReload() {
        StubHandler late = new StubHandler();
        try (late;
                LocalHasura other = LocalHasura.forProject(directory)
                        .environment("WEATHER", "http://weather.example:80")
                        .connectTo("weather.example:80", "127.0.0.1:" + late.port())
                        .start()) {
            assertThat(other.inconsistentObjects()).hasSize(2);
            assertThat(Requests.to(other).send("{ hello }")).contains("field 'hello' not found");

            late.answers(request -> StubHandler.Reply.json(
                    200,
                    EngineJson.tree(SERVER.execute(request.json().path("query").asString())
                                    .toSpecification())
                            .toString()));
            other.reloadRemoteSchemas();

            assertThat(Requests.to(other).data("{ hello }")).isEqualTo("{\"hello\":\"Hello World\"}");
            assertThat(other.inconsistentObjects()).hasSize(1);
        }
    }
}
