package io.github.hasura4j.test;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import io.github.hasura4j.test.engine.EngineJson;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Requests and answers that the metadata change on their way. */
class TransformTests {

    @TempDir
    private static Path directory;

    private static StubHandler handler;
    private static LocalHasura engine;
    private static Requests user;

    @BeforeAll
    static void start() {
        handler = new StubHandler();
        ProjectFiles.in(directory)
                .with("metadata/actions.yaml", """
                        actions:
                        - name: cancel
                          definition:
                            handler: '{{HANDLER}}/cancel'
                            headers: [{name: X-Secret, value: s}]
                            request_transform:
                              version: 2
                              template_engine: Kriti
                              method: PATCH
                              url: '{{$base_url}}/{{$session_variables[''x-hasura-user-id'']}}'
                              query_params: {source: hasura, id: '{{$body.input.orderId}}', locale: '{{$body.input?.locale}}'}
                              request_headers:
                                add_headers: {x-tenant: '{{$session_variables?["x-hasura-tenant"] ?? "none"}}'}
                                remove_headers: [x-secret]
                              body:
                                action: transform
                                template: |-
                                  {
                                    "order": {{$body.input.orderId}},
                                    "reason": {{$body.input?.reason ?? null}},
                                    "note": "for {{$body.action.name}}"
                                  }
                            response_transform:
                              version: 2
                              template_engine: Kriti
                              body:
                                action: transform
                                template: '{"orderId": {{$body.order.id}}, "message": {{ if $response.status == 200 }} "ok" {{ else }} {{$body?.why}} {{ end }}}'
                          permissions: [{role: user}]
                        - name: find
                          definition:
                            handler: '{{HANDLER}}/find'
                            request_transform:
                              version: 2
                              template_engine: Kriti
                              method: GET
                              request_headers: {remove_headers: [content-type]}
                              body: {action: remove}
                              query_params: '?q={{escapeUri $body.input.term}}'
                          permissions: [{role: user}]
                        - name: form
                          definition:
                            handler: '{{HANDLER}}/form'
                            request_transform:
                              version: 2
                              template_engine: Kriti
                              body: {action: x_www_form_urlencoded, form_template: {username: '{{$body.input.name}}', note: a b}}
                          permissions: [{role: user}]
                        - name: old
                          definition:
                            handler: '{{HANDLER}}/old'
                            request_transform: {template_engine: Kriti, method: POST, body: '{"all": {{ range i, x := $body.input.ids }} {"at": {{i}}, "id": {{x}}} {{ end }}}'}
                          permissions: [{role: user}]
                        - name: strange
                          definition:
                            handler: '{{HANDLER}}/strange'
                            request_transform: {version: 2, template_engine: Kriti, body: {action: transform, template: '{{ fold $body }}'}}
                          permissions: [{role: user}]
                        """)
                .with("metadata/actions.graphql", """
                        type Mutation {
                          cancel(orderId: Int!, reason: String, locale: String): Cancelled
                          form(name: String!): String
                          old(ids: [Int!]!): String
                          strange: String
                        }
                        type Query { find(term: String!): String }
                        type Cancelled { orderId: Int message: String }
                        """)
                .with("metadata/cron_triggers.yaml", """
                        - name: tick
                          webhook: '{{HANDLER}}/tick'
                          schedule: '* * * * *'
                          include_in_metadata: true
                          request_transform: {version: 2, template_engine: Kriti, body: {action: transform, template: '{"at": {{$body.scheduled_time}}}'}}
                        """)
                .withMigration("CREATE TABLE users (id integer PRIMARY KEY, email text)")
                .withTable("users", """
                        table: users
                        event_triggers:
                        - name: mail
                          definition: {insert: {columns: '*'}}
                          retry_conf: {num_retries: 3, interval_sec: 0, timeout_sec: 5}
                          webhook: '{{HANDLER}}/mail'
                          request_transform:
                            version: 2
                            template_engine: Kriti
                            body: {action: transform, template: '{"to": {{ if $body.event.data.new.email == null }} {{$body.event.data.old.email}} {{ else }} {{$body.event.data.new.email}} {{ end }}}'}
                          response_transform:
                            version: 2
                            template_engine: Kriti
                            body: {action: transform, template: '{{$body.id}}'}
                        """);
        engine = LocalHasura.forProject(directory)
                .adminSecret("s")
                .environment("HANDLER", handler.url())
                .eventsInterval(Duration.ZERO)
                .schedulesInterval(Duration.ZERO)
                .start();
        user = Requests.to(engine)
                .with("x-hasura-admin-secret", "s")
                .asRole("user")
                .with("x-hasura-user-id", "7");
    }

    @AfterAll
    static void stop() {
        engine.close();
        handler.close();
    }

    @BeforeEach
    void forget() {
        handler.answers(200, "\"found\"");
        handler.forget();
    }

