package io.github.hasura4j.test;

import java.net.URI;
import java.net.http.HttpResponse;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

import io.github.hasura4j.test.StubHandler.Received;
import io.github.hasura4j.test.StubHandler.Reply;
import io.github.hasura4j.test.engine.EngineJson;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What every engine does, the local one and a real one: by its HTTP interface only, and with a handler that it can reach. It makes a
 * table, an action and an event trigger, and wants an engine without any metadata, so that it cannot spoil anybody's.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class EngineContract {

    private URI engine;
    private StubHandler handler;
    private Requests admin;
    private boolean ours;

    /**
     * What is tested.
     *
     * @param engine the engine's base URL
     * @param adminSecret its admin secret
     * @param handler where it shall deliver
     * @param handlerUrl the handler's base URL, as the engine sees it
     */
    record Place(URI engine, String adminSecret, StubHandler handler, String handlerUrl) {}

    /** Called once, before all tests. */
    abstract Place place();

    /** Called once, after all tests. */
    void end() {}

    @BeforeAll
    void prepare() {
        Place place = place();
        engine = place.engine();
        handler = place.handler();
        String handlerUrl = place.handlerUrl();
        admin = Requests.to(engine).with("x-hasura-admin-secret", place.adminSecret());
        JsonNode metadata = EngineJson.parse(run("export_metadata", "{}"));
        assertThat(metadata.path("actions").isEmpty()
                        && metadata.path("sources").path(0).path("tables").isEmpty())
                .as("'%s' has no tables and no actions yet: the contract wants an engine to throw away", engine)
                .isTrue();
        ours = true;
        sql("CREATE TABLE contract_note (id serial PRIMARY KEY, text text NOT NULL UNIQUE, owner text)");
        run("pg_track_table", """
                {"source": "default", "table": "contract_note"}""");
        run("pg_create_select_permission", """
                {"source": "default", "table": "contract_note", "role": "user", "permission":
                    {"columns": ["id", "text"], "filter": {"owner": {"_eq": "X-Hasura-User-Id"}}}}""");
        run("set_custom_types", """
                {"objects": [{"name": "ContractGreeting", "fields": [{"name": "text", "type": "String!"}]}]}""");
        run("create_action", """
                {"name": "contractGreet", "definition": {"handler": "%s/actions", "type": "query",
                    "arguments": [{"name": "who", "type": "String!"}], "output_type": "ContractGreeting",
                    "headers": [{"name": "X-Webhook-Secret", "value": "of-the-contract"}]}}""".formatted(handlerUrl));
        run("pg_create_event_trigger", """
                {"source": "default", "name": "contract_new_note", "table": "contract_note", "insert": {"columns": "*"},
                    "webhook": "%s/events", "retry_conf": {"num_retries": 2, "interval_sec": 1, "timeout_sec": 10}}""".formatted(handlerUrl));
    }

    @AfterAll
    void cleanUp() {
        if (ours) {
            admin.post("/v1/metadata", "{\"type\": \"clear_metadata\", \"args\": {}}");
            sql("DROP TABLE IF EXISTS contract_note CASCADE");
        }
        handler.close();
        end();
    }

    @BeforeEach
    void forgetWhatWas() {
        sql("TRUNCATE contract_note RESTART IDENTITY");
        handler.answers(200, "{}");
        handler.forget();
    }

    @Test
    void isHealthy() {
        assertThat(Requests.to(engine).get("/healthz"))
                .returns(200, HttpResponse::statusCode)
                .returns("OK", HttpResponse::body);
    }

    @Test
    void refusesAWrongAdminSecret() {
        assertThat(Requests.to(engine).with("x-hasura-admin-secret", "wrong").send("{ contract_note { id } }"))
                .contains("access-denied");
    }

    @Test
    void insertsAndReadsRows() {
        assertThat(admin.data("mutation { insert_contract_note_one(object: {text: \"a\"}) { id text owner } }"))
                .isEqualTo("{\"insert_contract_note_one\":{\"id\":1,\"text\":\"a\",\"owner\":null}}");
        assertThat(admin.data("{ contract_note_aggregate { aggregate { count } } }"))
                .isEqualTo("{\"contract_note_aggregate\":{\"aggregate\":{\"count\":1}}}");
    }

    @Test
    void namesTheConstraintThatIsViolated() {
        String insert = "mutation { insert_contract_note_one(object: {text: \"twice\"}) { id } }";
        admin.data(insert);

        assertThat(admin.send(insert))
                .contains("\"code\":\"constraint-violation\"")
                .contains("Uniqueness violation. duplicate key value violates unique constraint"
                        + " \\\"contract_note_text_key\\\"");
    }

    @Test
    void showsARoleItsOwnRowsAndColumns() {
        admin.data("mutation { insert_contract_note(objects: [{text: \"mine\", owner: \"7\"},"
                + " {text: \"theirs\", owner: \"8\"}]) { affected_rows } }");
        Requests user = admin.asRole("user").with("x-hasura-user-id", "7");

        assertThat(user.data("{ contract_note { text } }")).isEqualTo("{\"contract_note\":[{\"text\":\"mine\"}]}");
        assertThat(user.send("{ contract_note { owner } }"))
                .contains("field 'owner' not found in type: 'contract_note'")
                .contains("\"code\":\"validation-failed\"");
    }

    @Test
    void asksTheHandlerOfAnAction() {
        handler.answers(200, "{\"text\": \"Hello Ada\"}");

        assertThat(admin.data("{ contractGreet(who: \"Ada\") { text } }"))
                .isEqualTo("{\"contractGreet\":{\"text\":\"Hello Ada\"}}");
        Received asked = next(request -> request.path().equals("/actions"));
        assertThat(asked.header("X-Webhook-Secret")).isEqualTo("of-the-contract");
        assertThat(asked.json().propertyNames()).contains("action", "input", "session_variables", "request_query");
        assertThat(asked.json().at("/action/name").stringValue()).isEqualTo("contractGreet");
        assertThat(asked.json().at("/input/who").stringValue()).isEqualTo("Ada");
        assertThat(asked.json().at("/session_variables/x-hasura-role").stringValue())
                .isEqualTo("admin");
    }

    @Test
    void passesTheRefusalOfAHandlerOn() {
        handler.answers(400, "{\"message\": \"not today\", \"extensions\": {\"code\": \"closed\"}}");

        assertThat(admin.send("{ contractGreet(who: \"Ada\") { text } }"))
                .contains("\"message\":\"not today\"")
                .contains("\"code\":\"closed\"");
    }

    @Test
    void refusesAnAnswerThatDoesNotFit() {
        handler.answers(200, "{\"text\": null}");

        assertThat(admin.send("{ contractGreet(who: \"Ada\") { text } }"))
                .contains("expecting not null value for field");
    }

    @Test
    void deliversAnEventAgainUntilTheHandlerHasIt() {
        AtomicInteger calls = new AtomicInteger();
        handler.answers(request -> Reply.json(isNews(request) && calls.incrementAndGet() == 1 ? 500 : 200, "{}"));

        admin.data("mutation { insert_contract_note_one(object: {text: \"news\"}) { id } }");

        JsonNode first = next(EngineContract::isNews).json();
        JsonNode second = next(EngineContract::isNews).json();
        assertThat(first.propertyNames()).contains("id", "created_at", "delivery_info", "event", "table", "trigger");
        assertThat(first.at("/event/op").stringValue()).isEqualTo("INSERT");
        assertThat(first.at("/event/data/new/text").stringValue()).isEqualTo("news");
        assertThat(first.at("/delivery_info/current_retry").intValue()).isZero();
        assertThat(second.at("/delivery_info/current_retry").intValue()).isEqualTo(1);
        assertThat(second.path("id")).isEqualTo(first.path("id"));
    }

    private static boolean isNews(Received request) {
        return request.path().equals("/events") && request.body().contains("\"news\"");
    }

    /** The next request of a kind: events of the tests before may still come. */
    private Received next(Predicate<Received> kind) {
        Received next = handler.next();
        while (!kind.test(next)) {
            next = handler.next();
        }
        return next;
    }

    private String run(String type, String args) {
        HttpResponse<String> answer =
                admin.post("/v1/metadata", "{\"type\": \"" + type + "\", \"args\": " + args + "}");
        assertThat(answer.statusCode()).as("%s: %s", type, answer.body()).isEqualTo(200);
        return answer.body();
    }

    private void sql(String sql) {
        HttpResponse<String> answer = admin.post(
                "/v2/query",
                "{\"type\": \"run_sql\", \"args\": {\"source\": \"default\", \"sql\": " + EngineJson.tree(sql) + "}}");
        assertThat(answer.statusCode()).as("%s: %s", sql, answer.body()).isEqualTo(200);
    }
}
