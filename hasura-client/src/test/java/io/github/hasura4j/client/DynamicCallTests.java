package io.github.hasura4j.client;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class DynamicCallTests {

    private static final String TWO_USERS = """
            {"data": {"user": [{"id": "b7f1a2de-0c3d-4a4c-9b0e-5b1b3a6d7c11", "name": "Ada"},
                               {"id": "0a0c55a4-94f5-4b8a-b6c4-2d80d1f6a3e2", "name": null}]}}""";

    @AutoClose
    private final FakeEngine engine = new FakeEngine();

    private final HasuraClient hasura = engine.admin();

    record UserRow(UUID id, String name) {}

    @Nested
    class WithoutArguments {

        @Test
        void printsTheTutorialsDocument() {
            DynamicResult users = engine.answers(TWO_USERS)
                    .admin()
                    .query("user")
                    .select("id", "name")
                    .execute();

            assertThat(users.request().document()).isEqualTo("query user { user { id name } }");
            assertThat(users.request().operationName()).isEqualTo("user");
            assertThat(users.request().variables()).isEmpty();
        }

        @Test
        void sendsOneRequestAndNoQuestionForTheSchema() {
            hasura.query("user").select("id", "name").execute();

            assertThat(engine.received()).hasSize(1);
            assertThat(engine.asked().method()).isEqualTo("POST");
            assertThat(engine.asked().path()).isEqualTo("/v1/graphql");
            assertThat(engine.asked().headers().getFirst("Content-Type")).isEqualTo("application/json");
            assertThat(engine.asked().body().toString())
                    .isEqualTo("{\"query\":\"query user { user { id name } }\",\"operationName\":\"user\"}");
        }

        @Test
        void printsAMutation() {
            assertThat(hasura.mutation("ping").execute().request().document()).isEqualTo("mutation ping { ping }");
        }

        @Test
        void printsAliasesAndNestedFields() {
            DynamicResult result = hasura.query("user")
                    .select("id", Selection.of("orders").as("recent").select("id", "total"))
                    .execute();

            assertThat(result.request().document()).isEqualTo("query user { user { id recent: orders { id total } } }");
        }

        @Test
        void addsTheFieldsOfLaterSelects() {
            assertThat(hasura.query("user")
                            .select("id")
                            .select("name")
                            .execute()
                            .request()
                            .document())
                    .isEqualTo("query user { user { id name } }");
        }
    }

    @Nested
    class WithArguments {

        @Test
        void sendsEveryValueAsAVariableOfTheSchemasType() {
            DynamicResult result = hasura.query("user")
                    .arg("where", Map.of("name", Map.of("_ilike", "a%")))
                    .arg("limit", 10)
                    .select("id", "name", Selection.of("orders").arg("limit", 3).select("id", "total"))
                    .execute();

            assertThat(result.request().document())
                    .isEqualTo(
                            "query user($where: user_bool_exp, $limit: Int, $orders_limit: Int) "
                                    + "{ user(where: $where, limit: $limit) { id name orders(limit: $orders_limit) { id total } } }");
            assertThat(engine.asked().body().path("variables").toString()).isEqualTo("""
                            {"where":{"name":{"_ilike":"a%"}},"limit":10,"orders_limit":3}""");
        }

        @Test
        void keepsListsAndNonNullOfTheType() {
            DynamicResult result = hasura.mutation("insert_user")
                    .arg("objects", List.of(Map.of("name", "Ada")))
                    .select("affected_rows")
                    .execute();

            assertThat(result.request().document())
                    .isEqualTo("mutation insert_user($objects: [user_insert_input!]!) "
                            + "{ insert_user(objects: $objects) { affected_rows } }");
        }

        @Test
        void tellsTheArgumentsOfAliasedFieldsApart() {
            DynamicResult result = hasura.query("user")
                    .select(
                            Selection.of("orders").as("few").arg("limit", 1).select("id"),
                            Selection.of("orders").as("many").arg("limit", 9).select("id"))
                    .execute();

            assertThat(result.request().variables())
                    .containsEntry("few_limit", 1)
                    .containsEntry("many_limit", 9);
        }

        @Test
        void findsAnotherNameWhereTwoVariablesWouldMeet() {
            DynamicResult result = hasura.query("user")
                    .select(
                            Selection.of("orders")
                                    .as("a_b")
                                    .select(Selection.of("user").arg("limit", 1).select("id")),
                            Selection.of("orders")
                                    .as("a")
                                    .select(Selection.of("user")
                                            .as("b_user")
                                            .arg("limit", 2)
                                            .select("id")))
                    .execute();

            assertThat(result.request().variables().values()).containsExactly(1, 2);
        }

        @Test
        void sendsAnExplicitNullAndNothingForWhatIsAbsent() {
            hasura.query("user").arg("limit", null).select("id").execute();

            assertThat(engine.asked().body().path("variables").toString()).isEqualTo("{\"limit\":null}");
        }

        @Test
        void sendsAnExplicitNullWhateverTheMapperLeavesOut() {
            sparing().query("user").arg("limit", null).select("id").execute();

            assertThat(engine.asked().body().path("variables").toString()).isEqualTo("{\"limit\":null}");
        }

        @Test
        void sendsANullInsideAMapWhateverTheMapperLeavesOut() {
            Map<String, Object> ada = new HashMap<>();
            ada.put("name", null);

            sparing()
                    .mutation("insert_user")
                    .arg("objects", List.of(ada))
                    .select("affected_rows")
                    .execute();

            assertThat(engine.asked().body().at("/variables/objects/0").toString())
                    .isEqualTo("{\"name\":null}");
        }

        private HasuraClient sparing() {
            return engine.client()
                    .jsonMapper(JsonMapper.builder()
                            .changeDefaultPropertyInclusion(inclusion -> JsonInclude.Value.construct(
                                    JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
                            .build())
                    .build();
        }

        @Test
        void sendsNullsInsideAValueToo() {
            Map<String, Object> ada = new HashMap<>();
            ada.put("name", null);

            hasura.mutation("insert_user")
                    .arg("objects", List.of(ada))
                    .select("affected_rows")
                    .execute();

            assertThat(engine.asked().body().at("/variables/objects/0").toString())
                    .isEqualTo("{\"name\":null}");
        }

        @Test
        void sendsExactNumbersAndPlainUuids() {
            hasura.query("user_by_pk")
                    .arg("id", UUID.fromString("b7f1a2de-0c3d-4a4c-9b0e-5b1b3a6d7c11"))
                    .select(
                            "id",
                            Selection.of("orders")
                                    .arg("where", Map.of("total", new BigDecimal("12345678901234567890.1234567890")))
                                    .select("id"))
                    .execute();

            assertThat(engine.asked().text())
                    .contains("\"id\":\"b7f1a2de-0c3d-4a4c-9b0e-5b1b3a6d7c11\"")
                    .contains("\"total\":12345678901234567890.1234567890}");
        }

        @Test
        void needsNoSelectForAScalar() {
            DynamicResult result = engine.answers("{\"data\": {\"ping\": 3}}")
                    .admin()
                    .mutation("ping")
                    .arg("times", 3)
                    .execute();

            assertThat(result.request().document()).isEqualTo("mutation ping($times: Int) { ping(times: $times) }");
            assertThat(result.row(Integer.class)).contains(3);
        }
    }

    @Nested
    class WithAMistake {

        @Test
        void namesTheClosestRootFields() {
            assertThatExceptionOfType(HasuraRequestException.class)
                    .isThrownBy(() ->
                            hasura.query("users").arg("limit", 1).select("id").execute())
                    .withMessageContaining("'query_root' has no field 'users'")
                    .withMessageContaining("hello, user, user_by_pk");
            assertThat(engine.received()).allMatch(FakeEngine.Received::isIntrospection);
        }

        @Test
        void namesTheKnownArguments() {
            assertThatExceptionOfType(HasuraRequestException.class)
                    .isThrownBy(() ->
                            hasura.query("user").arg("first", 1).select("id").execute())
                    .withMessageContaining("'user' of 'query_root' has no argument 'first'")
                    .withMessageContaining("limit, order_by, where");
            assertThat(engine.received()).allMatch(FakeEngine.Received::isIntrospection);
        }

        @Test
        void namesTheKnownFieldsOfANestedObject() {
            assertThatExceptionOfType(HasuraRequestException.class)
                    .isThrownBy(() -> hasura.query("user")
                            .select(Selection.of("orders").arg("limit", 1).select("totl"))
                            .execute())
                    .withMessageContaining("'order' has no field 'totl'")
                    .withMessageContaining("total");
        }

        @Test
        void requiresSelectForAnObject() {
            assertThatExceptionOfType(HasuraRequestException.class)
                    .isThrownBy(() -> hasura.query("user").arg("limit", 1).execute())
                    .withMessageContaining("select(")
                    .withMessageContaining("balance, id, meta, name, orders");
        }

        @Test
        void refusesSelectForAScalar() {
            assertThatExceptionOfType(HasuraRequestException.class)
                    .isThrownBy(() -> hasura.query("hello")
                            .arg("name", "Ada")
                            .select("id")
                            .execute())
                    .withMessageContaining("'hello' is a String, which has no fields");
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "id name", "id}", "1st", "a-b", "größe", "__schema{types{name}}"})
        void refusesWhatIsNoName(String name) {
            assertThatThrownBy(() -> hasura.query(name)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> hasura.query("user").select(name)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> hasura.query("user").arg(name, 1)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> Selection.of("user").as(name)).isInstanceOf(IllegalArgumentException.class);
        }

        @Test
        void refusesToSelectAnythingButNamesAndSelections() {
            assertThatThrownBy(() -> hasura.query("user").select("id", 7))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("java.lang.Integer");
        }

        @Test
        void namesAnArgumentThatCannotBeWrittenButNotItsValue() {
            record Secretive(String name) {
                @SuppressWarnings("unused")
                public String getPassword() {
                    throw new IllegalStateException("hunter2");
                }
            }
            assertThatExceptionOfType(HasuraRequestException.class)
                    .isThrownBy(() -> hasura.query("user")
                            .arg("where", new Secretive("x"))
                            .select("id")
                            .execute())
                    .withMessageContaining("'where' of operation 'user'")
                    .satisfies(e -> assertThat(org.assertj.core.util.Throwables.getStackTrace(e))
                            .doesNotContain("hunter2"));
        }
    }

    @Nested
    class AskingForTheSchema {

        @Test
        void happensOnceForTheClientAndItsViews() {
            hasura.query("user").arg("limit", 1).select("id").execute();
            hasura.asRole("editor").query("user").arg("limit", 2).select("id").execute();
            hasura.withBearerToken("t0ken")
                    .query("user")
                    .arg("limit", 3)
                    .select("id")
                    .execute();

            assertThat(engine.introspections()).isEqualTo(1);
        }

        @Test
        void isDoneAsTheAdministratorWhateverTheRole() {
            hasura.asRole("editor").query("user").arg("limit", 2).select("id").execute();

            assertThat(engine.received().get(0).isIntrospection()).isTrue();
            assertThat(engine.received().get(0).headers().getFirst("x-hasura-role"))
                    .isNull();
            assertThat(engine.asked().headers().getFirst("x-hasura-role")).isEqualTo("editor");
        }

        @Test
        void isDoneForEachRoleAndTokenWithoutTheSecret() {
            HasuraClient web = engine.client().bearerToken("t0ken").build();
            for (HasuraClient view : List.of(web, web.asRole("a"), web.asRole("a"), web.withBearerToken("other"))) {
                view.query("user").arg("limit", 1).select("id").execute();
            }

            assertThat(engine.introspections()).isEqualTo(3);
        }

        @Test
        void isDoneOnceHoweverManyThreadsNeedIt() throws Exception {
            int callers = 8;
            CountDownLatch asked = new CountDownLatch(1);
            CountDownLatch waiting = new CountDownLatch(callers - 1);
            engine.answersIntrospectionWith(exchange -> {
                asked.countDown();
                awaits(waiting);
                engine.tellSchema(exchange);
            });
            ExecutorService threads = Executors.newFixedThreadPool(callers);
            try {
                List<Future<DynamicResult>> results = new ArrayList<>();
                results.add(threads.submit(
                        () -> hasura.query("user").arg("limit", 0).select("id").execute()));
                awaits(asked); // From here on the first is under way, and stays so until all others have begun.
                for (int i = 1; i < callers; i++) {
                    int limit = i;
                    results.add(threads.submit(() -> {
                        waiting.countDown();
                        return hasura.query("user")
                                .arg("limit", limit)
                                .select("id")
                                .execute();
                    }));
                }
                for (Future<DynamicResult> result : results) {
                    assertThat(result.get(20, TimeUnit.SECONDS).request().document())
                            .contains("$limit: Int");
                }
            } finally {
                threads.shutdownNow();
            }

            assertThat(engine.introspections()).isEqualTo(1);
        }

        @Test
        void isTriedAgainAfterItFailed() {
            engine.answersIntrospectionWith(exchange -> FakeEngine.reply(exchange, 503, ""));
            assertThatThrownBy(() ->
                            hasura.query("user").arg("limit", 1).select("id").execute())
                    .isInstanceOf(HasuraTransportException.class)
                    .hasMessageContaining("introspection");

            engine.answersIntrospectionWith(engine::tellSchema);
            hasura.query("user").arg("limit", 1).select("id").execute();

            assertThat(engine.introspections()).isEqualTo(2);
        }

        @Test
        void isTakenOverWhenTheThreadThatAskedIsInterrupted() throws Exception {
            CountDownLatch asked = new CountDownLatch(1);
            CountDownLatch done = new CountDownLatch(1);
            engine.answersIntrospectionWith(exchange -> {
                asked.countDown();
                awaits(done);
            });
            AtomicReference<DynamicResult> result = new AtomicReference<>();
            Thread first = new Thread(() -> assertThatThrownBy(() ->
                            hasura.query("user").arg("limit", 1).select("id").execute())
                    .isInstanceOf(HasuraTransportException.class));
            Thread second = new Thread(() ->
                    result.set(hasura.query("user").arg("limit", 2).select("id").execute()));
            first.start();
            awaits(asked);
            second.start();
            while (second.getState() != Thread.State.WAITING) { // for the first one's answer
                Thread.onSpinWait();
            }
            engine.answersIntrospectionWith(engine::tellSchema);
            first.interrupt();
            second.join();
            done.countDown();
            first.join();

            assertThat(result.get().request().document()).contains("$limit: Int");
            assertThat(engine.introspections()).isEqualTo(2);
        }

        private void awaits(CountDownLatch latch) {
            try {
                assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }

    @Nested
    class TheResult {

        @Test
        void givesTheDataWithItsRootField() {
            JsonNode data = engine.answers(TWO_USERS)
                    .admin()
                    .query("user")
                    .select("id", "name")
                    .execute()
                    .data();

            assertThat(data.at("/user/0/name").asString()).isEqualTo("Ada");
            assertThat(data.path("user").size()).isEqualTo(2);
        }

        @Test
        void bindsTheRowsToARecord() {
            engine.answers(TWO_USERS);

            List<UserRow> rows =
                    hasura.query("user").select("id", "name").execute().rows(UserRow.class);

            assertThat(rows)
                    .containsExactly(
                            new UserRow(UUID.fromString("b7f1a2de-0c3d-4a4c-9b0e-5b1b3a6d7c11"), "Ada"),
                            new UserRow(UUID.fromString("0a0c55a4-94f5-4b8a-b6c4-2d80d1f6a3e2"), null));
        }

        @Test
        void givesASingleObjectAsOneRow() {
            DynamicResult user = result("{\"data\": {\"user\": {\"name\": \"Ada\"}}}");

            assertThat(user.rows(UserRow.class)).containsExactly(new UserRow(null, "Ada"));
            assertThat(user.row(UserRow.class)).contains(new UserRow(null, "Ada"));
        }

        @Test
        void givesNullAsNoRow() {
            DynamicResult nobody = result("{\"data\": {\"user\": null}}");

            assertThat(nobody.rows(UserRow.class)).isEmpty();
            assertThat(nobody.row(UserRow.class)).isEmpty();
            assertThat(nobody.data().path("user").isNull()).isTrue();
        }

        @Test
        void refusesToChooseAmongSeveralRows() {
            DynamicResult two = result(TWO_USERS);

            assertThatThrownBy(() -> two.row(UserRow.class))
                    .isInstanceOf(HasuraDecodingException.class)
                    .hasMessageContaining("a list of 2");
        }

        @Test
        void raisesErrorsOnlyWhenDataIsUsed() {
            DynamicResult refused = result("""
                    {"errors": [{"message": "no", "extensions": {"path": "$.selectionSet.user", "code": "validation-failed"}}]}""");

            assertThat(refused.hasErrors()).isTrue();
            assertThat(refused.errors()).extracting(GraphQlError::code).containsExactly("validation-failed");
            assertThat(refused.partialData()).isEmpty();
            assertThatThrownBy(refused::data).isInstanceOf(HasuraGraphQlException.class);
            assertThatThrownBy(() -> refused.rows(UserRow.class)).isInstanceOf(HasuraGraphQlException.class);
            assertThatThrownBy(() -> refused.row(UserRow.class)).isInstanceOf(HasuraGraphQlException.class);
        }

        @Test
        void raisesErrorsThatComeAfterData() {
            DynamicResult partial =
                    result("{\"data\": {\"user\": [{\"name\": \"Ada\"}]}, \"errors\": [{\"message\": \"half\"}]}");

            assertThatThrownBy(() -> partial.rows(UserRow.class)).isInstanceOf(HasuraGraphQlException.class);
            assertThat(partial.partialData().orElseThrow().at("/user/0/name").asString())
                    .isEqualTo("Ada");
        }

        @Test
        void showsNoRowInToString() {
            assertThat(result(TWO_USERS)).asString().doesNotContain("Ada");
        }

        private DynamicResult result(String answer) {
            return engine.answers(answer)
                    .admin()
                    .query("user")
                    .select("id", "name")
                    .execute();
        }
    }
}
