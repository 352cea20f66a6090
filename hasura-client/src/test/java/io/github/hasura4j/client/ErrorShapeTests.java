package io.github.hasura4j.client;

import java.util.Map;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class ErrorShapeTests {

    @AutoClose
    private final FakeEngine engine = new FakeEngine();

    @Nested
    class TheUsualShape {

        private static final String UNIQUE = """
                {"errors": [{"extensions": {"path": "$.selectionSet.insert_user.args.objects", "code": "constraint-violation",
                  "internal": {"statement": "INSERT …", "arguments": ["hunter2"]}},
                  "message": "Uniqueness violation. duplicate key value violates unique constraint \\"user_name_key\\""}]}""";

        @Test
        void hasItsCodeAndPathInExtensions() {
            HasuraGraphQlException e = answering(UNIQUE);

            assertThat(e.code()).contains("constraint-violation");
            assertThat(e.hasCode("constraint-violation")).isTrue();
            assertThat(e.path()).contains("$.selectionSet.insert_user.args.objects");
            assertThat(e.operationName()).contains("hello");
            assertThat(e.errors()).hasSize(1);
        }

        @Test
        void isToldInTheMessageWithoutVariablesOrInternals() {
            assertThat(answering(UNIQUE))
                    .hasMessage(
                            "Operation 'hello' failed with constraint-violation at $.selectionSet.insert_user.args.objects: "
                                    + "Uniqueness violation. duplicate key value violates unique constraint \"user_name_key\"")
                    .message()
                    .doesNotContain("Ada");
        }

        @Test
        void keepsTheInternalsForThoseWhoAskButNotInToString() {
            GraphQlError error = answering(UNIQUE).errors().get(0);

            assertThat(error.extensions()).containsKeys("path", "code", "internal");
            assertThat(error).asString().doesNotContain("hunter2");
        }
    }

    @Nested
    class TheShapeOfAnActionHandler {

        @Test
        void hasTheHandlersOwnCode() {
            HasuraGraphQlException e = answering(
                    "{\"errors\": [{\"message\": \"sold out\", \"extensions\": {\"code\": \"no-stock\", \"left\": 0.50, \"hint\": null}}]}");

            assertThat(e.code()).contains("no-stock");
            assertThat(e.path()).isEmpty();
            assertThat(e.errors().get(0).extensions())
                    .containsEntry("left", new java.math.BigDecimal("0.50"))
                    .containsEntry("hint", null);
        }

        @Test
        void mayHaveNoCodeAtAll() {
            HasuraGraphQlException e =
                    answering("{\"errors\": [{\"message\": \"sold out\", \"extensions\": {\"sku\": \"7\"}}]}");

            assertThat(e.code()).isEmpty();
            assertThat(e).hasMessage("Operation 'hello' failed: sold out");
        }
    }

    @Nested
    class TheOldShape {

        private static final String OLD =
                "{\"path\": \"$\", \"error\": \"invalid \\\"x-hasura-admin-secret\\\"\", \"code\": \"access-denied\"}";

        @Test
        void isUnderstoodInsideErrors() {
            HasuraGraphQlException e = answering("{\"errors\": [" + OLD + "]}");

            assertThat(e.code()).contains("access-denied");
            assertThat(e.path()).contains("$");
            assertThat(e.errors().get(0).extensions()).isEqualTo(Map.of());
        }

        @Test
        void isUnderstoodInsteadOfErrors() {
            HasuraGraphQlException e = answering(OLD);

            assertThat(e.code()).contains("access-denied");
            assertThat(e).hasMessageContaining("invalid \"x-hasura-admin-secret\"");
        }
    }

    @Nested
    class TheShapeOfARemoteSchema {

        @Test
        void hasAPathOfSteps() {
            HasuraGraphQlException e = answering("""
                    {"data": null, "errors": [{"message": "upstream", "path": ["hello", 0, "name"], "locations": []},
                                              {"message": "more"}]}""");

            assertThat(e.path()).contains("hello[0].name");
            assertThat(e).hasMessageEndingWith("upstream (and 1 more)");
        }
    }

    @Nested
    class WithAnHttpStatus {

        @Test
        void isAnAnswerAllTheSame() {
            engine.answers(
                    401,
                    "{\"errors\": [{\"message\": \"Could not verify JWT: JWTExpired\", \"extensions\": {\"path\": \"$\", \"code\": \"invalid-jwt\"}}]}");

            assertThat(engine.admin().query("hello").execute().errors())
                    .extracting(GraphQlError::code)
                    .containsExactly("invalid-jwt");
        }

        @Test
        void isAnAnswerInTheOldShapeToo() {
            engine.answers(401, "{\"path\": \"$\", \"error\": \"no\", \"code\": \"access-denied\"}");

            assertThat(engine.admin().query("hello").execute().errors())
                    .extracting(GraphQlError::code)
                    .containsExactly("access-denied");
        }
    }

    @Test
    void anEmptyListOfErrorsIsNone() {
        engine.answers("{\"data\": {\"hello\": \"hi\"}, \"errors\": []}");

        assertThat(engine.admin().query("hello").execute().row(String.class)).contains("hi");
    }

    @Test
    void dataThatDoesNotFitBecauseOfAnErrorIsThatError() {
        engine.answers("{\"data\": {\"hello\": null}, \"errors\": [{\"message\": \"upstream\"}]}");

        assertThatThrownBy(() -> engine.admin().document("{ hello }").fetch("hello", String.class))
                .isInstanceOf(HasuraGraphQlException.class)
                .hasMessage("Operation '(unnamed)' failed: upstream");
    }

    private HasuraGraphQlException answering(String body) {
        engine.answers(body);
        return catchThrowableOfType(
                HasuraGraphQlException.class,
                () -> engine.admin().query("hello").arg("name", "Ada").execute().data());
    }
}
