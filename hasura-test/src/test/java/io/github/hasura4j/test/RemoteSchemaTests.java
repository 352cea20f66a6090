package io.github.hasura4j.test;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** A GraphQL server of somebody else, merged into the engine's schema. */
class RemoteSchemaTests {

    @TempDir
    private static Path directory;

    private static StubGraphQlServer server;
    private static LocalHasura engine;
    private static Requests admin;

    @BeforeAll
    static void start() {
        server = server();
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
    }

    private static StubGraphQlServer server() {
        return new StubGraphQlServer(
                """
                type Query { hello(name: String = "World", style: Style): String! weather(at: Point!): Weather anyWeather(places: [Place!]): Weather fails: String pets: [Pet!] }
                type Mutation { ring(times: Int!): Int }
                type Subscription { hello: String }
                enum Style { LOUD QUIET }
                input Point { lat: Float! lon: Float! }
                input Place { at: Point name: String }
                type Weather { celsius: Float place: String }
                interface Pet { name: String }
                type Dog implements Pet { name: String barks: Boolean }
                type Cat implements Pet { name: String lives: Int }
                """,
                wiring -> wiring.type(
                                "Query",
                                type -> type.dataFetcher("hello", e -> "Hello " + e.getArgument("name"))
                                        .dataFetcher(
                                                "weather",
                                                e -> Map.of(
                                                        "celsius",
                                                        21.5,
                                                        "place",
                                                        e.getArgument("at").toString()))
                                        .dataFetcher(
                                                "anyWeather",
                                                e -> Map.of("place", String.valueOf(e.<Object>getArgument("places"))))
                                        .dataFetcher(
                                                "pets",
                                                e -> List.of(
                                                        Map.of("name", "Rex", "barks", true),
                                                        Map.of("name", "Tom", "lives", 9)))
                                        .dataFetcher("fails", e -> {
                                            throw new IllegalStateException("out of order");
                                        }))
                        .type(
                                "Pet",
                                type -> type.typeResolver(e -> e.getSchema()
                                        .getObjectType(e.<Map<?, ?>>getObject().containsKey("barks") ? "Dog" : "Cat")))
                        .type("Mutation", type -> type.dataFetcher("ring", e -> e.getArgument("times"))));
    }

    @BeforeEach
    void forget() {
        server.forget();
    }

    @AfterAll
    static void stop() {
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

    @Test
    void isSentTheClientsVariablesAsVariables() {
        assertThat(admin.data(
                        "query ($p: Point!, $n: String = \"Bob\", $s: Style, $unused: Int) { weather(at: $p) { place } hello(name: $n, style: $s) }",
                        "{\"p\": {\"lat\": 1.50, \"lon\": 2}}"))
                .isEqualTo("{\"weather\":{\"place\":\"{lat=1.5, lon=2.0}\"},\"hello\":\"Hello Bob\"}");

        JsonNode weather = server.next().json();
        assertThat(weather.path("query").stringValue()).isEqualTo("query ($p:Point!){weather(at:$p){place}}");
        assertThat(weather.path("variables")).hasToString("{\"p\":{\"lat\":1.5,\"lon\":2}}");
        JsonNode hello = server.next().json();
        assertThat(hello.path("query").stringValue()).isEqualTo("query ($n:String=\"Bob\"){hello(name:$n)}");
        assertThat(hello.path("variables")).hasToString("{\"n\":\"Bob\"}");
    }

    @Test
    void isSentVariablesInsideLiterals() {
        assertThat(admin.data(
                        "query ($lat: Float!, $n: String) { anyWeather(places: [{at: {lat: $lat, lon: 2}, name: $n}]) { place } }",
                        "{\"lat\": 7}"))
                .contains("[{at={lat=7.0, lon=2.0}, name=null}]");

        JsonNode request = server.next().json();
        assertThat(request.path("query").stringValue())
                .isEqualTo("query ($lat:Float!,$n:String){anyWeather(places:[{at:{lat:$lat,lon:2},name:$n}]){place}}");
        assertThat(request.path("variables")).hasToString("{\"lat\":7,\"n\":null}");
    }

    @Test
    void isAskedForWhatSomeTypesHaveInFragments() {
        assertThat(admin.data(
                        "{ pets { __typename name ... on Dog { loud: barks } ...C } } fragment C on Cat { lives }"))
                .isEqualTo("{\"pets\":[{\"__typename\":\"Dog\",\"name\":\"Rex\",\"loud\":true},"
                        + "{\"__typename\":\"Cat\",\"name\":\"Tom\",\"lives\":9}]}");
        assertThat(server.nextQuery()).isEqualTo("{pets{__typename name ...on Dog{loud:barks}...on Cat{lives}}}");
    }

    @Test
    void isNotSubscribedTo() {
        try (SocketClient client = SocketClient.to(engine).init("{}")) {
            client.subscribe("1", "subscription { hello }");

            assertThat(client.next())
                    .isEqualTo(
                            "{\"type\":\"error\",\"id\":\"1\",\"payload\":[{\"message\":\"subscription to remote server is not supported\","
                                    + "\"extensions\":{\"path\":\"$\",\"code\":\"not-supported\"}}]}");
        }
        assertThat(server.hasReceivedNothingMore()).isTrue();
    }

    @Test
    void isShownAsItIntrospectsItself() {
        assertThat(command("introspect_remote_schema", "{\"name\": \"weather\"}"))
                .startsWith("{\"data\":{\"__schema\":{\"queryType\":{\"name\":\"Query\"}");
        assertThat(command("introspect_remote_schema", "{\"name\": \"gone\"}")).contains("\"code\":\"not-exists\"");
    }

    private static String command(String type, String args) {
        return admin.post("/v1/metadata", "{\"type\": \"" + type + "\", \"args\": " + args + "}")
                .body();
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

            late.answers(server::answer);
            other.reloadRemoteSchemas();

            assertThat(Requests.to(other).data("{ hello }")).isEqualTo("{\"hello\":\"Hello World\"}");
            assertThat(other.inconsistentObjects()).hasSize(1);
        }
    }
}
