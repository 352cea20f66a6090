package io.github.hasura4j.spring.dispatch;

import java.io.IOException;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.math.BigDecimal;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.github.hasura4j.client.HasuraClient;
import io.github.hasura4j.payload.ActionPayload;
import io.github.hasura4j.payload.DeliveryInfo;
import io.github.hasura4j.payload.EventPayload;
import io.github.hasura4j.payload.Operation;
import io.github.hasura4j.payload.SessionVariables;
import io.github.hasura4j.payload.TableName;
import io.github.hasura4j.payload.TraceContext;
import io.github.hasura4j.spring.ActionArgument;
import io.github.hasura4j.spring.HasuraAction;
import io.github.hasura4j.spring.HasuraActionException;
import io.github.hasura4j.spring.HasuraEvent;
import io.github.hasura4j.spring.WebhookHeader;
import io.github.hasura4j.spring.WebhookHeaders;
import io.github.hasura4j.spring.WebhookKind;
import io.github.hasura4j.spring.dispatch.Dispatching.Answer;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.Size;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

class HandlerInvocationTests {

    private static final Dispatching dispatching =
            Dispatching.to(Arguments.class, Rows.class, Results.class, Checked.class, Clients.class, Failing.class);

    /** What the last handler received. */
    private static final List<Object> RECEIVED = new ArrayList<>();

    @AfterEach
    void forget() {
        RECEIVED.clear();
    }

    @AfterAll
    static void close() {
        dispatching.close();
    }

    static void receive(Object... values) {
        RECEIVED.addAll(Arrays.asList(values));
    }

    @Nested
    class InputOfAnAction {

        @Test
        void isOneRecord() {
            dispatching.action("wholeRecord", "{\"username\": \"ada\", \"later\": [1, {}]}");
            assertThat(RECEIVED).containsExactly(new Login("ada", null));
        }

        @Test
        void isAMapThatTellsNullFromAbsent() {
            dispatching.action("wholeMap", "{\"note\": null, \"price\": 1.10}");
            Map<String, Object> expected = new HashMap<>(Map.of("price", new BigDecimal("1.10")));
            expected.put("note", null);
            assertThat(RECEIVED).isEqualTo(List.of(expected));
        }

        @Test
        void isInThePayload() {
            dispatching.action("payload", "{\"username\": \"ada\"}");
            assertThat(RECEIVED)
                    .singleElement(InstanceOfAssertFactories.type(ActionPayload.class))
                    .satisfies(payload -> {
                        assertThat(payload.input()).isEqualTo(new Login("ada", null));
                        assertThat(payload.action().name()).isEqualTo("payload");
                        assertThat(payload.requestQuery()).isEqualTo("mutation { x }");
                        assertThat(payload.sessionVariables().userId()).contains("7");
                    });
        }

        @Test
        void isSingleArgumentsByName() {
            dispatching.action("single", """
                    {"flag": true, "unknown": {"a": [1]}, "name": "Ada", "id": "5f1a1c1e-0000-4000-8000-000000000001",
                     "tags": ["a", null], "lines": [{"sku": "x", "quantity": 2}], "count": 12345678901}""");
            assertThat(RECEIVED)
                    .containsExactly(
                            "Ada",
                            12345678901L,
                            UUID.fromString("5f1a1c1e-0000-4000-8000-000000000001"),
                            Arrays.asList("a", null),
                            List.of(new Line("x", 2)),
                            true,
                            null);
        }

        @Test
        void isASingleArgumentOfAnyTypeWithItsName() {
            dispatching.action("named", "{\"params\": {\"username\": \"ada\", \"password\": \"p\"}}");
            assertThat(RECEIVED).containsExactly(new Login("ada", "p"));
        }

        @Test
        void isSeveralObjectsByName() {
            dispatching.action("two", "{\"second\": {\"username\": \"b\"}, \"first\": {\"username\": \"a\"}}");
            assertThat(RECEIVED).containsExactly(new Login("a", null), new Login("b", null));
        }

        @Test
        void mayLackAnOptionalArgument() {
            dispatching.action("optional", "{}");
            dispatching.action("optional", "{\"note\": null}");
            dispatching.action("optional", "{\"note\": \"ring\"}");
            assertThat(RECEIVED).containsExactly(Optional.empty(), Optional.empty(), Optional.of("ring"));
        }

