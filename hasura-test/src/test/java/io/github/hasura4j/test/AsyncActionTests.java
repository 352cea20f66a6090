package io.github.hasura4j.test;

import java.nio.file.Path;
import java.time.Duration;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** An asynchronous action from the client's id to the result. */
class AsyncActionTests {

    private static final String ASK = "mutation { place_order(sku: \"A-1\", qty: 2) }";
    private static final String FETCH = "{ place_order(id: \"%s\") { id created_at errors output { total } } }";

    @TempDir
    private static Path directory;

    private static StubHandler handler;
    private static LocalHasura engine;
    private static Requests customer;

    @BeforeAll
    static void start() {
        handler = new StubHandler();
        ProjectFiles.in(directory).with("metadata/actions.yaml", """
                        actions:
                        - name: place_order
                          definition:
                            kind: asynchronous
                            handler: '{{HANDLER}}/order'
                            forward_client_headers: true
                            headers: [{name: X-Secret, value_from_env: SECRET}]
                          permissions: [{role: customer}]
                        """).with("metadata/actions.graphql", """
                        type Mutation { place_order(sku: String!, qty: Int): Placed! }
                        type Placed { total: Int! note: String }
                        """);
        engine = engine().start();
        customer = Requests.to(engine)
                .with("x-hasura-admin-secret", "s")
                .asRole("customer")
                .with("x-hasura-user-id", "9");
    }

    private static LocalHasura.Builder engine() {
        return LocalHasura.forProject(directory)
                .adminSecret("s")
                .environment("HANDLER", handler.url())
                .environment("SECRET", "shared")
                .asyncActionsInterval(Duration.ZERO);
    }

    @AfterAll
    static void stop() {
        engine.close();
        handler.close();
    }

    @BeforeEach
    void forget() {
        handler.forget();
        handler.answers(200, "{\"total\": 3, \"more\": 1}");
    }

    @Test
    void givesAnIdAtOnceAndTheOutputWhenTheHandlerHasAnswered() {
        String id = ask();
        assertThat(handler.hasReceivedNothingMore()).isTrue();
        assertThat(fetch(id).path("output").isNull()).isTrue();

        engine.deliverNow();

        JsonNode result = fetch(id);
        assertThat(result.path("id").asString()).isEqualTo(id);
        assertThat(result.path("created_at").asString())
                .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z");
        assertThat(result.path("errors").isNull()).isTrue();
        assertThat(result.path("output")).hasToString("{\"total\":3}");
    }

    @Test
    void sendsWhatTheClientAskedForWithItsSessionAndHeaders() {
        customer.with("X-Mine", "1").data(ASK);

        engine.deliverNow();

        StubHandler.Received request = handler.next();
        assertThat(request.path()).isEqualTo("/order");
        assertThat(request.json().path("action")).hasToString("{\"name\":\"place_order\"}");
        assertThat(request.json().path("input").path("sku").asString()).isEqualTo("A-1");
        assertThat(request.json().path("input").path("qty").intValue()).isEqualTo(2);
        assertThat(request.json().path("request_query").isNull()).isTrue();
        assertThat(request.json()
                        .path("session_variables")
                        .path("x-hasura-user-id")
                        .asString())
                .isEqualTo("9");
        assertThat(request.header("X-Mine")).isEqualTo("1");
        assertThat(request.header("X-Secret")).isEqualTo("shared");
        assertThat(request.header("X-Hasura-User-Id")).isNull();
    }

    @Test
    void storesARefusalWithoutItsExtensionsAndDoesNotTryAgain() {
        handler.answers(400, "{\"message\": \"sold out\", \"code\": \"stock\", \"extensions\": {\"left\": 0}}");
        String id = ask();

        engine.awaitIdle();

        handler.next();
        assertThat(handler.hasReceivedNothingMore()).isTrue();
        assertThat(fetch(id).path("errors")).hasToString("{\"code\":\"stock\",\"path\":\"$\",\"error\":\"sold out\"}");
        JsonNode admin = Requests.to(engine)
                .with("x-hasura-admin-secret", "s")
                .tree(FETCH.formatted(id))
                .path("place_order")
                .path("errors");
        assertThat(admin.path("internal").path("response").path("status").intValue())
                .isEqualTo(400);
    }

    @Test
    void showsTheResultToNobodyElse() {
        String id = ask();
        engine.deliverNow();
        assertThat(customer.with("x-hasura-user-id", "10").data(FETCH.formatted(id)))
                .isEqualTo("{\"place_order\":null}");
        assertThat(customer.with("x-hasura-more", "1").data(FETCH.formatted(id)))
                .isEqualTo("{\"place_order\":null}");
        assertThat(customer.asRole("other").send(FETCH.formatted(id))).contains("field 'place_order' not found");
        assertThat(customer.data(FETCH.formatted("00000000-0000-0000-0000-000000000000")))
                .isEqualTo("{\"place_order\":null}");
    }

    @Test
    void isDescribedByTheSchema() {
        assertThat(customer.data(
                        "{ __type(name: \"place_order\") { fields { name type { kind ofType { name } name } } } }"))
                .isEqualTo(
                        "{\"__type\":{\"fields\":["
                                + "{\"name\":\"created_at\",\"type\":{\"kind\":\"NON_NULL\",\"ofType\":{\"name\":\"timestamptz\"},\"name\":null}},"
                                + "{\"name\":\"errors\",\"type\":{\"kind\":\"SCALAR\",\"ofType\":null,\"name\":\"json\"}},"
                                + "{\"name\":\"id\",\"type\":{\"kind\":\"NON_NULL\",\"ofType\":{\"name\":\"uuid\"},\"name\":null}},"
                                + "{\"name\":\"output\",\"type\":{\"kind\":\"NON_NULL\",\"ofType\":{\"name\":\"Placed\"},\"name\":null}}]}}");
    }

    @Test
    void isTakenUpAgainByTheNextEngineIfItWasUnderWayWhenThisOneStopped(@TempDir Path data) {
        handler.stallsInTheMiddleOf("/stalled");
        LocalHasura.Builder keeping = engine().dataDirectory(data.resolve("postgres"));
        String id;
        try (LocalHasura stopped = keeping.environment("HANDLER", handler.url() + "/stalled")
                .asyncActionsInterval(Duration.ofMillis(5))
                .start()) {
            id = Requests.to(stopped)
                    .with("x-hasura-admin-secret", "s")
                    .tree(ASK)
                    .path("place_order")
                    .asString();
            handler.awaitStalled();
        }
        try (LocalHasura next = keeping.environment("HANDLER", handler.url()).start()) {
            next.awaitIdle();
            assertThat(Requests.to(next)
                            .with("x-hasura-admin-secret", "s")
                            .data("{ place_order(id: \"" + id + "\") { output { total } } }"))
                    .isEqualTo("{\"place_order\":{\"output\":{\"total\":3}}}");
        }
    }

    private static String ask() {
        return customer.tree(ASK).path("place_order").asString();
    }

    private static JsonNode fetch(String id) {
        return customer.tree(FETCH.formatted(id)).path("place_order");
    }
}
