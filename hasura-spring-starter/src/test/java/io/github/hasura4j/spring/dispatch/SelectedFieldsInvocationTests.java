package io.github.hasura4j.spring.dispatch;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import io.github.hasura4j.spring.HasuraAction;
import io.github.hasura4j.spring.SelectedFields;
import io.github.hasura4j.spring.WebhookHeaders;
import io.github.hasura4j.spring.WebhookKind;
import io.github.hasura4j.spring.dispatch.Dispatching.Answer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

class SelectedFieldsInvocationTests {

    private static final Dispatching dispatching = Dispatching.to(Reports.class);

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

    @Test
    void standBesideTheWholeInput() {
        call("report", "\"query { report(month: 5) { title } }\"");
        assertThat(RECEIVED).containsExactly(new Month(5), List.of("title"), false);
    }

    @Test
    void standBesideSingleArguments() {
        call("single", "\"query { single(month: 5) { title owner { name } } }\"");
        assertThat(RECEIVED).containsExactly(5, true);
    }

    @Test
    void mayBeAllThatAHandlerTakes() {
        call("alone", "\"query { alone { chart } }\"");
        assertThat(RECEIVED).containsExactly("SelectedFields[chart]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "\"query { report { title\"", "\"\""})
    void areAllWhenTheDocumentDoesNotSay(String requestQuery) {
        assertThat(call("report", requestQuery).status()).isEqualTo(200);
        assertThat(RECEIVED).containsExactly(new Month(5), List.of(), true);
    }

    @Test
    void areAllWhenATransformOrAnOldEngineSendsNoDocument() {
        dispatching.action("report", "{\"input\": {\"month\": 5}}", Dispatching.AUTHENTICATED);
        assertThat(RECEIVED).containsExactly(new Month(5), List.of(), true);
    }

    @Test
    void areThoseOfTheActionThatTheBodyNamesAndNotThePath() {
        dispatching.action("report", """
                {"action": {"name": "monthlyReport"}, "input": {"month": 5},
                 "request_query": "{ report { chart } monthlyReport { title } }"}""", Dispatching.AUTHENTICATED);
        assertThat(RECEIVED).containsExactly(new Month(5), List.of("title"), false);
    }

    @Nested
    @ExtendWith(OutputCaptureExtension.class)
    class OfADocumentThatCannotBeParsed {

        private static final String REQUEST_QUERY = "\"mutation { report(password: \\\"hunter2\\\" } oops\"";

        private final LoggingSystem logging = LoggingSystem.get(getClass().getClassLoader());

        @BeforeEach
        void logAll() {
            logging.setLogLevel(SelectedFields.class.getPackageName(), LogLevel.DEBUG);
        }

        @AfterEach
        void logAsBefore() {
            logging.setLogLevel(SelectedFields.class.getPackageName(), null);
        }

        @Test
        void leaveATraceInTheLogWithoutTheDocument(CapturedOutput output) {
            call("report", REQUEST_QUERY);
            assertThat(output)
                    .contains("The document of a client of action 'report' cannot be parsed: ")
                    .doesNotContain("hunter2")
                    .doesNotContain("oops");
        }

        @Test
        void costNothingToAHandlerThatDoesNotAsk(CapturedOutput output) {
            call("indifferent", REQUEST_QUERY);
            assertThat(RECEIVED).isEmpty();
            assertThat(output).doesNotContain("cannot be parsed");
        }
    }

    private static Answer call(String action, String requestQuery) {
        Answer answer = dispatching.send(
                WebhookKind.ACTION,
                null,
                """
                {"action": {"name": "%s"}, "input": {"month": 5}, "request_query": %s,
                 "session_variables": {"x-hasura-role": "user"}}""".formatted(action, requestQuery),
                WebhookHeaders.of(Map.of("X-Webhook-Secret", "secret")));
        assertThat(answer.status()).isEqualTo(200);
        return answer;
    }

    private static void receive(Object... values) {
        RECEIVED.addAll(Arrays.asList(values));
    }

    record Month(int month) {}

    static class Reports {

        @HasuraAction
        void report(Month input, SelectedFields wanted) {
            receive(input, wanted.names(), wanted.has("chart"));
        }

        @HasuraAction
        void single(SelectedFields wanted, int month) {
            receive(month, wanted.has("owner.name"));
        }

        @HasuraAction
        void alone(SelectedFields wanted) {
            receive(wanted.toString());
        }

        @HasuraAction
        void indifferent(SelectedFields wanted) {}
    }
}
