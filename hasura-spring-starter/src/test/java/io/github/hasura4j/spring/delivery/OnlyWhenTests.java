package io.github.hasura4j.spring.delivery;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.hasura4j.payload.Operation;
import io.github.hasura4j.spring.AdvisedHandler;
import io.github.hasura4j.spring.HandlerAdvisor;
import io.github.hasura4j.spring.HasuraAction;
import io.github.hasura4j.spring.HasuraEvent;
import io.github.hasura4j.spring.WebhookFilter;
import io.github.hasura4j.spring.WebhookKind;
import io.github.hasura4j.spring.dispatch.InvalidHandlerException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Which changes a handler runs for. */
class OnlyWhenTests {

    record Order(Integer id) {}

    // tag::only-when[]
    static class Orders {

        final AtomicInteger shipped = new AtomicInteger();

        @HasuraEvent("order_changed")
        @OnlyWhen(changed = "status", from = "pending", to = "paid")
        void ship(Order order) {
            shipped.incrementAndGet();
        }
    }
    // end::only-when[]

    /** A handler for each manner of asking. */
    static class Handlers {

        final AtomicInteger runs = new AtomicInteger();

        @HasuraEvent
        void all(Order order) {
            runs.incrementAndGet();
        }

        @HasuraEvent
        @OnlyWhen
        void notByHand(Order order) {
            runs.incrementAndGet();
        }

        @HasuraEvent
        @OnlyWhen(operations = Operation.MANUAL)
        void byHand(Order order) {
            runs.incrementAndGet();
        }

        @HasuraEvent
        @OnlyWhen(changed = {"status", "total"})
        void changed(Order order) {
            runs.incrementAndGet();
        }

        @HasuraEvent
        @OnlyWhen(changed = "status", from = "pending", to = "paid")
        void paid(Order order) {
            runs.incrementAndGet();
        }

        @HasuraEvent
        @OnlyWhen(changed = "status", to = "null")
        void cleared(Order order) {
            runs.incrementAndGet();
        }

        @HasuraEvent
        @OnlyWhen(
                table = "shop.orders",
                operations = {Operation.INSERT, Operation.DELETE})
        void shop(Order order) {
            runs.incrementAndGet();
        }

