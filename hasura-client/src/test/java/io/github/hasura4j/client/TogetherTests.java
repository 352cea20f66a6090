package io.github.hasura4j.client;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TogetherTests {

    @AutoClose
    private final FakeEngine engine = new FakeEngine();

    private final HasuraClient hasura = engine.admin();

    record User(String name) {}

    record Users(List<User> user) {}

    @Nested
    class ABatch {

        private static final String ANSWERS = """
                [{"data": {"user": [{"name": "Grüße ] }"}]}},
                 {"errors": [{"message": "no", "extensions": {"path": "$", "code": "validation-failed"}}]},
                 {"data": {"user": []}}]""";

        private final RequestBatch batch = hasura.batch();
        private final Pending<DynamicResult> users =
                batch.add(hasura.query("user").arg("limit", 1).select("name"));
        private final Pending<Result<JsonNode>> tree = batch.add(hasura.document("query t { user { id } }"));
        private final Pending<Result<Users>> typed =
                batch.add(hasura.document("query u { user { name } }"), Users.class);

        @Test
        void isOneRequestWithAnAnswerForEach() {
            engine.answers(ANSWERS);

            batch.execute();

            assertThat(engine.received().stream().filter(each -> !each.isIntrospection()))
                    .singleElement()
                    .satisfies(request -> {
                        assertThat(request.body().isArray()).isTrue();
                        assertThat(request.body().size()).isEqualTo(3);
                        assertThat(request.body().path(0).toString())
                                .isEqualTo(
                                        "{\"query\":\"query user($limit: Int) { user(limit: $limit) { name } }\",\"operationName\":\"user\",\"variables\":{\"limit\":1}}");
                    });
            assertThat(users.get().rows(User.class)).containsExactly(new User("Grüße ] }"));
            assertThat(typed.get().data()).isEqualTo(new Users(List.of()));
            assertThat(tree.get().errors()).extracting(GraphQlError::code).containsExactly("validation-failed");
            assertThatThrownBy(() -> tree.get().data()).isInstanceOf(HasuraInvalidOperationException.class);
        }

        @Test
        void hasNoAnswersBeforeItIsExecuted() {
            assertThat(users.isDone()).isFalse();
            assertThatIllegalStateException().isThrownBy(users::get).withMessageContaining("'user'");
        }

        @Test
        void isExecutedOnce() {
            engine.answers(ANSWERS);
            batch.execute();

            assertThatIllegalStateException().isThrownBy(batch::execute);
            assertThatIllegalStateException().isThrownBy(() -> hasura.batch().execute());
        }

        @Test
        void mayFailAsAWhole() {
            engine.answers(
                    "{\"errors\": [{\"message\": \"invalid secret\", \"extensions\": {\"path\": \"$\", \"code\": \"access-denied\"}}]}");

            batch.execute();

            assertThatThrownBy(() -> users.get().data()).isInstanceOf(HasuraAuthenticationException.class);
            assertThatThrownBy(() -> typed.get().data()).isInstanceOf(HasuraAuthenticationException.class);
        }

        @ParameterizedTest
        @ValueSource(strings = {"[]", "[{\"data\": {}}]", "[1, 2, 3]", "<html>", "[{\"data\": {}}, {\"data\": {}}, {]"})
        void refusesAnythingElse(String body) {
            engine.answers(body);

            assertThatThrownBy(batch::execute).isInstanceOf(HasuraTransportException.class);
        }

        @Test
        void worksWithoutWaiting() throws Exception {
            engine.answers(ANSWERS);

            batch.executeAsync().get();

            assertThat(users.get().rows(User.class)).hasSize(1);
        }

        @Test
        void takesNoCallOfAnotherView() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> batch.add(hasura.asRole("user").query("user")))
                    .withMessageContaining("another client or view");
        }

        @Test
        void isRepeatedUnlessThereIsAMutationInIt() {
            engine.answersInTurn(
                    FakeEngine.answer(503, ""), FakeEngine.answer(200, "[{\"data\": {\"hello\": \"hi\"}}]"));
            HasuraClient stubborn = engine.client()
                    .retry(RetryPolicy.standard().backoff(Duration.ZERO, Duration.ZERO))
                    .build();
            RequestBatch reading = stubborn.batch();
            Pending<DynamicResult> hello = reading.add(stubborn.query("hello"));
            reading.execute();
            assertThat(hello.get().row(String.class)).contains("hi");

            engine.answers(503, "");
            engine.received().clear();
            RequestBatch writing = stubborn.batch();
            writing.add(stubborn.query("hello"));
            writing.add(stubborn.mutation("ping"));
            assertThatThrownBy(writing::execute).isInstanceOf(HasuraTransportException.class);
            assertThat(engine.received()).hasSize(1);
        }

        @Test
        void isRepeatedWithAFreshToken() {
            engine.answersInTurn(
                    FakeEngine.answer(
                            200,
                            "{\"errors\": [{\"message\": \"JWTExpired\", \"extensions\": {\"path\": \"$\", \"code\": \"invalid-jwt\"}}]}"),
                    FakeEngine.answer(200, "[{\"data\": {\"ping\": 1}}, {\"data\": {\"ping\": 2}}]"));
            AtomicInteger issued = new AtomicInteger();
            HasuraClient web = engine.client()
                    .bearerToken(() -> "t" + issued.incrementAndGet())
                    .build();
            RequestBatch pings = web.batch();
            pings.add(web.mutation("ping"));
            Pending<DynamicResult> second = pings.add(web.mutation("ping"));

            pings.execute();

            assertThat(second.get().row(Integer.class)).contains(2);
        }
    }

    @Nested
    class InOneRequest {

        private final MutationGroup group = hasura.inOneRequest();

        private DynamicCall insert(String name) {
            return hasura.mutation("insert_user")
                    .arg("objects", List.of(Map.of("name", name)))
                    .select("affected_rows");
        }

        @Test
        void isOneOperationWithANameForEach() {
            engine.answers(
                    "{\"data\": {\"insert_user\": {\"affected_rows\": 1}, \"insert_user_2\": {\"affected_rows\": 2}}}");
            Pending<DynamicResult> first = group.add(insert("Ada"));
            Pending<DynamicResult> second = group.add(insert("Grace"));

            group.named("twoUsers").execute();

            assertThat(engine.asked().document())
                    .isEqualTo(
                            "mutation twoUsers($objects: [user_insert_input!]!, $insert_user_2_objects: [user_insert_input!]!) "
                                    + "{ insert_user(objects: $objects) { affected_rows } "
                                    + "insert_user_2: insert_user(objects: $insert_user_2_objects) { affected_rows } }");
            record Affected(@JsonProperty("affected_rows") int rows) {}
            assertThat(first.get().row(Affected.class)).contains(new Affected(1));
            assertThat(second.get().row(Affected.class)).contains(new Affected(2));
        }

        @Test
        void failsAsAWhole() {
            engine.answers(
                    "{\"errors\": [{\"message\": \"Uniqueness violation. …\", \"extensions\": {\"path\": \"$\", \"code\": \"constraint-violation\"}}]}");
            Pending<DynamicResult> first = group.add(insert("Ada"));

            assertThatExceptionOfType(HasuraConstraintViolationException.class)
                    .isThrownBy(group::execute)
                    .withMessageContaining("'inOneRequest'");
            assertThatIllegalStateException().isThrownBy(first::get);
        }

        @Test
        void failsAsAWholeWithoutWaiting() {
            engine.answers("{\"errors\": [{\"message\": \"no\"}]}");
            group.add(insert("Ada"));

            assertThatExceptionOfType(ExecutionException.class)
                    .isThrownBy(() -> group.executeAsync().get())
                    .withCauseInstanceOf(HasuraGraphQlException.class);
        }

        @Test
        void refusesWhatIsNoPartOfATransaction() {
            group.add(insert("Ada"));
            group.add(hasura.mutation("ping").arg("times", 1));

            assertThatExceptionOfType(HasuraRequestException.class)
                    .isThrownBy(group::execute)
                    .withMessageContaining("'ping' is an action")
                    .withMessageContaining("addOutsideTransaction");
            assertThat(engine.received()).allMatch(FakeEngine.Received::isIntrospection);
        }

        @Test
        void takesItIfTold() {
            engine.answers("{\"data\": {\"insert_user\": {\"affected_rows\": 1}, \"ping\": 3}}");
            group.add(insert("Ada"));
            Pending<DynamicResult> ping = group.addOutsideTransaction(hasura.mutation("ping"));

            group.execute();

            assertThat(ping.get().row(Integer.class)).contains(3);
        }

        @Test
        void takesAnythingWhereNoSchemaTells() {
            HasuraClient blind = engine.client().schema(SchemaSource.none()).build();
            engine.answers("{\"data\": {\"ping\": 3}}");
            MutationGroup anything = blind.inOneRequest();
            Pending<DynamicResult> ping = anything.add(blind.mutation("ping").arg("times", 3));

            anything.execute();

            assertThat(ping.get().row(Integer.class)).contains(3);
            assertThat(engine.asked().document()).isEqualTo("mutation inOneRequest { ping(times: 3) }");
        }

        @Test
        void takesMutationsOnly() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> group.add(hasura.query("hello")))
                    .withMessageContaining("'hello' is a query");
        }

        @Test
        void isNotEmpty() {
            assertThatIllegalStateException().isThrownBy(group::execute);
        }
    }
}