        @Test
        void mayLackAnOptionalNumber() {
            dispatching.action("optionalNumbers", "{\"count\": 3}");
            dispatching.action("optionalNumbers", "{\"count\": null}");
            assertThat(RECEIVED)
                    .containsExactly(
                            OptionalInt.of(3),
                            OptionalLong.empty(),
                            OptionalDouble.empty(),
                            OptionalInt.empty(),
                            OptionalLong.empty(),
                            OptionalDouble.empty());
        }

        @Test
        void isRefusedWithoutAnArgumentThatCannotBeNull() {
            assertThat(dispatching.action("primitive", "{}"))
                    .extracting(Answer::status, Answer::body)
                    .containsExactly(400, """
                            {"message":"'count' is required","extensions":{"code":"invalid-input","path":"count"}}""");
            assertThat(dispatching.action("primitive", "{\"count\": null}").status())
                    .isEqualTo(400);
            assertThat(RECEIVED).isEmpty();
        }

        @Test
        void isNotLookedAtWhenNobodyAsks() {
            assertThat(dispatching.action("none", "{\"x\": [1, {\"y\": 2}]}").status())
                    .isEqualTo(200);
            dispatching.action("empty", "{\"x\": 1}");
            assertThat(RECEIVED)
                    .singleElement()
                    .satisfies(payload ->
                            assertThat(((ActionPayload<?>) payload).input()).isNull());
        }

        @Test
        void keepsEveryDigit() {
            dispatching.action("digits", "{\"amount\": 123456789012345678901234567890.10, \"any\": 0.1}");
            assertThat(RECEIVED)
                    .containsExactly(new BigDecimal("123456789012345678901234567890.10"), new BigDecimal("0.1"));
        }

        @Test
        void keepsEveryDigitOfTheLongestNumericOfPostgres() {
            String digits = "9".repeat(131_072) + "." + "1".repeat(16_383);
            dispatching.action("digits", "{\"amount\": %s}".formatted(digits));
            assertThat(RECEIVED).containsExactly(new BigDecimal(digits), null);
        }

        @Test
        void mayBeDeep() {
            assertThat(dispatching
                            .action("wholeMap", "{\"a\": " + "[".repeat(900) + "]".repeat(900) + "}")
                            .status())
                    .isEqualTo(200);
        }

        @Test
        void namesThePathOfWhatDoesNotFitAndNotTheValue() {
            Answer answer =
                    dispatching.action("single", "{\"lines\": [{\"quantity\": 1}, {\"quantity\": \"hunter2\"}]}");
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.body()).isEqualTo("""
                            {"message":"'lines[1].quantity' does not have the expected form",\
                            "extensions":{"code":"invalid-input","path":"lines[1].quantity"}}""");

            Answer fraction = dispatching.action("primitive", "{\"count\": 1.5}");
            assertThat(fraction.json().at("/extensions/path").asString()).isEqualTo("count");

            Answer whole = dispatching.action("wholeRecord", "{\"username\": {\"a\": \"hunter2\"}}");
            assertThat(whole.json().at("/extensions/path").asString()).isEqualTo("username");
            assertThat(whole.body()).doesNotContain("hunter2");
        }