        @HasuraEvent
        @OnlyWhen(operations = Operation.DELETE)
        @OnlyWhen(changed = "total", to = "0.50")
        void either(Order order) {
            runs.incrementAndGet();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            nullValues = "-",
            textBlock = """
            handler   | operation | table       | before                              | after                              | then
            all       | INSERT    | orders      | -                                   | {"id":1}                           | true
            all       | MANUAL    | orders      | -                                   | {"id":1}                           | true
            notByHand | INSERT    | orders      | -                                   | {"id":1}                           | true
            notByHand | UPDATE    | orders      | {"id":1}                            | {"id":1}                           | true
            notByHand | DELETE    | orders      | {"id":1}                            | -                                  | true
            notByHand | MANUAL    | orders      | -                                   | {"id":1}                           | false
            byHand    | MANUAL    | orders      | -                                   | {"id":1}                           | true
            byHand    | MANUAL    | orders      | -                                   | [{"some":"thing"}]                 | 400
            notByHand | MANUAL    | orders      | -                                   | [{"some":"thing"}]                 | false
            notByHand | MANUAL    | orders      | -                                   | {"id":"no number"}                 | false
            byHand    | INSERT    | orders      | -                                   | {"id":1}                           | false
            byHand    | UPDATE    | orders      | {"id":1}                            | {"id":1}                           | false
            changed   | UPDATE    | orders      | {"id":1,"status":"a"}               | {"id":1,"status":"b"}              | true
            changed   | UPDATE    | orders      | {"id":1,"status":"a","total":1}     | {"id":1,"status":"a","total":2}    | true
            changed   | UPDATE    | orders      | {"status":"a","total":1,"note":"x"} | {"status":"a","total":1,"note":""} | false
            changed   | UPDATE    | orders      | {"status":null,"total":1}           | {"status":null,"total":1}          | false
            changed   | UPDATE    | orders      | {"id":1,"status":null}              | {"id":1,"status":"a"}              | true
            changed   | UPDATE    | orders      | {"id":1,"status":"a","total":1.0}   | {"id":1,"status":"a","total":1.00} | false
            changed   | UPDATE    | orders      | {"id":1,"status":"null","total":1}  | {"id":1,"status":null,"total":1}   | true
            changed   | UPDATE    | orders      | {"id":1,"status":[1.0,{"a":2}]}     | {"id":1,"status":[1,{"a":2.0}]}    | unsent
            changed   | UPDATE    | orders      | {"id":1,"status":[1],"total":1}     | {"id":1,"status":[2],"total":1}    | true
            changed   | INSERT    | orders      | -                                   | {"id":1,"status":"a"}              | true
            changed   | INSERT    | orders      | -                                   | {"status":null,"total":null}       | false
            changed   | INSERT    | orders      | -                                   | {"id":1,"status":null}             | unsent
            changed   | UPDATE    | orders      | {"id":1}                            | {"id":1}                           | unsent
            changed   | DELETE    | orders      | {"id":1,"status":"a"}               | -                                  | false
            changed   | MANUAL    | orders      | -                                   | {"id":1,"status":"a"}              | false
            paid      | UPDATE    | orders      | {"id":1,"status":"pending"}         | {"id":1,"status":"paid"}           | true
            paid      | UPDATE    | orders      | {"id":1,"status":"new"}             | {"id":1,"status":"paid"}           | false
            paid      | UPDATE    | orders      | {"id":1,"status":"pending"}         | {"id":1,"status":"void"}           | false
            paid      | UPDATE    | orders      | {"id":1,"status":"paid"}            | {"id":1,"status":"paid"}           | false
            paid      | INSERT    | orders      | -                                   | {"id":1,"status":"paid"}           | false
            cleared   | UPDATE    | orders      | {"id":1,"status":"a"}               | {"id":1,"status":null}             | true
            cleared   | UPDATE    | orders      | {"id":1,"status":"a"}               | {"id":1,"status":"b"}              | false
            cleared   | UPDATE    | orders      | {"id":1,"status":"a"}               | {"id":1,"status":"null"}           | false
            cleared   | UPDATE    | orders      | {"id":1,"stauts":"a"}               | {"id":1,"stauts":null}             | unsent
            cleared   | MANUAL    | orders      | -                                   | "no row"                           | false
            shop      | INSERT    | shop.orders | -                                   | {"id":1}                           | true
            shop      | INSERT    | orders      | -                                   | {"id":1}                           | false
            shop      | UPDATE    | shop.orders | {"id":1}                            | {"id":1}                           | false
            either    | DELETE    | orders      | {"id":1}                            | -                                  | true
            either    | UPDATE    | orders      | {"id":1,"total":1}                  | {"id":1,"total":5.0e-1}            | true
            either    | UPDATE    | orders      | {"id":1,"total":1}                  | {"id":1,"total":0.51}              | false
            either    | UPDATE    | orders      | {"id":1,"total":1}                  | {"id":1,"total":"0.50"}            | true
            """,
            useHeadersInDisplayName = true)
    void runsForWhatFits(String handler, String operation, String table, String before, String after, String then) {
        Handlers handlers = new Handlers();
        DeliveryCounts counts = new DeliveryCounts();
        String schema = table.contains(".") ? table.substring(0, table.indexOf('.')) : "public";

        int status = new Instance(handlers, new FilterAdvisor(counts)).deliver("""
                {"id": "1", "created_at": "2024-06-24T14:22:32", "table": {"schema": "%s", "name": "%s"},
                 "trigger": {"name": "%s"}, "event": {"op": "%s", "data": {"old": %s, "new": %s}, "session_variables": null},
                 "delivery_info": {"current_retry": 0, "max_retries": 3}}""".formatted(
                        schema, table.substring(table.indexOf('.') + 1), handler, operation, before, after));

        assertThat(status).isEqualTo(then.equals("400") ? 400 : then.equals("unsent") ? 500 : 200);
        assertThat(handlers.runs).hasValue(then.equals("true") ? 1 : 0);
        assertThat(counts.count(WebhookKind.EVENT, handler, DeliveryCounts.Reason.FILTERED))
                .isEqualTo(then.equals("false") ? 1 : 0);
    }