    @Nested
    class AnAction {

        @Test
        void becomesAnotherRequest() {
            handler.answers(200, "{\"order\": {\"id\": 5}}");

            assertThat(user.data("mutation { cancel(orderId: 5) { orderId message } }"))
                    .isEqualTo("{\"cancel\":{\"orderId\":5,\"message\":\"ok\"}}");

            StubHandler.Received request = handler.next();
            assertThat(request.method()).isEqualTo("PATCH");
            assertThat(request.path()).isEqualTo("/cancel/7");
            assertThat(request.query()).isEqualTo("source=hasura&id=5");
            assertThat(request.body()).isEqualTo("{\"order\":5,\"reason\":null,\"note\":\"for cancel\"}");
            assertThat(request.header("x-tenant")).isEqualTo("none");
            assertThat(request.header("X-Secret")).isNull();
            assertThat(request.header("Content-Type")).isEqualTo("application/json");
        }

        @Test
        void hasItsRefusalTransformedToo() {
            handler.answers(409, "{\"order\": {\"id\": 5}, \"why\": \"shipped\"}");
            assertThat(user.send("mutation { cancel(orderId: 5) { orderId } }")).contains("\"message\":\"shipped\"");
        }

        @Test
        void failsInTheEnginesWordsIfAnAnswerDoesNotGoWithIt() {
            handler.answers(200, "{}");
            assertThat(user.send("mutation { cancel(orderId: 5) { orderId } }"))
                    .contains("Response Transformation Failed", "\"code\":\"unexpected\"");
        }

        @Test
        void failsBeforeTheCallIfItDoesNotGoWithTheRequest() {
            assertThat(Requests.to(engine)
                            .with("x-hasura-admin-secret", "s")
                            .send("mutation { cancel(orderId: 5) { orderId } }"))
                    .contains("Request Transformation Failed", "'x-hasura-user-id' not found");
            assertThat(handler.hasReceivedNothingMore()).isTrue();
        }

        @Test
        void mayBeAGetWithoutABody() {
            assertThat(user.data("{ find(term: \"a b&c\") }")).isEqualTo("{\"find\":\"found\"}");
            StubHandler.Received request = handler.next();
            assertThat(request.method()).isEqualTo("GET");
            assertThat(request.query()).isEqualTo("q=a%20b%26c");
            assertThat(request.body()).isEmpty();
            assertThat(request.header("Content-Type")).isNull();
        }

        @Test
        void mayBeAForm() {
            user.data("mutation { form(name: \"jake\") }");
            StubHandler.Received request = handler.next();
            assertThat(request.header("Content-Type")).isEqualTo("application/x-www-form-urlencoded");
            assertThat(request.body()).isEqualTo("username=jake&note=a%20b");
        }

        @Test
        void mayHaveATransformOfTheFirstVersion() {
            user.data("mutation { old(ids: [8, 9]) }");
            assertThat(handler.next().body()).isEqualTo("{\"all\":[{\"at\":0,\"id\":8},{\"at\":1,\"id\":9}]}");
        }

        @Test
        void isNotSupportedWithWhatTheLocalEngineCannotRead() {
            assertThat(user.send("mutation { strange }"))
                    .contains("\"code\":\"not-supported\"", "transform of action 'strange'");
            assertThat(engine.unsupported())
                    .containsExactly("transform of the action 'strange': Cannot read the template at position 7");
        }
    }

    @Nested
    class AnEvent {

        @Test
        void isSentAsTheTemplateSaysAndTheLoggedAnswerChanged() {
            handler.answers(200, "{\"id\": 3, \"secret\": 1}");
            Database.of(engine).run("INSERT INTO users VALUES (1, 'a@example.com')");
            engine.awaitIdle();
            assertThat(handler.next().body()).isEqualTo("{\"to\":\"a@example.com\"}");
            assertThat(
                            Database.of(engine)
                                    .column(
                                            "SELECT response->'data'->>'body' FROM hdb_catalog.event_invocation_logs WHERE status = 200"))
                    .contains("3");
        }

        @Test
        void isGivenUpWithoutATryIfItsTransformFails() {
            Database.of(engine).run("INSERT INTO users VALUES (2, NULL)");
            engine.awaitIdle();
            assertThat(handler.hasReceivedNothingMore()).isTrue();
            assertThat(Database.of(engine)
                            .column("SELECT error || ' ' || tries FROM hdb_catalog.event_log WHERE error"))
                    .isEqualTo(List.of("true 0"));
        }
    }

    @Test
    void aCronTriggerIsSentAsTheTemplateSays() {
        engine.advanceClock(Duration.ofMinutes(1));
        engine.awaitIdle();
        assertThat(EngineJson.parse(handler.next().body()).propertyNames()).containsExactly("at");
    }
}
