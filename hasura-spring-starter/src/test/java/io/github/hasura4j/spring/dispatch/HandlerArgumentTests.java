package io.github.hasura4j.spring.dispatch;

import java.net.URI;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import io.github.hasura4j.client.HasuraClient;
import io.github.hasura4j.payload.EventPayload;
import io.github.hasura4j.payload.Maybe;
import io.github.hasura4j.payload.SessionVariables;
import io.github.hasura4j.spring.ActionResult;
import io.github.hasura4j.spring.AsCaller;
import io.github.hasura4j.spring.HasuraAction;
import io.github.hasura4j.spring.HasuraEvent;
import io.github.hasura4j.spring.NewRow;
import io.github.hasura4j.spring.OldRow;
import io.github.hasura4j.spring.SessionVariable;
import io.github.hasura4j.spring.WebhookCookie;
import io.github.hasura4j.spring.WebhookHeaders;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What handlers may ask for beside payloads, rows and arguments. */
class HandlerArgumentTests {

    enum Plan {
        FREE,
        PRO
    }

    @Nested
    class ASessionVariable {

        static class Handlers {

            @HasuraAction
            Map<String, Object> typed(
                    @SessionVariable("X-Hasura-Org-Ids") Set<UUID> organisations,
                    @SessionVariable("x-hasura-numbers") List<Integer> numbers,
                    @SessionVariable("x-hasura-numbers") long[] array,
                    @SessionVariable("x-hasura-user-id") long user,
                    @SessionVariable("x-hasura-flag") boolean flag,
                    @SessionVariable("x-hasura-plan") Plan plan,
                    @SessionVariable("x-hasura-since") LocalDate since,
                    @SessionVariable("x-hasura-none") Optional<String> none,
                    @SessionVariable("x-hasura-user-id") Optional<Integer> perhaps,
                    @SessionVariable("x-hasura-none") @Nullable String nothing,
                    @SessionVariable("x-hasura-none") List<String> empty) {
                return Map.of(
                        "all",
                        List.of(
                                        organisations.size(),
                                        numbers,
                                        array.length,
                                        user,
                                        flag,
                                        plan,
                                        since,
                                        none,
                                        perhaps,
                                        empty)
                                .toString(),
                        "nothing",
                        nothing == null);
            }

            @HasuraAction
            String required(@SessionVariable("x-hasura-tenant") String tenant) {
                return tenant;
            }

            @HasuraAction
            String number(@SessionVariable("x-hasura-role") int number) {
                return "" + number;
            }

            @HasuraAction
            String numbers(@SessionVariable("x-hasura-role") List<Integer> numbers) {
                return "" + numbers;
            }

            @HasuraEvent
            void changed(@SessionVariable("x-hasura-user-id") @Nullable String user) {
                if (user != null) {
                    throw new IllegalStateException();
                }
            }
        }

        @Test
        void isReadIntoTheParametersType() {
            try (var dispatching = Dispatching.to(Handlers.class)) {
                var answer = dispatching.action("typed", """
                        {"action": {"name": "typed"}, "input": {}, "session_variables": {"x-hasura-role": "user",
                         "x-hasura-user-id": "7", "x-hasura-flag": "true", "x-hasura-plan": "PRO", "x-hasura-since": "2024-02-29",
                         "x-hasura-numbers": "{1,2}",
                         "x-hasura-org-ids": "{00000000-0000-0000-0000-000000000001,00000000-0000-0000-0000-000000000002}"}}""", Dispatching.AUTHENTICATED);
                assertThat(answer.status()).as(answer.body()).isEqualTo(200);
                assertThat(answer.json().path("all").asString())
                        .isEqualTo("[2, [1, 2], 2, 7, true, PRO, 2024-02-29, Optional.empty, Optional[7], []]");
                assertThat(answer.json().path("nothing").asBoolean()).isTrue();
            }
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "required|The session has no 'x-hasura-tenant'",
                    "number|The session variable 'x-hasura-role' does not have the expected form",
                    "numbers|The session variable 'x-hasura-role' does not have the expected form"
                })
        void thatIsMissingOrDoesNotFitRefusesTheCall(String action, String message) {
            try (var dispatching = Dispatching.to(Handlers.class)) {
                var answer = dispatching.action(action, "{}");
                assertThat(answer.status()).isEqualTo(400);
                assertThat(answer.code()).isEqualTo("invalid-session");
                assertThat(answer.message()).isEqualTo(message);
            }
        }