        @Test
        void isRequiredByWhoeverWantsAllOfIt() {
            Answer answer = dispatching.action(
                    "wholeRecord", "{\"action\": {\"name\": \"wholeRecord\"}}", Dispatching.AUTHENTICATED);
            assertThat(answer.message()).isEqualTo("'input' is required");
        }
    }

    @Nested
    class BodyOfAnAction {

        @Test
        void needsNoActionWhenThePathHasTheName() {
            Answer answer = dispatching.action("payload", "{\"input\": {}}", Dispatching.AUTHENTICATED);
            assertThat(answer.status()).isEqualTo(200);
            ActionPayload<?> payload = (ActionPayload<?>) RECEIVED.get(0);
            assertThat(payload.action().name()).isEqualTo("payload");
            assertThat(payload.sessionVariables().hasNone()).isTrue();
        }

        @Test
        void doesNotOverruleTheNameInThePath() {
            dispatching.action(
                    "payload", "{\"action\": {\"name\": \"renamed\"}, \"input\": {}}", Dispatching.AUTHENTICATED);
            assertThat(((ActionPayload<?>) RECEIVED.get(0)).action().name()).isEqualTo("renamed");
        }

        @Test
        void mayHaveItsFieldsInAnyOrder() {
            Answer answer = dispatching.send(
                    WebhookKind.ACTION,
                    null,
                    "{\"input\": {\"username\": \"ada\"}, \"x\": [{}], \"action\": {\"y\": {}, \"name\": \"wholeRecord\"}}",
                    Dispatching.AUTHENTICATED);
            assertThat(answer.status()).isEqualTo(200);
            assertThat(RECEIVED).containsExactly(new Login("ada", null));
        }

        @Test
        void isToldFromSomethingElse() {
            assertThat(bad("")).isEqualTo("The body is empty");
            assertThat(bad("[]")).isEqualTo("The body is not a JSON object");
            assertThat(bad("{\"action\":")).startsWith("The body is not valid JSON (line 1, column");
            assertThat(bad("{\"input\": {}}")).isEqualTo("'action.name' is required");
            assertThat(bad("{\"action\": {\"name\": 7}}")).isEqualTo("'action.name' is required");
            assertThat(bad("{\"action\": {\"name\": \"payload\"}, \"input\": {}} {}"))
                    .isEqualTo("The body goes on after its JSON object");
            assertThat(bad("{\"action\": {\"name\": \"payload\"}, \"input\": {}, \"session_variables\": [1]}"))
                    .isEqualTo("'session_variables' does not have the expected form");
            assertThat(bad("{\"action\": {\"name\": \"payload\"}, \"input\": {\"username\": \"secret\" oops}}"))
                    .startsWith("The body is not valid JSON (line 1, column");
            assertThat(bad("{\"action\": {\"name\": \"wholeMap\"}, \"input\": {\"a\": " + "[".repeat(1100)
                            + "]".repeat(1100) + "}}"))
                    .isEqualTo("The body goes beyond a limit on nesting, names, numbers or texts");
        }

        private String bad(String body) {
            Answer answer = dispatching.send(WebhookKind.ACTION, null, body, Dispatching.AUTHENTICATED);
            assertThat(answer.status()).isEqualTo(400);
            return answer.message();
        }
    }

    @Nested
    class OtherArguments {

        @Test
        void comeInAnyOrderBesideTheInput() {
            dispatching.action(
                    "mixed", """
                    {"input": {"username": "ada"}, "session_variables": {"x-hasura-role": "user"}}""", WebhookHeaders.of(Map.of("X-Webhook-Secret", "secret", "Accept-Language", "pl")));
            assertThat(RECEIVED.get(0)).isEqualTo("pl");
            assertThat(RECEIVED.get(1)).isNull();
            assertThat(((SessionVariables) RECEIVED.get(2)).role()).contains("user");
            assertThat(RECEIVED.get(3)).isEqualTo(new Login("ada", null));
            assertThat(((WebhookHeaders) RECEIVED.get(4)).first("ACCEPT-language"))
                    .isEqualTo("pl");
            assertThat(RECEIVED.get(5)).isInstanceOf(ActionPayload.class);
        }

        @Test
        void includeAClientForTheEngine() {
            dispatching.action("call", "{}");
            assertThat(RECEIVED).containsExactly(dispatching.context().getBean(HasuraClient.class));
        }

        @Test
        void areWhatAResolverOfonesOwnKnows() {
            try (var own = Dispatching.to(Tenants.class)
                    .resolving(parameter -> parameter.annotation(Tenant.class) == null
                            ? null
                            : call -> call.sessionVariables().require("x-hasura-user-id") + "/" + call.name())) {
                own.action("whose", "{\"name\": \"Ada\"}");
                assertThat(RECEIVED).containsExactly("7/whose", "Ada");
            }
        }
    }

    @Nested
    class RowOfAnEvent {

        @Test
        void areTheNewOneOrForDeleteTheOldOne() {
            dispatching.event("row", "{\"op\": \"INSERT\", \"data\": {\"old\": null, \"new\": {\"id\": 1}}}");
            dispatching.event("row", "{\"op\": \"UPDATE\", \"data\": {\"old\": {\"id\": 1}, \"new\": {\"id\": 2}}}");
            dispatching.event("row", "{\"op\": \"DELETE\", \"data\": {\"old\": {\"id\": 3}, \"new\": null}}");
            assertThat(RECEIVED).containsExactly(new User(1, null), new User(2, null), new User(3, null));
        }

        @Test
        void mayBePartialHoweverStrictTheMapperIs() {
            JsonMapper strict = JsonMapper.builder()
                    .enable(
                            DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES,
                            DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
                    .build();
            try (var own = Dispatching.to(Rows.class).mapper(strict)) {
                own.event("row", "{\"op\": \"INSERT\", \"data\": {\"new\": {\"id\": null}}}");
                assertThat(RECEIVED).containsExactly(new User(null, null));
            }
        }

        @Test
        void areInThePayload() {
            dispatching.event(
                    "both",
                    "{\"op\": \"UPDATE\", \"data\": {\"old\": {\"id\": 1}, \"new\": {\"id\": 1, \"name\": \"Ada\"}}}");
            EventPayload<?, ?> payload = (EventPayload<?, ?>) RECEIVED.get(0);
            assertThat(payload.newRow()).isEqualTo(new User(1, "Ada"));
            assertThat(payload.oldRow()).isNull();
            assertThat(RECEIVED.get(1)).isEqualTo(new DeliveryInfo(2, 5));
        }

        @Test
        void comeWithEverythingAboutTheDelivery() {
            dispatching.event("about", """
                    {"op": "DELETE", "data": {"old": {}, "new": null}, "session_variables": {"x-hasura-role": "user"},
                     "trace_context": {"trace_id": "t", "span_id": "s"}}""");
            assertThat(RECEIVED)
                    .containsExactly(
                            new TraceContext("t", "s", null),
                            Operation.DELETE,
                            TableName.of("user"),
                            SessionVariables.of(Map.of("x-hasura-role", "user")));
        }

        @Test
        void ofChangesOutsideTheEngineHaveAnEmptySession() {
            dispatching.event("about", "{\"op\": \"NEW_OP\", \"data\": {}, \"session_variables\": null}");
            assertThat(RECEIVED)
                    .containsExactly(null, Operation.UNKNOWN, TableName.of("user"), SessionVariables.empty());
        }

        @Test
        void thatDoNotFitAreNamed() {
            Answer answer =
                    dispatching.event("row", "{\"op\": \"INSERT\", \"data\": {\"new\": {\"id\": \"hunter2\"}}}");
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.message()).isEqualTo("'event.data.new.id' does not have the expected form");
        }

        @Test
        void areRefusedWithoutTheRestOfTheDelivery() {
            Answer answer = dispatching.send(WebhookKind.EVENT, "row", "{\"id\": \"x\"}", Dispatching.AUTHENTICATED);
            assertThat(answer.status()).isEqualTo(400);
            assertThat(dispatching
                            .send(WebhookKind.EVENT, "row", "null", Dispatching.AUTHENTICATED)
                            .status())
                    .isEqualTo(400);
        }
    }

    @Nested
    class ResultOfAHandler {

        @Test
        void becomesJson() {
            assertThat(dispatching.action("object", "{}").body()).isEqualTo("{\"AccessToken\":\"t\"}");
            assertThat(dispatching.action("text", "{}").body()).isEqualTo("\"plain \\\"text\\\"\"");
            assertThat(dispatching.action("list", "{}").body()).isEqualTo("[1,2]");
            assertThat(dispatching.action("scalar", "{}").body()).isEqualTo("7");
        }

        @Test
        void isNullForAnActionWithoutAny() {
            for (String name : List.of("nothing", "nullText", "absent")) {
                assertThat(dispatching.action(name, "{}"))
                        .extracting(Answer::status, Answer::body)
                        .containsExactly(200, "null");
            }
        }

        @Test
        void isUnwrappedFromAnOptional() {
            assertThat(dispatching.action("present", "{}").body()).isEqualTo("\"here\"");
        }

        @Test
        void isAnEmptyObjectForAnEventWithoutAny() {
            assertThat(dispatching.event("row", "{\"op\": \"INSERT\", \"data\": {\"new\": {}}}"))
                    .extracting(Answer::status, Answer::body)
                    .containsExactly(200, "{}");
        }

        @Test
        void thatCannotBeWrittenIsABug() {
            assertThat(dispatching.action("unwritable", "{}").code()).isEqualTo("internal-error");
        }
    }

    @Nested
    class FailureOfAHandler {

        @Test
        void isToldToTheClientIfItIsMeantForIt() {
            assertThat(dispatching.action("taken", "{}"))
                    .extracting(Answer::status, Answer::body)
                    .containsExactly(409, """
                            {"message":"That e-mail is in use","extensions":{"code":"email-taken","field":"email"}}""");
        }

        @Test
        void isABugOtherwise() {
            for (String name : List.of("bug", "checked", "error", "overflow")) {
                Answer answer = dispatching.action(name, "{}");
                assertThat(answer.status()).isEqualTo(500);
                assertThat(answer.message()).isEqualTo("Internal error");
                assertThat(answer.json().at("/extensions/reference").asString()).hasSize(36);
                assertThat(answer.body()).doesNotContain("hunter2");
                assertThat(answer.headers()).containsOnlyKeys("Content-Type");
            }
        }

        @Test
        void ofAnEventMakesTheEngineRetry() {
            assertThat(dispatching
                            .event("failing", "{\"op\": \"INSERT\", \"data\": {}}")
                            .status())
                    .isEqualTo(500);
        }
    }

    @Nested
    class Validation {

        @Test
        void looksAtInputWhoseTypeHasConstraints() {
            Answer answer =
                    dispatching.action("order", "{\"user_name\": \" \", \"order_lines\": [{}, {\"quantity\": 0}]}");
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.json()).isEqualTo(Dispatching.MAPPER.readTree("""
                    {"message": "The input is not valid", "extensions": {"code": "validation-failed", "violations": [
                      {"path": "order_lines[0].sku", "message": "must not be null"},
                      {"path": "order_lines[1].quantity", "message": "must be greater than 0"},
                      {"path": "order_lines[1].sku", "message": "must not be null"},
                      {"path": "user_name", "message": "must not be blank"}]}}"""));
            assertThat(RECEIVED).isEmpty();
        }

        @Test
        void looksIntoThePayload() {
            assertThat(paths(dispatching.action("orderPayload", "{}"))).containsExactly("user_name");
        }

        @Test
        void looksAtSingleArguments() {
            assertThat(paths(dispatching.action(
                            "arguments", "{\"username\": \"\", \"tags\": [\"ok\", \"\"], \"age\": 200}")))
                    .containsExactly("age", "tags[1]", "user");
            assertThat(paths(dispatching.action("arguments", "{\"user\": \"ada\", \"tags\": [], \"age\": 20}")))
                    .isEmpty();
        }

        @Test
        void looksIntoNamedArguments() {
            assertThat(paths(dispatching.action("namedOrder", "{\"params\": {\"order_lines\": []}, \"note\": \"x\"}")))
                    .containsExactly("params.user_name");
            assertThat(paths(dispatching.action("namedOrder", "{}"))).containsExactly("params");
        }

        @Test
        void saysEachThingOnce() {
            assertThat(paths(dispatching.action("twice", "{}"))).containsExactly("user_name");
        }

        @Test
        void looksAtARowOnlyWhenAsked() {
            assertThat(paths(dispatching.event("validRow", "{\"op\": \"INSERT\", \"data\": {\"new\": {}}}")))
                    .containsExactly("event.data.new.sku");
            assertThat(paths(dispatching.event("anyRow", "{\"op\": \"INSERT\", \"data\": {\"new\": {}}}")))
                    .isEmpty();
        }

        private List<String> paths(Answer answer) {
            return answer.json()
                    .at("/extensions/violations")
                    .valueStream()
                    .map(violation -> violation.path("path").asString())
                    .toList();
        }
    }

    @Nested
    class Interceptors {

        @Test
        void goAroundTheCallInOrder() {
            try (var own = Dispatching.to(Arguments.class)
                    .intercepting((call, chain) -> {
                        receive("outer " + call.kind() + " " + call.name());
                        return "<" + chain.proceed() + ">";
                    })
                    .intercepting((call, chain) -> {
                        receive("inner " + call.handlerMethod().getName() + " " + call.payload());
                        return chain.proceed() + "!";
                    })) {
                assertThat(own.action("wholeRecord", "{\"username\": \"ada\"}").body())
                        .isEqualTo("\"<null!>\"");
                assertThat(RECEIVED)
                        .containsExactly(
                                "outer action wholeRecord",
                                "inner wholeRecord ActionPayload[action=wholeRecord, "
                                        + "SessionVariables[role=user, names=[x-hasura-role, x-hasura-user-id]]]",
                                new Login("ada", null));
            }
        }

        @Test
        void mayAnswerInstead() {
            try (var own = Dispatching.to(Arguments.class).intercepting((call, chain) -> {
                throw HasuraActionException.of("closed", "Come back tomorrow");
            })) {
                assertThat(own.action("none", "{}").code()).isEqualTo("closed");
                assertThat(RECEIVED).isEmpty();
            }
        }
    }

    @Nested
    class Secrets {

        @Test
        void areAcceptedSideBySide() {
            assertThat(status(List.of("old", "new"), "old")).isEqualTo(200);
            assertThat(status(List.of("old", "new"), "new")).isEqualTo(200);
            assertThat(status(List.of("old", "new"), "neither")).isEqualTo(401);
        }

        @Test
        void mustComeExactlyOnce() {
            assertThat(status(List.of("s"))).isEqualTo(401);
            assertThat(status(List.of("s"), "s", "s")).isEqualTo(401);
            assertThat(status(List.of("s"), "guess", "s")).isEqualTo(401);
        }

        @Test
        void areComparedAsTheBytesThatWereSent() {
            assertThat(status(List.of("schlüssel"), "schlüssel")).isEqualTo(200);
            assertThat(status(List.of("schlüssel"), "schlÃ¼ssel")).isEqualTo(200);
        }

        @Test
        void thatAreBlankDoNotOpenAnything() {
            assertThat(status(List.of("s", "", " "), "")).isEqualTo(401);
        }

        @Test
        void closeEverythingWhenThereAreNone() {
            try (var none = Dispatching.to(Nothing.class)
                    .settings(new WebhookSettings("X-Webhook-Secret", List.of(), false, 1000))) {
                assertThat(none.action("any", "{}").status()).isEqualTo(401);
            }
        }

        private int status(List<String> secrets, String... sent) {
            WebhookHeaders.Builder headers = WebhookHeaders.builder();
            for (String value : sent) {
                headers.add("x-webhook-secret", value);
            }
            try (var own = Dispatching.to(Arguments.class)
                    .settings(new WebhookSettings("X-Webhook-Secret", secrets, false, 1000))) {
                return own.action("none", "{}", headers.build()).status();
            }
        }
    }

    @Nested
    class UnknownNames {

        @Test
        @ExtendWith(OutputCaptureExtension.class)
        void areToldToTheEngineAndCloseOnesToTheLogOnly(CapturedOutput output) {
            Answer answer = dispatching.action("wholeRecrod", "{}");
            assertThat(output)
                    .contains("No handler for the action 'wholeRecrod'. Close: wholeRecord."
                            + " Annotate a bean's method with @HasuraAction(\"wholeRecrod\")");
            assertThat(answer.status()).isEqualTo(404);
            assertThat(answer.body()).isEqualTo("""
                            {"message":"No handler for the action 'wholeRecrod'",\
                            "extensions":{"code":"unknown-action"}}""");
            assertThat(dispatching.event("somethingElse", "{}").message())
                    .isEqualTo("No handler for the event trigger 'somethingElse'");
        }
    }

    record Login(String username, String password) {}

    record Line(String sku, Integer quantity) {}

    record User(Integer id, String name) {}

    static class Nothing {}

    static class Arguments {

        @HasuraAction
        void wholeRecord(Login input) {
            receive(input);
        }

        @HasuraAction
        void wholeMap(Map<String, Object> input) {
            receive(input);
        }

        @HasuraAction
        void payload(ActionPayload<Login> payload) {
            receive(payload);
        }

        @HasuraAction
        void single(
                String name, Long count, UUID id, List<String> tags, List<Line> lines, boolean flag, String[] absent) {
            receive(name, count, id, tags, lines, flag, absent);
        }

        @HasuraAction
        void named(@ActionArgument("params") Login login) {
            receive(login);
        }

        @HasuraAction
        void two(Login first, Login second) {
            receive(first, second);
        }

        @HasuraAction
        void optional(Optional<String> note) {
            receive(note);
        }

        @HasuraAction
        void optionalNumbers(OptionalInt count, OptionalLong size, OptionalDouble weight) {
            receive(count, size, weight);
        }

        @HasuraAction
        void primitive(int count) {
            receive(count);
        }

        @HasuraAction
        void none() {}

        @HasuraAction
        void empty(ActionPayload<Void> payload) {
            receive(payload);
        }

        @HasuraAction
        void digits(BigDecimal amount, @ActionArgument Object any) {
            receive(amount, any);
        }

        @HasuraAction
        void mixed(
                @WebhookHeader("accept-language") String language,
                @WebhookHeader("x-absent") String absent,
                SessionVariables session,
                Login input,
                WebhookHeaders headers,
                ActionPayload<Login> payload) {
            receive(language, absent, session, input, headers, payload);
        }
    }

    static class Rows {

        @HasuraEvent
        void row(User user) {
            receive(user);
        }

        @HasuraEvent
        void both(EventPayload<User, Void> payload, DeliveryInfo delivery) {
            receive(payload, delivery);
        }

        @HasuraEvent
        void about(TraceContext trace, Operation operation, TableName table, SessionVariables session) {
            receive(trace, operation, table, session);
        }

        @HasuraEvent
        void failing() {
            throw new IllegalStateException("hunter2");
        }
    }

    record Token(@JsonProperty("AccessToken") String accessToken) {}

    static class Results {

        @HasuraAction
        Token object() {
            return new Token("t");
        }

        @HasuraAction
        String text() {
            return "plain \"text\"";
        }

        @HasuraAction
        List<Integer> list() {
            return List.of(1, 2);
        }

        @HasuraAction
        int scalar() {
            return 7;
        }

        @HasuraAction
        void nothing() {}

        @HasuraAction
        String nullText() {
            return null;
        }

        @HasuraAction
        Optional<String> absent() {
            return Optional.empty();
        }

        @HasuraAction
        Optional<String> present() {
            return Optional.of("here");
        }

        @HasuraAction
        Object unwritable() {
            return new Object() {
                @SuppressWarnings("unused")
                public String getValue() {
                    throw new IllegalStateException("hunter2");
                }
            };
        }
    }

    static class Failing {

        @HasuraAction
        void taken() {
            throw HasuraActionException.of("email-taken", "That e-mail is in use")
                    .with("field", "email")
                    .withStatus(409);
        }

        @HasuraAction
        void bug() {
            throw new IllegalStateException("hunter2");
        }

        @HasuraAction
        void checked() throws Exception {
            throw new IOException("hunter2");
        }

        @HasuraAction
        void error() {
            throw new AssertionError("hunter2");
        }

        @HasuraAction
        int overflow() {
            return overflow() + 1;
        }
    }

    record Order(
            @JsonProperty("user_name") @NotBlank String userName,
            @JsonProperty("order_lines") List<@Valid OrderLine> lines) {}

    record OrderLine(@NotNull String sku, @Positive Integer quantity) {}

    static class Checked {

        @HasuraAction
        void order(Order order) {
            receive(order);
        }

        @HasuraAction
        void orderPayload(ActionPayload<Order> payload) {
            receive(payload);
        }

        @HasuraAction
        void arguments(
                @ActionArgument("user") @NotBlank String username, List<@NotBlank String> tags, @Max(150) int age) {
            receive(username, tags, age);
        }

        @HasuraAction
        void namedOrder(@ActionArgument("params") @NotNull @Valid Order order, @Size(max = 3) String note) {
            receive(order);
        }

        @HasuraAction
        void twice(@Valid @NotNull Order order) {
            receive(order);
        }

        @HasuraEvent
        void validRow(@Valid OrderLine line) {
            receive(line);
        }

        @HasuraEvent
        void anyRow(OrderLine line) {
            receive(line);
        }
    }

    static class Clients {

        @Bean
        HasuraClient client() {
            return HasuraClient.builder()
                    .endpoint(URI.create("http://127.0.0.1:1"))
                    .build();
        }

        @HasuraAction
        void call(HasuraClient client) {
            receive(client);
        }
    }

    @Retention(RetentionPolicy.RUNTIME)
    @interface Tenant {}

    static class Tenants {

        @HasuraAction
        void whose(@Tenant String tenant, String name) {
            receive(tenant, name);
        }
    }
}
