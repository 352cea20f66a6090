package io.github.hasura4j.client;

import java.util.Optional;

import io.github.hasura4j.client.HasuraConstraintViolationException.Kind;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class ErrorMeaningTests {

    @AutoClose
    private final FakeEngine engine = new FakeEngine();

    @ParameterizedTest
    @CsvSource({
        "access-denied, HasuraAuthenticationException",
        "invalid-jwt, HasuraAuthenticationException",
        "invalid-headers, HasuraAuthenticationException",
        "permission-error, HasuraPermissionException",
        "permission-denied, HasuraPermissionException",
        "constraint-violation, HasuraConstraintViolationException",
        "validation-failed, HasuraInvalidOperationException",
        "parse-failed, HasuraInvalidOperationException",
        "not-found, HasuraInvalidOperationException",
        "not-supported, HasuraInvalidOperationException",
        "data-exception, HasuraDataException",
        "rate-limit-exceeded, HasuraLimitException",
        "unexpected, HasuraEngineException",
        "postgres-error, HasuraEngineException",
        "remote-schema-error, HasuraEngineException",
        "out-of-stock, HasuraActionException"
    })
    void isTheTypeOfTheException(String code, String type) {
        HasuraGraphQlException e = failing("no", code);

        assertThat(e.getClass().getSimpleName()).isEqualTo(type);
        assertThat(e.code()).contains(code);
    }

    @Nested
    class OfAConstraint {

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "UNIQUE | user_email_key | Uniqueness violation. duplicate key value violates unique constraint \"user_email_key\"",
                    "FOREIGN_KEY | order_user_id_fkey | Foreign key violation. insert or update on table \"order\" violates foreign key constraint \"order_user_id_fkey\"",
                    "FOREIGN_KEY | order_user_id_fkey | Can not delete or update due to data being referred. update or delete on table \"user\" violates RESTRICT setting of foreign key constraint \"order_user_id_fkey\" on table \"order\"",
                    "EXCLUSION | no_overlap | Exclusion violation. conflicting key value violates exclusion constraint \"no_overlap\"",
                    "UNIQUE | odd\"name | Uniqueness violation. duplicate key value violates unique constraint \"odd\"\"name\"",
                    "OTHER | | Something new. Nobody knows"
                })
        void isItsKindAndItsName(Kind kind, String constraint, String message) {
            HasuraConstraintViolationException e =
                    (HasuraConstraintViolationException) failing(message, "constraint-violation");

            assertThat(e.kind()).isEqualTo(kind);
            assertThat(e.constraint()).isEqualTo(Optional.ofNullable(constraint));
        }

        @Test
        void isTheColumnThatMustNotBeNull() {
            HasuraConstraintViolationException e = (HasuraConstraintViolationException) failing(
                    "Not-NULL violation. null value in column \"name\" of relation \"user\" violates not-null constraint",
                    "constraint-violation");

            assertThat(e.kind()).isEqualTo(Kind.NOT_NULL);
            assertThat(e.column()).contains("name");
            assertThat(e.constraint()).isEmpty();
        }

        @Test
        void isACheckOfTheTableThoughTheCodeIsThatOfPermissions() {
            HasuraGraphQlException e = failing(
                    "Check constraint violation. new row for relation \"order\" violates check constraint \"order_total_check\"",
                    "permission-error");

            assertThat(e).isInstanceOfSatisfying(HasuraConstraintViolationException.class, violation -> {
                assertThat(violation.kind()).isEqualTo(Kind.CHECK);
                assertThat(violation.constraint()).contains("order_total_check");
            });
        }

        @Test
        void isNotTheCheckOfAPermission() {
            assertThat(failing("check constraint of an insert/update permission has failed", "permission-error"))
                    .isInstanceOf(HasuraPermissionException.class);
        }
    }

    @Nested
    class WithoutACode {

        @Test
        void isAnActionsIfThereAreExtensions() {
            assertThat(answering("{\"errors\": [{\"message\": \"no\", \"extensions\": {\"left\": 0}}]}"))
                    .isExactlyInstanceOf(HasuraActionException.class);
        }

        @Test
        void isUnknownIfThereIsNothing() {
            assertThat(answering("{\"errors\": [{\"message\": \"no\"}]}"))
                    .isExactlyInstanceOf(HasuraGraphQlException.class);
        }
    }

    @Nested
    class OfARemoteSchema {

        @Test
        void isUnknownWithACodeOfItsOwn() {
            assertThat(
                            answering(
                                    "{\"data\": null, \"errors\": [{\"message\": \"no\", \"extensions\": {\"code\": \"UNAUTHENTICATED\"}}]}"))
                    .isExactlyInstanceOf(HasuraGraphQlException.class);
        }

        @Test
        void isWhatAnEngineBehindItMeans() {
            assertThat(
                            answering(
                                    "{\"data\": null, \"errors\": [{\"message\": \"no\", \"extensions\": {\"code\": \"permission-error\"}}]}"))
                    .isInstanceOf(HasuraPermissionException.class);
        }

        @Test
        void comesWithTheDataThatWasThere() {
            HasuraGraphQlException e =
                    answering("{\"data\": {\"hello\": \"hi\"}, \"errors\": [{\"message\": \"half\"}]}");

            assertThat(e.partialData().orElseThrow().path("hello").asString()).isEqualTo("hi");
            assertThat(answering("{\"errors\": [{\"message\": \"no\"}]}").partialData())
                    .isEmpty();
        }
    }

    private HasuraGraphQlException failing(String message, String code) {
        return answering("{\"errors\": [{\"message\": %s, \"extensions\": {\"path\": \"$\", \"code\": \"%s\"}}]}"
                .formatted(JsonMapper.shared().writeValueAsString(message), code));
    }

    private HasuraGraphQlException answering(String body) {
        engine.answers(body);
        return catchThrowableOfType(
                HasuraGraphQlException.class,
                () -> engine.admin().query("hello").execute().data());
    }
}