        @Test
        void isAbsentForChangesOutsideOfTheEngine() {
            try (var dispatching = Dispatching.to(Handlers.class)) {
                assertThat(dispatching
                                .event(
                                        "changed",
                                        "{\"op\": \"INSERT\", \"session_variables\": null, \"data\": {\"old\": null, \"new\": {}}}")
                                .status())
                        .isEqualTo(200);
            }
        }
    }

    @Nested
    class AnArgumentThatMayBeLeftOut {

        record Change(Maybe<@Size(max = 3) String> nickname, Maybe<Integer> age) {}

        static class Handlers {

            @HasuraAction
            String single(Maybe<@Size(max = 3) String> name) {
                return name.isGiven() ? "given " + name.get() : "absent";
            }

            @HasuraAction
            String whole(Change change) {
                return change.nickname().isGiven() + " " + change.age().isNull();
            }
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {"{}|absent", "{\"name\": null}|given null", "{\"name\": \"Ada\"}|given Ada"})
        void isToldFromNull(String input, String answer) {
            try (var dispatching = Dispatching.to(Handlers.class)) {
                assertThat(dispatching.action("single", input).json().asString())
                        .isEqualTo(answer);
            }
        }

        @Test
        void isToldFromNullInsideOfARecordToo() {
            try (var dispatching = Dispatching.to(Handlers.class)) {
                assertThat(dispatching.action("whole", "{\"age\": null}").json().asString())
                        .isEqualTo("false true");
            }
        }

        @Test
        void isValidatedWhenItIsThere() {
            try (var dispatching = Dispatching.to(Handlers.class)) {
                assertThat(dispatching
                                .action("whole", "{\"nickname\": \"Adalbert\"}")
                                .json()
                                .at("/extensions/violations/0/path")
                                .asString())
                        .isEqualTo("nickname");
                assertThat(dispatching
                                .action("single", "{\"name\": \"Adalbert\"}")
                                .code())
                        .isEqualTo("validation-failed");
            }
        }
    }

    @Nested
    class ARow {

        record Before(Integer id) {}

        record After(Integer id, String name) {}

        static class Handlers {

            static String seen;

            @HasuraEvent
            void both(@OldRow Before before, @NewRow After after) {
                seen = before + " " + after;
            }

            @HasuraEvent
            void oldOnly(@OldRow After row) {
                seen = "" + row;
            }

            @HasuraEvent
            void withPayload(@NewRow After after, EventPayload<After, Void> payload) {
                seen = payload.id().length() + " " + after;
            }
        }

        private String event(String name, String op, String oldRow, String newRow) {
            try (var dispatching = Dispatching.to(Handlers.class)) {
                var answer = dispatching.event(
                        name, "{\"op\": \"%s\", \"data\": {\"old\": %s, \"new\": %s}}".formatted(op, oldRow, newRow));
                assertThat(answer.status()).as(answer.body()).isEqualTo(200);
                return Handlers.seen;
            }
        }

        @Test
        void isTheNamedOne() {
            assertThat(event("both", "UPDATE", "{\"id\": 1}", "{\"id\": 1, \"name\": \"x\"}"))
                    .isEqualTo("Before[id=1] After[id=1, name=x]");
            assertThat(event("both", "DELETE", "{\"id\": 1}", "null")).isEqualTo("Before[id=1] null");
            assertThat(event("both", "INSERT", "null", "{\"id\": 1}")).isEqualTo("null After[id=1, name=null]");
            assertThat(event("oldOnly", "INSERT", "null", "{\"id\": 1}")).isEqualTo("null");
            assertThat(event("withPayload", "INSERT", "null", "{\"id\": 1}")).isEqualTo("36 After[id=1, name=null]");
        }
    }

    @Nested
    class TheClient {

        @Configuration(proxyBeanMethods = false)
        static class Clients {

            @Bean
            HasuraClient hasura() {
                return HasuraClient.builder()
                        .endpoint(URI.create("http://localhost:1"))
                        .adminSecret("admin-secret")
                        .build();
            }
        }

        static class Handlers {

            @HasuraAction
            String clients(HasuraClient admin, @AsCaller HasuraClient caller) {
                return admin + " / " + caller;
            }

            @HasuraEvent
            void changed(@AsCaller HasuraClient caller) {}
        }

        @Test
        void actsAsTheCallerWhereAsked() {
            try (var dispatching = Dispatching.to(Clients.class, Handlers.class)) {
                assertThat(dispatching.action("clients", "{}").json().asString())
                        .matches("(?s).*admin secret \\*\\*\\*[^/]* / .*role=user, as a session.*")
                        .doesNotContain("admin-secret");
            }
        }

        @Test
        void doesNotActAsTheAdministratorWhereThereIsNoCaller() {
            try (var dispatching = Dispatching.to(Clients.class, Handlers.class)) {
                assertThat(dispatching
                                .event(
                                        "changed",
                                        "{\"op\": \"INSERT\", \"session_variables\": null, \"data\": {\"old\": null, \"new\": {}}}")
                                .status())
                        .isEqualTo(500);
            }
        }
    }

    @Nested
    class ACookie {

        static class Handlers {

            @HasuraAction
            String cookie(@WebhookCookie("session") @Nullable String session) {
                return "" + session;
            }

            @HasuraAction
            ActionResult<String> login() {
                return ActionResult.of("in").cookie("session=1; HttpOnly").cookie("other=2");
            }
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "session=1|1",
                    "a=b; session=\"x y\"|x y",
                    "sessions=2|null",
                    "=;;session|null",
                    "a=b;session=c=d |c=d"
                })
        void comesFromTheForwardedHeader(String header, String value) {
            try (var dispatching = Dispatching.to(Handlers.class)) {
                WebhookHeaders headers = WebhookHeaders.builder()
                        .add("X-Webhook-Secret", "secret")
                        .add("Cookie", header)
                        .build();
                assertThat(dispatching
                                .action("cookie", "{\"action\": {\"name\": \"cookie\"}, \"input\": {}}", headers)
                                .json()
                                .asString())
                        .isEqualTo(value);
            }
        }

        @Test
        void isGivenToTheClientBesideTheAnswer() {
            try (var dispatching = Dispatching.to(Handlers.class)) {
                var answer = dispatching.action("login", "{}");
                assertThat(answer.body()).isEqualTo("\"in\"");
                assertThat(answer.headers().get("Set-Cookie")).containsExactly("session=1; HttpOnly", "other=2");
            }
        }

        @Test
        void cannotSmuggleAHeader() {
            assertThatThrownBy(() -> ActionResult.of(1).cookie("a=b\r\nX-Evil: 1"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageNotContaining("Evil");
            assertThatThrownBy(() -> ActionResult.of(1).cookie("=b")).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void sessionsCanBeMadeForTests() {
        SessionVariables who = SessionVariables.ofRole("user")
                .with("X-Hasura-Org-Ids", List.of(1, 2))
                .with("x-hasura-a", "b c");
        assertThat(who.asMap())
                .isEqualTo(Map.of("x-hasura-role", "user", "x-hasura-org-ids", "{1,2}", "x-hasura-a", "b c"));
    }
}