    /** SQL Server's events have no session, leave out what is null in an update, and say no operation when invoked by hand. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\'', textBlock = """
            cleared   | {"op":"UPDATE","data":{"old":{"id":1},"new":{"id":1}}}               | 0
            cleared   | {"op":"UPDATE","data":{"old":{"id":1,"status":"a"},"new":{"id":1}}}  | 1
            byHand    | {"old":null,"new":{"id":1}}                                          | 1
            notByHand | {"old":null,"new":{"id":1}}                                          | 0
            """)
    void knowsEventsOfSqlServer(String handler, String event, int runs) {
        Handlers handlers = new Handlers();

        int status =
                new Instance(handlers, new FilterAdvisor(new DeliveryCounts())).deliver("""
                {"id": "1", "created_at": "2024-06-24T14:22:32", "table": {"schema": "dbo", "name": "orders"},
                 "trigger": {"name": "%s"}, "event": %s,
                 "delivery_info": {"current_retry": 0, "max_retries": 3}}""".formatted(handler, event));

        assertThat(status).isEqualTo(200);
        assertThat(handlers.runs).hasValue(runs);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"trigger\": {\"name\": \"paid\"}, \"op\": \"UPDATE\", \"new\": {\"status\": \"paid\"}}",
                "{\"trigger\": {\"name\": \"paid\"}, \"event\": null}"
            })
    void leavesToTheDecoderWhatIsNoEvent(String body) {
        DeliveryCounts counts = new DeliveryCounts();

        assertThat(new Instance(new Handlers(), new FilterAdvisor(counts)).deliver(body))
                .isEqualTo(400);
        assertThat(counts.count(WebhookKind.EVENT, "paid", DeliveryCounts.Reason.FILTERED))
                .isZero();
    }

    @Retention(RetentionPolicy.RUNTIME)
    @OnlyWhen(changed = "status", to = "paid")
    @interface OnPaid {}

    @Retention(RetentionPolicy.RUNTIME)
    @OnlyWhen(changed = "status", to = "void")
    @interface OnVoid {}

    static class Composed {

        final AtomicInteger runs = new AtomicInteger();

        @HasuraEvent
        @OnPaid
        @OnVoid
        void composed(Order order) {
            runs.incrementAndGet();
        }
    }

    @Test
    void takesSeveralComposedAnnotations() {
        Composed composed = new Composed();
        Instance instance = new Instance(composed, new FilterAdvisor(new DeliveryCounts()));
        for (String status : List.of("paid", "void", "new")) {
            instance.event("composed", status, 0, "2026-01-01T00:00:00", "{\"status\": \"%s\"}".formatted(status));
        }
        assertThat(composed.runs).hasValue(2);
    }

    static class Misspelt {

        @HasuraEvent
        @OnlyWhen(changed = "stauts")
        @Retry(attempts = 2, first = "10s")
        void misspelt(Order order) {}
    }

    @Test
    void hasTheRetriesOfTheHandlerWhereItCannotBeDecided() {
        List<DeadLetter> letters = new ArrayList<>();
        Instance instance = new Instance(
                new Misspelt(),
                new FilterAdvisor(new DeliveryCounts()),
                new RetryAdvisor((letter, cause) -> letters.add(letter), new SettableClock(), new Random(1)));

        Instance.Answer first = instance.event("misspelt", "e", 0, "2026-01-01T00:00:00", "{\"id\": 1}");
        Instance.Answer second = instance.event("misspelt", "e", 1, "2026-01-01T00:00:00", "{\"id\": 1}");

        assertThat(first.retryAfter()).isBetween(7, 13);
        assertThat(second.status()).isEqualTo(200);
        assertThat(letters)
                .singleElement()
                .satisfies(letter -> assertThat(letter.message())
                        .contains("@OnlyWhen(changed = \"stauts\") of")
                        .contains("does not send that column for an INSERT"));
    }

    @Test
    void isForNothingThatMustBeAnswered() {
        Object validating = new Object() {
            @HasuraAction
            String action() {
                return "";
            }
        };
        HandlerAdvisor always = new HandlerAdvisor() {
            @Override
            public WebhookFilter filter(AdvisedHandler handler) {
                return body -> false;
            }
        };

        assertThatExceptionOfType(InvalidHandlerException.class)
                .isThrownBy(() -> new Instance(validating, always))
                .withMessageContaining("only events and scheduled triggers may go unhandled");
    }

    @Test
    void refusesWhatMakesNoSense() {
        Object twoColumns = new Object() {
            @HasuraEvent
            @OnlyWhen(
                    changed = {"a", "b"},
                    to = "c")
            void twoColumns(Order order) {}
        };
        Object never = new Object() {
            @HasuraEvent
            @OnlyWhen(operations = Operation.DELETE, changed = "a")
            void never(Order order) {}
        };
        Object action = new Object() {
            @HasuraAction
            @OnlyWhen
            String action() {
                return "";
            }
        };

        assertThatExceptionOfType(InvalidHandlerException.class)
                .isThrownBy(() -> new Instance(twoColumns, new FilterAdvisor(new DeliveryCounts())))
                .withMessageContaining("from and to of @OnlyWhen are about one column");
        assertThatExceptionOfType(InvalidHandlerException.class)
                .isThrownBy(() -> new Instance(never, new FilterAdvisor(new DeliveryCounts())))
                .withMessageContaining("has an @OnlyWhen that nothing fits");
        assertThatExceptionOfType(InvalidHandlerException.class)
                .isThrownBy(() -> new Instance(action, new FilterAdvisor(new DeliveryCounts())))
                .withMessageContaining("has @OnlyWhen, which is for changes of rows");
    }
}
